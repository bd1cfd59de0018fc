"""How time moves a page up or down among pages that fit as well: the same factors for every engine.

A factor multiplies how well a page matches. The best and the worst lie less than twice apart, so that a page that
clearly fits better, as one with the words in its title does, stays above.
"""

import datetime
import re
import unicodedata
from collections.abc import Collection

from cms.pages import SearchKind
from search.facets import Facts

# The record of what was held is sought too, but who does not say so asks for what can still be attended.
PAST_EVENT = 0.8
# There is still something to come for.
COMING_EVENT = 1.1
# Nobody can apply any more.
CLOSED_CALL = 0.75
# Whoever reads it too late has lost it: the strongest of these, and still a small one.
CALL_TO_ANSWER = 1.15
# News of the quarter, and of the year: of two reports the newer one is usually meant.
FRESH_NEWS, FRESH_DAYS = 1.1, 90
RECENT_NEWS, RECENT_DAYS = 1.05, 365
# Who names a year asks for what was then, and not for what is still to come.
NAMED_YEAR = 1.2

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def years_named(query: str) -> tuple[int, ...]:
    """Return the years in a question: 2014 in "summit 2014" and in "２０１４年".

    >>> years_named("ISO 14001, 2014-2016")
    (2014, 2016)
    """
    return tuple(dict.fromkeys(map(int, _YEAR.findall(unicodedata.normalize("NFKC", query)))))


def timeliness(facts: Facts, now: datetime.datetime, years: Collection[int] = ()) -> float:
    """Return the factor for a page at ``now``, asked for with ``years``; 1 for one that time does not touch."""
    if facts.day and facts.day.year in years:
        return NAMED_YEAR
    if facts.kind == SearchKind.EVENT and facts.starts_at:
        return PAST_EVENT if facts.time(now) == "past" else COMING_EVENT
    if facts.kind == SearchKind.CALL and facts.ends_at:
        return CLOSED_CALL if facts.ends_at < now else CALL_TO_ANSWER
    if facts.kind == SearchKind.NEWS and facts.day:
        age = (now.date() - facts.day).days
        return FRESH_NEWS if age < FRESH_DAYS else RECENT_NEWS if age < RECENT_DAYS else 1.0
    return 1.0
