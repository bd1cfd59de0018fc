"""The engines of public search, behind one Protocol. ``get_backend()`` returns the one that the settings name."""

from functools import cache
from typing import cast

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from search.backends.base import SearchBackend


@cache
def get_backend() -> SearchBackend:
    """Return the process's engine, as SEARCH_BACKEND names it."""
    return cast(SearchBackend, import_string(settings.SEARCH_BACKEND)())


def engine_name() -> str:
    """Return what the search log calls the process's engine: “elasticsearch” or “embedded”."""
    return type(get_backend()).__name__.removesuffix("Backend").lower()


def _forget_backend(*, setting: str, **kwargs: object) -> None:
    if setting.startswith(("SEARCH_", "ELASTICSEARCH_")):
        get_backend.cache_clear()


# Sent by tests that change settings; a running site never does.
setting_changed.connect(_forget_backend, dispatch_uid="search-forget-backend")
