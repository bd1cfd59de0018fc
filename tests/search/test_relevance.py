import pytest

from search.relevance import text_query

FIELDS = ["title^2", "important^1.5", "summary^1.5", "body^1"]
PLAIN = ["title.plain^2", "important.plain^1.5", "summary.plain^1.5", "body.plain^1"]
TOGETHER = ["title.plain", "important.plain", "summary.plain", "body.plain"]


def combined(query: str, fields: list[str], **options) -> dict:
    return {"combined_fields": {"query": query, "fields": fields, **options}}


def reading(query: str, enough: str, enough_plain: str) -> list[dict]:
    """The readings of one word that both the reader's language and the others are asked for, names and towns last."""
    return [
        combined(query, FIELDS, minimum_should_match=enough),
        {"constant_score": {"filter": combined(query, PLAIN, minimum_should_match=enough_plain), "boost": 0}},
        {"bool": {"must": [{"multi_match": {"query": query, "fields": TOGETHER, "type": "phrase"}}]}},
        {
            "bool": {
                "should": [
                    {"match": {"title.beginning": {"query": query, "operator": "and", "boost": 5.0}}},
                    {"match": {"title.written": {"query": query, "operator": "and", "boost": 1.0}}},
                ],
                "minimum_should_match": 1,
            }
        },
        {"match": {"names": {"query": query, "minimum_should_match": "100%"}}},
        {"match": {"towns": {"query": query, "minimum_should_match": "100%"}}},
    ]


def worth(query: str) -> list[dict]:
    return [
        combined(query, PLAIN, minimum_should_match="1", boost=0.3),
        combined(query, PLAIN, operator="and"),
        {"match_phrase": {"title.plain": {"query": query, "boost": 2.0}}},
        {"match_phrase": {"body.plain": {"query": query, "slop": 20}}},
    ]


def fuzzy(field: str, query: str, fuzziness: str) -> dict:
    return {"match": {field: {"query": query, "fuzziness": fuzziness, "max_expansions": 30, "operator": "and"}}}


def test_text_query_matches_by_any_reading_and_weighs_how_much_is_there():
    *readings, names, towns = reading("rivers", "2<30%", "2<60%")
    spelled = {"dis_max": {"queries": [fuzzy("names.spelled", "rivers", "AUTO:4,9")], "tie_breaker": 0.5, "boost": 1.0}}
    assert text_query("rivers") == {
        "bool": {
            "must": [{"bool": {"should": [*readings, spelled, names, towns], "minimum_should_match": 1}}],
            "should": worth("rivers"),
        }
    }


def test_other_languages_have_to_hold_more_of_what_was_typed_and_are_not_guessed_at():
    assert text_query("rivers", elsewhere=True) == {
        "bool": {
            "must": [{"bool": {"should": reading("rivers", "2<60%", "100%"), "minimum_should_match": 1}}],
            "should": worth("rivers"),
        }
    }


def clauses(query: str) -> list[dict]:
    return text_query(query)["bool"]["must"][0]["bool"]["should"]


def test_hangul_is_compared_by_keys_and_by_syllables():
    assert clauses("수원")[4]["dis_max"]["queries"] == [
        fuzzy("names.spelled", "수원", "AUTO:4,9"),
        fuzzy("names.words", "수원", "AUTO:3,6"),
    ]


@pytest.mark.parametrize("query", ["2027", "COP12 report"])
def test_codes_and_years_are_meant_as_they_are_typed(query):
    assert len(clauses(query)) == 6


def test_each_piece_between_spaces_stays_whole():
    phrases = clauses("수원 시청")[2]["bool"]["must"]
    assert [phrase["multi_match"]["query"] for phrase in phrases] == ["수원", "시청"]
    assert len(clauses("a " * 100)[2]["bool"]["must"]) == 8
