"""What has to be done at the desk again and again, whoever calls: the worker, or ``tend_translation_desk``."""

from dataclasses import dataclass
from datetime import timedelta

from translations import coverage, jobs, mails, notices, reminders, sources, states
from visits import counting

DAILY = timedelta(days=1)


@dataclass(frozen=True)
class Done:
    """What a round did."""

    taken_over: int
    states: int
    counted: int
    reminded: int
    mails: int


@jobs.periodic("translation_desk")
def tend_hourly() -> None:
    """Do a round, for the worker."""
    tend()


@jobs.periodic("visits", every=DAILY)
def forget_visits() -> None:
    """Forget visits that are old enough; the desk's is the site's worker, and visits are counted for the desk."""
    counting.prune()


def tend() -> Done:
    """Mend what events missed, count the day, remind, forget, and mail what waits. Safe to call at any time."""
    taken_over = sources.take_over_missed()
    changed = states.refresh()
    counted = coverage.count_today()
    reminded = reminders.remind()
    notices.forget_old()
    return Done(taken_over, changed, counted, reminded, mails.send_waiting())
