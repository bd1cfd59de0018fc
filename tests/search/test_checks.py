from dataclasses import replace

import pytest
from django.core.checks import run_checks

from cms.languages import LANGUAGES
from home.models import StandardPage
from search import checks


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_site_passes():
    assert [message for message in run_checks() if message.id.startswith("search.")] == []


def test_page_type_without_kind_is_an_error(monkeypatch):
    monkeypatch.setattr(StandardPage, "search_kind", "")
    [error] = checks.check_page_types(None)
    assert (error.id, error.obj) == ("search.E001", StandardPage)
    monkeypatch.setattr(StandardPage, "search_kind", "pamphlet")
    assert ids(checks.check_page_types(None)) == ["search.E001"]


def test_language_without_analysis_is_an_error(monkeypatch):
    monkeypatch.setattr(checks, "LANGUAGES", [*LANGUAGES[:4], replace(LANGUAGES[4], analyzer="klingon")])
    [error] = checks.check_languages(None)
    assert (error.id, LANGUAGES[4].code in error.msg, "klingon" in error.msg) == ("search.E002", True, True)


def test_backend_that_cannot_be_used_is_an_error(settings):
    settings.SEARCH_BACKEND = "search.backends.oracle.OracleBackend"
    assert ids(checks.check_backend(None)) == ["search.E003"]
    settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"
    settings.ELASTICSEARCH_URL = ""
    assert ids(checks.check_backend(None)) == ["search.E003"]
    settings.ELASTICSEARCH_URL = "http://localhost:9200"
    assert checks.check_backend(None) == []


@pytest.mark.parametrize("name", ["search.synonyms.nothing", "nowhere.at_all", "search.synonyms.__doc__"])
def test_source_of_synonyms_that_cannot_be_asked_is_an_error(settings, name):
    settings.SEARCH_SYNONYM_SOURCES = ["search.synonyms.groups", name]
    assert [message.id for message in checks.check_synonym_sources(None)] == ["search.E004"]
