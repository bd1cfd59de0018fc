import datetime
import logging

import pytest
from django.utils import timezone

from search import indexing, outbox
from search.backends.base import BackendUnavailableError, Put, Remove, SearchRequest
from search.models import OutboxEntry
from tests.search.pages import commit, make_page, publish

pytestmark = pytest.mark.django_db


def entry(page_id: int) -> OutboxEntry:
    return OutboxEntry.objects.get(pk=page_id)


class Switch:
    """The embedded engine with a plug that can be pulled, and pages it refuses."""

    def __init__(self, engine):
        self.engine = engine
        self.gone = False
        self.refuses: set[int] = set()
        self.asked = 0

    def apply(self, changes, *, seconds):
        self.asked += 1
        if self.gone:
            raise BackendUnavailableError("pulled")
        refused = {change.page_id: "refused" for change in changes if change.page_id in self.refuses}
        self.engine.apply([change for change in changes if change.page_id not in refused])
        return refused

    def __getattr__(self, name):
        return getattr(self.engine, name)


@pytest.fixture
def switch(homes, engine, monkeypatch):
    switch = Switch(engine)
    monkeypatch.setattr("search.indexing.get_backend", lambda: switch)
    return switch


def found(switch, query: str) -> list[int]:
    return sorted(hit.page_id for hit in switch.search(SearchRequest(query, "en")).own.hits)


def is_due_now() -> None:
    """Let every pause be over."""
    OutboxEntry.objects.update(next_attempt_at=timezone.now())


def test_marking_makes_one_row_a_page_with_a_growing_version(db):
    assert outbox.mark([7, 5, 7], reason="test") == 2
    assert outbox.mark([5], reason="again") == 1
    rows = OutboxEntry.objects.order_by("page_id").values_list("page_id", "version", "reason")
    assert list(rows) == [(5, 2, "again"), (7, 1, "test")]


def test_marking_more_than_a_batch_marks_all(db):
    assert outbox.mark(range(1, 1203), reason="test") == 1202
    assert outbox.waiting().count() == 1202


def test_claimed_rows_are_not_claimed_again_until_the_time_is_over(db):
    outbox.mark([1, 2, 3], reason="test")
    first = outbox.claim(2)
    second = outbox.claim(5)
    assert (first.page_ids, second.page_ids) == ([1, 2], [3])
    assert outbox.claim(5).page_ids == []
    OutboxEntry.objects.filter(page_id=1).update(claimed_until=timezone.now() - datetime.timedelta(seconds=1))
    assert outbox.claim(5).page_ids == [1]


def test_claim_given_back_can_be_taken(db):
    outbox.mark([1], reason="test")
    outbox.give_back(outbox.claim(5))
    assert outbox.claim(5).page_ids == [1]


def test_settled_row_waits_no_more_and_keeps_its_version(db):
    outbox.mark([1], reason="test")
    assert outbox.settle(outbox.claim(5), {1: "en"}) == 0
    assert not outbox.waiting().exists()
    assert (entry(1).version, entry(1).written, entry(1).language, entry(1).claim) == (1, 1, "en", None)
    outbox.mark([1], reason="test")
    assert entry(1).version == 2


def test_page_that_changes_while_it_is_written_stays_dirty(db):
    outbox.mark([1], reason="test")
    claimed = outbox.claim(5)
    outbox.mark([1], reason="meanwhile")
    assert outbox.settle(claimed, {1: "en"}) == 1
    assert outbox.claim(5).page_ids == [1]


def test_failures_wait_longer_each_time_up_to_a_limit(db):
    outbox.mark([1], reason="test")
    pauses = []
    for _ in range(12):
        is_due_now()
        claimed = outbox.claim(5)
        before = timezone.now()
        outbox.fail(claimed, {1: "no"})
        outbox.give_back(claimed)
        pauses.append(round((entry(1).next_attempt_at - before).total_seconds()))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert (entry(1).attempts, entry(1).last_error) == (12, "no")
    outbox.mark([1], reason="changed")
    assert (entry(1).attempts, entry(1).last_error) == (0, "")
    assert outbox.claim(5).page_ids == [1]


def test_engine_down_keeps_the_change_and_publishing_goes_on(switch, homes, caplog):
    switch.gone = True
    with caplog.at_level(logging.WARNING):
        page = make_page(homes["en"], "Clean rivers", slug="rivers")
        commit()
    assert page.live
    assert found(switch, "rivers") == []
    assert entry(page.pk).attempts >= 1
    assert "pulled" in entry(page.pk).last_error
    assert any("cannot be asked" in record.message for record in caplog.records)

    switch.gone = False
    indexing.drain()
    assert found(switch, "rivers") == []  # its pause is not over
    is_due_now()
    assert indexing.drain().unavailable is False
    assert found(switch, "rivers") == [page.pk]
    assert not outbox.waiting().exists()


