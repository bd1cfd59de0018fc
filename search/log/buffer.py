"""Entries on their way to the database: gathered in the process, written in bulk a few seconds later by a thread.

No request waits for the log. See ``cms.buffers``.
"""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from cms.buffers import TimedBuffer, of_process
from search.models import SearchLogEntry

logger = logging.getLogger(__name__)

SECONDS = 5.0
# Beyond this many unwritten entries or clicks, with the database gone or very slow, new ones are dropped.
MOST = 2000
# A click may be written before its search, which another process still holds: it is tried again so many times.
TRIES = 4
MOST_CLICKS = 100


@dataclass(frozen=True)
class Click:
    """Row number ``rank`` of the search with this token was opened."""

    token: str
    rank: int
    tries: int = 0


class Buffer(TimedBuffer):
    """What was not written yet. Every method may be called by any thread, and none raises."""

    def begin(self) -> None:
        super().begin()
        self._entries: list[SearchLogEntry] = []
        self._clicks: list[Click] = []

    def add(self, *, entries: Sequence[SearchLogEntry] = (), clicks: Sequence[Click] = ()) -> None:
        """Keep entries and clicks, as far as there is room, and have them written in SECONDS."""
        with self._lock:
            room = MOST - len(self._entries)
            room_for_clicks = MOST - len(self._clicks)
            self._dropped += max(0, len(entries) - room) + max(0, len(clicks) - room_for_clicks)
            self._entries += entries[:room]
            self._clicks += clicks[:room_for_clicks]
            if self._entries or self._clicks:
                self._start_timer(SECONDS)

    def flush(self) -> int:
        """Write everything now, in the calling thread; return how many searches. What the database refuses is kept."""
        with self._lock:
            entries, self._entries = self._entries, []
            clicks, self._clicks = self._clicks, []
            dropped, self._dropped = self._dropped, 0
            self._stop_timer()
        if dropped:
            logger.warning("The search log had no room for %d entries.", dropped)
        try:
            early = _write(entries, clicks)
        except (InterfaceError, OperationalError) as error:
            logger.warning("The search log waits for the database: %s", error)
            self.add(entries=entries, clicks=clicks)
            return 0
        except Exception:  # the log is never worth an error to anybody
            logger.exception("A part of the search log could not be written and is lost.")
            return 0
        if early:
            self.add(clicks=early)
        return len(entries)

    def written_in_time(self) -> None:
        """Write everything, and once a day forget what is old."""
        try:
            self.flush()
            _prune_daily()
        except Exception:
            logger.exception("The search log could not be written.")


buffer = Buffer()
of_process(buffer)


def flush() -> int:
    """Write what this process gathered, now; return how many searches."""
    return buffer.flush()


def prune() -> int:
    """Forget searches older than SEARCH_LOG_DAYS, all where that is 0; return how many."""
    oldest = timezone.now() - datetime.timedelta(days=settings.SEARCH_LOG_DAYS)
    return SearchLogEntry.objects.filter(asked_at__lt=oldest).delete()[0]


def _write(entries: Sequence[SearchLogEntry], clicks: Sequence[Click]) -> list[Click]:
    """Write all in one transaction; return the clicks whose search is not there yet and may still come."""
    if not entries and not clicks:
        return []
    early: list[Click] = []
    with transaction.atomic():
        SearchLogEntry.objects.bulk_create(entries, ignore_conflicts=True)
        for click in clicks:
            row = SearchLogEntry.objects.filter(token=click.token)
            best = Least(Coalesce(F("best_rank"), click.rank), click.rank)
            if not row.filter(clicks__lt=MOST_CLICKS).update(clicks=F("clicks") + 1, best_rank=best):
                early.append(Click(click.token, click.rank, click.tries + 1))
    return [click for click in early if click.tries < TRIES]


def _prune_daily() -> None:
    # One of the processes that share the cache does it, once a day.
    if cache.add("search-log-pruned", True, 24 * 3600):
        prune()
