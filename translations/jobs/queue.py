"""The queue in the database: who has which job. Nothing else writes a job's state."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from translations.models import Job, JobItem

State = Job.State
# A worker that says nothing for so long has died; its job is another's then.
SILENCE = datetime.timedelta(seconds=60)
# A job that kills its worker again and again is given up.
ATTEMPTS = 5


def enqueue(kind: str, arguments: Mapping[str, Any], *, user: Any, label: str) -> Job:
    """Write down a job in the caller's transaction. ``label`` says to people what it is."""
    return Job.objects.create(kind=kind, arguments=dict(arguments), user=user, label=label[:255])


def waiting() -> QuerySet[Job]:
    """Return the jobs that a worker could take now: new ones, and those whose worker died."""
    lost = Q(state=State.RUNNING) & (Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=timezone.now() - SILENCE))
    return Job.objects.filter(Q(state=State.WAITING) | lost).order_by("pk")


def claim() -> Job | None:
    """Take the oldest job that waits, for this worker alone; None if there is none."""
    now = timezone.now()
    with transaction.atomic():
        # Another worker's claim is passed over, not waited for. SQLite has one writer at a time and needs no lock.
        found = waiting().select_for_update(skip_locked=True).first()
        if found is None:
            return None
        if found.attempts >= ATTEMPTS:
            _end(found, State.FAILED, error=f"Given up: its worker died {ATTEMPTS} times.")
            return claim()
        found.state, found.worker, found.heartbeat_at = State.RUNNING, uuid.uuid4(), now
        found.attempts, found.started_at = found.attempts + 1, found.started_at or now
        found.save(update_fields=["state", "worker", "heartbeat_at", "attempts", "started_at"])
        return found


def held(job: Job) -> QuerySet[Job]:
    """Return the job's row if this worker still has it: not cancelled, and not taken over by another."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)


def beat(job: Job) -> bool:
    """Say that the worker lives; False if it lost the job."""
    return bool(held(job).update(heartbeat_at=timezone.now()))


def settle(job: Job, item: JobItem, state: str, message: str = "") -> bool:
    """Write down what came of an item; False, and nothing, if this worker lost the job or the item was done already."""
    counter = "failed" if state == JobItem.State.FAILED else "done"
    if not held(job).update(**{counter: F(counter) + 1}, heartbeat_at=timezone.now(), attempts=1):
        return False
    rows = JobItem.objects.filter(pk=item.pk, state=JobItem.State.WAITING)
    return bool(rows.update(state=state, message=message[:2000]))


def finish(job: Job, *, error: str = "") -> None:
    """End a job that this worker has."""
    state = State.FAILED if error else State.DONE
    held(job).update(state=state, error=error[:2000], finished_at=timezone.now(), worker=None, heartbeat_at=None)


def release(job: Job) -> None:
    """Give a job back, to be taken by the next worker at once."""
    held(job).update(state=State.WAITING, worker=None, heartbeat_at=None, attempts=0)


def cancel(job: Job) -> bool:
    """Stop a job: what is done stays, the item under way is undone, the rest is not begun. False if it was over."""
    rows = Job.objects.filter(pk=job.pk).exclude(state__in=Job.OVER)
    return bool(rows.update(state=State.CANCELLED, finished_at=timezone.now(), worker=None, heartbeat_at=None))


@transaction.atomic
def retry(job: Job) -> int:
    """Let the items of an ended job that failed, or were never begun, be tried again; return how many."""
    rows = Job.objects.filter(pk=job.pk, state__in=Job.OVER)
    failed = JobItem.objects.filter(job=job, state=JobItem.State.FAILED)
    again = failed.update(state=JobItem.State.WAITING, message="")
    open_items = JobItem.objects.filter(job=job, state=JobItem.State.WAITING).count()
    if not (open_items or not job.planned):
        return 0
    if not rows.update(state=State.WAITING, failed=F("failed") - again, error="", finished_at=None, attempts=0):
        transaction.set_rollback(True)
        return 0
    return open_items


def _end(job: Job, state: str, *, error: str) -> None:
    job.state, job.error, job.finished_at, job.worker = state, error, timezone.now(), None
    job.save(update_fields=["state", "error", "finished_at", "worker"])
