"""What the glossary refuses."""

import pytest

from tests.translations.glossary.terms import entry, make_term
from translations.glossary.entries import Entry, Place, problems, save_wordings

pytestmark = pytest.mark.django_db


def refused(written: Entry, term=None) -> list[tuple[str, str]]:
    return [
        (f"{problem.place.language} {problem.place.status}" if problem.place else "", problem.message)
        for problem in problems(written, term)
    ]


def test_term_without_words_is_refused():
    assert refused(Entry()) == [("", "Write the term in at least one language.")]


def test_word_without_letters_is_refused():
    assert refused(entry({"en": "…"})) == [("en preferred", "“…” holds no word.")]


def test_word_longer_than_its_column_is_refused():
    assert refused(entry({"en": "a" * 201})) == [("en preferred", "A term has at most 200 characters.")]


def test_same_word_twice_is_refused_also_in_the_plural():
    assert refused(entry({"en": "city"}, forbidden={"en": ["Cities"]})) == [
        ("en forbidden", "“Cities” is written twice in this language.")
    ]


def test_same_word_in_two_languages_is_fine():
    assert refused(entry({"zh-hant": "碳中和", "zh-hans": "碳中和"})) == []


def test_word_of_another_term_is_refused():
    make_term({"en": "adaptation", "ko": "적응"}, forbidden={"ko": ["순응"]})
    assert refused(entry({"en": "mitigation"}, forbidden={"en": ["adaptations"]})) == [
        ("en forbidden", "“adaptations” is already a word for “adaptation” in the glossary.")
    ]
    assert refused(entry({"ko": "순응"})) == [
        ("ko preferred", "“순응” must not be used for “adaptation”, says the glossary.")
    ]


def test_term_may_keep_its_own_words():
    term = make_term({"en": "adaptation"})
    assert refused(entry({"en": "Adaptation"}), term) == []


def test_rows_of_words_that_stay_are_kept():
    term = make_term({"en": "city", "ko": "도시"}, admitted={"en": ["town"]})
    rows = {row.text: row.pk for row in term.wordings.all()}
    assert save_wordings(term, entry({"en": "town", "ko": "도시"}, admitted={"en": ["city"]})) is True
    term.refresh_from_db()
    assert {row.text: row.pk for row in term.wordings.all()} == rows
    assert (term.preferred, term.texts("en", "admitted")) == ({"en": "town", "ko": "도시"}, ["city"])


def test_places_that_are_not_named_stay():
    term = make_term({"en": "city", "ko": "도시"})
    assert save_wordings(term, Entry({Place("en", "preferred"): ("town",)})) is True
    assert term.wordings.get(language="en").text == "town"
    assert save_wordings(term, Entry({Place("ko", "preferred"): ("도시",)})) is False
    assert term.wordings.count() == 2
