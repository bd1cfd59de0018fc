"""Fixtures that any test may ask for."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import transaction
from django.utils.translation import override

from cms.languages import CODES
from tests.factories.tree import Tree, make_homes, make_tree


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
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            homes = make_homes()
            yield {code: make_tree(homes[code]) for code in CODES}
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
