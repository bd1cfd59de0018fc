"""Which pages changed and are not yet in the index: a set of dirty pages, not a queue.

``mark`` runs in the transaction that changes a page, so a change and its mark are kept or lost together. Drainers
``claim`` rows for a while, and ``settle`` what they wrote: a page that changed meanwhile has a higher version, and
stays dirty.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from search.batches import batches
from search.models import OutboxEntry

# Longer than a batch takes with the engine at its slowest; after that another drainer may take the rows.
CLAIM = datetime.timedelta(seconds=90)
LONGEST_PAUSE = datetime.timedelta(minutes=5)
BATCH = 500


@dataclass(frozen=True)
class Claimed:
    """Rows that one drainer holds for a while."""

    token: uuid.UUID
    entries: tuple[OutboxEntry, ...]

    @property
    def page_ids(self) -> list[int]:
        """The pages, in order."""
        return [entry.page_id for entry in self.entries]


def mark(page_ids: Iterable[int], *, reason: str, anywhere: bool = False) -> int:
    """Note that pages changed, with a version above all before; return how many.

    Writes in the caller's transaction. ``anywhere`` forgets in which language's index the engine has the page, so that
    it is looked for in all. Rows are taken in order of id, so that two callers wait for each other instead of locking
    each other out.
    """
    marked = 0
    now = timezone.now()
    forgotten = {"language": ""} if anywhere else {}
    for ids in batches(sorted(set(page_ids)), BATCH):
        # Insert first: after it every row exists, whoever made it, and none of the increments is lost.
        OutboxEntry.objects.bulk_create([OutboxEntry(page_id=page_id) for page_id in ids], ignore_conflicts=True)
        marked += OutboxEntry.objects.filter(page_id__in=ids).update(
            version=F("version") + 1,
            reason=reason,
            changed_at=now,
            attempts=0,
            next_attempt_at=now,
            last_error="",
            **forgotten,
        )
    return marked


def mark_page(page: Page, *, reason: str) -> int:
    """Mark the page and its translations, whose documents carry its title and places."""
    return mark(
        {page.pk, *_with_translations(Page.objects.filter(translation_key=page.translation_key))}, reason=reason
    )


def mark_subtree(page: Page, *, reason: str) -> int:
    """Mark the page, everything below it, and the translations of them all."""
    return mark({page.pk, *_with_translations(Page.objects.filter(path__startswith=page.path))}, reason=reason)


def mark_everything(*, reason: str) -> int:
    """Mark every page, for changes of languages and sites."""
    return mark(_with_translations(Page.objects.all()), reason=reason, anywhere=True)


def waiting() -> QuerySet[OutboxEntry]:
    """Return the changes that the engine does not have yet."""
    return OutboxEntry.objects.filter(version__gt=F("written"))


def claim(limit: int) -> Claimed:
    """Take up to ``limit`` changes whose time has come, for CLAIM; nobody else gets them meanwhile."""
    token = uuid.uuid4()
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    with transaction.atomic():
        due = waiting().filter(free, next_attempt_at__lte=now).order_by("next_attempt_at", "page_id")
        # A row that a publishing transaction holds is passed over, not waited for. SQLite has one writer and ignores
        # this.
        ids = list(due.select_for_update(skip_locked=True).values_list("page_id", flat=True)[:limit])
        OutboxEntry.objects.filter(page_id__in=ids).update(claim=token, claimed_until=now + CLAIM)
    # Read after the claim is committed: whatever is read of the pages from here on is at least as new as these
    # versions.
    return Claimed(token, tuple(OutboxEntry.objects.filter(claim=token).order_by("page_id")))


def settle(claimed: Claimed, languages: Mapping[int, str]) -> int:
    """Note that the engine has the pages of ``languages`` (page id -> language, empty: not there).

    Returns how many stay dirty: a page that changed since it was claimed keeps waiting. The claim is given back.
    """
    behind = 0
    for entry in claimed.entries:
        if entry.page_id in languages:
            unchanged = OutboxEntry.objects.filter(page_id=entry.page_id, version=entry.version)
            settled = unchanged.update(
                written=entry.version,
                language=languages[entry.page_id],
                attempts=0,
                last_error="",
                claim=None,
                claimed_until=None,
            )
            behind += not settled
    give_back(claimed)
    return behind


def fail(claimed: Claimed, errors: Mapping[int, str]) -> None:
    """Note why pages (page id -> error) could not be written; they wait for twice as long each time."""
    now = timezone.now()
    for entry in claimed.entries:
        if entry.page_id in errors:
            pause = min(datetime.timedelta(seconds=2 ** min(entry.attempts, 16)), LONGEST_PAUSE)
            # A page that changed meanwhile starts anew, without pause.
            OutboxEntry.objects.filter(page_id=entry.page_id, version=entry.version).update(
                attempts=F("attempts") + 1, next_attempt_at=now + pause, last_error=errors[entry.page_id][:2000]
            )


def give_back(claimed: Claimed) -> None:
    """Let go of what is still held under the claim."""
    OutboxEntry.objects.filter(claim=claimed.token).update(claim=None, claimed_until=None)


def versions(page_ids: Iterable[int]) -> dict[int, int]:
    """Return page id -> version for those of the pages that ever changed."""
    found: dict[int, int] = {}
    for ids in batches(page_ids, BATCH):
        found.update(OutboxEntry.objects.filter(page_id__in=ids).values_list("page_id", "version"))
    return found


def _with_translations(pages: QuerySet[Page]) -> QuerySet[Page, int]:
    """Return the ids of the pages' whole groups of translations; aliases are never in an index."""
    keys = pages.order_by().values("translation_key")
    return Page.objects.filter(translation_key__in=keys, alias_of__isnull=True).values_list("pk", flat=True)
