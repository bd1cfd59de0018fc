"""Files of documents -> DocumentText: asked for when a document is saved, read by the worker, once a file."""

import datetime
import logging
import time

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cms.models import SiteDocument
from search import outbox
from search.attachments import pages_with
from search.extraction import SECONDS, Extraction, State, extract
from search.models import DocumentText

logger = logging.getLogger(__name__)

BATCH = 500
# A file that took its reader with it is tried again, in case that had another reason, but not for ever.
MOST_ATTEMPTS = 3
# Longer than reading takes; after that another worker may take the file.
CLAIM = datetime.timedelta(seconds=3 * SECONDS)


def ask(document: SiteDocument) -> None:
    """Have the document's file read if it is another than the one that was read; forget the former's text at once."""
    name, file_hash = document.file.name or "", document.file_hash
    known = DocumentText.objects.filter(document=document).first()
    # Without a hash nobody knows whether a file of the same name is the same.
    if known and file_hash and (known.file_name, known.file_hash) == (name, file_hash):
        return
    now = timezone.now()
    DocumentText.objects.update_or_create(
        document=document,
        defaults={
            "state": DocumentText.State.WAITING, "text": "", "error": "", "file_name": name, "file_hash": file_hash,
            "asked_at": now, "next_attempt_at": now, "attempts": 0,
        },
    )  # fmt: skip


def ask_again(documents: QuerySet[SiteDocument]) -> int:
    """Have the files read anew, for when limits or readers changed; their texts stay until then. Return how many."""
    now = timezone.now()
    return DocumentText.objects.filter(document__in=documents).update(
        state=DocumentText.State.WAITING, asked_at=now, next_attempt_at=now, attempts=0
    )


def read_waiting(*, seconds: float) -> int:
    """Read files that wait, for about ``seconds``; return how many. Pages that offer them are marked."""
    _ask_for_unknown()
    deadline = time.monotonic() + seconds
    done = 0
    while time.monotonic() < deadline and (waiting := _claim()):
        _settle(waiting, _read(waiting))
        done += 1
    return done


def _ask_for_unknown() -> None:
    """Ask for documents that came before this was there, or by a way that sends no signals."""
    unknown = SiteDocument.objects.filter(search_text__isnull=True)
    for document in unknown.only("file", "file_hash").iterator(BATCH):
        DocumentText.objects.get_or_create(
            document=document, defaults={"file_name": document.file.name or "", "file_hash": document.file_hash}
        )


def _claim() -> DocumentText | None:
    now = timezone.now()
    with transaction.atomic():
        due = DocumentText.objects.filter(state=DocumentText.State.WAITING, next_attempt_at__lte=now)
        waiting = due.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
        if waiting:
            changes = {"next_attempt_at": now + CLAIM, "attempts": F("attempts") + 1}
            DocumentText.objects.filter(pk=waiting.pk).update(**changes)
    return waiting


def _read(waiting: DocumentText) -> Extraction | None:
    """Return what the file says, None if it should be tried again."""
    document = SiteDocument.objects.filter(pk=waiting.pk).first()
    if document is None or not document.file:
        return Extraction(State.BROKEN, error="there is no file")
    last = waiting.attempts + 1 >= MOST_ATTEMPTS
    try:
        with document.file.storage.open(document.file.name, "rb") as file:
            return extract(file, document.file.name)
    except FileNotFoundError as error:
        return Extraction(State.BROKEN, error=str(error))
    except Exception as error:
        # Whatever a storage on the network raises.
        logger.warning("Search: document %d cannot be read: %r", waiting.pk, error)
        return Extraction(State.BROKEN, error=repr(error)) if last else None


def _settle(waiting: DocumentText, found: Extraction | None) -> None:
    """Keep what was read, unless the file was replaced meanwhile, and mark the pages that offer it."""
    if found is None:
        return
    unchanged = DocumentText.objects.filter(pk=waiting.pk, asked_at=waiting.asked_at)
    with transaction.atomic():
        if unchanged.update(state=found.state.value, text=found.text, error=found.error):
            outbox.mark(pages_with([waiting.pk]), reason="document")