def test_drain_asks_an_engine_that_is_down_once(switch):
    outbox.mark(range(1000, 1000 + 3 * indexing.BATCH), reason="test")
    switch.gone = True
    switch.asked = 0
    assert indexing.drain().unavailable
    assert switch.asked == 1


def test_refused_page_does_not_hold_up_the_others(switch, homes):
    refused = make_page(homes["en"], "Rivers refused", slug="refused")
    switch.refuses.add(refused.pk)
    page = make_page(homes["en"], "Rivers", slug="rivers")
    commit()
    assert found(switch, "rivers") == [page.pk]
    assert entry(refused.pk).last_error == "refused"
    assert [row.page_id for row in outbox.waiting()] == [refused.pk]


def test_page_that_cannot_be_read_does_not_hold_up_the_others(switch, homes, monkeypatch, caplog):
    broken = make_page(homes["en"], "Rivers broken", slug="broken")
    page = make_page(homes["en"], "Rivers", slug="rivers")
    facts = type(page).search_facts

    def search_facts(self):
        if self.pk == broken.pk:
            raise ZeroDivisionError
        return facts(self)

    monkeypatch.setattr(type(page), "search_facts", search_facts)
    commit()
    assert found(switch, "rivers") == [page.pk]
    assert "ZeroDivisionError" in entry(broken.pk).last_error


def test_error_of_ours_never_reaches_the_person_who_publishes(switch, homes, monkeypatch, caplog):
    monkeypatch.setattr("search.outbox.claim", lambda limit: 1 / 0)
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    assert page.live
    assert any("stay in the outbox" in record.message for record in caplog.records)


def test_change_while_the_engine_writes_is_written_too(switch, homes, monkeypatch):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    apply = switch.apply

    def apply_and_publish(changes, *, seconds):
        monkeypatch.setattr(switch, "apply", apply)
        page.title = "Quiet forests"
        publish(page)
        return apply(changes, seconds=seconds)

    monkeypatch.setattr(switch, "apply", apply_and_publish)
    page.title = "Dirty rivers"
    publish(page)
    commit()
    assert found(switch, "rivers") == []
    assert found(switch, "forests") == [page.pk]
    assert not outbox.waiting().exists()


def test_overtaken_drainer_cannot_bring_back_a_deleted_page(switch, homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    page_id = page.pk
    commit()
    page.title = "Rivers"
    publish(page)
    slow = outbox.claim(5)
    documents, _ = indexing._read(slow.page_ids)
    late = [
        change
        for row in slow.entries
        for change in indexing._changes(row.page_id, row.version, row.language, documents)
    ]
    OutboxEntry.objects.update(claimed_until=None)
    page.delete()
    commit()
    assert found(switch, "rivers") == []
    switch.apply(late, seconds=1)
    assert [type(change) for change in late] == [Put]
    assert found(switch, "rivers") == []
    assert outbox.settle(slow, {page_id: "en"}) == 1
    assert not outbox.waiting().exists()


def test_page_in_another_language_leaves_its_old_index(switch, homes):
    page = make_page(homes["en"], "Rivers", slug="rivers")
    commit()
    assert entry(page.pk).language == "en"
    page.locale = homes["ko"].locale
    page.save()
    page.move(homes["ko"], "last-child")
    commit()
    assert found(switch, "rivers") == []
    korean = switch.search(SearchRequest("rivers", "ko")).own.hits
    assert [hit.page_id for hit in korean] == [page.pk]


def test_page_never_indexed_is_removed_wherever_it_could_be(homes):
    changes = list(indexing._changes(9, 3, "", {}))
    assert changes == [Remove(9, code, 3) for code in ("en", "zh-hant", "ko", "ja", "zh-hans")]


def test_publishing_many_pages_together_drains_once(switch, homes):
    commit()
    switch.asked = 0
    with indexing.together():
        pages = [make_page(homes["en"], "Rivers", slug=f"rivers-{number}") for number in range(3)]
        commit()
        assert switch.asked == 0
    assert switch.asked == 1
    assert found(switch, "rivers") == [page.pk for page in pages]


def test_asked_verbs_bring_pages_in_step(switch, homes):
    page = make_page(homes["en"], "Rivers", slug="rivers")
    below = make_page(page, "Rivers below", slug="below")
    commit()
    switch.engine.apply([Remove(page.pk, "en", 100), Remove(below.pk, "en", 100)])
    OutboxEntry.objects.update(version=100, written=100)
    indexing.index_page(page)
    assert found(switch, "rivers") == [page.pk]
    indexing.index_subtree(page)
    assert found(switch, "rivers") == [page.pk, below.pk]
    type(below).objects.filter(pk=below.pk).update(live=False)
    indexing.remove_page(below.pk)
    assert found(switch, "rivers") == [page.pk]
