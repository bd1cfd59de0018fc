"""Which kinds of jobs and which periodic duties there are. Modules register theirs when apps are ready."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from translations.models import Job

Handler = Callable[[Job], None]
HOURLY = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Duty:
    """Something that is done again and again, by one worker at a time."""

    name: str
    every: datetime.timedelta
    run: Callable[[], None]


HANDLERS: dict[str, Handler] = {}
DUTIES: dict[str, Duty] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does the jobs of a kind. It may be called again for a job that it did in part."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def periodic(name: str, *, every: datetime.timedelta = HOURLY) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function that the worker calls every so often; safe to call twice, since a worker may die in it."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        DUTIES[name] = Duty(name, every, function)
        return function

    return register
