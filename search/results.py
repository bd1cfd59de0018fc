"""Results as a reader sees them: rows in words, links that keep the question, numbered pages."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from cms.languages import Language, by_code
from cms.pages import SearchKind
from cms.places import country_name
from search.backends.base import Hit, SearchRequest, SearchResults
from search.forms import LAST_PAGE
from search.ways_on import WaysOn


@dataclass(frozen=True)
class Result:
    """A row. ``language`` is that of the page, for ``lang`` attributes and for saying so."""

    hit: Hit
    reader: str

    @property
    def language(self) -> Language:
        """The language of title and snippet."""
        return by_code(self.hit.language)

    @property
    def reader_tag(self) -> str:
        """The reader's language, for ``lang`` attributes inside what is in another."""
        return by_code(self.reader).tag

    @property
    def is_foreign(self) -> bool:
        """Whether the page is in another language than the reader's."""
        return self.hit.language != self.reader

    @property
    def described(self) -> str:
        """In which language the page is, in the reader's words."""
        return gettext("in %(language)s") % {"language": self.language.described}

    @property
    def day(self) -> datetime.date | None:
        """The day the page is of: its date, or when it begins."""
        return self.hit.date or (self.hit.starts_at.date() if self.hit.starts_at else None)

    @property
    def kind(self) -> str:
        """The type of page, in words."""
        return str(SearchKind(self.hit.kind).label) if self.hit.kind in SearchKind.values else ""

    @property
    def country(self) -> str:
        """The country, in the reader's language."""
        return country_name(self.hit.country, self.reader) if self.hit.country else ""


@dataclass(frozen=True)
class Filter:
    """A link that narrows the results to a kind, or widens them again."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


class ResultsPage:
    """One page of answers to ``question``."""

    def __init__(self, question: SearchRequest, answer: SearchResults) -> None:
        self.question = question
        self.own = [Result(hit, question.language) for hit in answer.own.hits]
        self.other = [Result(hit, question.language) for hit in answer.other.hits]
        self.own_total = answer.own.total
        self.other_total = answer.other.total
        self._kinds = {facet.value: facet.count for facet in answer.facets if facet.facet == "kinds"}
        self.ways_on = WaysOn(question, answer.spelling)

    @property
    def total(self) -> int:
        """How many pages were found in all languages."""
        return self.own_total + self.other_total

    @property
    def elsewhere_only(self) -> bool:
        """Whether the rows are those of other languages, because the reader asked or their own has none."""
        return self.question.elsewhere or not self.own_total

    @cached_property
    def pages(self) -> Page[int]:
        """The numbered pages of the list that is paged."""
        total = self.other_total if self.elsewhere_only else self.own_total
        rows = range(min(total, LAST_PAGE * self.question.size))
        return Paginator(rows, self.question.size).get_page(self.question.page)

    @property
    def is_beyond(self) -> bool:
        """Whether the reader asked for a page after the last."""
        return bool(self.pages.paginator.count) and not (self.own or self.other)

    @property
    def found_of_any_kind(self) -> int:
        """How many rows there are without narrowing."""
        return sum(self._kinds.values())

    @property
    def filters(self) -> list[Filter]:
        """Everything, then each kind that was found or is chosen, in the order of the kinds."""
        counts = self._kinds
        everything = Filter("", "", self.found_of_any_kind, not self.question.filters, self.address(type=""))
        return [everything] + [
            Filter(
                kind.value,
                str(kind.label),
                counts.get(kind.value, 0),
                kind.value in self.question.filters.kinds,
                self.address(type=kind.value),
            )
            for kind in SearchKind
            if kind.value in counts or kind.value in self.question.filters.kinds
        ]

    @property
    def numbers(self) -> list[tuple[int | None, str]]:
        """Page numbers with their addresses, None for a gap."""
        found = self.pages.paginator.get_elided_page_range(self.pages.number, on_each_side=2, on_ends=1)
        return [(number, self.address(page=number)) if isinstance(number, int) else (None, "") for number in found]

    @property
    def previous_address(self) -> str:
        """The page of results before this one; empty on the first."""
        return self.address(page=self.pages.previous_page_number()) if self.pages.has_previous() else ""

    @property
    def next_address(self) -> str:
        """The page of results after this one; empty on the last."""
        return self.address(page=self.pages.next_page_number()) if self.pages.has_next() else ""

    @property
    def first_address(self) -> str:
        """The first page of these results."""
        return self.address()

    @property
    def here_address(self) -> str:
        """The rows in the reader's own language."""
        return self.address(elsewhere=False)

    @property
    def everywhere_address(self) -> str:
        """All rows of other languages."""
        return self.address(elsewhere=True)

    @property
    def without_filter_address(self) -> str:
        """The same question for every type of page."""
        return self.address(type="")

    def address(self, *, type: str | None = None, page: int = 1, elsewhere: bool | None = None) -> str:
        """Return a query string that keeps the question and changes what is given; it starts on the first page."""
        kind = ",".join(self.question.filters.kinds) if type is None else type
        other = self.question.elsewhere if elsewhere is None else elsewhere
        parameters = {
            "q": self.question.query,
            "type": kind,
            "in": "other" if other else "",
            "page": page if page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in parameters.items() if value})
