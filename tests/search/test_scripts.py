import pytest

from cms.languages import CODES
from search.scripts import query_languages, reading_order
from tests.search.short_queries import QUERIES


@pytest.mark.parametrize("code", CODES)
def test_short_queries_are_a_hundred_a_language(code):
    assert len(set(QUERIES[code])) >= 100


@pytest.mark.parametrize("reader", CODES)
@pytest.mark.parametrize("code", CODES)
def test_language_of_a_query_is_among_those_recognised(code, reader):
    missed = [query for query in QUERIES[code] if code not in query_languages(query, reader)]
    assert missed == []


@pytest.mark.parametrize("code", CODES)
def test_readers_own_language_comes_first_where_the_words_can_be_in_it(code):
    missed = [query for query in QUERIES[code] if query_languages(query, code)[0] != code]
    assert missed == []


# For a reader of another language: what several languages write alike (水原, 交通) is counted as the first of them,
# so Japanese and Simplified Chinese are recognised only where kana or forms of their own stand in the query.
@pytest.mark.parametrize(("code", "floor"), [("en", 97), ("zh-hant", 100), ("ko", 100), ("ja", 72), ("zh-hans", 64)])
def test_language_of_a_query_is_recognised_for_foreign_readers(code, floor):
    reader = "ko" if code != "ko" else "en"
    right = sum(query_languages(query, reader)[0] == code for query in QUERIES[code])
    assert 100 * right / len(QUERIES[code]) >= floor


@pytest.mark.parametrize(
    ("query", "reader", "languages"),
    [
        ("국수와 ラ", "en", ("ko", "ja")),
        ("ラーメン라", "en", ("ja", "ko")),
        ("CO2 감축", "en", ("ko",)),
        ("環境保全", "ko", ("zh-hant", "ja")),
        ("環境保全", "ja", ("ja", "zh-hant")),
        ("水", "zh-hans", ("zh-hans", "zh-hant", "ja")),
        ("水", "en", ("zh-hant", "ja", "zh-hans")),
        ("水发髪", "en", ("ja", "zh-hans")),
        ("ㅅㅜ", "en", ("ko",)),
        ("ﾊﾞｲｵﾏｽ", "en", ("ja",)),
        ("Suwon", "ko", ("en", "ko")),
        ("CBD COP 12", "ko", ("ko", "en")),
        ("ICLEI", "en", ("en",)),
        ("2027", "ja", ("ja",)),
        ("…?!", "zh-hant", ("zh-hant",)),
        ("", "ko", ("ko",)),
        ("ไทย", "ko", ("en", "ko")),
        ("\ud800水", "ja", ("ja", "zh-hant", "zh-hans")),
    ],
)
def test_mixed_and_odd_queries_have_a_stated_answer(query, reader, languages):
    assert query_languages(query, reader) == languages


@pytest.mark.parametrize(
    ("query", "reader", "chosen", "order"),
    [
        ("수원", "en", ("ja",), ("ko", "ja")),
        ("수원", "ko", ("ja",), ("ja",)),
        ("Suwon", "ko", ("ja",), ("ja", "en")),
        ("水", "ko", ("ja",), ("zh-hant", "ja", "zh-hans")),
        ("水", "ja", ("ko",), ("ko", "zh-hant", "zh-hans")),
        ("2027", "en", (), ()),
    ],
)
def test_language_of_the_question_leads_only_where_it_is_surely_another(query, reader, chosen, order):
    assert reading_order(query, reader, chosen) == order
