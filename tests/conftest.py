"""Fixtures that any test may ask for."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils.translation import override
from xdist.scheduler import LoadScopeScheduling

from cms import rate_limit
from cms.languages import CODES
from tests.factories.tree import Tree, make_homes, make_tree
from tests.rollback import rolled_back

# Folders whose tests take longest are begun first, so that no process is left alone with them at the end.
LONGEST = ("tests/browser/", "tests/bench/", "tests/search/")
# Holds what has real transactions in a file with other tests.
TRANSACTIONS = "TestTransactions"
_SITE = re.compile(r"\[(?:.*-)?(embedded|services)\b")


def pytest_configure(config: pytest.Config) -> None:
    """Take SQLite's database from the file TEST_DATABASE_NAME, which --reuse-db keeps; else it is in memory."""
    if name := os.environ.get("TEST_DATABASE_NAME"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Where tests are spread over processes (-n), keep a file's tests together, and those of one served site.

    ``--dist loadgroup`` would do, but groups nothing since pytest 9.2 (pytest-dev/pytest-xdist#1386).
    """

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests are spread, begin the longest first; those with real transactions come last of all.

    These leave a process with an empty database. Raises UsageError where they stand among others.
    """
    if not getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        return
    kinds: dict[str, set[bool]] = defaultdict(set)
    for item in items:
        kinds[scope_of(item.nodeid)].add(_has_transactions(item))
    if mixed := [scope for scope, found in kinds.items() if len(found) > 1]:
        raise pytest.UsageError(f"{', '.join(mixed)}: put tests with transactions into a class {TRANSACTIONS}.")
    items.sort(key=_turn)


def scope_of(nodeid: str) -> str:
    """Return what names the tests that one process does together, of a test's id."""
    file, *names = nodeid.partition("[")[0].split("::")
    site = _SITE.search(nodeid) if file.startswith("tests/browser/") else None
    if site:
        return f"site-{site[1]}"
    return f"{file}::{TRANSACTIONS}" if TRANSACTIONS in names else file


def _turn(item: pytest.Item) -> tuple[bool, int]:
    folder = next((n for n, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))
    return _has_transactions(item), folder


def _has_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """Each test begins as a process does: in English, whatever a request before it spoke, and with empty caches."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    with override("en"):
        yield


class Clock:
    """The time of the limiter, moved by the test; begins with a window."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        """Return seconds since 1970."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock in the place of the limiter's."""
    clock = Clock()
    monkeypatch.setattr(rate_limit, "time", clock)
    return clock


@pytest.fixture(scope="module")
def trees(django_db_setup, django_db_blocker) -> Iterator[dict[str, Tree]]:
    """One page of every type in every language, for a whole module; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), rolled_back():
        homes = make_homes()
        yield {code: make_tree(homes[code]) for code in CODES}
