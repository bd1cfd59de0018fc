"""The engines of public search, behind one Protocol. ``get_backend()`` returns the one that the settings name."""

from functools import cache
from typing import cast

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from search.backends.base import SearchBackend
from search.backends.embedded import EmbeddedBackend


@cache
def get_backend() -> SearchBackend:
    """Return the process's engine, as SEARCH_BACKEND names it."""
    return cast(SearchBackend, import_string(settings.SEARCH_BACKEND)())


@cache
def get_standby() -> EmbeddedBackend | None:
    """Return the index that stands in for a remote engine (SEARCH_STANDBY), or None."""
    if not settings.SEARCH_STANDBY or not get_backend().is_remote:
        return None
    return EmbeddedBackend(settings.SEARCH_STANDBY_PATH)


def engine_name(*, standby: bool = False) -> str:
    """Return what the search log calls the process's engine, or its standby: “elasticsearch” or “embedded”."""
    engine = get_standby() if standby else get_backend()
    return type(engine).__name__.removesuffix("Backend").lower()


def _forget_backends(*, setting: str, **kwargs: object) -> None:
    if setting.startswith(("SEARCH_", "ELASTICSEARCH_")):
        get_backend.cache_clear()
        get_standby.cache_clear()


# Sent by tests that change settings; a running site never does.
setting_changed.connect(_forget_backends, dispatch_uid="search-forget-backends")
