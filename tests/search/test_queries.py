from search.attachment_queries import page_or_attachment
from search.backends.base import Filters, SearchRequest
from search.queries import other_search, own_search
from search.relevance import text_query

TEXT = text_query("rivers")
TEXT_ELSEWHERE = text_query("rivers", elsewhere=True)
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}
PAGES = {"cardinality": {"field": "translation_key", "precision_threshold": 3000}}
SORT = [{"_score": "desc"}, {"page": "desc"}]
SHOWN = [
    "page", "translation_key", "language", "kind", "country", "date", "starts_at", "ends_at", "title", "summary", "url",
]  # fmt: skip


def highlight(locale: str) -> dict:
    return {
        "type": "unified",
        "pre_tags": ["\ue000"],
        "post_tags": ["\ue001"],
        "max_analyzed_offset": 200_000,
        "boundary_scanner_locale": locale,
        "fields": {
            "title": {"number_of_fragments": 0, "matched_fields": ["title.plain"]},
            "summary": {"number_of_fragments": 0, "matched_fields": ["summary.plain"]},
            "body": {
                "number_of_fragments": 1,
                "fragment_size": 180,
                "no_match_size": 180,
                "matched_fields": ["body.plain"],
            },
        },
    }


def test_own_search_counts_kinds_beside_its_rows():
    assert own_search(SearchRequest("rivers", "ko", page=3)) == {
        "query": {"bool": {"must": [page_or_attachment(TEXT, "rivers", "ko")], "must_not": [EXPIRED]}},
        "aggs": {"kinds": {"terms": {"field": "kind", "size": 20}}},
        "post_filter": {"match_all": {}},
        "track_total_hits": True,
        "sort": SORT,
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "from": 20,
        "size": 10,
    }


def test_own_search_narrows_after_counting():
    search = own_search(SearchRequest("rivers", "zh-hant", filters=Filters(kinds=("case",))))
    assert search["post_filter"] == {"terms": {"kind": ["case"]}}
    assert search["aggs"] == {"kinds": {"terms": {"field": "kind", "size": 20}}}
    assert search["highlight"] == highlight("zh-Hant")


def test_own_search_gives_no_rows_where_only_others_are_asked_for():
    search = own_search(SearchRequest("rivers", "ko", page=2, elsewhere=True))
    assert (search["from"], search["size"]) == (0, 0)


def test_other_search_gives_one_row_for_what_the_language_lacks():
    assert other_search(SearchRequest("rivers", "ko", filters=Filters(kinds=("case",)), page=2)) == {
        "query": {
            "bool": {
                "must": [page_or_attachment(TEXT_ELSEWHERE, "rivers", "ko")],
                "must_not": [EXPIRED, {"term": {"languages": "ko"}}],
            }
        },
        "aggs": {
            "kinds": {"terms": {"field": "kind", "size": 20}, "aggs": {"pages": PAGES}},
            "rows": {"filter": {"terms": {"kind": ["case"]}}, "aggs": {"pages": PAGES}},
        },
        "post_filter": {"terms": {"kind": ["case"]}},
        "track_total_hits": True,
        "sort": SORT,
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "collapse": {"field": "translation_key"},
        "from": 10,
        "size": 10,
    }
