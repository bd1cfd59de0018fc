"""What many readers ask and find."""

import datetime

from django.core.cache import cache
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import TruncDate
from django.utils import timezone

from cms.languages import CODES
from search.models import HiddenQuery, SearchLogEntry

DAYS = 30
# Below both, it may be one person's question.
LEAST_SEARCHES = 5
LEAST_DAYS = 3
SECONDS = 600
# Enough to be left with some when the editors' hidden ones are taken out.
CANDIDATES = 60
LONGEST = 40


def most_sought(language: str, size: int = 6) -> tuple[str, ...]:
    """Return what was asked most in a language in the last 30 days and found something, as most readers typed it.

    Only what was asked at least five times, on at least three days, and does not hold the words of a hidden query.
    One SQL query, then none for ten minutes.
    """
    key = _key(language)
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        found = _most_sought(language)
        cache.set(key, found, SECONDS)
    return found[:size]


def forget_most_sought() -> None:
    """Have them asked anew, after an editor has hidden or shown a query; other processes' own memories follow later."""
    cache.delete_many([_key(language) for language in CODES])


def _key(language: str) -> str:
    return f"search-most-sought-{language}"


def _most_sought(language: str) -> tuple[str, ...]:
    since = timezone.now() - datetime.timedelta(days=DAYS)
    entries = SearchLogEntry.objects.filter(Q(own__gt=0) | Q(other__gt=0), language=language, asked_at__gte=since)
    forms = (
        entries.filter(query=OuterRef("query"))
        .values("typed")
        .annotate(times=Count("pk"))
        .order_by("-times", "-typed")
        .values("typed")
    )
    asked = ExpressionWrapper(OuterRef("query"), output_field=TextField())
    hiding = HiddenQuery.objects.filter(language=language).exclude(folded="").annotate(asked=asked)
    frequent = (
        entries.values("query")
        .annotate(searches=Count("pk"), days=Count(TruncDate("asked_at"), distinct=True))
        .filter(searches__gte=LEAST_SEARCHES, days__gte=LEAST_DAYS)
        .annotate(as_typed=Subquery(forms[:1]), hidden=Exists(hiding.filter(asked__contains=F("folded"))))
        .order_by("-searches", "query")
    )
    return tuple(row["as_typed"] for row in frequent[:CANDIDATES] if not row["hidden"] and len(row["query"]) <= LONGEST)
