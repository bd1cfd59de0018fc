"""Keeps ``PageTranslationState``: how far each page is in each language, from what wagtail-localize and we hold.

A state is computed from the texts, the history of the source and the task; nothing of it is only remembered, so that
computing it again always gives the same (decision 0041).

    state_facts.py   what it is computed from, read for many pages at once
    standing.py      the rules
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.languages import CODES
from translations.models import PageTranslationState
from translations.sources import record_first
from translations.standing import Counts, Standing, judge
from translations.state_facts import Facts, gather

# So many pages are read at once: enough that queries do not count, few enough that their texts fit into memory.
_CHUNK = 100
_COMPUTED = ["target", "state", "reason", "total", "translated", "machine", "changed", "outdated_since", "computed_at"]


class _Waiting(threading.local):
    """What a transaction changed, until it is committed: ids of pages, and translation keys."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.keys: set[Any] = set()
        self.postponed = False


_waiting = _Waiting()


def refresh(page_ids: Iterable[int] | None = None) -> int:
    """Compute the states of pages, sources or translations, in every language anew; of all pages without ``page_ids``.

    Returns how many states are other than before. A constant number of queries for every hundred pages.
    """
    changed = 0
    for chunk in _chunks(_all_pages() if page_ids is None else page_ids):
        with transaction.atomic():
            changed += _refresh(chunk)
    return changed


def refresh_later(page_ids: Iterable[int]) -> None:
    """Compute the states of pages once, after the transaction that is under way; at once where there is none."""
    _waiting.ids.update(page_ids)
    transaction.on_commit(_refresh_waiting, robust=True)


def refresh_keys_later(translation_keys: Iterable[Any]) -> None:
    """As ``refresh_later``, for pages that are named by their translation keys."""
    _waiting.keys.update(translation_keys)
    transaction.on_commit(_refresh_waiting, robust=True)


@contextmanager
def postponed() -> Iterator[None]:
    """Compute at the end, together, the states of what is changed within, in however many transactions."""
    _waiting.postponed = True
    try:
        yield
    finally:
        _waiting.postponed = False
        _refresh_waiting()


def target_locales() -> list[Locale]:
    """Return the locales of the site's languages, in the languages' order."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    return [locales[code] for code in CODES if code in locales]


def _refresh_waiting() -> None:
    # Every change asks for this; the first call after the commit does it for all.
    if _waiting.postponed:
        return
    ids, keys = set(_waiting.ids), set(_waiting.keys)
    _waiting.ids.clear()
    _waiting.keys.clear()
    if keys:
        ids.update(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
    if ids:
        refresh(ids)


def _all_pages() -> Iterator[int]:
    """Every page once: of a group of translations only the one that was made first, since a group is read together."""
    groups = Page.objects.filter(depth__gt=1, alias_of=None).order_by("translation_key", "pk")
    last = None
    for pk, key in list(groups.values_list("pk", "translation_key")):
        if key != last:
            yield pk
        last = key


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(ids)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _refresh(page_ids: Sequence[int]) -> int:
    locales = target_locales()
    default = next((locale for locale in locales if locale.language_code == settings.LANGUAGE_CODE), None)
    if default is None:
        return 0
    facts = gather(page_ids, locales, default)
    _note_first(facts)
    wanted = {(page.pk, locale.pk): judge(facts, page, locale) for page, locale in facts.places()}
    pages = [page.pk for group in facts.pages.values() for page in group]
    kept = {(row.source_id, row.locale_id): row for row in PageTranslationState.objects.filter(source_id__in=pages)}
    gone = [row.pk for place, row in kept.items() if wanted.get(place) is None]
    other = []
    for place, standing in wanted.items():
        if standing is not None:
            row = kept.get(place)
            standing = standing.kept_since(row.outdated_since if row else None)
            if row is None or _read(row) != standing:
                other.append(_row(place, standing))
    PageTranslationState.objects.filter(pk__in=gone).delete()
    # Another request may have computed the same page in the meantime.
    PageTranslationState.objects.bulk_create(
        other, update_conflicts=True, unique_fields=["source", "locale"], update_fields=_COMPUTED
    )
    return len(gone) + len(other)


def _note_first(facts: Facts) -> None:
    """Begin the history of sources that have none, such as those that are older than the desk."""
    unknown = [source.pk for source in facts.sources.values() if source.pk not in facts.changes]
    if unknown:
        for change in record_first(TranslationSource.objects.filter(pk__in=unknown)):
            facts.changes[change.source_id].append(change)


def _read(row: PageTranslationState) -> Standing:
    counts = Counts(row.total, row.translated, row.machine, row.changed)
    return Standing(row.state, counts, row.reason, row.target_id, row.outdated_since)


def _row(place: tuple[int, int], standing: Standing) -> PageTranslationState:
    counts = standing.counts
    return PageTranslationState(
        source_id=place[0],
        locale_id=place[1],
        target_id=standing.target_id,
        state=standing.state,
        reason=standing.reason,
        total=counts.total,
        translated=counts.translated,
        machine=counts.machine,
        changed=counts.changed,
        outdated_since=standing.outdated_since,
    )
