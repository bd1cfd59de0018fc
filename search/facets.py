"""What a search can be narrowed by, and where calls and events stand at a moment: the same for every engine."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from cms.pages import SearchKind
from cms.times import CLOSING_SOON
from search.backends.base import FacetCount, Filters

FACETS: tuple[str, ...] = tuple(field.name for field in fields(Filters))

# As research.models.CallStatus has them, and as events speak of themselves.
STATUSES = ("open", "closing_soon", "upcoming", "closed")
TIMES = ("now", "upcoming", "past")


@dataclass(frozen=True)
class Facts:
    """What a page is filtered, sorted and weighed by. Times are aware; ``languages`` is the one it is written in."""

    kind: str
    language: str = ""
    country: str = ""
    themes: tuple[str, ...] = ()
    day: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    deadlines: tuple[datetime.datetime, ...] = ()

    def values(self, now: datetime.datetime) -> dict[str, tuple[Any, ...]]:
        """Return facet -> the page's values of it at ``now``."""
        return {
            "kinds": (self.kind,),
            "themes": self.themes,
            "countries": (self.country,) if self.country else (),
            "years": (self.day.year,) if self.day else (),
            "languages": (self.language,),
            "statuses": (self.status(now),) if self.kind == SearchKind.CALL else (),
            "times": tuple(filter(None, [self.time(now)])) if self.kind == SearchKind.EVENT else (),
        }

    def status(self, now: datetime.datetime) -> str:
        """Return where a call stands at ``now``. Without dates it is upcoming: nobody can apply yet."""
        if not (self.starts_at and self.ends_at) or self.starts_at > now:
            return "upcoming"
        if self.ends_at < now:
            return "closed"
        return "closing_soon" if self.ends_at <= now + CLOSING_SOON else "open"

    def time(self, now: datetime.datetime) -> str:
        """Return where an event stands at ``now``, empty for one without a date; without an end it is over at once."""
        if not self.starts_at:
            return ""
        if self.starts_at > now:
            return "upcoming"
        return "now" if self.ends_at and self.ends_at >= now else "past"

    def next_deadline(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return the first deadline that can still be met."""
        return min((deadline for deadline in self.deadlines if deadline >= now), default=None)


def keeps(values: Mapping[str, tuple[Any, ...]], filters: Filters, *, but: str = "") -> bool:
    """Whether ``filters`` leave a page with these values of facets; the choices of the facet ``but`` are set aside."""
    return all(
        facet == but or not (chosen := getattr(filters, facet)) or not set(chosen).isdisjoint(found)
        for facet, found in values.items()
    )


def counted(counts: Mapping[tuple[str, str], int]) -> tuple[FacetCount, ...]:
    """Return the counts of (facet, value) in the order of the facets, then of the values."""
    order = {facet: place for place, facet in enumerate(FACETS)}
    return tuple(
        FacetCount(facet, value, count)
        for (facet, value), count in sorted(counts.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        if count
    )
