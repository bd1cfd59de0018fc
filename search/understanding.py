"""What else a question may mean: its terms replaced by their synonyms, and by their names in the other languages.

The words come from callables that SEARCH_SYNONYM_SOURCES names, each returning concepts (``cms.terms.Concept``). They
keep them in the process, so that a question costs no SQL; the index of terms is made again when one of them returns
another object.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from cms.languages import CODES, by_code
from cms.terms import Concept, Match, TermIndex, Wording
from search.backends.base import Alternative, SearchRequest
from search.folding import fold, fold_with_offsets
from search.kana import LANGUAGE as JAPANESE
from search.kana import LONGEST, reading, words_in_kana
from search.scripts import query_languages
from search.spelling import pieces
from search.suggesting import countries
from search.themes import theme_names

# Each costs the engine about as much as the question itself.
MOST = 8
MOST_OWN = 4
# Of a question that is mostly about something else, a term in another language would find pages about the term alone.
ENOUGH_ELSEWHERE = 0.5

# Of a term's reading: shorter ones are of too many words.
LEAST_READ = 3

_WORD = re.compile(r"\w+")
_CHUNK = re.compile(r"\S+")
_LATIN = re.compile(r"[A-Za-z]")

Sources = tuple[Sequence[Concept], ...]


@dataclass(frozen=True)
class _Term:
    """A stretch of the question that is a term of ``language``, and the words that mean the same."""

    start: int
    end: int
    after: int
    language: str
    meant: tuple[Wording, ...]


class Vocabulary:
    """All concepts, ready to be found in questions."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        asked: dict[str, list[tuple[str, Concept]]] = {code: [] for code in CODES}
        for concept in concepts:
            for wording in concept.asked:
                if wording.language in asked:
                    asked[wording.language].append((wording.text, concept))
        self._indexes = {
            code: TermIndex(by_code(code), terms, fold_with_offsets) for code, terms in asked.items() if terms
        }
        self._read: dict[str, list[Concept]] = defaultdict(list)
        for term, concept in asked[JAPANESE]:
            self._read[reading(term)[:LONGEST]].append(concept)

    def terms(self, query: str, reader: str) -> list[_Term]:
        """Return the terms in the question, in its order: the longest, read in the likeliest of its languages."""
        likely = (*query_languages(query, reader), reader, *CODES)
        found = [(code, match) for code, index in self._indexes.items() for match in index.matches(query)]
        found += [(JAPANESE, match) for match in self._terms_read(query)]
        found.sort(key=lambda row: (row[1].start - row[1].end, likely.index(row[0]), row[1].start))
        kept: list[tuple[str, Match[Concept]]] = []
        for code, match in found:
            if all(match.end <= other.start or match.start >= other.end for _, other in kept):
                kept.append((code, match))
        kept.sort(key=lambda row: row[1].start)
        return [
            _Term(match.start, match.end, match.after, code, tuple(self._others(query, code, match)))
            for code, match in kept
        ]

    def _terms_read(self, query: str) -> Iterator[Match[Concept]]:
        """Yield the words of the question that are how a Japanese term is read, and nothing besides."""
        for word in _CHUNK.finditer(query):
            for read in words_in_kana(word[0], least=LEAST_READ):
                if concepts := self._read.get(read):
                    yield Match(word.start(), word.end(), word.end(), tuple(concepts))

    def _others(self, query: str, language: str, match: Match[Concept]) -> Iterator[Wording]:
        """Yield the words that mean the same, without the one that was typed, in the singular or plural.

        Then those of concepts that one of these is a term of: an editor's synonym leads on to the glossary, and no
        further.
        """
        key = self._indexes[language].key
        typed = key(query[match.start : match.end])
        same = [wording for concept in match.values for wording in concept.meant]
        further = [
            wording
            for synonym in same
            if synonym.language == language
            for found in self._indexes[language].matches(synonym.text)
            if (found.start, found.end) == (0, len(synonym.text))
            for concept in found.values
            for wording in concept.meant
        ]
        for wording in dict.fromkeys((*same, *further)):
            if wording.language != language or key(wording.text) != typed:
                yield wording


def understand(request: SearchRequest) -> SearchRequest:
    """Return the question with its ``alternatives``, at most MOST, the reader's language first, and ``known`` words.

    No SQL when warm.
    """
    known = tuple(piece.text for piece in pieces(request.query) if is_known(piece.text, request.language))
    return replace(request, alternatives=alternatives(request, vocabulary()), known=known)


