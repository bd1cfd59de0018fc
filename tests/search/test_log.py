import os
import threading
import time
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from search import log
from search.backends.base import BackendUnavailableError, HitList, SearchRequest, SearchResults
from search.log import buffer as buffering
from search.log.buffer import Buffer, Click
from search.log.recording import looks_personal
from search.models import HiddenQuery, SearchLogEntry
from tests.search.pages import commit, make_page
from tests.search.visits import daily, entry, keep

pytestmark = pytest.mark.django_db

SOMEBODY = {"REMOTE_ADDR": "8.8.4.4"}
SOMEBODY_ELSE = {"REMOTE_ADDR": "9.9.9.9"}


@pytest.fixture
def kept(settings, monkeypatch):
    """A log that is written when the test says so."""
    settings.SEARCH_LOG_DAYS = 30
    monkeypatch.setattr(buffering, "SECONDS", 3600)
    log.flush()
    yield
    log.flush()


@pytest.fixture
def rivers(homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    return page


def search(client, query="rivers", language="en", *, visitor=SOMEBODY, **parameters):
    with translation.override(language):
        address = reverse("search:search")
    return client.get(address, {"q": query, **parameters}, **visitor)


def click(client, token, rank=1, **extra):
    with translation.override("en"):
        return client.post(reverse("search:clicked"), {"token": token, "rank": rank}, **extra)


def logged():
    log.flush()
    return list(SearchLogEntry.objects.order_by("pk"))


def test_search_is_kept_with_its_answer_and_without_the_reader(client, kept, rivers):
    search(client, "ＲＩＶＥＲＳ", HTTP_USER_AGENT="Mozilla/5.0")
    [found] = logged()
    assert {field.name for field in SearchLogEntry._meta.get_fields()} == {
        "id", "token", "asked_at", "language", "query", "typed", "own", "other", "engine", "milliseconds", "clicks",
        "best_rank",
    }  # fmt: skip
    assert (found.language, found.query, found.typed, found.own, found.other, found.engine, found.clicks) == (
        "en", "rivers", "ＲＩＶＥＲＳ", 1, 0, "embedded", 0,
    )  # fmt: skip
    assert (found.asked_at.minute, found.asked_at.second, found.asked_at.microsecond) == (0, 0, 0)
    assert abs(timezone.now() - found.asked_at).total_seconds() < 3601


def test_rows_of_a_guess_are_no_hits_of_what_was_typed(client, kept, rivers):
    text = " ".join(search(client, "rivres").content.decode().split())
    assert "1 page for “rivers”" in text
    assert "Nothing was found for “rivres”. These are the results for “rivers”." in text
    assert "Did you mean" not in text
    assert [(found.query, found.own) for found in logged()] == [("rivres", 0)]


def test_logging_costs_the_view_no_sql(client, kept, rivers):
    search(client)
    with CaptureQueriesContext(connection) as unlogged:
        search(client, HTTP_DNT="1", visitor={**SOMEBODY, "HTTP_DNT": "1"})
    with CaptureQueriesContext(connection) as first:
        search(client, visitor=SOMEBODY_ELSE)
    assert len(first) == len(unlogged)
    assert len(logged()) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.1"},
    ],
)
def test_who_objects_and_robots_are_not_logged(client, kept, rivers, headers):
    response = search(client, visitor={**SOMEBODY, **headers})
    assert response.context["results"].own_total == 1
    assert "data-search-token" not in response.content.decode()
    assert "search-log.js" not in response.content.decode()
    assert logged() == []


def test_nothing_is_kept_for_zero_days(client, kept, rivers, settings):
    settings.SEARCH_LOG_DAYS = 0
    assert "data-search-token" not in search(client).content.decode()
    assert logged() == []


