"""Several workers at once: each job and each duty is done by one of them."""

import datetime
import threading

import pytest
from django.db import transaction
from django.utils import timezone

from tests.threads import in_threads, needs_row_locks
from translations import jobs
from translations.jobs import queue, registry, work
from translations.models import Job, JobItem

pytestmark = pytest.mark.django_db(transaction=True)


def start(number=1):
    return [jobs.enqueue("count", {}, user=None, label=f"Job {n}") for n in range(number)]


def test_each_job_is_taken_by_one_of_the_workers():
    started = start(12)
    taken: list[Job] = []

    def claim() -> None:
        while job := queue.claim():
            taken.append(job)

    in_threads(*(claim for _ in range(4)))
    assert sorted(job.pk for job in taken) == sorted(job.pk for job in started)
    assert len({job.worker for job in taken}) == 12


def test_job_whose_worker_died_is_taken_over_by_one_of_the_others():
    start()
    lost = queue.claim()
    long_ago = timezone.now() - queue.SILENCE - datetime.timedelta(seconds=1)
    Job.objects.filter(pk=lost.pk).update(heartbeat_at=long_ago)
    taken: list[Job | None] = []
    in_threads(*(lambda: taken.append(queue.claim()) for _ in range(4)))
    [job] = [job for job in taken if job]
    assert (job.pk, job.attempts, queue.beat(lost), queue.beat(job)) == (lost.pk, 2, False, True)


def test_item_that_two_workers_did_is_counted_once():
    [job] = start()
    first = queue.claim()
    item = JobItem.objects.create(job=job, position=0, label="one", arguments={})
    settled: list[bool] = []
    in_threads(*(lambda: settled.append(_settle(first, item)) for _ in range(4)))
    assert settled.count(True) == 1
    job.refresh_from_db()
    assert job.done == 1


@needs_row_locks
def test_worker_passes_over_a_job_that_another_is_taking():
    first, second = start(2)
    held, done = threading.Event(), threading.Event()
    taken: list[Job | None] = []

    def take_slowly() -> None:
        with transaction.atomic():
            assert queue.waiting().select_for_update().first() == first
            held.set()
            assert done.wait(20)

    def take() -> None:
        assert held.wait(20)
        try:
            taken.append(queue.claim())
        finally:
            done.set()

    in_threads(take_slowly, take)
    assert taken == [second]


def test_due_duty_is_done_by_one_of_the_workers(monkeypatch):
    monkeypatch.setattr(registry, "DUTIES", {})
    monkeypatch.setattr(work, "DUTIES", registry.DUTIES)
    did: list[int] = []
    jobs.periodic("count sheep")(lambda: did.append(1))
    in_threads(*(lambda: work.run_due() for _ in range(4)))
    assert did == [1]


def _settle(job: Job, item: JobItem) -> bool:
    # As a worker does: the item's work and its end in one transaction, undone where somebody else was first.
    try:
        with transaction.atomic():
            if not queue.settle(job, item, JobItem.State.DONE):
                raise work.JobLost
    except work.JobLost:
        return False
    return True
