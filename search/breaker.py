"""A circuit breaker: an engine that fails again and again is left alone for a while, instead of costing each visitor.

Closed      every call goes to the engine; ``FAILURES`` failures in a row open the circuit.
Open        calls are refused at once, for ``REST`` seconds, twice as long after each probe that fails.
Half open   one call probes the engine, the others are refused; its success closes the circuit.

One a process, for all its threads. Other processes find out for themselves, within as many failures.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from django.core.signals import setting_changed
from django.db import DatabaseError
from django.utils import timezone

from search.backends.base import BackendUnavailableError, RefusedQuestionError
from search.models import EngineOutage

logger = logging.getLogger(__name__)

Answered = TypeVar("Answered")

FAILURES = 3
REST = 5.0
LONGEST_REST = 60.0


class State(StrEnum):
    """See the module."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half open"


class CircuitOpenError(BackendUnavailableError):
    """The engine was not asked: it failed a moment ago and is left alone."""


@dataclass(frozen=True)
class Change:
    """The circuit opened (``is_open``) after ``failures`` failures in a row, the last for ``reason``; or it closed."""

    is_open: bool
    failures: int
    reason: str


class CircuitBreaker:
    """Counts failures and decides who may ask. ``changed`` is called once for each opening and closing, unlocked."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
        changed: Callable[[Change], None] = lambda change: None,
    ) -> None:
        self._limit = failures
        self._first_rest = rest
        self._clock = clock
        self._changed = changed
        self._lock = threading.Lock()
        self._failures = 0
        self._rest = rest
        self._opened_until: float | None = None
        self._probing = False

    @property
    def state(self) -> State:
        """What the next call would meet."""
        with self._lock:
            if self._opened_until is None:
                return State.CLOSED
            return State.HALF_OPEN if self._clock() >= self._opened_until else State.OPEN

    def call(self, ask: Callable[[], Answered]) -> Answered:
        """Return what ``ask`` returns, and learn from it.

        Raises CircuitOpenError without calling it while the circuit is open, else whatever it raises. Only
        BackendUnavailableError is a failure: an engine that refuses a question (RefusedQuestionError) does answer, and
        an error of ours says nothing of it.
        """
        is_probe = self._enter()
        try:
            answered = ask()
        except RefusedQuestionError:
            self._succeeded(is_probe)
            raise
        except BackendUnavailableError as error:
            self._failed(is_probe, str(error))
            raise
        except BaseException:
            self._let_go(is_probe)
            raise
        self._succeeded(is_probe)
        return answered

    def _enter(self) -> bool:
        """Let the caller ask, and say whether it probes; raises CircuitOpenError."""
        with self._lock:
            if self._opened_until is None:
                return False
            if self._probing or self._clock() < self._opened_until:
                raise CircuitOpenError("the engine failed a moment ago and is left alone")
            self._probing = True
            return True

    def _succeeded(self, is_probe: bool) -> None:
        with self._lock:
            # A call from before the circuit opened says nothing of the engine now; only the probe closes it.
            if self._opened_until is not None and not is_probe:
                return
            change = Change(False, self._failures, "") if is_probe else None
            self._failures, self._rest = 0, self._first_rest
            self._opened_until, self._probing = None, False
        if change:
            self._changed(change)

    def _failed(self, is_probe: bool, reason: str) -> None:
        change = None
        with self._lock:
            self._failures += 1
            if is_probe:
                self._probing = False
                self._rest = min(2 * self._rest, LONGEST_REST)
                self._opened_until = self._clock() + self._rest
            elif self._opened_until is None and self._failures >= self._limit:
                self._opened_until = self._clock() + self._rest
                change = Change(True, self._failures, reason)
        if change:
            self._changed(change)

    def _let_go(self, is_probe: bool) -> None:
        with self._lock:
            if is_probe:
                self._probing = False


@cache
def get_breaker() -> CircuitBreaker:
    """Return the breaker before the process's engine."""
    return CircuitBreaker(changed=_tell)


def _tell(change: Change) -> None:
    """Log it, and note it where ``search_status`` looks: the only queries that a breaker costs."""
    machine = socket.gethostname()
    try:
        if change.is_open:
            logger.error("Search: the engine failed %d times and is left alone: %s", change.failures, change.reason)
            EngineOutage.objects.update_or_create(
                process=f"{machine}:{os.getpid()}",
                defaults={"machine": machine, "since": timezone.now(), "reason": change.reason},
            )
        else:
            logger.warning("Search: the engine answers again, after %d failures", change.failures)
            # Of the whole machine: its other processes will find out, and those that ended never could.
            EngineOutage.objects.filter(machine=machine).delete()
    except DatabaseError:
        logger.exception("Search: the state of the circuit breaker could not be noted")


def _forget_breaker(*, setting: str, **kwargs: object) -> None:
    if setting.startswith(("SEARCH_", "ELASTICSEARCH_")):
        get_breaker.cache_clear()


# Sent by tests that change settings, and with them the engine.
setting_changed.connect(_forget_breaker, dispatch_uid="search-forget-breaker")
