"""The only writers of an engine: they bring the index in step with what is published."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page

from cms.languages import CODES
from search import attachments, building, document_texts, outbox, standby, status
from search.backends import get_backend
from search.backends.base import BackendUnavailableError, Change, Put, Remove
from search.documents import PageDocument, build_documents

logger = logging.getLogger(__name__)

BATCH = 100
# What a person who publishes may wait for the index; the rest is the worker's.
SECONDS_AT_ONCE = 2.0
SECONDS_A_REQUEST = 10.0
# How long the worker reads files of documents before it looks after pages again.
SECONDS_OF_FILES = 10.0

_put_off: ContextVar[bool] = ContextVar("search_drain_put_off", default=False)


@dataclass(frozen=True)
class Drained:
    """What a drain did: pages written or removed, pages refused, and whether the engine could be asked at all."""

    written: int = 0
    removed: int = 0
    failed: int = 0
    unavailable: bool = False

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(
            self.written + other.written,
            self.removed + other.removed,
            self.failed + other.failed,
            self.unavailable or other.unavailable,
        )


def page_changed(page: Page, *, reason: str) -> None:
    """Mark the page and its translations in this transaction; bring the index in step once it is committed."""
    outbox.mark_page(page, reason=reason)
    transaction.on_commit(drain_at_once)


def subtree_changed(page: Page, *, reason: str) -> None:
    """Mark the page and everything below it, likewise."""
    outbox.mark_subtree(page, reason=reason)
    transaction.on_commit(drain_at_once)


def everything_changed(*, reason: str) -> None:
    """Mark every page, likewise."""
    outbox.mark_everything(reason=reason)
    transaction.on_commit(drain_at_once)


def documents_changed(find: Callable[[], Iterable[int]]) -> None:
    """Mark the pages that offer documents which were renamed, replaced, deleted, hidden or shown, likewise.

    ``find`` is asked again after the commit: a page that began to offer one of them while this transaction was under
    way could not be seen in it.
    """
    marked = set(attachments.pages_with(find()))
    outbox.mark(marked, reason="document")

    def mark_others() -> None:
        outbox.mark(set(attachments.pages_with(find())) - marked, reason="document")
        drain_at_once()

    transaction.on_commit(mark_others)


def index_page(page: Page) -> Drained:
    """Bring the page and its translations in step now, whatever the outbox says."""
    outbox.mark_page(page, reason="asked")
    return drain()


def remove_page(page_id: int) -> Drained:
    """Take a page that no longer exists out of every index."""
    outbox.mark([page_id], reason="asked", anywhere=True)
    return drain()


def index_subtree(page: Page) -> Drained:
    """Bring the page and everything below it in step now."""
    outbox.mark_subtree(page, reason="asked")
    return drain()


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Put off draining until the block ends: for loaders that publish many pages."""
    token = _put_off.set(True)
    try:
        yield
    finally:
        _put_off.reset(token)
    drain()


def drain_at_once() -> None:
    """Drain for at most SECONDS_AT_ONCE, and never raise: publishing neither waits for the engine nor fails with it."""
    if _put_off.get():
        return
    try:
        drain(seconds=SECONDS_AT_ONCE, request_seconds=SECONDS_AT_ONCE)
    except Exception:
        logger.exception("Search: changes stay in the outbox")


def drain(*, seconds: float | None = None, request_seconds: float = SECONDS_A_REQUEST) -> Drained:
    """Write what waits in the outbox and is due, for at most about ``seconds`` (default: until nothing is due).

    An engine that cannot be asked ends the drain; what could not be written is tried again after a growing pause.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    total = Drained()
    while not total.unavailable and (deadline is None or time.monotonic() < deadline):
        claimed = outbox.claim(BATCH)
        if not claimed.entries:
            break
        try:
            total += _write(claimed, request_seconds)
        finally:
            outbox.give_back(claimed)
    if seconds is None and document_texts.read_waiting(seconds=SECONDS_OF_FILES):
        # By turns, so that pages do not wait until a thousand files are read.
        total += drain(request_seconds=request_seconds)
    return total


def rebuild(
    languages: Sequence[str],
    *,
    progress: building.Progress = lambda done, total: None,
    report: Callable[[str], None] = lambda line: None,
) -> int:
    """Build the languages' indices aside and put them in the old ones' place; return how many documents were written.

    Pages that change meanwhile are written to the old indices; after the swap everything in which the new ones differ
    from what is published is marked, and drained. A failure removes what was built and leaves the old indices in use.
    """
    written = building.build_aside(get_backend(), languages, progress=progress)
    for language in languages:
        report(f"{language}: in use, {status.reconcile(language)} pages changed meanwhile")
    drain()
    return written


def _write(claimed: outbox.Claimed, request_seconds: float) -> Drained:
    documents, errors = _read(claimed.page_ids)
    sound = [entry for entry in claimed.entries if entry.page_id not in errors]
    changes = [
        change for entry in sound for change in _changes(entry.page_id, entry.version, entry.language, documents)
    ]
    standby.write(changes)
    unavailable = False
    try:
        errors |= get_backend().apply(changes, seconds=request_seconds)
    except BackendUnavailableError as error:
        logger.warning("Search: the engine cannot be asked, %d pages wait: %s", len(sound), error)
        errors |= {entry.page_id: str(error) for entry in sound}
        unavailable = True
    done = {
        entry.page_id: documents[entry.page_id].language if entry.page_id in documents else ""
        for entry in sound
        if entry.page_id not in errors
    }
    outbox.fail(claimed, errors)
    outbox.settle(claimed, done)
    written = sum(1 for page_id in done if page_id in documents)
    return Drained(written, len(done) - written, len(errors), unavailable)


def _read(page_ids: list[int]) -> tuple[dict[int, PageDocument], dict[int, str]]:
    """Return the pages' documents, and why some could not be read: one broken page must not hold up the others."""
    try:
        return build_documents(page_ids), {}
    except Exception:
        logger.exception("Search: a page among %d cannot be read; each is tried by itself", len(page_ids))
    documents: dict[int, PageDocument] = {}
    errors: dict[int, str] = {}
    for page_id in page_ids:
        try:
            documents |= build_documents([page_id])
        except Exception as error:
            errors[page_id] = f"cannot be read: {error!r}"
    return documents, errors


def _changes(page_id: int, version: int, language: str, documents: dict[int, PageDocument]) -> Iterator[Change]:
    """Yield what makes the engine agree: the document, or its absence, also where the page stood before."""
    document = documents.get(page_id)
    if document:
        yield Put(document, version)
    for code in [language] if language else CODES:
        if not document or document.language != code:
            yield Remove(page_id, code, version)
