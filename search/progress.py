"""How far a long command is: a bar with the time left on a terminal, a line now and then in a log."""

import time
from collections.abc import Callable
from types import TracebackType

from django.core.management.base import OutputWrapper

BAR = 30
SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_BARS = 0.2


class ProgressReport:
    """Called with how much of how much is done; a context manager, so that a bar ends before anything else is said."""

    def __init__(self, out: OutputWrapper, what: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._what = what
        self._clock = clock
        self._begun = clock()
        self._shown_at: float | None = None
        self._has_bar = False

    def __enter__(self) -> "ProgressReport":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_bar:
            self._out.write("")

    def __call__(self, done: int, total: int) -> None:
        """Show it, if it is time to."""
        now = self._clock()
        is_terminal = self._out.isatty()
        pause = SECONDS_BETWEEN_BARS if is_terminal else SECONDS_BETWEEN_LINES
        if self._shown_at is not None and now - self._shown_at < pause and done < total:
            return
        self._shown_at = now
        words = f"{done} of {total} {self._what}{self._time_left(done, total, now)}"
        if not is_terminal:
            self._out.write(words)
            return
        filled = BAR * done // total if total else BAR
        # Over the line before, whose rest is cleared.
        self._out.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {words}\x1b[K", ending="")
        self._out.flush()
        self._has_bar = True

    def _time_left(self, done: int, total: int, now: float) -> str:
        if not done or done >= total:
            return ""
        left = round((now - self._begun) * (total - done) / done)
        hours, minutes, seconds = left // 3600, left // 60 % 60, left % 60
        return f", {hours}:{minutes:02}:{seconds:02} left" if hours else f", {minutes}:{seconds:02} left"
