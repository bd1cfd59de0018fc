"""Whatever editors do, and whenever the engine or a drainer dies: in the end the index says what is published."""

import datetime
import threading
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from cms.languages import CODES
from search import indexing, outbox, standby, status
from search.backends import get_backend, get_standby
from search.backends.base import BackendUnavailableError, Remove, SearchBackend, SearchRequest
from search.models import OutboxEntry
from search.suggesting import SuggestRequest
from tests.search.convergence import COMMON, Editors, findable
from tests.search.engine import unique_backend
from tests.search.faults import Fault, FaultyLine, faulty_line
from tests.search.pages import commit, make_homes
from tests.threads import needs_row_locks

pytestmark = pytest.mark.elasticsearch

SEEDS = range(20)
ACTIONS = 10
FAULTS = [Fault.NONE, Fault.NONE, Fault.NONE, Fault.REFUSING, Fault.CUT, Fault.HALF, Fault.DEAF]


class Killed(BaseException):
    """The drainer's process ends here."""


@pytest.fixture(scope="module")
def indices() -> Iterator[SearchBackend]:
    """Indices of this module: each test begins with them empty."""
    yield from unique_backend()


@pytest.fixture
def line(indices, settings, tmp_path, monkeypatch) -> Iterator[FaultyLine]:
    """The site's engine behind a line that fails, with a standby; nobody waits long for either."""
    with faulty_line(settings.ELASTICSEARCH_URL) as line:
        settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"
        settings.ELASTICSEARCH_URL = line.url
        settings.SEARCH_INDEX_PREFIX = indices.prefix
        settings.SEARCH_STANDBY = True
        settings.SEARCH_STANDBY_PATH = tmp_path / "standby.sqlite3"
        monkeypatch.setattr(indexing, "SECONDS_AT_ONCE", 1.0)
        for language in CODES:
            empty(indices, language)
            get_standby().start_rebuild(language).commit()
        yield line


def empty(backend: SearchBackend, language: str) -> None:
    """Take everything out of the language's index."""
    if connection.vendor == "postgresql":
        # Ids are never given twice, so removals hold up nobody: far quicker than a new index.
        backend.apply([Remove(item.page_id, language, 10**9) for item in backend.inventory(language)])
    else:
        backend.start_rebuild(language).commit()


def let_time_pass() -> None:
    """All claims and pauses are over."""
    now = timezone.now()
    OutboxEntry.objects.update(next_attempt_at=now, claim=None, claimed_until=None)


def drain_until_killed(editors: Editors, monkeypatch) -> None:
    """Drain as a worker whose process may end before it reads, before it writes, after it wrote, after it settled."""
    moment = editors.random.choice(["", "", "build_documents", "apply", "written", "settle"])
    with monkeypatch.context() as patched:

        def kill(*args, **kwargs):
            raise Killed

        if moment == "build_documents":
            patched.setattr(indexing, "build_documents", kill)
        elif moment == "apply":
            patched.setattr(get_backend(), "apply", kill)
        elif moment == "written":
            patched.setattr(outbox, "fail", kill)
        elif moment == "settle":
            patched.setattr(outbox, "settle", kill)
        # A process that is killed gives nothing back.
        patched.setattr(outbox, "give_back", lambda claimed: None)
        try:
            indexing.drain(seconds=2, request_seconds=1)
        except Killed:
            editors.done.append(f"killed at {moment}")


def settle_down(line: FaultyLine) -> None:
    """The engine is well again, and the worker goes on."""
    line.become(Fault.NONE)
    for _ in range(20):
        let_time_pass()
        indexing.drain()
        if not outbox.waiting().exists():
            break
    standby.compare()


def assert_in_step(editors: Editors) -> None:
    """Both indices say what is published: by their versions and contents, and by another way of finding out."""
    expected = findable()
    for engine in (get_backend(), get_standby()):
        for code in CODES:
            found = status.language_status(code, deep=True, backend=engine)
            differing = (found.missing, found.extra, found.stale)
            assert (differing, found.outdated) == (((), (), ()), False), (engine, code, editors.done)
            assert {item.page_id for item in engine.inventory(code)} == expected[code], (engine, code, editors.done)
    call_command("search_status", "--deep", "--check")


