"""Results as a reader sees them: rows in words, links that keep the question, numbered pages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.languages import LANGUAGES, Language, by_code
from cms.pages import SearchKind
from cms.places import country_name
from search.addresses import fields, query_string, without_filters
from search.backends.base import Hit, SearchRequest, SearchResults
from search.choices import PARAMETERS, value_label
from search.facet_lists import chips, facet_lists
from search.facets import Facts
from search.folding import written_in
from search.forms import LAST_PAGE
from search.ways_on import WaysOn

SORT_LABELS = {"relevance": _("Relevance"), "date": _("Newest first"), "deadline": _("Next deadline")}


@dataclass(frozen=True)
class Result:
    """A row at the moment ``now``. ``language`` is that of the page, for ``lang`` attributes and for saying so."""

    hit: Hit
    reader: str
    now: datetime.datetime = field(default_factory=timezone.now)

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
    def also(self) -> list[Language]:
        """The other languages in which the page can be read."""
        return [language for language in LANGUAGES if language.code in self.hit.languages and language != self.language]

    @property
    def first_day(self) -> datetime.date | None:
        """The day the page is of, or an event begins."""
        return self.hit.date or (self.hit.starts_at.date() if self.hit.starts_at else None)

    @property
    def last_day(self) -> datetime.date | None:
        """The day an event ends."""
        return self.hit.ends_at.date() if self.standing and self.hit.ends_at else None

    @property
    def deadline(self) -> datetime.datetime | None:
        """A call's next deadline that can still be met, else its last one, on its own clock; None for other pages."""
        if not self.status:
            return None
        return min((deadline for deadline in self.hit.deadlines if deadline >= self.now), default=self.hit.ends_at)

    @property
    def kind(self) -> str:
        """The type of page, in words."""
        return str(SearchKind(self.hit.kind).label) if self.hit.kind in SearchKind.values else ""

    @property
    def country(self) -> str:
        """The country, in the reader's language."""
        return country_name(self.hit.country, self.reader) if self.hit.country else ""

    @property
    def status(self) -> str:
        """Where a call stands; empty for other pages."""
        return self._facts.status(self.now) if self.hit.kind == SearchKind.CALL else ""

    @property
    def status_label(self) -> str:
        """Where a call stands, in words."""
        return value_label("statuses", self.status) if self.status else ""

    @property
    def days_left(self) -> int | None:
        """Whole days until the deadline of an open call, on the deadline's calendar."""
        if self.status not in ("open", "closing_soon") or not self.deadline:
            return None
        return (self.deadline.date() - self.now.astimezone(self.deadline.tzinfo).date()).days

    @property
    def standing(self) -> str:
        """Where an event stands, as its badge has it; empty for other pages."""
        return self._facts.time(self.now) if self.hit.kind == SearchKind.EVENT else ""

    @property
    def _facts(self) -> Facts:
        return Facts(self.hit.kind, starts_at=self.hit.starts_at, ends_at=self.hit.ends_at)


@dataclass(frozen=True)
class Order:
    """A way to sort the results; ``chosen`` is the present one."""

    label: str
    address: str
    chosen: bool


class ResultsPage:
    """One page of answers to ``question``; the pages that are ``promoted`` stand above the rows and not among them."""

    def __init__(self, question: SearchRequest, answer: SearchResults, promoted: Sequence[Hit] = ()) -> None:
        now = timezone.now()
        self.question = question
        self.promoted = [Result(hit, question.language, now) for hit in promoted]
        above = {hit.translation_key for hit in promoted}
        own, other = (
            [Result(hit, question.language, now) for hit in found.hits if hit.translation_key not in above]
            for found in (answer.own, answer.other)
        )
        self.own, self.other = own, other
        self.own_total = answer.own.total
        self.other_total = answer.other.total
        # Rows of a guess say so, in place of what was typed.
        self.instead = written_in(answer.instead, question.language)
        self.asked = self.instead or question.query
        self.ways_on = WaysOn(question, "" if answer.instead else answer.spelling)
        self.facets = facet_lists(question, answer.facets)
        self.chips = chips(question)

    @property
    def total(self) -> int:
        """How many pages were found in all languages."""
        return self.own_total + self.other_total

    @property
    def elsewhere_only(self) -> bool:
        """Whether the rows are those of other languages, because the reader asked or their own has none."""
        return self.question.elsewhere or not self.own_total

    @property
    def foreign_only(self) -> bool:
        """Whether the reader chose languages, and not their own."""
        return not self.question.leaves_own_out

    @cached_property
    def pages(self) -> Page[int]:
        """The numbered pages of the list that is paged."""
        total = self.other_total if self.elsewhere_only else self.own_total
        rows = range(min(total, LAST_PAGE * self.question.size))
        return Paginator(rows, self.question.size).get_page(self.question.page)

    @property
    def is_beyond(self) -> bool:
        """Whether the reader asked for a page after the last."""
        return bool(self.pages.paginator.count) and not (self.own or self.other or self.promoted)

    @property
    def orders(self) -> list[Order]:
        """The ways to sort the results; by deadline where there are calls."""
        has_calls = self.question.sort == "deadline" or any(facet.name == "status" for facet in self.facets)
        return [
            Order(str(label), self.address(sort=sort), sort == self.question.sort)
            for sort, label in SORT_LABELS.items()
            if has_calls or sort != "deadline"
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
    def without_filters_address(self) -> str:
        """The same question without any filter."""
        return query_string(without_filters(self.question))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """(name, value) of the hidden fields of the form that chooses filters."""
        names = set(PARAMETERS.values())
        return [(name, value) for name, value in fields(self.question) if name not in names]

    def address(self, *, page: int = 1, **changes: Any) -> str:
        """Return a query string that keeps the question and changes what is given; it starts on the first page."""
        return query_string(replace(self.question, **changes), page=page)
