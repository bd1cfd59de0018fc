"""Flow ``desk``: SQL queries of the translators' pages on a site of 20 pages and of 2,000, in five languages."""

import os
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.requests import cost

SIZES = (20, 2000)
# On so many days every page was visited.
VISITED_DAYS = 30


def measure() -> dict[str, Any]:
    """Return ``sql_queries`` by size, those of all pages together, and ``pages`` by size and page, with milliseconds.

    ``states`` says how many states were computed, how they came out, and by how many queries and in what time.
    """
    from bench.translated import seed_translated  # noqa: PLC0415 -- app ready
    from cms.models import User  # noqa: PLC0415 -- app ready
    from tests.factories.tree import make_homes  # noqa: PLC0415 -- app ready
    from translations import coverage  # noqa: PLC0415 -- app ready

    homes = make_homes()
    user = User.objects.create_superuser("bench", "bench@example.org", "bench")
    figures: dict[str, Any] = {"sizes": _sizes(), "sql_queries": {}, "pages": {}, "states": {}}
    fates: dict[str, int] = {}
    made = 0
    for size in _sizes():
        seeded = seed_translated(homes, size, start=made, assignee=user)
        _visit(seeded.pages, size)
        made = size
        for fate, number in seeded.fates.items():
            fates[fate] = fates.get(fate, 0) + number
        figures["states"][str(size)] = {**_compute(), "expected": dict(fates)}
        coverage.count_today()
        rows = {name: _request(user, url) for name, url in _addresses(homes["en"].pk).items()}
        figures["pages"][str(size)] = rows
        figures["sql_queries"][str(size)] = sum(row["sql_queries"] for row in rows.values())
    return figures


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: an answer that was wrong, states that are not those of the pages, growing queries."""
    problems = []
    for size, rows in figures["pages"].items():
        problems += [
            f"{size} pages: {name} answered {row['status']}" for name, row in rows.items() if row["status"] != 200
        ]
        problems += [f"{size} pages: {name} is empty" for name, row in rows.items() if row["bytes"] < 5000]
    for size, states in figures["states"].items():
        expected = states["expected"]
        wanted = {
            "up_to_date": expected["up_to_date"],
            "in_translation": expected["half"],
            "missing": expected["missing"],
            "outdated": expected["outdated"],
            "machine": expected["machine"],
        }
        problems += [
            f"{size} pages: {states['found'].get(state)} are {state}, not {number}"
            for state, number in wanted.items()
            if states["found"].get(state) != number
        ]
    if len(set(figures["sql_queries"].values())) != 1:
        problems.append(f"the number of queries depends on the size: {figures['sql_queries']}")
    return problems


def _sizes() -> tuple[int, ...]:
    large = int(os.environ.get("BENCH_PAGES", SIZES[-1]))
    return (SIZES[0], large)


def _visit(pages: Sequence[Any], seed: int) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- app ready

    from visits.models import PageVisits  # noqa: PLC0415 -- app ready

    rng, today = random.Random(seed), timezone.localdate()
    PageVisits.objects.bulk_create(
        (
            PageVisits(page_id=page.pk, language="en", day=today - timedelta(days=back), number=rng.randint(1, 50))
            for page in pages
            for back in range(VISITED_DAYS)
        ),
        batch_size=5000,
    )


def _compute() -> dict[str, Any]:
    from django.db.models import Count  # noqa: PLC0415 -- app ready

    from translations import states  # noqa: PLC0415 -- app ready
    from translations.models import PageTranslationState  # noqa: PLC0415 -- app ready

    start = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        states.refresh()
    seconds = time.perf_counter() - start
    rows = PageTranslationState.objects.filter(source__slug__startswith="bench-").order_by()
    found = dict(rows.values_list("state").annotate(Count("pk")))
    return {"found": found, "sql_queries": len(captured), "seconds": round(seconds, 2)}


def _addresses(home: int) -> dict[str, str]:
    pages = reverse("translations_coverage_pages")
    return {
        "desk": reverse("translations_desk"),
        "desk_korean": f"{reverse('translations_desk')}?language=ko",
        "tasks": reverse("translations_tasks"),
        "coverage": reverse("translations_coverage"),
        "coverage_pages": pages,
        "coverage_outdated": f"{pages}?language=ko&state=outdated",
        "coverage_search": f"{pages}?q=a",
        "coverage_visits": f"{pages}?state=missing&ordering=-visits",
        "admin_home": reverse("wagtailadmin_home"),
    }


def _request(user: Any, url: str) -> dict[str, Any]:
    client = Client()
    client.force_login(user)
    # Once before, so that what a process keeps is there, such as types of content.
    client.get(url)
    row, _response = cost(lambda: client.get(url))
    return row
