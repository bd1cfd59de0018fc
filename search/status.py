"""What the index says against what is published."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from search import outbox
from search.backends import get_backend
from search.backends.base import SearchBackend
from search.batches import batches
from search.documents import build_documents
from search.visibility import searchable_pages

BATCH = 200


@dataclass(frozen=True)
class LanguageStatus:
    """One language's index against its pages; the tuples hold page ids.

    ``missing`` are published and not in the index, ``extra`` in the index and not published, ``stale`` of another
    version than the page's last change. ``outdated`` is an index that is not there, or was built with another analysis.
    """

    language: str
    live: int
    indexed: int
    missing: tuple[int, ...]
    extra: tuple[int, ...]
    stale: tuple[int, ...]
    outdated: bool

    @property
    def in_step(self) -> bool:
        """Whether the index says exactly what is published."""
        return not (self.missing or self.extra or self.stale or self.outdated)


@dataclass(frozen=True)
class OutboxStatus:
    """Changes that the engine does not have yet: how many, how old the oldest is, how many failed, why the last did."""

    waiting: int
    oldest: datetime.timedelta
    failing: int
    last_error: str


def language_status(language: str, *, deep: bool = False, backend: SearchBackend | None = None) -> LanguageStatus:
    """Compare a language's index with its pages. ``deep`` reads every page and compares contents, not versions only.

    ``backend``: the standby instead of the engine. Raises BackendUnavailableError.
    """
    backend = backend or get_backend()
    outdated = bool(backend.outdated([language]))
    found = {} if outdated else {item.page_id: item for item in backend.inventory(language)}
    # After the index: what is published meanwhile is reported missing rather than overlooked.
    live = set(searchable_pages().filter(locale__language_code=language).values_list("pk", flat=True))
    versions = outbox.versions(found)
    both = sorted(live & found.keys())
    stale = {page_id for page_id in both if versions.get(page_id, 0) != found[page_id].version}
    if deep:
        digests = _digests(both)
        stale |= {page_id for page_id in both if digests.get(page_id) != found[page_id].digest}
    return LanguageStatus(
        language=language,
        live=len(live),
        indexed=len(found),
        missing=tuple(sorted(live - found.keys())),
        extra=tuple(sorted(found.keys() - live)),
        stale=tuple(sorted(stale)),
        outdated=outdated,
    )


def outbox_status() -> OutboxStatus:
    """Say how far the engine is behind."""
    entries = outbox.waiting()
    oldest = entries.order_by("changed_at").first()
    failing = entries.filter(attempts__gt=0).order_by("-changed_at")
    last = failing.first()
    return OutboxStatus(
        waiting=entries.count(),
        oldest=timezone.now() - oldest.changed_at if oldest else datetime.timedelta(),
        failing=failing.count(),
        last_error=last.last_error if last else "",
    )


def reconcile(language: str) -> int:
    """Mark every page in which the language's index differs from what is published; return how many."""
    found = language_status(language)
    return outbox.mark({*found.missing, *found.extra, *found.stale}, reason="reconciled", anywhere=True)


def _digests(page_ids: Iterable[int]) -> dict[int, str]:
    digests: dict[int, str] = {}
    for batch in batches(page_ids, BATCH):
        digests |= {page_id: document.digest for page_id, document in build_documents(batch).items()}
    return digests
