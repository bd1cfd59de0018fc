"""Terms in texts of the five languages."""

import time

import pytest

from cms.languages import by_code
from cms.terms import TermIndex


def found(language: str, terms: str, text: str) -> list[str]:
    index = TermIndex(by_code(language), [(term, term) for term in terms.split("|")])
    return [text[match.start : match.end] for match in index.matches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Study visits in cities", ["Study visits", "cities"]),
        ("a STUDY  visit", ["STUDY  visit"]),
        ("the study-visit", ["study-visit"]),
        ("the city's plan", ["city"]),
        ("electricity and cityscape", []),
        ("studies of visitors", []),
        ("the study visit city", ["study visit", "city"]),
    ],
)
def test_english_terms_are_whole_words_in_singular_or_plural(text, expected):
    assert found("en", "study visit|city", text) == expected


@pytest.mark.parametrize(
    ("term", "text"),
    [("bus", "buses"), ("house", "houses"), ("analysis", "analyses"), ("process", "processes"), ("box", "boxes"),
     ("waste", "wastes"), ("biodiversity", "Biodiversity"), ("Cities", "city")],
)  # fmt: skip
def test_english_plurals_meet(term, text):
    assert found("en", term, text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("탄소중립을 위한 도시", ["탄소중립", "도시"]),
        ("탄소 중립 도시들의 계획", ["탄소 중립", "도시"]),
        ("도시에서는", ["도시"]),
        ("도시입니다", ["도시"]),
        ("도시락", []),
        ("저탄소중립", []),
        ("소도시", []),
    ],
)
def test_korean_terms_may_have_particles(text, expected):
    assert found("ko", "탄소중립|도시", text) == expected


def test_particles_are_told_from_the_term():
    [match] = TermIndex(by_code("ko"), [("도시", 1)]).matches("새 도시에서는 산다")
    assert (match.start, match.end, match.after, match.values) == (2, 4, 7, (1,))


@pytest.mark.parametrize(
    ("language", "terms", "text", "expected"),
    [
        ("zh-hant", "碳中和|城市", "邁向碳中和城市", ["碳中和", "城市"]),
        ("zh-hans", "碳中和|碳", "走向碳中和", ["碳中和"]),
        ("ja", "カーボンニュートラル|都市", "カーボンニュートラルな都市", ["カーボンニュートラル", "都市"]),
        ("ja", "カーボンニュートラル", "ｶｰﾎﾞﾝﾆｭｰﾄﾗﾙ", ["ｶｰﾎﾞﾝﾆｭｰﾄﾗﾙ"]),
        ("ja", "NDC", "各国のＮＤＣと", ["ＮＤＣ"]),
        ("ja", "ESD", "RESDENT", []),
        ("zh-hans", "碳中和", "邁向碳 中和", []),
    ],
)
def test_terms_stand_anywhere_in_languages_without_spaces(language, terms, text, expected):
    assert found(language, terms, text) == expected


def test_traditional_and_simplified_terms_are_different_words_to_a_glossary():
    assert found("zh-hant", "氣候變遷", "气候变化与氣候變遷") == ["氣候變遷"]
    assert found("zh-hans", "气候变化", "气候变化与氣候變遷") == ["气候变化"]


def test_longest_term_wins():
    assert found("en", "climate|climate change|climate change adaptation", "Climate change adaptation and climate") == [
        "Climate change adaptation",
        "climate",
    ]


def test_same_term_of_two_concepts_gives_both():
    [match] = TermIndex(by_code("en"), [("plant", 1), ("Plants", 2)]).matches("a plant")
    assert match.values == (1, 2)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("text", ["", " ", "…!?", "\ud800", "a" * 5000, "ﷺ", "İstanbul"])
def test_any_text_is_taken(language, text):
    assert found(language, "city", text) == []
    assert found(language, text or "x", "nothing here") == []


def test_ligatures_keep_their_place():
    assert found("en", "traffic", "the traﬃc jam") == ["traﬃc"]


def test_thousands_of_terms_cost_little():
    index = TermIndex(by_code("en"), [(f"term number {number}", number) for number in range(5000)])
    text = "A sentence with term number 4321 in it. " * 25
    started = time.perf_counter()
    assert len(index.matches(text)) == 25
    assert time.perf_counter() - started < 0.5
