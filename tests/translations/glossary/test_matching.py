"""Terms of the glossary in texts, and as words for the public search."""

import pytest

from cms.terms import Concept, Wording
from search.backends.base import Alternative, SearchRequest
from search.understanding import understand
from tests.search.pages import commit
from tests.translations.glossary.terms import make_term
from translations.glossary import matches_in, search_terms
from translations.models import GlossaryTerm, GlossaryWording

pytestmark = pytest.mark.django_db

NEUTRALITY = {
    "en": "carbon neutrality",
    "zh-hant": "碳中和",
    "ko": "탄소중립",
    "ja": "カーボンニュートラル",
    "zh-hans": "碳中和",
}


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [
        (text[match.start : match.end], occurrence.status)
        for match in matches_in(text, language)
        for occurrence in match.values
    ]


def test_terms_are_found_in_their_language():
    make_term(NEUTRALITY)
    make_term({"en": "city", "ko": "도시"}, forbidden={"ko": ["시티"]})
    assert found("Cities for carbon neutrality", "en") == [("Cities", "preferred"), ("carbon neutrality", "preferred")]
    assert found("시티와 도시의 탄소 중립", "ko") == [
        ("시티", "forbidden"),
        ("도시", "preferred"),
        ("탄소 중립", "preferred"),
    ]
    assert found("邁向碳中和", "zh-hant") == [("碳中和", "preferred")]
    assert found("carbon neutrality", "ko") == []
    assert found("anything", "xx") == []


def test_traditional_and_simplified_are_each_their_own():
    make_term({"zh-hant": "氣候變遷", "zh-hans": "气候变化"})
    assert found("气候变化", "zh-hant") == []
    assert found("气候变化", "zh-hans") == [("气候变化", "preferred")]


def test_what_is_found_names_the_concept_in_every_language():
    term = make_term(NEUTRALITY)
    [match] = matches_in("carbon neutrality", "en")
    assert (match.values[0].term_id, dict(match.values[0].preferred)) == (term.pk, NEUTRALITY)


def test_search_may_be_asked_by_forbidden_words_but_is_not_led_to_them():
    make_term({"en": "resilience", "zh-hans": "韧性"}, forbidden={"zh-hans": ["弹性"]}, admitted={"en": ["robustness"]})
    resilience, robustness = Wording("en", "resilience"), Wording("en", "robustness")
    good, bad = Wording("zh-hans", "韧性"), Wording("zh-hans", "弹性")
    [concept] = search_terms()
    assert (set(concept.asked), set(concept.meant)) == (
        {resilience, robustness, good, bad},
        {resilience, robustness, good},
    )
    assert isinstance(concept, Concept)


def test_change_holds_at_once():
    term = make_term(NEUTRALITY)
    assert found("탄소중립", "ko") == [("탄소중립", "preferred")]
    GlossaryWording.objects.get(term=term, language="ko").delete()
    commit()
    assert found("탄소중립", "ko") == []
    GlossaryTerm.objects.all().delete()
    commit()
    assert found("carbon neutrality", "en") == []
    assert search_terms() == ()


def test_warm_process_asks_no_database(django_assert_num_queries):
    make_term(NEUTRALITY)
    found("carbon neutrality", "en")
    with django_assert_num_queries(0):
        assert found("carbon neutrality", "en") == [("carbon neutrality", "preferred")]
        assert search_terms() is search_terms()


def test_cold_process_asks_twice_however_many_terms(django_assert_num_queries):
    for number in range(3):
        make_term({"en": f"term {number}", "ko": f"용어{number}"})
    with django_assert_num_queries(2):
        matches_in("term 1", "en")


def test_korean_question_on_the_english_site_is_understood():
    make_term(NEUTRALITY)
    asked = understand(SearchRequest("탄소중립을", "en")).alternatives
    assert asked[0] == Alternative("en", "carbon neutrality")