@pytest.mark.parametrize(
    ("query", "personal"),
    [
        ("kim@example.org", True),
        ("mail to kim@suwon.go.kr please", True),
        ("ｋｉｍ＠example.org", True),
        ("+82 31-228-2114", True),
        ("031 228 2114", True),
        ("(02) 2720 8889", True),
        ("０９０-１２３４-５６７８", True),
        ("call 2282114", True),
        ("850101-1234567", True),
        ("2014-2015", False),
        ("COP 12 2014", False),
        ("2014/10/07", False),
        ("CO2 1990 2005 2014 2030", False),
        ("@suwon", False),
        ("nrg4SD", False),
        ("1,000 m2", False),
        ("수원", False),
    ],
)
def test_addresses_and_numbers_of_people_are_recognised(query, personal):
    assert looks_personal(query) is personal


def test_personal_query_is_answered_and_not_kept(client, kept, rivers):
    assert search(client, "rivers 031-228-2114").status_code == 200
    assert logged() == []


def test_long_query_is_cut(client, kept, rivers):
    search(client, "rivers " * 40)
    [found] = logged()
    assert len(found.typed) <= 100
    assert found.query == found.typed


def test_reloading_paging_and_narrowing_stay_one_search(client, kept, homes):
    for number in range(12):
        make_page(homes["en"], "Clean rivers", slug=f"rivers-{number}")
    commit()
    first = search(client)
    again = [search(client), search(client, "Rivers"), search(client, page=2), search(client, type="page")]
    tokens = {response.context["search_token"].split(":")[0] for response in [first, *again]}
    assert len(tokens) == 1
    search(client, visitor=SOMEBODY_ELSE)
    search(client, "forests")
    assert [(found.query, found.own) for found in logged()] == [("rivers", 12), ("rivers", 12), ("forests", 0)]


def test_second_page_alone_is_no_search(client, kept, rivers):
    response = search(client, page=2)
    assert response.context["search_token"] == ""
    assert logged() == []


def test_page_with_a_token_is_not_for_shared_caches(client, kept, rivers):
    assert "private" in search(client)["Cache-Control"]


def test_search_is_kept_where_the_cache_fails(client, kept, rivers, monkeypatch, caplog):
    monkeypatch.setattr(caches["visitors"], "get_or_set", lambda *args: 1 / 0)
    assert search(client).status_code == 200
    assert [found.query for found in logged()] == ["rivers"]


def test_search_without_an_answer_is_not_kept(client, kept, rivers, monkeypatch, engine):
    def gone(request):
        raise BackendUnavailableError("gone")

    monkeypatch.setattr(engine, "search", gone)
    assert search(client).status_code == 503
    assert logged() == []


def test_failing_log_costs_the_reader_nothing(client, kept, rivers, monkeypatch, caplog):
    monkeypatch.setattr("search.log.recording.fold", lambda text: 1 / 0)
    assert search(client).status_code == 200
    assert [record.message for record in caplog.records if record.name == "search.log.recording"] == [
        "A search could not be logged."
    ]


# Clicks


def test_opened_row_is_counted_with_the_best_rank(client, kept, rivers):
    token = search(client).context["search_token"]
    for rank in (7, 3, 5):
        assert click(client, token, rank).status_code == 204
    [found] = logged()
    assert (found.clicks, found.best_rank) == (3, 3)


def test_click_needs_no_cookie_and_sets_none(kept, rivers, client):
    token = search(client).context["search_token"]
    response = click(Client(enforce_csrf_checks=True), token)
    assert (response.status_code, dict(response.cookies)) == (204, {})
    assert response["X-Robots-Tag"] == "noindex"
    assert [found.clicks for found in logged()] == [1]


@pytest.mark.parametrize("rank", ["-1", "x", "", "1e3", "²", "9" * 30, "100000"])
def test_impossible_rank_is_ignored(client, kept, rivers, rank):
    assert click(client, search(client).context["search_token"], rank).status_code == 204
    assert [found.clicks for found in logged()] == [0]


