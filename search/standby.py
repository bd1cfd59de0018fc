"""The standby: an embedded index of the same pages, on each machine that serves visitors, for when the engine fails.

Each machine has its own file, and keeps it by itself. The drainer that writes a change to the engine writes it to the
file of its machine (``write``). What other machines wrote, and what failed here, the worker of this machine finds by
the outbox's versions (``Follower``): a change is never “written” for the standby, it has its own versions and is
compared. A file that is missing or of another format is built aside by the worker or ``rebuild_search``; until then
there is no standby, and there is none where no worker has looked after it for KEPT_WITHIN: it could tell what was
withdrawn since.
"""

import datetime
import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from cms.languages import CODES
from search import building, outbox
from search.backends import get_standby
from search.backends.base import BackendUnavailableError, Change, Put, Remove, SearchBackend
from search.backends.embedded import EmbeddedBackend
from search.batches import batches
from search.documents import build_documents
from search.models import OutboxEntry
from search.visibility import searchable_pages

logger = logging.getLogger(__name__)

# Transactions that publish are shorter; a change of a longer one is found by the next comparison of everything.
OVERLAP = datetime.timedelta(minutes=2)
SECONDS_BETWEEN_COMPARISONS = 600.0
BATCH = 200
# In seconds. The worker looks every few seconds, each minute at least.
KEPT_WITHIN = 300.0


def ready() -> SearchBackend | None:
    """Return the standby, if there is one that has been filled and that a worker has kept until just now."""
    standby = _built()
    if standby is None:
        return None
    try:
        is_kept = time.time() - _kept_mark(standby).stat().st_mtime < KEPT_WITHIN
    except OSError:
        is_kept = False
    if not is_kept:
        # It could tell what was withdrawn since.
        logger.error("Search: the standby is not used, since no worker keeps it in step")
    return standby if is_kept else None


def write(changes: Sequence[Change]) -> None:
    """Write changes to this machine's standby, if it is filled; never raises for its sake."""
    standby = _built() if changes else None
    if standby is None:
        return
    try:
        standby.apply(changes, seconds=2)
    except (BackendUnavailableError, OSError) as error:
        logger.warning("Search: the standby missed %d changes until it is compared: %s", len(changes), error)


def build(*, progress: building.Progress = lambda done, total: None) -> int:
    """Fill this machine's standby anew, aside; return how many documents were written (0 where there is none)."""
    standby = get_standby()
    if standby is None:
        return 0
    written = building.build_aside(standby, CODES, progress=progress)
    compare()
    return written


def compare() -> int:
    """Bring the standby in step with everything that is published; return how many pages differed."""
    standby = _built()
    if standby is None:
        return 0
    differing: set[int] = set()
    for language in CODES:
        found = {item.page_id: item.version for item in standby.inventory(language)}
        live = set(searchable_pages().filter(locale__language_code=language).values_list("pk", flat=True))
        versions = outbox.versions(found)
        differing |= live ^ found.keys()
        differing |= {page_id for page_id in live & found.keys() if versions.get(page_id, 0) != found[page_id]}
    _renew(standby, differing)
    _kept_mark(standby).touch()
    return len(differing)


class Follower:
    """Keeps this machine's standby in step, called again and again by the worker: it remembers how far it has come."""

    def __init__(self) -> None:
        self._compared_at: float | None = None
        self._seen = timezone.now()
        # What the last step wrote of the changes that the next one will see again.
        self._written: dict[int, int] = {}

    def step(self) -> None:
        """Build the standby if it is not there, else write what changed since the last step; never raises."""
        standby = get_standby()
        if standby is None:
            return
        try:
            self._step(standby)
        except Exception:
            logger.exception("Search: the standby could not be kept in step")

    def _step(self, standby: EmbeddedBackend) -> None:
        since, self._seen = self._seen - OVERLAP, _last_change() or self._seen
        if standby.outdated(CODES):
            build()
        elif self._compared_at is None or time.monotonic() - self._compared_at > SECONDS_BETWEEN_COMPARISONS:
            compare()
        else:
            changed = dict(OutboxEntry.objects.filter(changed_at__gt=since).values_list("page_id", "version"))
            _renew(standby, [page_id for page_id in changed if self._written.get(page_id) != changed[page_id]])
            self._written = changed
            _kept_mark(standby).touch()
            return
        self._compared_at = time.monotonic()


def _built() -> EmbeddedBackend | None:
    standby = get_standby()
    try:
        return None if standby is None or standby.outdated(CODES) else standby
    except (BackendUnavailableError, OSError) as error:
        logger.error("Search: the standby cannot be asked: %s", error)
        return None


def _kept_mark(standby: EmbeddedBackend) -> Path:
    """Return the empty file whose time says when the standby was last found, or brought, in step."""
    return standby.path.with_suffix(".kept")


def _last_change() -> datetime.datetime | None:
    last: datetime.datetime | None = OutboxEntry.objects.aggregate(last=Max("changed_at"))["last"]
    return last


def _renew(standby: SearchBackend, page_ids: Iterable[int]) -> None:
    """Write the pages as they are now, or their absence, with the versions they have now."""
    for ids in batches(sorted(page_ids), BATCH):
        # Versions first: what changes after this line is behind again.
        versions = outbox.versions(ids)
        documents = build_documents(ids)
        changes: list[Change] = []
        for page_id in ids:
            version, document = versions.get(page_id, 0), documents.get(page_id)
            if document:
                changes.append(Put(document, version))
            changes += [
                Remove(page_id, code, version) for code in CODES if document is None or document.language != code
            ]
        standby.apply(changes, seconds=10)
