"""A published page -> what its translators work on, at once (decision 0040)."""

import hashlib
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import StringSegment, TranslationSource

from translations.events import source_synced
from translations.models import BundleItem, MinorEdit, SourceChange, TextChange
from translations.segments import Segment, segments_of
from translations.upstream.refreshing import refresh_segments
from translations.writing import NewText, TextRefused, check_text, write_texts

logger = logging.getLogger(__name__)

# Fields of a page that say nothing to readers of a translation: its place, its history, and dates that each language
# has of its own. Wagtail's names; "comments" are its editors'.
_BOOKKEEPING = frozenset(
    {field.name for field in Page._meta.concrete_fields}
    - {"title", "slug", "seo_title", "show_in_menus", "search_description"}
) | {"pk", "page_ptr", "wagtail_admin_comments"}
# What a translation repeats as it is: where it differs, a former translation is wrong.
_MARKS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{[^{}]*\}|\d+(?:[.,:]\d+)*")


def take_over(page: Page, revision: Revision | None = None) -> bool:
    """Take a page that was just published over into its translation source; return whether its content is new.

    Does nothing for a page that was never submitted. A failure is logged and leaves the source as it was, since it must
    not keep an editor from publishing; ``take_over_missed`` does it later. Sends ``source_synced``.
    """
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()
    if source is None:
        return False
    try:
        with transaction.atomic():
            return _take_over(source, revision)
    except Exception:
        # Whatever wagtail-localize stumbles upon in a page's content (P12).
        logger.exception("page %s: not taken over into its translation source", page.pk)
        return False


def take_over_missed() -> int:
    """Take over the pages that were published since their source was, by whatever way; return how many.

    And those whose source has the draft of a bundle that is over, or does not hold them any more.
    """
    published = Page.objects.filter(
        translation_key=OuterRef("object_id"), locale_id=OuterRef("locale_id"), live=True, alias_of=None
    )
    newest = SourceChange.objects.filter(source=OuterRef("pk")).order_by("-at", "-pk")
    left = Q(is_draft=True, page__isnull=False) & ~Q(page__in=BundleItem.objects.waiting().values("page"))
    behind = (
        TranslationSource.objects.annotate(
            published_at=Subquery(published.values("last_published_at")[:1]),
            page=Subquery(published.values("pk")[:1]),
            is_draft=Subquery(newest.values("draft")[:1]),
        )
        .filter(Q(published_at__gt=F("last_updated_at")) | left)
        .values_list("object_id", "locale_id")
    )
    pages = [Page.objects.get(translation_key=key, locale_id=locale) for key, locale in behind]
    return sum(take_over(page, page.live_revision) for page in pages)


def fingerprint(content_json: str) -> str:
    """Return what sums up the content of a source: the same for two of them that say the same to readers."""
    content = {name: value for name, value in json.loads(content_json).items() if name not in _BOOKKEEPING}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def record(source: TranslationSource, *, minor: bool = False, draft: bool = False) -> bool:
    """Note the content of ``source`` if it is not what it was last; return whether it is new.

    ``draft``: readers do not see it yet. A draft that is noted again without it became public now.
    """
    now = fingerprint(source.content_json)
    last = SourceChange.objects.filter(source=source).order_by("-at", "-pk").first()
    if last and last.fingerprint == now:
        if last.draft and not draft:
            SourceChange.objects.filter(pk=last.pk).update(draft=False, at=timezone.now())
        return False
    SourceChange.objects.create(source=source, fingerprint=now, minor=minor and last is not None, draft=draft)
    return True


def record_first(sources: Iterable[TranslationSource]) -> list[SourceChange]:
    """Note what sources say that nothing was noted of yet, such as those that are older than the notes."""
    return SourceChange.objects.bulk_create(
        SourceChange(source=source, fingerprint=fingerprint(source.content_json), at=source.created_at)
        for source in sources
    )


def mark_minor(revision: Revision) -> None:
    """Remember that a revision is a minor edit, until it is published."""
    MinorEdit.objects.get_or_create(revision=revision)


def _take_over(source: TranslationSource, revision: Revision | None) -> bool:
    # As it is in the database: the page in memory may hold more than what was published.
    content = source.get_source_instance().to_json()
    if not source.changes.exists():
        record_first([source])
    is_new = fingerprint(content) != fingerprint(source.content_json)
    minor = is_new and revision is not None and MinorEdit.objects.filter(revision=revision).exists()
    before = set(_places(source)) if minor else set()
    source.content_json = content
    source.object_repr = str(json.loads(content).get("title") or source.object_repr)[:200]
    source.last_updated_at = timezone.now()
    # Not save(): its signal is for changes that come from elsewhere.
    TranslationSource.objects.filter(pk=source.pk).update(
        content_json=source.content_json, object_repr=source.object_repr, last_updated_at=source.last_updated_at
    )
    if not is_new:
        record(source)
        return False
    refresh_segments(source)
    if minor:
        _carry_over(source, before, user=revision.user if revision else None)
    record(source, minor=minor)
    source_synced.send(sender=TranslationSource, source=source, minor=minor)
    return True


def _places(source: TranslationSource) -> Iterable[tuple[int, int]]:
    return StringSegment.objects.filter(source=source).values_list("string_id", "context_id")


def _carry_over(source: TranslationSource, before: set[tuple[int, int]], *, user: Any) -> None:
    """Let texts of a minor edit keep the translation they had, where it still fits.

    ``before`` says which texts the source had until now: a translation of one that was older is outdated, and stays so.
    """
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        translation.source = source
        kept = [
            segment
            for segment in segments_of(translation, hidden=True)
            if segment.former and (segment.former.string_id, segment.context_id) in before and _still_fits(segment)
        ]
        by_tool: dict[tuple[bool, str], list[NewText]] = {}
        for segment in kept:
            former = segment.former
            if former:
                text = NewText(segment.string_id, segment.context_id, former.translation)
                by_tool.setdefault((former.machine, former.tool), []).append(text)
        for (machine, tool), texts in by_tool.items():
            # What a machine wrote and nobody confirmed does not become a person's by it.
            means = TextChange.Means.MACHINE if machine else TextChange.Means.CARRIED
            write_texts(translation, texts, user=user, means=means, detail=tool if machine else "")


def _still_fits(segment: Segment) -> bool:
    former = segment.former
    if former is None or Counter(_MARKS.findall(former.source)) != Counter(_MARKS.findall(segment.source)):
        return False
    try:
        check_text(segment.source, former.translation)
    except TextRefused:
        return False
    return True
