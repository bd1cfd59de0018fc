import logging
import os
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from search import answering, breaker
from search.answering import VIEW_SECONDS, Answer, answer, ask
from search.backends import get_backend, get_standby
from search.backends.base import ENGINE_SECONDS, BackendUnavailableError, Put, RefusedQuestionError, SearchRequest
from search.backends.elasticsearch import ElasticsearchBackend
from search.breaker import FAILURES, State, get_breaker
from search.models import EngineOutage
from search.standby import KEPT_WITHIN
from tests.search.backend_contract import document
from tests.search.engine import unique_backend
from tests.search.faults import Fault, faulty_line
from tests.search.pages import make_homes

# An opened circuit is noted in the database.
pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

QUESTION = SearchRequest("rivers", "en")
# Of no page in the database, so that nobody takes them out of the index.
BY_ENGINE, BY_STANDBY = 1_000_001, 1_000_002
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.fixture(scope="module")
def filled():
    """A real engine with one page in it."""
    for backend in unique_backend():
        backend.apply([Put(document(BY_ENGINE, title="Rivers of the engine"), 1)])
        backend.refresh()
        yield backend


@pytest.fixture
def line(filled, settings):
    """The site's engine, behind a line that can fail, without a standby."""
    with faulty_line(str(settings.ELASTICSEARCH_URL)) as line:
        settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"
        settings.ELASTICSEARCH_URL = line.url
        settings.SEARCH_INDEX_PREFIX = filled.prefix
        assert isinstance(get_backend(), ElasticsearchBackend)
        yield line


@pytest.fixture
def standby(line, settings, tmp_path):
    """A standby with another page in it, so that one sees who answers."""
    settings.SEARCH_STANDBY = True
    settings.SEARCH_STANDBY_PATH = tmp_path / "standby.sqlite3"
    get_standby().apply([Put(document(BY_STANDBY, title="Rivers of the standby"), 1)])
    get_standby().path.with_suffix(".kept").touch()
    return get_standby()


def pages(answered: Answer) -> list[int]:
    return [hit.page_id for hit in answered.results.own.hits] if answered.results else []


