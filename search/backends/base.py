"""What every engine of public search must do. tests/search/backend_contract.py says the same in tests."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.conf import settings

from cms.languages import CODES, DEFAULT
from search.documents import PageDocument
from search.scripts import query_languages
from search.snippets import Snippet
from search.suggesting import Suggestion, SuggestRequest

Row = TypeVar("Row")

# Rows of other languages below the reader's own.
BESIDE = 5


# What a visitor's question may cost in the engine; search.answering says what becomes of it after that.
ENGINE_SECONDS: float = settings.SEARCH_ENGINE_SECONDS
# For what nobody asked for; a page is served without.
SIMILAR_SECONDS = 0.4


class BackendUnavailableError(Exception):
    """The engine cannot be asked now: not running, too slow, refusing. Trying again later may help."""


class RefusedQuestionError(BackendUnavailableError):
    """The engine is there and well, but will not answer this one question."""


@dataclass(frozen=True)
class Filters:
    """What a visitor narrows a search to: one of the values of each facet that has any, all facets at once.

    ``kinds`` are values of ``cms.pages.SearchKind``, ``themes`` slugs, ``countries`` ISO 3166-1 alpha-2 codes,
    ``languages`` codes of ``cms.languages``, ``statuses`` those of a call (open, closing_soon, upcoming, closed),
    ``times`` those of an event (upcoming, now, past). Statuses and times are told by the clock when the question is
    asked.
    """

    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class Alternative:
    """The question in other words, asked of ``language``'s index beside what was typed."""

    language: str
    query: str


@dataclass(frozen=True)
class SearchRequest:
    """A visitor's question.

    ``language`` is the reader's (a code of ``cms.languages``), ``preferred`` the other languages they read, best first.
    ``known`` are the words of the question that nobody can have misspelled: terms, countries, themes. ``withheld`` are
    numbers of pages that visitors may not find, whatever an index says that is not up to date.
    ``sort`` is “relevance”, “date” or “deadline”, ``page`` counts from 1. ``elsewhere`` asks for the other languages'
    pages only.
    """

    query: str
    language: str
    preferred: tuple[str, ...] = ()
    filters: Filters = Filters()
    sort: str = "relevance"
    alternatives: tuple[Alternative, ...] = ()
    known: tuple[str, ...] = ()
    withheld: frozenset[int] = frozenset()
    page: int = 1
    size: int = 10
    elsewhere: bool = False

    @property
    def others(self) -> tuple[str, ...]:
        """The languages that are not the reader's, best first: those they read, then English, then the site's order."""
        order = dict.fromkeys((*self.preferred, DEFAULT.code, *CODES))
        return tuple(code for code in order if code in CODES and code != self.language)

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Those of the others that are asked for, best first."""
        chosen = self.filters.languages
        return tuple(code for code in self.others if not chosen or code in chosen)

    @property
    def leaves_own_out(self) -> bool:
        """Whether rows of other languages are those of pages that the reader's language lacks."""
        return not self.filters.languages or self.language in self.filters.languages

    @property
    def may_find_any_version(self) -> bool:
        """Whether a page that the reader's language has is shown in another where their own has no match at all.

        So it is for a question that is rather in another language than the reader's: its words may stand in that
        version alone.
        """
        return self.leaves_own_out and query_languages(self.query, self.language)[0] != self.language

    @property
    def shows_own(self) -> bool:
        """Whether there are rows in the reader's language."""
        return not self.elsewhere and self.leaves_own_out

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before this one."""
        return (self.page - 1) * self.size

    def beside(self, own_total: int, rows: Sequence[Row]) -> Sequence[Row]:
        """Return those ``rows`` of other languages that are shown: all if there are no others, else a few on page 1."""
        if self.elsewhere or not own_total:
            return rows
        return rows[:BESIDE] if self.page == 1 else ()


@dataclass(frozen=True)
class AttachmentHit:
    """A document attached to a page whose text holds what was asked for; ``url`` as in a document of the page."""

    title: str
    url: str
    snippet: Snippet


@dataclass(frozen=True)
class Hit:
    """One row of results: all that the page of results shows, so that no row needs the database.

    Times are on the clocks that their pages name.
    """

    page_id: int
    language: str
    translation_key: str
    kind: str
    url: str
    title: Snippet
    snippet: Snippet
    country: str = ""
    date: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    deadlines: tuple[datetime.datetime, ...] = ()
    languages: tuple[str, ...] = ()
    attachments: tuple[AttachmentHit, ...] = ()


@dataclass(frozen=True)
class HitList:
    """Rows in order, and how many there are on all pages together."""

    total: int = 0
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class FacetCount:
    """How many rows narrowing ``facet`` to ``value`` alone would leave: in the reader's language and the others.

    ``facet`` is the name of a field of Filters, ``value`` one of its values. The choices in all other facets hold.
    """

    facet: str
    value: str
    count: int


@dataclass(frozen=True)
class SearchResults:
    """``own`` is in the reader's language; ``other`` has one row a translation key that the reader's language lacks.

    Where ``own`` has nothing, and the request ``may_find_any_version``, ``other`` has the rows of all that match.
    ``spelling`` is the question as it was probably meant, where that differs from what was asked. ``instead`` is the
    question that all rows answer where no page has what was asked, nor any of its words: rows of a guess.
    """

    own: HitList = field(default_factory=HitList)
    other: HitList = field(default_factory=HitList)
    facets: tuple[FacetCount, ...] = ()
    spelling: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Put:
    """Write ``document``, unless the engine already has a later ``version`` of that page or of its absence."""

    document: PageDocument
    version: int

    @property
    def page_id(self) -> int:
        """The page that is written."""
        return self.document.page_id

    @property
    def language(self) -> str:
        """The language whose index is written."""
        return self.document.language


@dataclass(frozen=True)
class Remove:
    """Take the page out of the language's index, unless the engine has a later ``version`` of it."""

    page_id: int
    language: str
    version: int


