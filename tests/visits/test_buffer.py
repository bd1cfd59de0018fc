import os
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.search.pages import make_homes
from tests.threads import in_threads, needs_row_locks
from tests.translations.trees import add_page
from tests.visits.counted import visited, written
from visits import buffer as buffering
from visits.buffer import Buffer, Seen
from visits.models import PageVisits


def seen(page, came_from=""):
    return Seen(page.pk, came_from, timezone.localdate())


@pytest.mark.django_db
@pytest.mark.usefixtures("counting_on")
class TestWriting:
    def test_visits_are_added_to_those_of_the_day(self, water):
        visited(water, 40)
        visited(water, 7, days_ago=1)
        buffer = Buffer()
        buffer.add(seen(water), 2)
        assert buffer.flush() == 2
        assert sorted(row.number for row in PageVisits.objects.all()) == [7, 42]

    def test_queries_are_the_same_for_few_pages_and_for_many_visits(self, home, water):
        def cost(pages):
            buffer = Buffer()
            for page in pages:
                buffer.add(seen(page), 1000)
            with CaptureQueriesContext(connection) as queries:
                buffer.flush()
            return sum("SELECT" in query["sql"] for query in queries)

        few = cost([water])
        assert cost([add_page(home, f"Page {n}", f"page-{n}") for n in range(5)]) == few == 2

    def test_page_that_is_deleted_meanwhile_takes_no_other_with_it(self, water, rivers):
        buffer = Buffer()
        buffer.add(seen(water))
        buffer.add(seen(rivers))
        water.delete()
        assert buffer.flush() == 1
        assert written() == [(rivers.pk, "en", 1)]

    def test_full_buffer_drops_and_says_so(self, water, rivers, home, caplog, monkeypatch):
        monkeypatch.setattr(buffering, "MOST", 2)
        buffer = Buffer()
        for page in (water, rivers, home, water):
            buffer.add(seen(page))
        assert buffer.flush() == 3
        assert [record.message for record in caplog.records] == ["The count of visits had no room for 1 of them."]

    @pytest.mark.parametrize("error", [OperationalError, IntegrityError])
    def test_database_that_refuses_keeps_the_visits(self, water, monkeypatch, error):
        buffer = Buffer()
        buffer.add(seen(water), 3)
        with monkeypatch.context() as patch:
            patch.setattr(buffering, "_write", lambda *args: (_ for _ in ()).throw(error("gone")))
            assert buffer.flush() == 0
        assert buffer.flush() == 3

    def test_visits_added_by_many_threads_are_all_there(self, water):
        buffer = Buffer()
        threads = [threading.Thread(target=lambda: [buffer.add(seen(water)) for _ in range(25)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert buffer.flush() == 200

    def test_child_process_does_not_write_what_its_parent_will(self, water):
        buffering.buffer.add(seen(water))
        child = os.fork()
        if not child:
            # Inside the child; it may not return into the test runner.
            empty = not buffering.buffer._numbers and buffering.buffer._timer is None
            os._exit(0 if empty and not buffering.buffer._lock.locked() else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert buffering.flush() == 1


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_thread_writes_in_a_while(self, monkeypatch):
        home = make_homes()["en"]
        monkeypatch.setattr(buffering, "SECONDS", 0.05)
        buffer = Buffer()
        buffer.add(seen(home))
        deadline = time.monotonic() + 20
        while not PageVisits.objects.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert PageVisits.objects.count() == 1
        assert buffer._timer is None

    @needs_row_locks
    def test_processes_that_write_the_same_rows_at_once_lose_nothing(self, monkeypatch):
        monkeypatch.setattr(buffering, "SECONDS", 3600)
        homes = make_homes()
        pages = [homes["en"], homes["ko"], homes["ja"]]

        def process(order):
            def work():
                buffer = Buffer()
                for _ in range(20):
                    for page in order:
                        buffer.add(seen(page), 5)
                    assert buffer.flush() == 5 * len(order)

            return work

        in_threads(*(process(order) for order in (pages, pages[::-1], pages, pages[::-1])))
        assert written() == [(homes["en"].pk, code, 400) for code in ("en", "ja", "ko")]
