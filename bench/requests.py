"""One request to the site, and what it cost: what flows of the admin's pages are made of."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from bench import engine


def cost(send: Callable[[], HttpResponse]) -> tuple[dict[str, Any], HttpResponse]:
    """Send a request with empty caches; return SQL queries, milliseconds, status and bytes, and the answer."""
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        milliseconds, response = engine.timed(send)
    row = {
        "sql_queries": len(captured),
        "ms": round(milliseconds, 1),
        "status": response.status_code,
        "bytes": len(response.content),
    }
    return row, response
