"""A value made of the database, kept by the process until somebody changes what it is made of."""

import contextlib
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")

logger = logging.getLogger(__name__)

# Processes without a shared cache (CACHE_URL) do not hear of each other's changes: they look again after this time.
SECONDS = 60.0


class Versioned(Generic[T]):
    """What ``make`` returns, made again once ``changed`` was called in any process; read without SQL meanwhile.

    The version is a random mark in the cache that the processes share. Without a shared cache the others notice after
    ``SECONDS``, as they do where the cache lost the mark.
    """

    def __init__(self, name: str, make: Callable[[], T]) -> None:
        self.name = f"versioned:{name}"
        self.make = make
        self._kept: tuple[Any, float, T] | None = None

    def get(self) -> T:
        """Return the value: the same object as before, unless something changed."""
        version = self._version()
        kept = self._kept
        if kept is None or version not in (None, kept[0]) or time.monotonic() > kept[1]:
            # The version was read before the rows: a change between the two is noticed by the next reader.
            kept = self._kept = (version, time.monotonic() + SECONDS, self.make())
        return kept[2]

    def changed(self) -> None:
        """Have every process make the value again, once the present transaction is committed."""
        transaction.on_commit(self._renew)

    def _renew(self) -> None:
        self._kept = None
        with contextlib.suppress(Exception):
            cache.set(self.name, uuid.uuid4().hex, timeout=None)

    def _version(self) -> Any:
        """Return the shared mark, or None where the cache cannot be asked: a page does not fail with it."""
        try:
            # Another process may have been first; where nothing is kept at all, the value is made for each reader.
            return cache.get(self.name) or cache.get_or_set(self.name, uuid.uuid4().hex, timeout=None)
        except Exception as error:
            logger.warning("The cache cannot be asked, %s is read again every %d s: %s", self.name, SECONDS, error)
            return None
