"""Numbers of visits, for whoever lists pages."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from visits.models import PageVisits


def days() -> int:
    """Return over how many days visits are counted; 0 where they are not."""
    return int(settings.VISITS_DAYS)


def counted(number_of_days: int | None = None) -> QuerySet[PageVisits]:
    """Return what was counted in the last days, today included, or in all that are kept."""
    number_of_days = days() if number_of_days is None else min(number_of_days, days())
    return PageVisits.objects.filter(day__gt=timezone.localdate() - datetime.timedelta(days=number_of_days))


def number_of(page: str) -> Any:
    """Return an expression for a query: how often the source page of that field was visited, in all languages.

    ``page`` names the field that holds its id: ``number_of("source")``, or ``number_of("pk")`` in a query of pages. 0
    where visits are not counted, without asking the database for them.
    """
    if not days():
        return Value(0)
    sums = counted().filter(page=OuterRef(page)).order_by().values("page").annotate(sum=Sum("number")).values("sum")
    return Coalesce(Subquery(sums), 0, output_field=IntegerField())


def prune() -> int:
    """Forget visits older than VISITS_DAYS, all where that is 0; return how many rows."""
    oldest = timezone.localdate() - datetime.timedelta(days=days())
    return PageVisits.objects.filter(day__lte=oldest).delete()[0]
