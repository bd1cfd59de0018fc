from search.backends.base import SearchRequest
from search.queries import other_search, own_search, text_query


def text(enough: str, enough_plain: str) -> dict:
    return {
        "bool": {
            "should": [
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title^4", "important^2", "summary^2", "body"],
                        "minimum_should_match": enough,
                    }
                },
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title.plain^4", "important.plain^2", "summary.plain^2", "body.plain"],
                        "minimum_should_match": enough_plain,
                    }
                },
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title.plain^4", "important.plain^2", "summary.plain^2", "body.plain"],
                        "operator": "and",
                    }
                },
                {"match_phrase": {"title.plain": {"query": "rivers", "boost": 2}}},
                {"match": {"title.beginning": {"query": "rivers", "operator": "and", "boost": 0.5}}},
                {"match": {"names": {"query": "rivers", "minimum_should_match": "100%"}}},
            ],
            "minimum_should_match": 1,
        }
    }


TEXT = text("2<30%", "2<60%")
TEXT_ELSEWHERE = text("2<60%", "100%")
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


def test_text_query_matches_words_as_understood_and_as_written():
    assert text_query("rivers") == TEXT


def test_own_search_counts_kinds_beside_its_rows():
    assert own_search(SearchRequest("rivers", "ko", page=3)) == {
        "query": {"bool": {"must": [TEXT], "must_not": [EXPIRED]}},
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
    search = own_search(SearchRequest("rivers", "zh-hant", kind="case"))
    assert search["post_filter"] == {"term": {"kind": "case"}}
    assert search["aggs"] == {"kinds": {"terms": {"field": "kind", "size": 20}}}
    assert search["highlight"] == highlight("zh-Hant")


def test_own_search_gives_no_rows_where_only_others_are_asked_for():
    search = own_search(SearchRequest("rivers", "ko", page=2, elsewhere=True))
    assert (search["from"], search["size"]) == (0, 0)


def test_other_search_gives_one_row_for_what_the_language_lacks():
    assert other_search(SearchRequest("rivers", "ko", kind="case", page=2)) == {
        "query": {"bool": {"must": [TEXT_ELSEWHERE], "must_not": [EXPIRED, {"term": {"languages": "ko"}}]}},
        "aggs": {
            "kinds": {"terms": {"field": "kind", "size": 20}, "aggs": {"pages": PAGES}},
            "rows": {"filter": {"term": {"kind": "case"}}, "aggs": {"pages": PAGES}},
        },
        "post_filter": {"term": {"kind": "case"}},
        "track_total_hits": True,
        "sort": SORT,
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "collapse": {"field": "translation_key"},
        "from": 10,
        "size": 10,
    }
