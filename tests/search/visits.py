"""Searches as the log keeps them, and visitors with addresses of their own, for tests."""

import datetime
import itertools

from django.utils import timezone

from search.models import SearchLogEntry

_NUMBERS = itertools.count()
HOUR = datetime.timedelta(hours=1)


def entry(query: str, language: str = "en", *, days_ago: float = 0, **fields: object) -> SearchLogEntry:
    """Return an unsaved search of ``query``, with one page found in 20 ms unless said otherwise."""
    asked_at = (timezone.now() - datetime.timedelta(days=days_ago)).replace(minute=0, second=0, microsecond=0)
    given = {"typed": query, "own": 1, "other": 0, "engine": "embedded", "milliseconds": 20, **fields}
    return SearchLogEntry(token=f"token-{next(_NUMBERS)}", asked_at=asked_at, language=language, query=query, **given)


def keep(*entries: SearchLogEntry) -> None:
    """Have them in the database."""
    SearchLogEntry.objects.bulk_create(entries)


def daily(query: str, language: str = "en", *, times: int = 6, **fields: object) -> list[SearchLogEntry]:
    """Return searches of ``query`` on as many days, so that no single person need have asked them."""
    return [entry(query, language, days_ago=day, **fields) for day in range(times)]