def test_forged_and_late_tokens_are_ignored(client, kept, rivers, monkeypatch):
    token = search(client).context["search_token"]
    random, _, rest = token.partition(":")
    for forged in ("", random, f"other:{rest}", f"{token}x", "\x00", "a:b:c"):
        assert click(client, forged).status_code == 204
    monkeypatch.setattr("search.log.recording.CLICK_SECONDS", -1)
    assert click(client, token).status_code == 204
    assert [found.clicks for found in logged()] == [0]


@pytest.mark.parametrize("length", ["-1", "x", "", "9" * 5000])
def test_click_of_any_claimed_length_is_answered(client, kept, length):
    with translation.override("en"):
        address = reverse("search:clicked")
    assert client.post(address, {"token": "x", "rank": "1"}, CONTENT_LENGTH=length).status_code == 204
    assert client.post(address, {"token": "x" * 5000, "rank": "1"}).status_code == 204


def test_clicks_are_taken_by_post_only(client, kept):
    with translation.override("ko"):
        assert client.get(reverse("search:clicked")).status_code == 405


# The buffer


def test_click_before_its_search_waits_for_it(kept):
    buffer = Buffer()
    late = entry("rivers")
    buffer.add(clicks=[Click(late.token, 2)])
    buffer.flush()
    buffer.add(entries=[late])
    buffer.flush()
    assert [(found.clicks, found.best_rank) for found in SearchLogEntry.objects.all()] == [(1, 2)]


def test_click_whose_search_never_comes_is_given_up(kept):
    buffer = Buffer()
    buffer.add(clicks=[Click("nowhere", 1)])
    for _ in range(buffering.TRIES):
        buffer.flush()
    with CaptureQueriesContext(connection) as queries:
        buffer.flush()
    assert len(queries) == 0


def test_full_buffer_drops_and_says_so(kept, caplog, monkeypatch):
    monkeypatch.setattr(buffering, "MOST", 3)
    buffer = Buffer()
    for _ in range(5):
        buffer.add(entries=[entry("rivers")])
    assert buffer.flush() == 3
    assert [record.message for record in caplog.records] == ["The search log had no room for 2 entries."]


def test_database_that_is_gone_keeps_the_entries(kept, monkeypatch, caplog):
    buffer = Buffer()
    buffer.add(entries=[entry("rivers")], clicks=[Click("x", 1)])
    with monkeypatch.context() as patch:
        patch.setattr(buffering, "_write", lambda *args: (_ for _ in ()).throw(OperationalError("gone")))
        assert buffer.flush() == 0
    assert buffer.flush() == 1
    assert SearchLogEntry.objects.count() == 1


