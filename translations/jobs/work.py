"""Doing a job item by item, and one round of what waits and of what is due."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from translations.jobs import queue
from translations.jobs.registry import DUTIES, HANDLERS, Duty
from translations.models import Job, JobItem, PeriodicDuty

logger = logging.getLogger(__name__)


class ItemFailed(Exception):  # noqa: N818 -- said to a person
    """An item cannot be done; the message says why, in the user's language. The job goes on with the next.

    Raised by a handler outside of its items: the whole job cannot be done.
    """


class JobLost(Exception):  # noqa: N818 -- not an error: somebody cancelled it, or another worker has it
    """This worker does not have the job any more."""


class Stopped(Exception):  # noqa: N818 -- not an error: the worker was told to stop
    """The worker was told to stop; the job goes on elsewhere."""


@dataclass(frozen=True)
class Item:
    """One part of a job: what it is in people's words, and what the handler needs to know (JSON)."""

    label: str
    arguments: dict[str, Any] = field(default_factory=dict)


# Set when the worker is told to stop: it ends after the item under way.
stopping = threading.Event()


@transaction.atomic
def plan(job: Job, items: Callable[[], Iterable[Item]]) -> None:
    """Write a job's items down, once: a job that was taken over keeps those that it has."""
    if job.planned:
        return
    rows = [
        JobItem(job=job, position=position, label=item.label[:255], arguments=item.arguments)
        for position, item in enumerate(items())
    ]
    JobItem.objects.bulk_create(rows, batch_size=500)
    if not queue.held(job).update(planned=True, total=len(rows)):
        raise JobLost
    job.planned, job.total = True, len(rows)


def each(job: Job, do: Callable[[JobItem], str | None]) -> None:
    """Do the items that wait, in order, each in a transaction of its own. ``do`` may return a message to keep.

    An item that raises is undone and noted with the reason, and the next one is begun. Raises JobLost and Stopped,
    which the worker knows.
    """
    for item in JobItem.objects.filter(job=job, state=JobItem.State.WAITING).order_by("position"):
        if stopping.is_set():
            raise Stopped
        message = ""
        try:
            with transaction.atomic():
                message = do(item) or ""
                if not queue.settle(job, item, JobItem.State.DONE, message):
                    raise JobLost
        except ItemFailed as reason:
            _failed(job, item, str(reason))
        except (JobLost, Stopped):
            raise
        except Exception as error:
            logger.exception("Item %s of job %s failed", item, job.pk)
            _failed(job, item, f"{type(error).__name__}: {error}")


def run_next() -> bool:
    """Take one job that waits and do it; False if there is none."""
    job = queue.claim()
    if job is None:
        return False
    run(job)
    return True


def run(job: Job) -> None:
    """Do a job that this worker took, in its user's language. What it raises is written down, not passed on."""
    handler = HANDLERS.get(job.kind)
    if handler is None:
        queue.finish(job, error=f"Nothing does jobs of the kind {job.kind!r}.")
        return
    with translation.override(_language(job)):
        try:
            handler(job)
        except JobLost:
            logger.info("Job %s was cancelled, or taken over by another worker", job.pk)
        except Stopped:
            queue.release(job)
        except ItemFailed as reason:
            queue.finish(job, error=str(reason))
        except Exception as error:
            logger.exception("Job %s failed", job.pk)
            queue.finish(job, error=f"{type(error).__name__}: {error}")
        else:
            queue.finish(job)


def run_due() -> list[str]:
    """Do the periodic duties whose time has come; return their names. One that fails is logged, and due again."""
    return [duty.name for duty in list(DUTIES.values()) if _take(duty) and _do(duty)]


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Say every quarter of the time that a silence may last that the worker lives, from a connection of its own."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(queue.SILENCE.total_seconds() / 4):
            try:
                queue.beat(job)
            except Exception:
                # Whoever cannot be reached now may be at the next beat; the job itself decides when it is lost.
                logger.warning("Job %s: no heartbeat", job.pk, exc_info=True)
            close_old_connections()
        connection.close()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _failed(job: Job, item: JobItem, reason: str) -> None:
    with transaction.atomic():
        if not queue.settle(job, item, JobItem.State.FAILED, reason):
            raise JobLost


def _language(job: Job) -> str:
    profile = UserProfile.get_for_user(job.user) if job.user else None
    return str(profile.get_preferred_language()) if profile else translation.get_language() or "en"


def _take(duty: Duty) -> bool:
    """Whether a duty is due and this worker is the one to do it."""
    now = timezone.now()
    PeriodicDuty.objects.bulk_create([PeriodicDuty(name=duty.name)], ignore_conflicts=True)
    rows = PeriodicDuty.objects.filter(name=duty.name)
    # The row decides between two workers that ask at once.
    return bool(rows.filter(begun_at__isnull=True).update(begun_at=now)) or bool(
        rows.filter(begun_at__lte=now - duty.every).update(begun_at=now)
    )


def _do(duty: Duty) -> bool:
    error = ""
    try:
        duty.run()
    except Exception as failure:
        logger.exception("The duty %s failed", duty.name)
        error = f"{type(failure).__name__}: {failure}"
    PeriodicDuty.objects.filter(name=duty.name).update(error=error[:2000])
    return not error
