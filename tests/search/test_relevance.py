import pytest

from search.relevance import closeness, text_query

FIELDS = ["title^2", "important^1.5", "summary^1.5", "body^1"]
PLAIN = ["title.plain^2", "important.plain^1.5", "summary.plain^1.5", "body.plain^1"]
TOGETHER = ["title.plain", "important.plain", "summary.plain", "body.plain"]


def combined(query: str, fields: list[str], **options) -> dict:
    return {"combined_fields": {"query": query, "fields": fields, **options}}


def match(field: str, query: str, **options) -> dict:
    return {"match": {field: {"query": query, **options}}}


def phrase(field: str, query: str, **options) -> dict:
    return {"match_phrase": {field: {"query": query, **options}}}


def side_by_side(query: str) -> dict:
    return {"multi_match": {"query": query, "fields": TOGETHER, "type": "phrase"}}


def reading(query: str, enough: str, enough_plain: str) -> list[dict]:
    """The readings of one word that both the reader's language and the others are asked for, names and towns last."""
    return [
        combined(query, FIELDS, minimum_should_match=enough),
        combined(query, PLAIN, minimum_should_match=enough_plain, boost=0.1),
        {
            "bool": {
                "should": [
                    match("title.beginning", query, operator="and", boost=5.0),
                    match("title.written", query, operator="and", boost=1.0),
                ],
                "minimum_should_match": 1,
            }
        },
        match("names", query, minimum_should_match="100%"),
        match("towns", query, minimum_should_match="100%"),
    ]


def fuzzy(field: str, query: str, fuzziness: str) -> dict:
    return match(field, query, fuzziness=fuzziness, max_expansions=30, operator="and")


def test_text_query_matches_by_any_reading():
    *readings, names, towns = reading("rivers", "2<30%", "2<60%")
    spelled = {"dis_max": {"queries": [fuzzy("names.spelled", "rivers", "AUTO:4,9")], "tie_breaker": 0.5, "boost": 1.0}}
    assert text_query("rivers") == {"bool": {"should": [*readings, spelled, names, towns], "minimum_should_match": 1}}


def test_other_languages_have_to_hold_more_of_what_was_typed_and_are_not_guessed_at():
    assert text_query("rivers", elsewhere=True) == {
        "bool": {
            "must": [{"bool": {"should": reading("rivers", "2<60%", "100%"), "minimum_should_match": 1}}],
            "should": [phrase("title.plain", "rivers", boost=2.0)],
        }
    }


def test_closeness_weighs_how_much_is_there_and_how_near():
    assert closeness("수원 시청") == {
        "bool": {
            "should": [
                combined("수원 시청", PLAIN, minimum_should_match="1", boost=0.2),
                combined("수원 시청", PLAIN, operator="and"),
                {"bool": {"must": [side_by_side("수원"), side_by_side("시청")]}},
                phrase("title.plain", "수원 시청", boost=2.0),
                phrase("body.plain", "수원 시청", slop=20),
            ]
        }
    }


def clauses(query: str) -> list[dict]:
    return text_query(query)["bool"]["should"]


def test_hangul_is_compared_by_keys_and_by_syllables():
    assert clauses("수원")[3]["dis_max"]["queries"] == [
        fuzzy("names.spelled", "수원", "AUTO:4,9"),
        fuzzy("names.words", "수원", "AUTO:3,6"),
    ]


def test_word_with_a_particle_is_compared_with_it_and_without():
    queries = [clause["match"] for clause in clauses("창계천의")[3]["dis_max"]["queries"]]
    asked = [(field, options["query"]) for match in queries for field, options in match.items()]
    assert asked == [(name, word) for word in ("창계천의", "창계천") for name in ("names.spelled", "names.words")]


@pytest.mark.parametrize("query", ["2027", "COP12 report"])
def test_codes_and_years_are_meant_as_they_are_typed(query):
    assert len(clauses(query)) == 5


def test_long_text_is_no_misspelled_name():
    assert (len(clauses("수" * 60)), len(clauses("수" * 61))) == (6, 5)


def test_long_text_is_not_sought_piece_by_piece():
    assert len(closeness("a " * 100)["bool"]["should"][2]["bool"]["must"]) == 8
