"""The embedded engine's matches narrowed, counted, sorted, and one a page: what is done with them beside ranking.

Pages are counted by their sets of facts, of which there are far fewer than pages: each set is read once a question.
"""

import datetime
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cms.pages import SearchKind
from search.backends.base import BESIDE, FacetCount, SearchRequest
from search.backends.embedded_facts import Row, dated, read_facts
from search.backends.embedded_matching import Matches
from search.backends.embedded_ranking import scores
from search.facets import FACETS, Facts, counted, keeps
from search.forms import LAST_PAGE
from search.timeliness import timeliness, years_named

COUNTED = tuple(facet for facet in FACETS if facet != "languages")
# Whoever has rows in their own language is shown the first few of others: the best of so many.
WEIGHED_BESIDE = 40 * BESIDE


@dataclass(frozen=True)
class Match:
    """A page that is shown."""

    page_id: int
    build: str


@dataclass(frozen=True)
class Narrowed:
    """What is left of the matches: how many, those on the page of results that was asked for, and the counts."""

    own_total: int
    own: tuple[Match, ...]
    other_total: int
    other: tuple[Match, ...]
    facets: tuple[FacetCount, ...]


@dataclass(frozen=True)
class _Set:
    """A set of facts at the moment: its ``values`` of every facet, and the facets whose choice it does not fit."""

    facts: Facts
    values: Mapping[str, tuple[Any, ...]]
    lost: tuple[str, ...]


_Sets = Mapping[int, _Set]
_Key = tuple[float, ...]


def narrow(
    database: sqlite3.Connection,
    request: SearchRequest,
    own: Matches,
    others: Sequence[Matches],
    now: datetime.datetime,
) -> Narrowed:
    """Return the rows that the request's filters leave of the matches, and the counts of every facet."""
    sets = _sets(database, request, (own, *others), now)
    repeats_own = not request.leaves_own_out or (request.may_find_any_version and not own.rows)
    shown = (
        others if repeats_own else [replace(matches, rows=_lacking(matches, request.language)) for matches in others]
    )
    shown = [matches for code in request.other_languages for matches in shown if matches.language == code]
    kept, *others_kept = [
        replace(matches, rows=tuple(row for row in matches.rows if not sets[row.facts].lost))
        for matches in (own, *shown)
    ]
    own_total = len(kept.rows) if request.leaves_own_out else 0
    order = _Order(database, request, sets, now)
    here = slice(request.offset, request.offset + request.size)
    return Narrowed(
        own_total=own_total,
        own=tuple(order.of_pages(kept)[here]) if request.shows_own else (),
        other_total=len({row.page_group for matches in others_kept for row in matches.rows}),
        other=tuple(request.beside(own_total, order.of_groups(others_kept, beside=bool(own_total))[here])),
        facets=_facets(request, own, others, shown, sets),
    )


def _sets(
    database: sqlite3.Connection, request: SearchRequest, found: Iterable[Matches], now: datetime.datetime
) -> dict[int, _Set]:
    """Return what there is to know of each set of facts that one of the pages has."""
    numbers = {row.facts for matches in found for row in matches.rows}
    chosen = [facet for facet in COUNTED if getattr(request.filters, facet)]
    sets: dict[int, _Set] = {}
    for number, facts in read_facts(database, numbers).items():
        values = facts.values(now)
        lost = [facet for facet in chosen if not keeps({facet: values[facet]}, request.filters)]
        sets[number] = _Set(facts, values, tuple(lost))
    return sets


def _lacking(matches: Matches, language: str) -> tuple[Row, ...]:
    """Return the rows of pages that ``language`` does not have."""
    return tuple(row for row in matches.rows if not row.is_in(language))


def _facets(
    request: SearchRequest, own: Matches, others: Sequence[Matches], shown: Sequence[Matches], sets: _Sets
) -> tuple[FacetCount, ...]:
    """Return the counts of every facet: of pages, and of languages of their versions."""
    counts = _page_counts({(row.page_group, row.facts) for matches in shown for row in matches.rows}, sets)
    if request.shows_own:
        counts.update(_page_counts({(row.page_group, row.facts) for row in own.rows}, sets))
    for matches in (own, *others):
        by_set = Counter(row.facts for row in matches.rows)
        counts["languages", matches.language] = sum(count for number, count in by_set.items() if not sets[number].lost)
    return counted(counts)