def assert_nothing_else_is_told(editors: Editors) -> None:
    """Rows, counts and suggestions know the findable pages only."""
    expected = findable()
    homes = {page.pk for page in editors.homes.values()}
    for engine in (get_backend(), get_standby()):
        engine.refresh()
        results = engine.search(SearchRequest(COMMON, "en", size=100))
        found = {hit.page_id for hit in results.own.hits}
        assert found == expected["en"] - homes, editors.done
        counted = {facet.value: facet.count for facet in results.facets if facet.facet == "kinds"}
        assert sum(counted.values()) == results.own.total + results.other.total, (counted, editors.done)
        for word in ("secret", "Secret clean"):
            assert engine.suggest(SuggestRequest(word, "en")) == (), editors.done


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_random_changes_end_in_step_whatever_fails(line, monkeypatch, seed):
    editors = Editors(seed, make_homes())
    editors.begin()
    commit()
    for _ in range(ACTIONS):
        fault = editors.random.choice(FAULTS)
        editors.done.append(f"({fault})")
        line.become(fault)
        editors.act()
        if editors.random.random() < 0.5:
            # The process that published ends before it drains.
            connection.run_on_commit = []
        commit()
        if editors.random.random() < 0.4:
            let_time_pass()
            drain_until_killed(editors, monkeypatch)
    settle_down(line)
    assert_in_step(editors)
    assert_nothing_else_is_told(editors)


class TestTransactions:
    @needs_row_locks
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("seed", [101, 102])
    def test_editors_and_drainers_at_once_end_in_step(self, line, seed):
        """Three workers of their own, with a worker's standby, and an engine that comes and goes."""
        with indexing.together():
            editors = Editors(seed, make_homes())
            editors.begin()
        stopped = threading.Event()
        failures: list[BaseException] = []

        def work() -> None:
            follower = standby.Follower()
            try:
                while not stopped.wait(0.05):
                    indexing.drain(seconds=1, request_seconds=1)
                    follower.step()
            except BaseException as error:
                failures.append(error)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        try:
            for _ in range(ACTIONS):
                line.become(editors.random.choice(FAULTS))
                editors.act()
                OutboxEntry.objects.filter(claim=None).update(next_attempt_at=timezone.now())
        finally:
            stopped.set()
            for worker in workers:
                worker.join(60)
        assert failures == []
        settle_down(line)
        assert_in_step(editors)
        assert_nothing_else_is_told(editors)


@pytest.mark.django_db
def test_standby_of_another_machine_follows_by_the_outbox(line, monkeypatch):
    """What this machine's drainer did not write to the file, its worker finds, without comparing everything."""
    editors = Editors(7, make_homes())
    editors.begin()
    commit()
    follower = standby.Follower()
    follower.step()
    monkeypatch.setattr(standby, "write", lambda changes: None)
    monkeypatch.setattr(standby, "compare", lambda: pytest.fail("compares everything"))
    page = editors.page(live=True)
    page.title = "Quiet forests"
    page.save_revision().publish()
    gone = editors.page(live=True)
    gone_id = gone.pk
    gone.delete()
    commit()
    assert gone_id in {item.page_id for item in get_standby().inventory("en")}
    follower.step()
    assert_in_step(editors)


@pytest.mark.django_db
def test_standby_that_is_missing_is_built_by_the_worker(line):
    editors = Editors(8, make_homes())
    editors.begin()
    commit()
    get_standby().path.unlink()
    assert standby.ready() is None
    standby.Follower().step()
    assert_in_step(editors)


@pytest.mark.django_db
def test_standby_that_fails_holds_up_nobody(line, settings, monkeypatch, caplog):
    editors = Editors(9, make_homes())

    def fail(changes, *, seconds):
        raise BackendUnavailableError("disk full")

    monkeypatch.setattr(get_standby(), "apply", fail)
    editors.begin()
    commit()
    assert not outbox.waiting().exists()
    assert "disk full" in caplog.text
    monkeypatch.undo()
    assert standby.compare() > 0
    assert standby.compare() == 0


@pytest.mark.django_db
def test_comparison_takes_out_what_is_not_published_any_more(line):
    editors = Editors(10, make_homes())
    editors.begin()
    commit()
    page = editors.page(live=True)
    # By a way that tells nobody.
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(days=1))
    assert standby.compare() == 1
    assert page.pk not in {item.page_id for item in get_standby().inventory("en")}
