from search.backends.base import Filters, SearchRequest
from search.narrowing import PAGES, STATUSES, TIMES, aggregations, conditions, in_time, narrowed, order, read_counts

KINDS = {"terms": {"kind": ["case", "news"]}}
COUNTRIES = {"terms": {"country": ["KR"]}}
STATUS = {"bool": {"should": [STATUSES["open"]], "minimum_should_match": 1}}


def test_conditions_are_one_a_facet_that_has_a_choice():
    filters = Filters(kinds=("case", "news"), countries=("KR",), statuses=("open", "lost"), languages=("ko",))
    assert conditions(filters) == {"kinds": KINDS, "countries": COUNTRIES, "statuses": STATUS}
    assert conditions(Filters()) == {}


def test_status_follows_from_the_engines_clock():
    call, started = {"term": {"kind": "call"}}, {"range": {"starts_at": {"lte": "now"}}}
    assert {
        "open": {"bool": {"filter": [call, started, {"range": {"ends_at": {"gt": "now+14d"}}}]}},
        "closing_soon": {"bool": {"filter": [call, started, {"range": {"ends_at": {"gte": "now", "lte": "now+14d"}}}]}},
        "upcoming": {
            "bool": {
                "filter": [call],
                "must_not": [{"bool": {"filter": [started, {"exists": {"field": "ends_at"}}]}}],
            }
        },
        "closed": {"bool": {"filter": [call, started, {"range": {"ends_at": {"lt": "now"}}}]}},
    } == STATUSES
    assert list(TIMES) == ["now", "upcoming", "past"]


def test_narrowed_sets_one_facet_aside():
    filters = Filters(kinds=("case", "news"), countries=("KR",))
    assert narrowed(filters) == {"bool": {"filter": [KINDS, COUNTRIES]}}
    assert narrowed(filters, but="kinds") == COUNTRIES
    assert narrowed(Filters()) == {"match_all": {}}
    assert narrowed(Filters(), COUNTRIES) == COUNTRIES


def test_each_facet_is_counted_under_the_others():
    counts = aggregations(Filters(kinds=("case", "news")), rows=True)
    assert list(counts) == ["kinds", "themes", "countries", "years", "statuses", "times"]
    assert counts["kinds"] == {
        "filter": {"match_all": {}},
        "aggs": {"values": {"terms": {"field": "kind", "size": 20}, "aggs": {"pages": PAGES}}},
    }
    # Other pages are not compared with the states of a call.
    assert counts["statuses"] == {
        "filter": {"bool": {"filter": [KINDS, {"term": {"kind": "call"}}]}},
        "aggs": {"values": {"filters": {"filters": STATUSES}, "aggs": {"pages": PAGES}}},
    }


def test_counts_are_read_from_named_and_listed_buckets():
    empty = {"values": {"buckets": []}}
    answer = dict.fromkeys(("themes", "countries", "times"), empty) | {
        "kinds": {"values": {"buckets": [{"key": "case", "doc_count": 3, "pages": {"value": 2}}]}},
        "years": {"values": {"buckets": [{"key": 2024, "doc_count": 4}]}},
        "statuses": {"values": {"buckets": {"open": {"doc_count": 1}}}},
    }
    assert read_counts(answer) == {("kinds", "case"): 2, ("years", "2024"): 4, ("statuses", "open"): 1}


def test_order_ends_with_how_well_a_page_fits():
    last = [{"_score": "desc"}, {"page": "desc"}]
    assert order(SearchRequest("x", "en")) == last
    assert order(SearchRequest("x", "en", sort="date")) == [{"day": {"order": "desc", "missing": "_last"}}, *last]
    coming = {"path": "deadlines", "filter": {"range": {"deadlines.at": {"gte": "now"}}}}
    assert order(SearchRequest("x", "en", sort="deadline")) == [
        {"deadlines.at": {"order": "asc", "mode": "min", "missing": "_last", "nested": coming}},
        *last,
    ]


def test_named_year_comes_before_the_other_factors():
    first, *_others = in_time({"match_all": {}}, (2014,))["function_score"]["functions"]
    assert first == {"filter": {"terms": {"year": [2014]}}, "weight": 1.2}


def test_time_weighs_what_matches_by_one_factor_at_most():
    query = in_time({"match_all": {}})["function_score"]
    assert query["query"] == {"match_all": {}}
    assert (query["score_mode"], query["boost_mode"]) == ("first", "multiply")
    assert [function["weight"] for function in query["functions"]] == [0.8, 1.1, 0.75, 1.15, 1.1, 1.05]
