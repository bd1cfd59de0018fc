"""Fixtures that any test may ask for."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils.translation import override

from cms.languages import CODES
from tests.factories.tree import Tree, make_homes, make_tree
from tests.rollback import rolled_back

# Folders whose tests take longest are begun first, so that no process is left alone with them at the end.
LONGEST = ("tests/browser/", "tests/bench/", "tests/search/")


def pytest_configure(config: pytest.Config) -> None:
    """Take SQLite's database from the file TEST_DATABASE_NAME, which --reuse-db keeps; else it is in memory."""
    if name := os.environ.get("TEST_DATABASE_NAME"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests are spread over processes (-n), keep a file's tests together, and those of one served site.

    Tests with real transactions come last of all: they leave a process with an empty database.
    """
    if not getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        return
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_turn)


def _group(item: pytest.Item) -> str:
    site = getattr(item, "callspec", None) and item.callspec.params.get("site")
    file = item.nodeid.partition("::")[0]
    return f"site-{site}" if site else f"{file}-transactions" if _has_transactions(item) else file


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


@pytest.fixture(scope="module")
def trees(django_db_setup, django_db_blocker) -> Iterator[dict[str, Tree]]:
    """One page of every type in every language, for a whole module; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), rolled_back():
        homes = make_homes()
        yield {code: make_tree(homes[code]) for code in CODES}