def alternatives(request: SearchRequest, words: Vocabulary) -> tuple[Alternative, ...]:
    """Return the question in other words, for the reader's language and for each other one. Pure."""
    terms = words.terms(request.query, request.language)
    if not terms:
        return ()
    others = [code for code in (*request.preferred, *CODES) if code != request.language]
    asked = {term.language for term in terms}
    found: dict[tuple[str, str], Alternative] = {}
    for language in dict.fromkeys((request.language, *others)):
        is_own = language == request.language
        if not (is_own or _covered(request.query, terms) >= ENOUGH_ELSEWHERE):
            continue
        texts = [text for text in _rewordings(request.query, terms, language) if fold(text) != fold(request.query)]
        # In the language it was asked in, other words are as good as in the reader's.
        for text in texts[: MOST_OWN if is_own or language in asked else 1]:
            found.setdefault((language, fold(text)), Alternative(language, text))
    return tuple(found.values())[:MOST]


def is_known(text: str, language: str) -> bool:
    """Whether the text is a term of the vocabulary, a country or a theme, as a reader of ``language`` may write it."""
    if fold(text) in _names():
        return True
    return any(term.start == 0 and term.end == len(text) for term in vocabulary().terms(text, language))


def vocabulary() -> Vocabulary:
    """Return what the sources know now."""
    sources: Sources = tuple(import_string(name)() for name in settings.SEARCH_SYNONYM_SOURCES)
    before, words = _kept[0]
    if len(before) != len(sources) or any(old is not new for old, new in zip(before, sources, strict=True)):
        words = Vocabulary(concept for source in sources for concept in source)
        _kept[0] = (sources, words)
    return words


def _covered(query: str, terms: Sequence[_Term]) -> float:
    """Return which part of the question's letters belongs to its terms."""
    letters = sum(len(word[0]) for word in _WORD.finditer(query))
    return sum(len(word[0]) for term in terms for word in _WORD.finditer(query[term.start : term.after])) / letters


def _rewordings(query: str, terms: Sequence[_Term], language: str) -> Iterator[str]:
    """Yield the question in ``language``, at most once for each word that could stand in it.

    First with the first word for every term, then with one of them replaced by each of its further words.
    """
    choices = [_choices(query, term, language) for term in terms]
    first = [words[0] if words else None for words in choices]
    if not any(first):
        return
    yield _reworded(query, terms, first, language)
    for place, words in enumerate(choices):
        for word in words[1:]:
            yield _reworded(query, terms, [*first[:place], word, *first[place + 1 :]], language)


def _choices(query: str, term: _Term, language: str) -> list[str]:
    """Return the words of ``language`` that can stand for the term, without the one that was typed."""
    typed = fold(query[term.start : term.end])
    return [wording.text for wording in term.meant if wording.language == language and fold(wording.text) != typed]


def _reworded(query: str, terms: Sequence[_Term], words: Sequence[str | None], language: str) -> str:
    """Return the question with its terms replaced by ``words``; None leaves a term as it is.

    In its own language all else stays. In another, what stands between the terms is kept where it may be a word of that
    language or a name, and particles go.
    """
    is_translated = any(term.language != language for term in terms)
    asked = {term.language for term in terms}
    pieces: list[str] = []
    position = 0
    for term, word in zip(terms, words, strict=True):
        end = term.after if is_translated else term.end
        between = query[position : term.start]
        pieces.append(_foreign_words(between, language, asked) if is_translated else between)
        pieces.append(word or _foreign_words(query[term.start : end], language, asked))
        position = end
    rest = query[position:]
    pieces.append(_foreign_words(rest, language, asked) if is_translated else rest)
    return " ".join((" " if is_translated else "").join(pieces).split())


def _foreign_words(text: str, language: str, asked: set[str]) -> str:
    """Return those words of ``text`` that a page in ``language`` can hold as they are written."""
    return " ".join(word[0] for word in _WORD.finditer(text) if _fits(word[0], language, asked))


def _fits(word: str, language: str, asked: set[str]) -> bool:
    """Whether the word may be one of ``language``; Latin letters in a question in another script are a name."""
    if _LATIN.match(word):
        return language == "en" or "en" not in asked
    return language in query_languages(word, language)


def _names() -> frozenset[str]:
    """Return the names of countries and themes in all languages, folded."""
    return _folded(theme_names())


@lru_cache(maxsize=1)
def _folded(themes: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> frozenset[str]:
    named = (*(each.names for each in countries()), *(names for _slug, names in themes))
    return frozenset(fold(name) for names in named for _code, name in names)


# One for the process.
_kept: list[tuple[Sources, Vocabulary]] = [((), Vocabulary(()))]
