"""Visits as the database has them, for tests."""

import datetime
from typing import Any

from django.utils import timezone

from visits import buffer
from visits.models import PageVisits


def visited(page: Any, number: int = 1, language: str = "en", *, days_ago: int = 0) -> None:
    """Have a page visited so often by the readers of a language, so many days ago."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    PageVisits.objects.create(page_id=page.pk, language=language, day=day, number=number)


def written() -> list[tuple[int, str, int]]:
    """Write what waits; return (id of the source, language, number) of all that was counted."""
    buffer.flush()
    return list(PageVisits.objects.order_by("page_id", "language").values_list("page_id", "language", "number"))