def by_the_engine() -> list[int]:
    """Ask until the engine answers: on a busy machine a healthy one may need more than a visitor has."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answered = answer(QUESTION)
        if answered.results and not answered.standby:
            return pages(answered)
        get_breaker.cache_clear()
        time.sleep(0.2)
    return []


def by_the_standby() -> tuple[Answer, float]:
    """Ask until anybody answers, and return the answer and the seconds that it took.

    Of a visitor's time the engine took most, and what is left may not be enough on a busy machine either.
    """
    deadline = time.monotonic() + 60
    while True:
        begun = time.monotonic()
        answered = answer(QUESTION)
        if answered.results or time.monotonic() > deadline:
            return answered, time.monotonic() - begun
        get_breaker.cache_clear()


def test_engine_that_is_well_answers(line, standby):
    assert by_the_engine() == [BY_ENGINE]


@pytest.mark.parametrize("fault", FAULTS)
def test_standby_answers_within_the_budget_for_an_engine_that_fails(line, standby, fault):
    assert by_the_engine() == [BY_ENGINE]
    line.become(fault)
    answered, took = by_the_standby()
    assert (pages(answered), answered.standby) == ([BY_STANDBY], True)
    # What the machine is late by is not the answer's fault; a hanging one takes for ever.
    assert took < VIEW_SECONDS + 2


@pytest.mark.parametrize("fault", FAULTS)
def test_without_standby_there_is_no_answer_in_time(line, fault):
    line.become(fault)
    begun = time.monotonic()
    assert answer(QUESTION) == Answer(None)
    assert time.monotonic() - begun < ENGINE_SECONDS + 2


@pytest.mark.parametrize("fault", [Fault.REFUSING, Fault.CUT])
def test_engine_that_comes_back_is_asked_again(line, standby, fault, monkeypatch, caplog):
    line.become(fault)
    for _ in range(FAILURES + 3):
        assert pages(answer(QUESTION)) == [BY_STANDBY]
    assert get_breaker().state is State.OPEN
    line.become(Fault.NONE)
    assert pages(answer(QUESTION)) == [BY_STANDBY]
    now = time.monotonic()
    monkeypatch.setattr(get_breaker(), "_clock", lambda: now + breaker.REST)
    answered = answer(QUESTION)
    assert (pages(answered), answered.standby) == ([BY_ENGINE], False)
    said = [record.levelname for record in caplog.records if record.name == "search.breaker"]
    assert said == ["ERROR", "WARNING"]


def test_engine_that_is_left_alone_is_not_even_connected_to(line, standby):
    line.become(Fault.CUT)
    for _ in range(FAILURES):
        answer(QUESTION)
    before = line.connections
    for _ in range(20):
        assert pages(answer(QUESTION)) == [BY_STANDBY]
    assert line.connections == before


def test_silent_engine_costs_visitors_nothing_once_the_circuit_is_open(line, standby):
    line.become(Fault.SILENT)
    for _ in range(FAILURES):
        answer(QUESTION)
    begun = time.monotonic()
    assert pages(answer(QUESTION)) == [BY_STANDBY]
    assert time.monotonic() - begun < ENGINE_SECONDS


def test_hanging_threads_are_bounded(line, standby, monkeypatch):
    monkeypatch.setattr(get_breaker(), "_limit", 1000)
    line.become(Fault.DRIBBLING)
    threads = [threading.Thread(target=answer, args=(QUESTION,)) for _ in range(3 * answering.WAITING_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    waiting = [thread for thread in threading.enumerate() if thread.name.startswith("search-engine")]
    assert len(waiting) <= answering.WAITING_THREADS


def test_question_that_the_engine_refuses_goes_to_the_standby_and_opens_nothing(line, standby, monkeypatch):
    def refuse(request):
        raise RefusedQuestionError("too many clauses")

    monkeypatch.setattr(get_backend(), "search", refuse)
    for _ in range(2 * FAILURES):
        assert pages(answer(QUESTION)) == [BY_STANDBY]
    assert get_breaker().state is State.CLOSED


def test_standby_that_is_not_filled_does_not_answer(line, settings, tmp_path):
    settings.SEARCH_STANDBY = True
    settings.SEARCH_STANDBY_PATH = tmp_path / "empty.sqlite3"
    line.become(Fault.CUT)
    assert answer(QUESTION) == Answer(None)


def test_standby_that_no_worker_keeps_does_not_answer(line, standby):
    """It could tell what was withdrawn since."""
    line.become(Fault.CUT)
    long_ago = time.time() - KEPT_WITHIN - 60
    os.utime(standby.path.with_suffix(".kept"), (long_ago, long_ago))
    assert answer(QUESTION) == Answer(None)


def test_other_questions_are_answered_likewise(line, standby):
    assert ask(lambda backend: backend.is_remote).value is True
    line.become(Fault.SILENT)
    asked = ask(lambda backend: backend.search(QUESTION).own.total)
    assert (asked.value, asked.standby) == (1, True)


def test_question_that_nobody_answers_says_why(line, caplog):
    line.become(Fault.REFUSING)
    with caplog.at_level(logging.ERROR), pytest.raises(BackendUnavailableError, match="refused"):
        ask(lambda backend: backend.search(QUESTION))


def test_reader_is_told_who_answers(line, standby, db, client):
    make_homes()
    address = reverse("search:search")
    assert by_the_engine() == [BY_ENGINE]
    well = client.get(address, {"q": "rivers"}).content.decode()
    assert ("Rivers</mark> of the engine" in well, "search__standby" in well) == (True, False)
    line.become(Fault.CUT)
    response = client.get(address, {"q": "rivers"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert ("Rivers</mark> of the standby" in shown, "search__standby" in shown) == (True, True)


def test_status_tells_which_processes_leave_the_engine_alone(line, standby):
    def told() -> str:
        out = StringIO()
        call_command("search_status", stdout=out)
        return out.getvalue()

    assert by_the_engine() == [BY_ENGINE]
    assert "circuit breakers: closed" in told()
    line.become(Fault.REFUSING)
    for _ in range(FAILURES):
        answer(QUESTION)
    [outage] = EngineOutage.objects.all()
    assert outage.process.endswith(f":{os.getpid()}")
    shown = told()
    assert f"circuit breaker open: {outage.process} since" in shown
    assert "refused" in outage.reason
    assert "index: cannot be asked" in shown
    with pytest.raises(CommandError, match="engine cannot be asked"):
        call_command("search_status", "--check", stdout=StringIO())
    # What a process left behind that ended meanwhile goes, too.
    EngineOutage.objects.create(process=f"{outage.machine}:1", machine=outage.machine)
    EngineOutage.objects.create(process="elsewhere:1", machine="elsewhere")
    line.become(Fault.NONE)
    get_breaker()._opened_until = 0
    answer(QUESTION)
    assert [one.process for one in EngineOutage.objects.all()] == ["elsewhere:1"]