Change = Put | Remove


@dataclass(frozen=True)
class Indexed:
    """What the engine says it has of a page."""

    page_id: int
    version: int
    digest: str


class Rebuild(Protocol):
    """A language's index being built aside. Nobody sees it before ``commit``, and ``abort`` leaves no trace of it."""

    def write(self, puts: Sequence[Put]) -> None:
        """Add documents."""

    def commit(self) -> None:
        """Put the new index in the old one's place, at once, and remove the old one."""

    def abort(self) -> None:
        """Remove what was built."""


class SearchBackend(Protocol):
    """An engine. Every method raises BackendUnavailableError when the engine cannot be asked.

    ``is_remote``: another machine or process, which may hang or vanish.
    """

    is_remote: bool

    def prepare(self) -> None:
        """Make what is missing, so that changes can be written; leave what is there."""

    def apply(self, changes: Sequence[Change], *, seconds: float = 10) -> dict[int, str]:
        """Write changes; return page id -> reason for each page that was refused.

        A later version's presence is no refusal. Takes at most about ``seconds``.
        """

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer a visitor."""

    def suggest(self, request: SuggestRequest) -> tuple[Suggestion, ...]:
        """Answer a visitor who is still typing: places, themes, own pages, pages that the language lacks."""

    def similar(self, page_id: int, language: str, size: int, *, seconds: float = SIMILAR_SECONDS) -> tuple[Hit, ...]:
        """Return at most ``size`` pages like the one that stands in ``language``, without marks.

        Those of that language come first; only where they are too few, pages that it lacks, English ones before others.
        Takes at most about ``seconds``: a page waits for it.
        """

    def refresh(self) -> None:
        """Make everything written findable now; engines may otherwise take about a second."""

    def inventory(self, language: str) -> Iterator[Indexed]:
        """Yield what the language's index holds, ordered by page id; bounded memory."""

    def outdated(self, languages: Iterable[str]) -> list[str]:
        """Return those languages whose index is missing or was built with another analysis or mapping."""

    def start_rebuild(self, language: str) -> Rebuild:
        """Begin to build the language's index aside."""