def test_entries_added_by_many_threads_are_all_there(kept):
    buffer = Buffer()
    threads = [
        threading.Thread(target=lambda: [buffer.add(entries=[entry("rivers")]) for _ in range(25)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert buffer.flush() == 200


def test_child_process_does_not_write_what_its_parent_will(kept):
    buffering.buffer.add(entries=[entry("rivers")])
    child = os.fork()
    if not child:
        # Inside the child; it may not return into the test runner.
        empty = not buffering.buffer._entries and buffering.buffer._timer is None
        os._exit(0 if empty and not buffering.buffer._lock.locked() else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert log.flush() == 1


class TestTransactions:
    @pytest.mark.django_db(transaction=True)
    def test_thread_writes_in_a_while(self, settings, monkeypatch):
        settings.SEARCH_LOG_DAYS = 30
        monkeypatch.setattr(buffering, "SECONDS", 0.05)
        buffer = Buffer()
        buffer.add(entries=[entry("rivers")])
        deadline = time.monotonic() + 20
        while not SearchLogEntry.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert SearchLogEntry.objects.count() == 1
        assert buffer._timer is None


def test_old_searches_are_forgotten(kept, capsys):
    keep(entry("old", days_ago=31), entry("young", days_ago=29))
    call_command("prune_search_log")
    assert capsys.readouterr().out == "1 searches were forgotten.\n"
    assert [found.query for found in SearchLogEntry.objects.all()] == ["young"]


def test_searches_are_forgotten_daily_without_the_command(kept, monkeypatch):
    keep(entry("old", days_ago=31))
    with monkeypatch.context() as patch:
        patch.setattr(connections, "close_all", lambda: None)
        buffering.buffer._flush_in_thread()
        keep(entry("older", days_ago=32))
        buffering.buffer._flush_in_thread()
    assert [found.query for found in SearchLogEntry.objects.all()] == ["older"]


# Most sought


def test_most_sought_are_those_of_many_as_most_type_them(kept):
    keep(
        *daily("rivers", typed="Rivers", times=6), *daily("rivers", typed="RIVERS", times=3),
        *daily("waste", times=5), *daily("강", "ko"),
    )  # fmt: skip
    assert log.most_sought("en") == ("Rivers", "waste")
    assert log.most_sought("en", size=1) == ("Rivers",)
    assert log.most_sought("ko") == ("강",)
    assert log.most_sought("ja") == ()


def test_one_persons_query_is_never_most_sought(kept):
    keep(
        *(entry("on one day") for _ in range(50)),
        *daily("on four days", times=4),
        *daily("found nothing", own=0),
        *(entry("long ago", days_ago=31 + day) for day in range(10)),
        *daily("found in other languages", own=0, other=2),
    )
    assert log.most_sought("en") == ("found in other languages",)


def test_hidden_query_is_not_most_sought(kept):
    HiddenQuery.objects.create(language="en", query="Secret")
    HiddenQuery.objects.create(language="ko", query="rivers")
    keep(*daily("rivers"), *daily("the secret plan"))
    assert log.most_sought("en") == ("rivers",)
    HiddenQuery.objects.create(language="en", query="Ｒivers")
    assert log.most_sought("en") == ()
    HiddenQuery.objects.get(query="Ｒivers").delete()
    assert log.most_sought("en") == ("rivers",)


def test_queries_hidden_before_are_folded_by_the_migration(kept):
    HiddenQuery.objects.create(language="en", query="ＲIVERS")
    HiddenQuery.objects.update(folded="")
    migration = import_module("search.migrations.0006_fold_hidden_queries")
    migration.fold_queries(apps, SimpleNamespace(connection=connection))
    assert HiddenQuery.objects.get().folded == "rivers"


def test_most_sought_cost_one_query_then_none(kept):
    HiddenQuery.objects.create(language="en", query="waste")
    keep(*daily("rivers"), *daily("waste"), *daily("cities"))
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            assert log.most_sought("en") == ("cities", "rivers")
        assert len(queries) == expected


def test_record_takes_what_no_form_has_cleaned(rf, kept):
    for query in ("x\ud800y", "\x00", "ﷺ" * 150, "\u202ez", "\u202e", "İ" * 200):
        log.record(rf.get("/"), SearchRequest(query, "en"), SearchResults(own=HitList(1)), seconds=1e9, engine="e" * 99)
    found = logged()
    assert [entry.typed[:2] for entry in found] == ["xy", "ﷺﷺ", "z", "İİ"]
    assert all(len(entry.query) <= 100 and len(entry.typed) <= 100 for entry in found)


def test_question_that_an_editor_answers_is_not_missed(rf, kept):
    log.record(rf.get("/"), SearchRequest("COP 12", "en"), SearchResults(), promoted=1, seconds=0.1, engine="embedded")
    assert [(found.query, found.own) for found in logged()] == [("cop 12", 1)]


def test_most_sought_lead_on_from_help_and_from_nothing(client, kept, rivers):
    keep(*daily("하천 & 강", "ko"), *daily("rivers"))
    for query in ("", "xylophone"):
        text = search(client, query, "ko").content.decode()
        assert 'href="/ko/search/?q=%ED%95%98%EC%B2%9C%20%26%20%EA%B0%95">하천 &amp; 강</a>' in text
        assert ">rivers</a>" not in text
    assert "search-sought" not in search(client, "xylophone", "ja").content.decode()
    assert "search-sought" not in search(client, "rivers", "en").content.decode()
