"""Two processes at once, as threads with connections of their own. SQLite has one writer, PostgreSQL locks rows."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from search import indexing, outbox
from search.backends.base import SearchRequest
from search.models import OutboxEntry
from tests.search.pages import make_homes, make_page, publish
from tests.threads import in_threads, needs_row_locks

pytestmark = pytest.mark.django_db(transaction=True)


def test_marks_of_many_at_once_are_all_counted():
    in_threads(*(lambda: outbox.mark([1, 2, 3], reason="test") for _ in range(4)))
    assert list(OutboxEntry.objects.order_by("pk").values_list("version", flat=True)) == [4, 4, 4]


def test_drainers_at_once_share_the_work():
    outbox.mark(range(1, 41), reason="test")
    claims: list[outbox.Claimed] = []
    in_threads(*(lambda: claims.append(outbox.claim(10)) for _ in range(4)))
    taken = sorted(page_id for claimed in claims for page_id in claimed.page_ids)
    assert taken == list(range(1, 41))


@needs_row_locks
def test_drainer_passes_over_a_page_that_is_being_published():
    outbox.mark([1, 2], reason="test")
    held, done = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            outbox.mark([1], reason="slow")
            held.set()
            assert done.wait(20)

    def drain() -> None:
        assert held.wait(20)
        try:
            claims.append(outbox.claim(10))
        finally:
            done.set()

    claims: list[outbox.Claimed] = []
    in_threads(publish_slowly, drain)
    assert [claimed.page_ids for claimed in claims] == [[2]]
    assert outbox.claim(10).page_ids == [1]


@needs_row_locks
def test_pages_published_and_drained_at_once_end_in_step(engine):
    homes = make_homes()
    pages = [make_page(homes["en"], f"Rivers {number}", slug=f"rivers-{number}") for number in range(4)]
    indexing.drain()

    def edit(page) -> Callable[[], None]:
        def work() -> None:
            for title in ("Lakes", "Forests"):
                page.title = f"{title} {page.slug}"
                publish(page)

        return work

    in_threads(*(edit(page) for page in pages[:2]), indexing.drain, indexing.drain)
    OutboxEntry.objects.update(claim=None, claimed_until=None)
    indexing.drain()
    found = {hit.page_id for hit in engine.search(SearchRequest("forests", "en")).own.hits}
    assert found == {page.pk for page in pages[:2]}
    assert engine.search(SearchRequest("lakes", "en")).own.total == 0
    assert not outbox.waiting().exists()
    assert connection.in_atomic_block is False
