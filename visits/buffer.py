"""Visits on their way to the database: summed up in the process, written in bulk a few seconds later by a thread.

No request waits for a count, and a page that everybody reads is one row a few seconds, not a lock for each reader. See
``cms.buffers``.
"""

import datetime
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from wagtail.models import Page

from cms.buffers import TimedBuffer, of_process
from cms.languages import DEFAULT
from cms.localized import visible
from visits.models import PageVisits

logger = logging.getLogger(__name__)

SECONDS = 5.0
# Of so many different pages visits are kept unwritten, with the database gone or very slow; others are dropped.
MOST = 2000


@dataclass(frozen=True)
class Seen:
    """The page with this number, the language its reader came from ("" for the page's own), the day."""

    page: int
    came_from: str
    day: datetime.date


class Buffer(TimedBuffer):
    """What was not written yet. Every method may be called by any thread, and none raises."""

    def begin(self) -> None:
        super().begin()
        self._numbers: Counter[Seen] = Counter()

    def add(self, seen: Seen, number: int = 1) -> None:
        """Keep ``number`` visits, if there is room, and have them written in SECONDS."""
        with self._lock:
            if seen in self._numbers or len(self._numbers) < MOST:
                self._numbers[seen] += number
            else:
                self._dropped += number
            self._start_timer(SECONDS)

    def flush(self) -> int:
        """Write everything now, in the calling thread; return how many visits. What the database refuses is kept."""
        with self._lock:
            numbers, self._numbers = self._numbers, Counter()
            dropped, self._dropped = self._dropped, 0
            self._stop_timer()
        if dropped:
            logger.warning("The count of visits had no room for %d of them.", dropped)
        try:
            return _write(numbers)
        except (IntegrityError, InterfaceError, OperationalError) as error:
            # An IntegrityError: a page was deleted in this very moment; next time it is not found any more.
            logger.warning("The count of visits waits for the database: %s", error)
            for seen, number in numbers.items():
                self.add(seen, number)
        except Exception:  # a count is never worth an error to anybody
            logger.exception("A part of the visits could not be written and is lost.")
        return 0


buffer = Buffer()
of_process(buffer)


def flush() -> int:
    """Write what this process gathered, now; return how many visits."""
    return buffer.flush()


def _write(numbers: Mapping[Seen, int]) -> int:
    """Add visits to those of their days; return how many. Those of pages that not everybody may read are passed over.

    Two queries and one statement a row, in one transaction. What the statement adds to is what the database has then,
    so processes that write the same row at once lose nothing; and all go in the same order, so none waits for ever.
    """
    rows = _rows(numbers) if numbers else {}
    if not rows:
        return 0
    table, quote = PageVisits._meta.db_table, connection.ops.quote_name
    add = (
        f"INSERT INTO {quote(table)} (page_id, language, day, number) VALUES (%s, %s, %s, %s) "
        f"ON CONFLICT (page_id, language, day) DO UPDATE SET number = {quote(table)}.number + excluded.number"
    )
    adapt = connection.ops.adapt_datefield_value
    values = [(page, language, adapt(day), number) for (page, language, day), number in sorted(rows.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(add, values)
    return sum(rows.values())


def _rows(numbers: Mapping[Seen, int]) -> dict[tuple[int, str, datetime.date], int]:
    """Return the visits by source page, language of the readers, and day."""
    read = visible(Page.objects.filter(pk__in={seen.page for seen in numbers}))
    columns = ("pk", "translation_key", "locale__language_code")
    pages = {page: (key, code) for page, key, code in read.values_list(*columns)}
    found = visible(Page.objects.filter(translation_key__in={key for key, _code in pages.values()}))
    versions = {(key, code): page for page, key, code in found.values_list(*columns)}
    rows: Counter[tuple[int, str, datetime.date]] = Counter()
    for seen, number in numbers.items():
        if seen.page in pages:
            key, code = pages[seen.page]
            # Who came from a language that has the page, too, has chosen this one.
            language = seen.came_from if seen.came_from and (key, seen.came_from) not in versions else code
            rows[versions.get((key, DEFAULT.code), seen.page), language, seen.day] += number
    return rows
