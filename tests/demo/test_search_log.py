"""The made-up searches of the demonstration."""

from collections import Counter

import pytest

from cms.languages import CODES
from demo.search_log import DAYS, ENGINE, QUERIES, load_searches
from search.models import SearchLogEntry
from tests.search.pages import commit, make_homes, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(settings, tmp_path):
    settings.SEARCH_BACKEND = "search.backends.embedded.EmbeddedBackend"
    settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.SEARCH_LOG_DAYS = 90


def test_month_is_made_once_with_what_the_index_finds(engine):
    homes = make_homes()
    make_page(homes["ko"], "수원의 하천", slug="suwon")
    commit()
    made = load_searches()
    entries = list(SearchLogEntry.objects.all())
    assert made == len(entries) > 500
    assert {entry.engine for entry in entries} == {ENGINE}
    assert set(Counter(entry.language for entry in entries)) == set(CODES)
    assert {entry.own for entry in entries if entry.query == "수원"} == {1}
    assert {entry.own for entry in entries if entry.typed == "채용"} == {0}
    assert not [entry for entry in entries if entry.clicks and not (entry.own or entry.other)]
    assert (max(entry.asked_at for entry in entries) - min(entry.asked_at for entry in entries)).days <= DAYS
    assert load_searches() == 0
    assert SearchLogEntry.objects.count() == made


def test_month_is_the_same_each_time(engine):
    make_homes()
    load_searches()
    first = list(SearchLogEntry.objects.order_by("pk").values_list("token", "query", "clicks", "milliseconds"))
    SearchLogEntry.objects.all().delete()
    load_searches()
    assert list(SearchLogEntry.objects.order_by("pk").values_list("token", "query", "clicks", "milliseconds")) == first


def test_nothing_is_made_where_nothing_is_kept(engine, settings):
    settings.SEARCH_LOG_DAYS = 0
    assert load_searches() == 0


def test_each_language_has_queries_of_its_own():
    assert list(QUERIES) == list(CODES)
    assert all(len(queries) == len(set(queries)) for queries in QUERIES.values())
