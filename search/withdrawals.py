"""Pages that visitors may no longer find and that an answer may still name: kept in a cache, or not yet taken out."""

import datetime
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from cms.versioned import Versioned
from search.backends.base import Hit
from search.models import OutboxEntry
from search.visibility import searchable_pages

# Longer than any answer is kept.
REMEMBERED = datetime.timedelta(minutes=15)


def still_public(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return those hits whose pages were not withdrawn a moment ago: unpublished, made private, moved away, deleted.

    No SQL in a warm process, two queries after a change.
    """
    found = tuple(hits)
    gone = _withdrawn.get() if found else frozenset()
    return tuple(hit for hit in found if hit.page_id not in gone)


def withheld() -> frozenset[int]:
    """Return the numbers of those pages, for a question that shall leave them out. SQL as ``still_public``."""
    return _withdrawn.get()


def pages_changed() -> None:
    """Have every process look again which pages were withdrawn, once the present transaction is committed."""
    _withdrawn.changed()


def read_withdrawn() -> frozenset[int]:
    """Return the pages that changed lately, or wait to be written, and that visitors may not find."""
    lately = Q(changed_at__gt=timezone.now() - REMEMBERED) | Q(version__gt=F("written"))
    changed = OutboxEntry.objects.filter(lately).values("page_id")
    public = searchable_pages().filter(pk__in=changed).values_list("pk", flat=True)
    return frozenset(changed.values_list("page_id", flat=True)).difference(public)


_withdrawn: Versioned[frozenset[int]] = Versioned("search-withdrawn", read_withdrawn)
