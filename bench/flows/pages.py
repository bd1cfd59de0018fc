"""Flow ``pages``: SQL queries and CPU time of a request, for every public page type, nothing cached."""

import statistics
import time
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.words import WORDS

CODES = ("en", "ko")
REQUESTS = 15


def measure() -> dict[str, Any]:
    """Return ``unit`` (a bare Wagtail page) and ``pages`` (by type and language), each with its queries and CPU.

    ``cpu_ms`` is the median CPU time of this process for one request in milliseconds (the database server's own is not
    in it), ``cpu_ratio`` that over the unit's, ``sql_queries`` the queries of one request with empty caches.
    """
    from bench.seed import seed_pages  # noqa: PLC0415 -- app ready: models need the scratch database's settings

    trees, bare = seed_pages(CODES)
    client = Client()
    targets = [("bare", bare.url, bare.title)] + [
        (f"{name}:{code}", page.url, WORDS[code].title) for code in CODES for name, page in trees[code].by_type.items()
    ]
    samples: dict[str, list[dict[str, Any]]] = {name: [] for name, _url, _title in targets}
    # Turn by turn, so that a noisy minute of the machine falls on all of them alike.
    for _turn in range(REQUESTS):
        for name, url, title in targets:
            samples[name].append(_request(client, url, title))
    figures = {name: _summary(rows) for name, rows in samples.items()}
    unit = figures.pop("bare")
    for row in figures.values():
        row["cpu_ratio"] = round(row["cpu_ms"] / unit["cpu_ms"], 2)
    return {
        "unit": unit,
        "pages": figures,
        "max_sql_queries": max(row["sql_queries"] for row in figures.values()),
        "max_cpu_ratio": max(row["cpu_ratio"] for row in figures.values()),
    }


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: a page that did not answer with its own title, or lists that were not full."""
    problems = [
        f"{name}: {row['failures']} of {REQUESTS} answers were wrong" for name, row in _rows(figures) if row["failures"]
    ]
    if len(figures["pages"]) < 15 * len(CODES):
        problems.append(f"only {len(figures['pages'])} pages were measured")
    problems += [f"{name}: an empty answer" for name, row in _rows(figures) if row["bytes"] < 100]
    return problems


def _rows(figures: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("bare", figures["unit"]), *figures["pages"].items()]


def _request(client: Client, url: str, title: str) -> dict[str, Any]:
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        start = time.process_time()
        response = client.get(url)
        cpu = time.process_time() - start
    good = response.status_code == 200 and title in response.content.decode()
    return {"cpu": cpu, "sql": len(captured), "good": good, "bytes": len(response.content)}


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "sql_queries": rows[-1]["sql"],
        "cpu_ms": round(statistics.median(row["cpu"] for row in rows) * 1000, 2),
        "bytes": rows[-1]["bytes"],
        "failures": sum(not row["good"] for row in rows),
    }
