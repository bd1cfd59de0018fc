from search.attachment_queries import page_or_attachment
from search.backends.base import Alternative, Filters, SearchRequest
from search.narrowing import aggregations, in_time
from search.queries import languages_search, other_search, own_search
from search.relevance import closeness, text_query

TEXT = text_query("rivers")
TEXT_ELSEWHERE = text_query("rivers", elsewhere=True)
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}
PAGES = {"cardinality": {"field": "group", "precision_threshold": 3000}}
SORT = [{"_score": "desc"}, {"page": "desc"}]
SHOWN = [
    "page", "translation_key", "language", "languages", "kind", "country", "date", "starts_at", "ends_at",
    "deadlines", "title", "summary", "url",
]  # fmt: skip
MARKED = ["title", "summary", "body", "title.plain", "summary.plain", "body.plain"]


def highlight(locale: str) -> dict:
    return {
        "type": "unified",
        "pre_tags": ["\ue000"],
        "post_tags": ["\ue001"],
        "highlight_query": {"bool": {"should": [{"multi_match": {"query": "rivers", "fields": MARKED}}]}},
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
    return {"bool": {"must": [page_or_attachment(text, ["rivers"], locale)], "must_not": [EXPIRED]}}


# Asked where the question is rather in another language than the reader's.
MATCHED = {"matched": {"filter": {"match_all": {}}}}


def test_own_search_counts_facets_beside_its_rows_and_looks_closely_at_the_best():
    timely = {"rescore_query": in_time({"match_all": {}}), "score_mode": "multiply"}
    assert own_search(SearchRequest("rivers", "ko", page=3)) == {
        "query": matching(TEXT),
        "aggs": {**aggregations(Filters()), **MATCHED},
        "post_filter": {"match_all": {}},
        "track_total_hits": True,
        "rescore": [
            {"window_size": 100, "query": {"rescore_query": closeness("rivers")}},
            {"window_size": 100, "query": timely},
        ],
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "from": 20,
        "size": 10,
    }


def test_own_search_by_date_needs_no_closer_look():
    search = own_search(SearchRequest("rivers", "ko", sort="date"))
    assert "rescore" not in search
    assert search["sort"] == [{"day": {"order": "desc", "missing": "_last"}}, *SORT]


def test_own_search_narrows_after_counting():
    filters = Filters(kinds=("case",))
    search = own_search(SearchRequest("rivers", "zh-hant", filters=filters))
    assert search["query"] == matching(TEXT, "zh-Hant")
    assert search["post_filter"] == {"terms": {"kind": ["case"]}}
    assert search["aggs"] == {**aggregations(filters), **MATCHED}
    assert search["highlight"] == highlight("zh-Hant")


def test_own_search_gives_no_rows_where_only_others_are_asked_for():
    for request in (
        SearchRequest("rivers", "ko", page=2, elsewhere=True),
        SearchRequest("rivers", "ko", page=2, filters=Filters(languages=("ja",))),
    ):
        search = own_search(request)
        assert (search["from"], search["size"]) == (0, 0)


def test_other_search_gives_one_row_for_what_the_language_lacks_the_best_read_first():
    filters = Filters(kinds=("case",))
    order = ["ja", "en", "zh-hant", "zh-hans"]
    steps = [
        {"constant_score": {"filter": {"term": {"language": code}}, "boost": 1000.0 * (4 - place)}}
        for place, code in enumerate(order)
    ]
    kinds = {"terms": {"kind": ["case"]}}
    assert other_search(SearchRequest("rivers", "ko", preferred=("ja",), filters=filters, page=2)) == {
        "query": {
            "bool": {
                "must": [in_time(page_or_attachment(TEXT_ELSEWHERE, ["rivers"], "ko"))],
                "filter": [{"terms": {"language": order}}, {"bool": {"must_not": [{"term": {"languages": "ko"}}]}}],
                "must_not": [EXPIRED],
                "should": steps,
            }
        },
        "aggs": {**aggregations(filters, rows=True), "rows": {"filter": kinds, "aggs": {"pages": PAGES}}},
        "post_filter": kinds,
        "track_total_hits": False,
        "sort": SORT,
        "collapse": {"field": "group"},
        "_source": SHOWN,
        "highlight": highlight("ko"),
        "from": 10,
        "size": 10,
    }


def test_pages_matched_before_any_choice_are_counted_where_others_may_stand_for_them():
    assert "matched" in own_search(SearchRequest("빗물", "en"))["aggs"]
    assert "matched" not in own_search(SearchRequest("빗물", "ko"))["aggs"]
    assert "matched" not in own_search(SearchRequest("빗물", "en", filters=Filters(languages=("ko",))))["aggs"]


def test_other_search_of_any_version_repeats_what_the_reader_has():
    search = other_search(SearchRequest("rivers", "ko"), any_version=True)
    assert search["query"]["bool"]["filter"] == [{"terms": {"language": ["en", "zh-hant", "ja", "zh-hans"]}}]


def test_other_search_of_chosen_languages_repeats_what_the_reader_has():
    search = other_search(SearchRequest("rivers", "ko", filters=Filters(languages=("ja", "zh-hans"))))
    assert search["query"]["bool"]["filter"] == [{"terms": {"language": ["ja", "zh-hans"]}}]


def test_languages_are_counted_with_the_pages_that_the_reader_has():
    text = page_or_attachment(TEXT_ELSEWHERE, ["rivers"], "")
    assert languages_search(SearchRequest("rivers", "ko", filters=Filters(kinds=("case",), languages=("ja",)))) == {
        "query": {"bool": {"filter": [text, {"terms": {"kind": ["case"]}}], "must_not": [EXPIRED]}},
        "aggs": {"languages": {"terms": {"field": "language", "size": 5}}},
        "track_total_hits": False,
        "size": 0,
    }
    assert languages_search(SearchRequest("rivers", "ko"))["query"]["bool"]["filter"] == [text]


def test_words_of_other_wordings_are_marked_where_they_find():
    others = (Alternative("ko", "하천"), Alternative("ja", "川"))
    request = SearchRequest("rivers", "ko", alternatives=others)
    for search, asked in ((own_search(request), ["rivers", "하천"]), (other_search(request), ["rivers", "川"])):
        marked = search["highlight"]["highlight_query"]["bool"]["should"]
        assert [clause["multi_match"]["query"] for clause in marked] == asked
