from search.attachment_queries import page_or_attachment
from search.backends.base import Filters, SearchRequest
from search.narrowing import aggregations, in_time
from search.queries import other_search, own_search
from search.relevance import text_query

TEXT = text_query("rivers")
TEXT_ELSEWHERE = text_query("rivers", elsewhere=True)
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}
PAGES = {"cardinality": {"field": "translation_key", "precision_threshold": 3000}}
SORT = [{"_score": "desc"}, {"page": "desc"}]
SHOWN = [
    "page", "translation_key", "language", "languages", "kind", "country", "date", "starts_at", "ends_at", "title",
    "summary", "url",
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


def matching(text: dict, locale: str = "ko") -> dict:
    return in_time({"bool": {"must": [page_or_attachment(text, "rivers", locale)], "must_not": [EXPIRED]}})


def test_own_search_counts_facets_beside_its_rows():
    assert own_search(SearchRequest("rivers", "ko", page=3)) == {
        "query": matching(TEXT),
        "aggs": aggregations(Filters()),
        "post_filter": {"match_all": {}},
        "track_total_hits": True,
        "sort": SORT,
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "from": 20,
        "size": 10,
    }


def test_own_search_narrows_after_counting():
    filters = Filters(kinds=("case",))
    search = own_search(SearchRequest("rivers", "zh-hant", filters=filters))
    assert search["query"] == matching(TEXT, "zh-Hant")
    assert search["post_filter"] == {"terms": {"kind": ["case"]}}
    assert search["aggs"] == aggregations(filters)
    assert search["highlight"] == highlight("zh-Hant")


def test_own_search_gives_no_rows_where_only_others_are_asked_for():
    for request in (
        SearchRequest("rivers", "ko", page=2, elsewhere=True),
        SearchRequest("rivers", "ko", page=2, filters=Filters(languages=("ja",))),
    ):
        search = own_search(request)
        assert (search["from"], search["size"]) == (0, 0)


def test_other_search_gives_one_row_for_what_the_language_lacks():
    filters = Filters(kinds=("case",))
    languages = {"terms": {"language": ["ja", "en", "zh-hant", "zh-hans"]}}
    lacking = {"bool": {"must_not": [{"term": {"languages": "ko"}}]}}
    rows = {"bool": {"filter": [{"terms": {"kind": ["case"]}}, languages, lacking]}}
    assert other_search(SearchRequest("rivers", "ko", preferred=("ja",), filters=filters, page=2)) == {
        "query": matching(TEXT_ELSEWHERE),
        "aggs": {
            **aggregations(filters, languages, lacking, rows=True),
            "languages": {
                "filter": {"terms": {"kind": ["case"]}},
                "aggs": {"values": {"terms": {"field": "language", "size": 5}}},
            },
            "rows": {"filter": rows, "aggs": {"pages": PAGES}},
        },
        "post_filter": rows,
        "track_total_hits": True,
        "sort": SORT,
        "_source": False,
        "collapse": {
            "field": "translation_key",
            "inner_hits": {"name": "versions", "size": 4, "_source": SHOWN, "highlight": highlight("ko")},
        },
        "from": 10,
        "size": 10,
    }


def test_other_search_of_chosen_languages_repeats_what_the_reader_has():
    search = other_search(SearchRequest("rivers", "ko", filters=Filters(languages=("ja", "zh-hans"))))
    assert search["post_filter"] == {"terms": {"language": ["ja", "zh-hans"]}}
