"""Where the terms of a language stand in a text, and which words mean the same.

Boundaries of words count only where the language is written with spaces. An English term is also found in the plural, a
Korean one with the particles that are written onto it and however it is spaced.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from cms.languages import Language

T = TypeVar("T")
# Text -> how it is compared, and for each of its characters the position in the text it comes from.
Folding = Callable[[str], tuple[str, list[int]]]

_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[^\W\d_]|\d", re.ASCII)
# A character and what is written onto it: accents, vowels and finals of Hangul, voicing marks of half-width kana.
_CHARACTER = re.compile("(?s).[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*")
# Up to two of them follow each other, after the plural 들.
_PARTICLES = (
    "에게서|으로서|으로써|입니다"
    "|에서|에게|한테|으로|로서|로써|이랑|하고|까지|부터|마저|조차|밖에|보다|처럼|같이|마다|이나|이란|이라|이며|이고|이다|이든|든지|대로|만큼"
    "|이|가|은|는|을|를|의|에|께|로|와|과|랑|도|만|나|란|라|며|고|인"
)
_AFTER_A_KOREAN_NOUN = re.compile(f"(?:들)?(?:{_PARTICLES})?(?:{_PARTICLES})?")


@dataclass(frozen=True)
class Wording:
    """A term in a language (code)."""

    language: str
    text: str


@dataclass(frozen=True)
class Concept:
    """Who asks in one of the words ``asked`` also means those of ``meant``; the same words may be in both."""

    asked: tuple[Wording, ...]
    meant: tuple[Wording, ...]


@dataclass(frozen=True)
class Match(Generic[T]):
    """A term in a text: ``text[start:end]``, and what is known of it. Particles written onto it end at ``after``."""

    start: int
    end: int
    after: int
    values: tuple[T, ...]


def fold_width_and_case(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without differences of width and case, with the position of each character's origin."""
    if text.isascii():
        return text.casefold(), list(range(len(text)))
    folded: list[str] = []
    offsets: list[int] = []
    for match in _CHARACTER.finditer(text):
        piece = unicodedata.normalize("NFKC", match[0]).casefold()
        folded.append(piece)
        offsets += [match.start()] * len(piece)
    return "".join(folded), offsets


@dataclass(frozen=True)
class _Form:
    """A text as terms are looked for in it: its characters, where each stands, and where a term may begin and end.

    ``ends`` maps a position after a term to the position in the original text after what is written onto the term.
    """

    characters: str
    spans: list[tuple[int, int]]
    starts: list[int]
    ends: dict[int, int]


class TermIndex(Generic[T]):
    """The terms of one language, each with a value; finding takes about as long for thousands of them as for ten."""

    def __init__(
        self, language: Language, terms: Iterable[tuple[str, T]], folding: Folding = fold_width_and_case
    ) -> None:
        self.language = language
        self.folding = folding
        self._values: dict[str, list[T]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for text, value in terms:
            key = self.key(text)
            if key:
                self._values[key].append(value)
                lengths[key[0]].add(len(key))
        # By first character, longest first.
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def key(self, text: str) -> str:
        """Return the form in which a term is the same as another; empty where there is nothing to look for."""
        return self._form(text).characters.strip()

    def matches(self, text: str) -> list[Match[T]]:
        """Return the terms in ``text``, in its order: the longest at each place, none inside another."""
        if not self._values:
            return []
        form = self._form(text)
        found: list[Match[T]] = []
        next_start = 0
        for start in form.starts:
            end = self._longest(form, start) if start >= next_start else 0
            if end:
                key = form.characters[start:end]
                span = (form.spans[start][0], form.spans[end - 1][1], form.ends[end])
                found.append(Match(*span, tuple(self._values[key])))
                next_start = end
        return found

    def _longest(self, form: _Form, start: int) -> int:
        for length in self._lengths.get(form.characters[start], ()):
            end = start + length
            if end in form.ends and form.characters[start:end] in self._values:
                return end
        return 0

    def _form(self, text: str) -> _Form:
        folded, offsets = self.folding(text)
        spans = list(_spans(offsets, len(text)))
        if not self.language.spaced:
            return _unspaced(folded, spans)
        return _korean(folded, spans) if self.language.script == "Kore" else _spaced(folded, spans)


def _spans(offsets: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where in the original each folded character comes from."""
    end = length
    ends: list[int] = []
    for at in range(len(offsets) - 1, -1, -1):
        if at + 1 < len(offsets) and offsets[at + 1] != offsets[at]:
            end = offsets[at + 1]
        ends.append(end)
    yield from zip(offsets, reversed(ends), strict=True)


def _unspaced(folded: str, spans: list[tuple[int, int]]) -> _Form:
    """Terms begin and end anywhere, but not inside a word of Latin letters or digits."""
    whole = [
        not (_LATIN.match(folded, at - 1) and _LATIN.match(folded, at)) if 0 < at < len(folded) else True
        for at in range(len(folded) + 1)
    ]
    starts = [at for at in range(len(folded)) if whole[at]]
    ends = {at: spans[at - 1][1] for at in range(1, len(folded) + 1) if whole[at]}
    return _Form(folded, spans, starts, ends)


def _spaced(folded: str, spans: list[tuple[int, int]]) -> _Form:
    """Terms are whole words, singular or plural, whatever stands between them."""
    characters, places, starts, ends = "", [], [], {}
    for word in _WORD.finditer(folded):
        if characters:
            characters += " "
            places.append((spans[word.start() - 1][0], spans[word.start()][0]))
        stem = _singular(word[0])
        starts.append(len(characters))
        characters += stem
        places += [
            *spans[word.start() : word.start() + len(stem) - 1],
            (spans[word.end() - 1][0], spans[word.end() - 1][1]),
        ]
        ends[len(characters)] = spans[word.end() - 1][1]
    return _Form(characters, places, starts, ends)


def _korean(folded: str, spans: list[tuple[int, int]]) -> _Form:
    """Terms begin where a word begins and end where it does, or before its particles; spaces do not count."""
    characters, places, starts, ends = "", [], [], {}
    for word in _WORD.finditer(folded):
        starts.append(len(characters))
        for length in range(1, len(word[0]) + 1):
            if _AFTER_A_KOREAN_NOUN.fullmatch(word[0], length):
                ends[len(characters) + length] = spans[word.end() - 1][1]
        characters += word[0]
        places += spans[word.start() : word.end()]
    return _Form(characters, places, starts, ends)


def _singular(word: str) -> str:
    """Return an English word's common form of singular and plural, which need not be a word itself.

    >>> [_singular(word) for word in ("cities", "city", "buses", "bus", "houses", "house", "status", "analyses")]
    ['city', 'city', 'bus', 'bus', 'hous', 'hous', 'status', 'analys']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sis"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith(("se", "xe", "ze", "che", "she")) else word
