"""Figures of the search log. Each function costs one SQL query, however long the log is."""

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncWeek

from cms.languages import CODES
from search.models import SearchLogEntry

Entries = QuerySet[SearchLogEntry]
Rows = QuerySet[SearchLogEntry, Any]

WEEKS = 4
OPENED = Q(clicks__gt=0)
MISSED = Q(own=0)


@dataclass
class Counts:
    """Searches in one language: all, those that found nothing in it, those of which a row was opened."""

    searches: int = 0
    missed: int = 0
    opened: int = 0

    @property
    def missed_share(self) -> int:
        """Per cent of the searches that found nothing in the language."""
        return share(self.missed, self.searches)

    @property
    def opened_share(self) -> int:
        """Per cent of the searches of which a row was opened."""
        return share(self.opened, self.searches)


@dataclass
class Week:
    """The seven days from Monday ``begins``, by language code."""

    begins: datetime.date
    languages: dict[str, Counts] = field(default_factory=lambda: {code: Counts() for code in CODES})


def share(part: int, whole: int) -> int:
    """Return per cent, rounded; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def by_query(entries: Entries) -> Rows:
    """Return one row a query and language: how often, what it found at most, what was opened, how long it took.

    ``newest`` and ``newest_hit`` are ids: the last search, and the last that found something in its language.
    """
    return entries.values("language", "query").annotate(
        form=Max("typed"),
        searches=Count("pk"),
        missed=Count("pk", filter=MISSED),
        opened=Count("pk", filter=OPENED),
        found=Max("own"),
        elsewhere=Max("other"),
        rank=Avg("best_rank"),
        average=Avg("milliseconds"),
        slowest=Max("milliseconds"),
        last_asked=Max("asked_at"),
        newest=Max("pk"),
        newest_hit=Max("pk", filter=~MISSED),
    )


def still_missed(entries: Entries) -> Rows:
    """Return the rows of queries whose last search found nothing in its language, so not what was mended since."""
    return by_query(entries).filter(Q(newest_hit__isnull=True) | Q(newest__gt=F("newest_hit")))


def never_opened(entries: Entries) -> Rows:
    """Return the rows of queries that found something and of which no reader opened any of it."""
    return by_query(entries.filter(Q(own__gt=0) | Q(other__gt=0))).filter(Q(opened=0))


def weekly(entries: Entries) -> list[Week]:
    """Return the last weeks, the present one first, each with every language."""
    counted = (
        entries.annotate(week=TruncWeek("asked_at"))
        .values("week", "language")
        .annotate(searches=Count("pk"), missed=Count("pk", filter=MISSED), opened=Count("pk", filter=OPENED))
        .order_by("-week")
    )
    weeks: dict[datetime.date, Week] = {}
    for row in counted[: WEEKS * len(CODES)]:
        begins = row["week"].date()
        week = weeks.setdefault(begins, Week(begins))
        week.languages[row["language"]] = Counts(row["searches"], row["missed"], row["opened"])
    return list(weeks.values())[:WEEKS]


def p95_of_languages(entries: Entries) -> dict[str, int]:
    """Return by language how many milliseconds 95 % of the searches took at most."""
    rows = entries.values("language", "milliseconds").annotate(times=Count("pk")).order_by()
    return {key[0]: time for key, time in _p95(rows, ("language",)).items()}


def p95_of_queries(entries: Entries, queries: Iterable[str] | None = None) -> dict[tuple[str, str], int]:
    """Return the same by (language, query), of the ``queries`` given or of all."""
    rows = entries if queries is None else entries.filter(query__in=list(queries))
    counted = rows.values("language", "query", "milliseconds").annotate(times=Count("pk")).order_by()
    return {(key[0], key[1]): time for key, time in _p95(counted, ("language", "query")).items()}


def _p95(rows: Iterable[Mapping[str, Any]], names: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Return the 95th percentiles of (milliseconds, times) histograms: the nearest rank, so a time that was measured.

    Databases differ in how they name percentiles, and SQLite has none; the histogram is small on each.
    """
    histograms: dict[tuple[str, ...], dict[int, int]] = {}
    for row in rows:
        histograms.setdefault(tuple(row[name] for name in names), {})[row["milliseconds"]] = row["times"]
    return {key: _nearest_rank(histogram) for key, histogram in histograms.items()}


def _nearest_rank(histogram: Mapping[int, int]) -> int:
    left = math.ceil(0.95 * sum(histogram.values()))
    for milliseconds in sorted(histogram):
        left -= histogram[milliseconds]
        if left <= 0:
            return milliseconds
    return 0
