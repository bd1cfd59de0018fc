"""The draft of a page in another language, with the source's words where nothing is translated yet.

Upstream copies the page, saves it with a revision, then fills it in and saves it with another revision
(models.py, ``create_or_update_translation``, and Wagtail's ``CopyPageForTranslationAction``), and every saving has
references and the search index brought up to date. Here it is filled in first and written once, with one revision, and
without the source's dates of publishing, which upstream copies once and never again.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.coreutils import find_available_slug
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Locale,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    TranslatableMixin,
)
from wagtail.models.copying import _copy, _copy_m2m_relations
from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled
from wagtail.signals import copy_for_translation_done
from wagtail_localize.fields import copy_synchronised_fields, get_translatable_fields
from wagtail_localize.models import TranslationLog
from wagtail_localize.segments.ingest import ingest_segments

from translations.submission.sources import Source


def make_draft(source: Source, parent: Page, locale: Locale, *, user: Any) -> Page:
    """Write the translation of a source into a language below ``parent``, as a draft; return the page.

    Checks no permission. Raises ValidationError where the source itself would not pass its own form, or a page there
    is in the way. To be called in a transaction.
    """
    page = _filled_in(source, parent, locale)
    # Saving writes the page's parts and forgets them; kept, they need not be read again for what follows.
    parts = dict(getattr(page, "_cluster_related_objects", {}))
    # References are noted at the end, once.
    with _without_references():
        parent.add_child(instance=page)
    _copy_m2m_relations(source.original, page, exclude_fields=_excluded(source.original))
    page._cluster_related_objects = parts | {COMMENTS_RELATION_NAME: []}
    # That nothing else is this page in this language the database ensures, and that what it refers to exists.
    page.full_clean(exclude={"locale", "content_type"}, validate_unique=False)
    revision = _revise(page, user)
    ReferenceIndex.create_or_update_for_object(page)
    if source.restricted:
        source.record.sync_view_restrictions(source.original, page)
    TranslationLog.objects.create(source=source.record, locale=locale, revision=revision)
    _log(source, page, parent, user)
    copy_for_translation_done.send(sender=CopyPageForTranslationAction, source_obj=source.original, target_obj=page)
    return page


def _without_references() -> AbstractContextManager[None]:
    """Keep saving from noting references; Wagtail's own way cannot be nested, and fails at the end of the outer one."""
    is_off = getattr(reference_index_auto_update_disabled, "value", False)
    return nullcontext() if is_off else disable_reference_index_auto_update()


def _revise(page: Page, user: Any) -> Revision:
    """Write the first revision of a page that was saved a moment ago.

    ``save_revision`` would save the whole page again for these three fields, and have the search index, too, do
    everything again.
    """
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    page.draft_title = page.title
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision, latest_revision_created_at=revision.created_at, draft_title=page.title
    )
    return revision


def _excluded(original: Page) -> list[str]:
    excluded: list[str] = original.default_exclude_fields_in_copy + original.exclude_fields_in_copy
    return excluded


def _filled_in(source: Source, parent: Page, locale: Locale) -> Page:
    """Return the page as it is going to be, not saved."""
    original = source.original
    page, children = _copy(
        original,
        exclude_fields=[*_excluded(original), *_following_parts(original)],
        update_attrs={
            "live": False,
            "has_unpublished_changes": True,
            "live_revision": None,
            "first_published_at": None,
            "last_published_at": None,
            "alias_of": None,
            "locale": locale,
            # A translation goes down with its source; a date of its own would stand when the source's is put off.
            "go_live_at": None,
            "expire_at": None,
        },
    )
    for child in children.values():
        if isinstance(child, TranslatableMixin):
            child.locale = locale
    copy_synchronised_fields(original, page)
    values = source.values
    if values is None:
        values = source.record._get_segments_for_translation(locale, fallback=True)
    ingest_segments(original, page, original.locale, locale, [value.clone() for value in values])
    page.slug = find_available_slug(parent, slugify(page.slug))
    return page


def _following_parts(original: Page) -> list[str]:
    """Return the child relations that follow the source, and so are copied with its other fields that do."""
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(type(original))}
    return [
        field.field_name
        for field in get_translatable_fields(type(original))
        if field.field_name in relations and field.is_synchronized(original)
    ]


def _log(source: Source, page: Page, parent: Page, user: Any) -> None:
    """Note in the page's history where it came from, as Wagtail's copying does; in one query instead of four."""

    def named(row: Page) -> dict[str, Any]:
        return {"id": row.pk, "title": row.get_admin_display_title()}

    def spoken(row: Locale) -> dict[str, Any]:
        return {"id": row.pk, "language_code": row.language_code}

    entry = PageLogEntry(
        content_type=page.cached_content_type,
        label=PageLogEntry.objects.get_instance_title(page),
        action="wagtail.copy_for_translation",
        timestamp=timezone.now(),
        page=page,
        user=user,
        data={
            "page": {"id": page.pk, "title": page.get_admin_display_title(), "locale": spoken(page.locale)},
            "source": named(source.above),
            "destination": named(parent),
            "keep_live": False,
            "source_locale": spoken(source.original.locale),
        },
    )
    PageLogEntry.objects.bulk_create([entry])
