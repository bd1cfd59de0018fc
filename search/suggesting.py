"""Suggestions while a question is typed: places, themes and pages whose name has what was typed at a word's beginning.

Engines find pages and the places in their documents. Countries and themes are few: which of them are meant is found
here, and an engine only counts their pages, so that none is offered that leads nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cms.languages import CODES
from cms.places import country_choices, country_name
from search.documents import place_names
from search.kana import words_in_kana
from search.letters import Unit, begins, spans, typed_words, units
from search.snippets import Snippet, marked_at
from search.themes import theme_names

# How many of each: a list that can be taken in at a glance, on a phone above the keyboard too.
PLACES, THEMES, PAGES, ELSEWHERE = 3, 2, 6, 3
# Nobody suggests anything for more words than these.
MOST_WORDS = 6

PLACE, THEME = "place", "theme"


@dataclass(frozen=True)
class SuggestRequest:
    """What a reader of ``language`` has typed so far; ``preferred`` are the other languages they read, best first.

    ``withheld``: as SearchRequest has it.
    """

    query: str
    language: str
    preferred: tuple[str, ...] = ()
    withheld: frozenset[int] = frozenset()

    @property
    def words(self) -> list[list[str]]:
        """What was typed, as ``letters.typed_words``."""
        return typed_words(self.query)[:MOST_WORDS]

    @property
    def order(self) -> tuple[str, ...]:
        """All languages, the reader's own first."""
        return tuple(dict.fromkeys((self.language, *self.preferred, *CODES)))

    @property
    def in_kana(self) -> tuple[str, ...]:
        """The words in katakana where all of them are kana, for titles by how they are read; else empty."""
        return words_in_kana(self.query)[:MOST_WORDS]


@dataclass(frozen=True)
class Suggestion:
    """One row. ``group`` is a value of ``cms.pages.SearchKind``, or PLACE or THEME.

    ``url`` is a page's address; a place or theme has none, but ``query``, the question that it stands for, and
    ``count``, the number of its pages.
    """

    group: str
    title: Snippet
    language: str
    url: str = ""
    query: str = ""
    count: int = 0


@dataclass(frozen=True)
class Named:
    """Something with a name in each language: ``key`` is a country's code, a theme's slug or a ``place_value``."""

    key: str
    names: tuple[tuple[str, str], ...]


@cache
def countries() -> tuple[Named, ...]:
    """Return all countries, with their names in all languages of the site."""
    return tuple(
        Named(country, tuple((code, country_name(country, code)) for code in CODES))
        for country in sorted(country for country, _ in country_choices())
    )


def countries_meant(request: SuggestRequest) -> dict[str, Named]:
    """Return the countries that were begun, by their codes."""
    return meant(countries(), request.words)


def themes_meant(request: SuggestRequest) -> dict[str, Named]:
    """Return the themes that were begun, by their slugs. No query while their names are cached."""
    return meant(tuple(Named(slug, names) for slug, names in theme_names()), request.words)


def meant(named: tuple[Named, ...], words: Sequence[Sequence[str]]) -> dict[str, Named]:
    """Return those whose name in any language has all the typed words, by their keys."""
    if not words:
        return {}
    candidates = _by_first_letter(named).get(words[0][0][0], ())
    return {each.key: each for each in candidates if any(_has(name, words) for _, name in each.names)}


def places_meant(values: Iterable[str], words: Sequence[Sequence[str]]) -> dict[str, Named]:
    """Return the places of documents (``place_value``) that have a name with all the typed words."""
    places = (Named(value, tuple(place_names(value))) for value in values)
    return {place.key: place for place in places if any(_has(name, words) for _, name in place.names)}


@lru_cache(maxsize=8)
def _by_first_letter(named: tuple[Named, ...]) -> dict[str, tuple[Named, ...]]:
    """Return for each letter what has a name with a word that begins with it: a few of hundreds are looked at."""
    found: dict[str, dict[str, Named]] = {}
    for each in named:
        for _, name in each.names:
            for unit in _units_of_name(name):
                found.setdefault(unit.letters[0], {})[each.key] = each
    return {letter: tuple(those.values()) for letter, those in found.items()}


def _has(name: str, words: Sequence[Sequence[str]]) -> bool:
    found = _units_of_name(name)
    return bool(words) and all(begins(found, word) for word in words)


@lru_cache(maxsize=8192)
def _units_of_name(name: str) -> list[Unit]:
    return units(name)


def page(request: SuggestRequest, *, kind: str, language: str, title: str, url: str) -> Suggestion:
    """Return the suggestion of a page, with what was typed marked in its title where it stands there."""
    return Suggestion(kind, marked_at(title, spans(title, request.words) or []), language, url=url)


def counted(
    request: SuggestRequest, group: str, found: Mapping[str, Named], counts: Mapping[str, int]
) -> list[Suggestion]:
    """Return the suggestions of places or themes that have pages, those with most pages first.

    ``counts`` are by key. What has the same name for this reader is one.
    """
    united: Counter[tuple[str, str]] = Counter()
    for key, named in found.items():
        if counts.get(key):
            names = dict(named.names)
            language = next(code for code in request.order if code in names)
            united[language, names[language]] += counts[key]
    rows = [
        Suggestion(
            group,
            marked_at(name, spans(name, request.words) or []),
            language,
            query=name,
            count=count,
        )
        for (language, name), count in united.items()
    ]
    return sorted(rows, key=lambda row: (row.language != request.language, -row.count))


def arranged(
    places: Sequence[Suggestion], themes: Sequence[Suggestion], own: Sequence[Suggestion], other: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return what is shown: places, themes, the reader's own pages, one kind after another, then others."""
    kinds = list(dict.fromkeys(each.group for each in own))
    shown = sorted(own[:PAGES], key=lambda each: kinds.index(each.group))
    # Where the reader's language has little to offer, the others have the room.
    room = ELSEWHERE + PAGES - len(shown)
    return (*places[:PLACES], *themes[:THEMES], *shown, *other[:room])