def _page_counts(pages: set[tuple[int, int]], sets: _Sets) -> Counter[tuple[str, str]]:
    """Return (facet, value) -> number of pages under the choices in all other facets, of (group, set of facts)."""
    counts: Counter[tuple[str, str]] = Counter()
    for number, count in Counter(number for _, number in pages).items():
        for key in _counted_under(sets[number]):
            counts[key] += count
    if len(dict(pages)) < len(pages):
        counts.subtract(_counted_twice(pages, sets))
    return counts


def _counted_twice(pages: set[tuple[int, int]], sets: _Sets) -> Counter[tuple[str, str]]:
    """Return how often too many a page was counted whose versions have other facts: one of them is behind."""
    several = {group for group, count in Counter(group for group, _ in pages).items() if count > 1}
    found = Counter((group, key) for group, number in pages if group in several for key in _counted_under(sets[number]))
    twice: Counter[tuple[str, str]] = Counter()
    for (_, key), count in found.items():
        twice[key] += count - 1
    return twice


def _counted_under(one: _Set) -> list[tuple[str, str]]:
    """Return the (facet, value) that a page with these facts is counted under.

    All facets where every choice fits; the one that does not fit where it is the only one.
    """
    facets = COUNTED if not one.lost else one.lost if len(one.lost) == 1 else ()
    return [(facet, str(value)) for facet in facets for value in one.values[facet]]


class _Order:
    """The order that was asked for; of equals the newer page first."""

    def __init__(
        self, database: sqlite3.Connection, request: SearchRequest, sets: _Sets, now: datetime.datetime
    ) -> None:
        self.database = database
        self.request = request
        self.sets = sets
        self.now = now
        self.years = years_named(request.query)
        self.factors: dict[tuple[int, int | None], float] = {}

    def of_pages(self, matches: Matches) -> list[Match]:
        """Return the pages of the reader's language in order, as far as anybody can page."""
        most = LAST_PAGE * self.request.size
        keys = self._keys(matches, most)
        return [Match(page_id, matches.build) for page_id in sorted(keys, key=keys.__getitem__)]

    def of_groups(self, found: Sequence[Matches], *, beside: bool) -> list[Match]:
        """Return one page of each group, the one in the best language for the reader; its place is the best one's.

        ``found`` has the languages in the reader's order; ``beside``: only the first few are shown.
        """
        most = WEIGHED_BESIDE if beside else LAST_PAGE * self.request.size
        best: dict[int, _Key] = {}
        for matches in found:
            groups = {row.page_id: row.page_group for row in matches.rows}
            for page_id, key in self._keys(matches, most).items():
                group = groups[page_id]
                best[group] = min(key, best.get(group, key))
        shown: dict[int, Match] = {}
        for matches in found:
            for row in matches.rows:
                if row.page_group in best:
                    shown.setdefault(row.page_group, Match(row.page_id, matches.build))
        return [shown[group] for group in sorted(best, key=best.__getitem__)]

    def _keys(self, matches: Matches, most: int) -> dict[int, _Key]:
        """Return page id -> what it is sorted by, lowest first, of ``most`` pages that can come first."""
        rows = sorted(matches.rows, reverse=True)
        if self.request.sort != "relevance":
            rows = sorted(rows, key=self._time)[:most]
        found = scores(self.database, matches, [row.page_id for row in rows], most) if rows else {}
        chosen = [row for row in rows if row.page_id in found]
        return {row.page_id: (self._time(row), self._weighed(row, found), -row.page_id) for row in chosen}

    def _weighed(self, row: Row, found: Mapping[int, float]) -> float:
        facts = self.sets[row.facts].facts
        # Of the other types only the times count, which are among the facts.
        is_news = facts.kind == SearchKind.NEWS
        key = row.facts, row.day if is_news else None
        if key not in self.factors:
            self.factors[key] = timeliness(dated(facts, row) if is_news else facts, self.now, self.years)
        # Lower is better and below nought: a factor above 1 lifts.
        return found[row.page_id] * self.factors[key]

    def _time(self, row: Row) -> float:
        """Return what sorting by date or deadline goes by; nothing where it is by relevance."""
        if self.request.sort == "date":
            return -row.day if row.day else 1
        if self.request.sort == "deadline":
            deadline = self.sets[row.facts].facts.next_deadline(self.now)
            return deadline.timestamp() if deadline else float("inf")
        return 0
