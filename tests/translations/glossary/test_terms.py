"""The glossary's terms as a translator is shown them."""

import pytest

from tests.translations.glossary.terms import make_term
from translations.glossary import TermHit, glossary_changed, terms_in
from translations.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def seen(text: str, source: str, target: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.preferred) for hit in terms_in(text, source, target)]


def test_term_comes_with_all_that_the_glossary_says_of_it():
    term = make_term(
        {"en": "resilience", "ko": "회복력"},
        "The ability to recover.",
        admitted={"ko": ["회복탄력성"]},
        forbidden={"ko": ["탄력"]},
    )
    assert terms_in("Urban resilience", "en", "ko") == (
        TermHit("resilience", "회복력", ("회복탄력성",), ("탄력",), "The ability to recover.", False, 6, 16, term.pk),
    )
    assert seen("Urban resilience", "en", "ja") == [("resilience", "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<b>climate</b> change", "<b>climate</b> change"),
        ("a <b>climate change</b> plan", "climate change"),
        ('the <a id="a1">climate</a> <i>change</i>', 'climate</a> <i>change'),
        ("climate<br/>change", "climate<br/>change"),
        ("Climate changes &amp; cities", "Climate changes"),
        ("cli<b>mate change</b>", "cli<b>mate change"),
    ],
)  # fmt: skip
def test_markup_does_not_hide_terms(text, found):
    make_term({"en": "climate change", "ko": "기후변화"})
    assert [match for match, _ in seen(text, "en", "ko")] == [found.removeprefix("<b>")]


def test_entities_are_the_characters_that_they_stand_for():
    make_term({"en": "R&D", "ko": "연구개발"})
    assert seen("More R&amp;D now", "en", "ko") == [("R&amp;D", "연구개발")]
    assert seen("amp", "en", "ko") == []


def test_longest_term_wins_and_its_parts_are_silent():
    make_term({"en": "climate change", "ko": "기후변화"})
    make_term({"en": "climate change adaptation", "ko": "기후변화 적응"})
    make_term({"en": "adaptation plan", "ko": "적응계획"})
    assert seen("a climate change adaptation plan", "en", "ko") == [("climate change adaptation", "기후변화 적응")]
    assert seen("adaptation plans for climate changes", "en", "ko") == [
        ("adaptation plans", "적응계획"),
        ("climate changes", "기후변화"),
    ]


def test_words_of_two_concepts_give_a_hit_for_each():
    first = make_term({"en": "plant", "ko": "식물"})
    second = GlossaryTerm.objects.create()
    second.wordings.create(language="en", text="plants", key="plants-2")
    assert [hit.term_id for hit in terms_in("plants", "en", "ko")] == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("기후변화에서는 도시가", "ko", ["기후변화", "도시"]),
        ("도시들의 기후 변화까지도", "ko", ["도시", "기후 변화"]),
        ("도시락과 대도시", "ko", []),
        ("氣候變遷與城市", "zh-hant", ["氣候變遷", "城市"]),
        ("都市の気候変動対策", "ja", ["都市", "気候変動"]),
        ("城市应对气候变化", "zh-hans", ["城市", "气候变化"]),
    ],
)
def test_terms_are_found_in_every_language(text, language, found):
    make_term(
        {"en": "climate change", "ko": "기후변화", "zh-hant": "氣候變遷", "ja": "気候変動", "zh-hans": "气候变化"}
    )
    make_term({"en": "city", "ko": "도시", "zh-hant": "城市", "ja": "都市", "zh-hans": "城市"})
    assert [term for term, _ in seen(text, language, "en")] == found


def test_what_is_not_translated_says_so():
    make_term({"en": "ICLEI"})
    GlossaryTerm.objects.update(do_not_translate=True)
    glossary_changed()  # an update sends no signal
    [hit] = terms_in("ICLEI’s cities", "en", "ko")
    assert (hit.source, hit.preferred, hit.do_not_translate) == ("ICLEI", "", True)


def test_warm_process_asks_no_database(django_assert_num_queries):
    make_term({"en": "city", "ko": "도시"})
    terms_in("city", "en", "ko")
    with django_assert_num_queries(0):
        terms_in("city", "en", "ko")
