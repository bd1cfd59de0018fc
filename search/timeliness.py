"""How time moves a page up or down among pages that fit as well: the same factors for every engine.

A factor multiplies how well a page matches. The best and the worst lie less than twice apart, so that a page that
clearly fits better, as one with the words in its title does, stays above.
"""

import datetime

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


def timeliness(facts: Facts, now: datetime.datetime) -> float:
    """Return the factor for a page at ``now``; 1 for one that time does not touch."""
    if facts.kind == SearchKind.EVENT and facts.starts_at:
        return PAST_EVENT if facts.time(now) == "past" else COMING_EVENT
    if facts.kind == SearchKind.CALL and facts.ends_at:
        return CLOSED_CALL if facts.ends_at < now else CALL_TO_ANSWER
    if facts.kind == SearchKind.NEWS and facts.day:
        age = (now.date() - facts.day).days
        return FRESH_NEWS if age < FRESH_DAYS else RECENT_NEWS if age < RECENT_DAYS else 1.0
    return 1.0
