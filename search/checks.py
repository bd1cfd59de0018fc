"""What must hold for public search, as Django system checks."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string
from wagtail.models import get_page_models

from cms.languages import LANGUAGES
from cms.pages import BasePage, SearchKind
from search.analysis import ANALYSES


def check_page_types(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """search.E001: a page type that search knows no kind for would silently never be found."""
    return [
        Error(
            f"{model._meta.label} does not say what kind of page it is to a search.",
            hint=f"Set search_kind to one of {', '.join(SearchKind.names)} (cms.pages.SearchKind).",
            obj=model,
            id="search.E001",
        )
        for model in get_page_models()
        if issubclass(model, BasePage) and getattr(model, "search_kind", None) not in SearchKind.values
    ]


def check_languages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """search.E002: a language without analysis could not be indexed."""
    return [
        Error(
            f"The language {language.code} names an analysis that search.analysis does not have: {language.analyzer}.",
            hint="Add a row to search.analysis.ANALYSES, or name another one in cms.languages.LANGUAGES.",
            id="search.E002",
        )
        for language in LANGUAGES
        if language.analyzer not in ANALYSES
    ]


def check_backend(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """search.E003: an engine that cannot be loaded, or has no address."""
    try:
        backend = import_string(settings.SEARCH_BACKEND)
    except ImportError as error:
        return [Error(f"SEARCH_BACKEND cannot be loaded: {error}", id="search.E003")]
    if getattr(backend, "needs_url", False) and not settings.ELASTICSEARCH_URL:
        return [Error("SEARCH_BACKEND is Elasticsearch, but ELASTICSEARCH_URL is empty.", id="search.E003")]
    return []


def check_synonym_sources(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """search.E004: a source of synonyms that cannot be loaded would fail at the first question."""
    found: list[CheckMessage] = []
    for name in settings.SEARCH_SYNONYM_SOURCES:
        try:
            is_callable = callable(import_string(name))
        except ImportError as error:
            found.append(Error(f"SEARCH_SYNONYM_SOURCES cannot be loaded: {error}", id="search.E004"))
        else:
            if not is_callable:
                found.append(Error(f"SEARCH_SYNONYM_SOURCES names what cannot be called: {name}", id="search.E004"))
    return found


def register() -> None:
    """Let ``manage.py check`` ask."""
    for check in (check_page_types, check_languages, check_backend, check_synonym_sources):
        checks.register(check)
