"""Translations that come as texts, from a catalogue or a file: put into a page as if typed in the translation editor.

texts = {"Water": "물", **pair_rich_text(english_html, korean_html)}
page = translate_page(source, "ko", texts, user=user)
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.strings import INLINE_TAGS, StringValue, validate_translation_links
from wagtail_localize.strings import extract_strings as split_html

from translations.completeness import is_blank, is_complete
from translations.models import TextChange
from translations.submission.drafts import make_draft
from translations.submission.sources import source_of
from translations.upstream.aliases import retire_alias
from translations.writing import NewText, write_texts

_MARKUP = re.compile(rf"</?(?:{'|'.join(INLINE_TAGS)})\b[^>]*>|&(?:\w+|#\d+);")


class TranslationTextError(ValueError):
    """A translation cannot be used: it is empty, has forbidden markup, or its links are not those of the source."""


@transaction.atomic
def translate_page(
    source: Page, language_code: str, texts: Mapping[str, str], *, user: Any = None, publish: bool = True
) -> Page | None:
    """Translate the published ``source`` into a language through wagtail-localize; return the translated page.

    ``texts`` maps a source string to its translation: the plain text of a field, or the inner HTML of one element of
    rich text, with its links as in the source (``<a href=…>`` or wagtail-localize's ``<a id="a1">``). Strings of the
    page that are not in ``texts`` keep the translation they have, if any.

    Writes string translations and a revision of the translated page, by ``user``, whose permissions the caller has
    checked. The revision is published if ``publish``, the source is live and nothing is left untranslated; otherwise it
    is a draft, and a translation that was live stays as it was: its last complete text (decision 0005). Returns None,
    and makes nothing, where no string of the page has a translation.

    Raises TranslationTextError for an unusable translation, Locale.DoesNotExist for an unknown language, and Wagtail's
    ParentNotTranslatedError where the page above has no page in that language yet.
    """
    locale = Locale.objects.get(language_code=language_code)
    original = Page.objects.get(pk=source.pk).specific
    record = _source_record(original)
    translation, _created = Translation.objects.get_or_create(source=record, target_locale=locale)
    if not translation.enabled:
        # Someone stopped the synchronisation to edit the page by hand; their work stands.
        return record.object.get_instance_or_none(locale)
    _save_texts(translation, texts, user)
    if not record.stringsegment_set.annotate_translation(locale).filter(translation__isnull=False).exists():
        translation.delete()
        return None
    ready = publish and source.live and is_complete(translation)
    existing = record.object.get_instance_or_none(locale)
    if existing and existing.live and not existing.alias_of_id and not ready:
        # Making a draft by wagtail-localize also writes the draft's words into the live page.
        return existing.specific
    if existing:
        retire_alias(source, locale, user)
        page, _created = record.create_or_update_translation(locale, user=user, publish=False, fallback=True)
    else:
        above = original.get_parent()
        page = make_draft(source_of(original, above), _translated(above, locale), locale, user=user)
    if ready:
        page.latest_revision.publish(user=user, skip_permission_checks=True)
    return Page.objects.get(pk=page.pk).specific


def _source_record(original: Page) -> TranslationSource:
    """Return the source of a page, with the content that the page has now."""
    kept = TranslationSource.objects.filter(object_id=original.translation_key, locale_id=original.locale_id)
    if kept.exists():
        record, _created = TranslationSource.update_or_create_from_instance(original)
        return record
    return source_of(original, original.get_parent()).record


def _translated(above: Page, locale: Locale) -> Page:
    """Return the page below which translations of another's subpages stand."""
    page = above if above.is_root() else above.get_translation_or_none(locale)
    if page is None:
        raise ParentNotTranslatedError
    return page


def pair_rich_text(source: str, translation: str) -> dict[str, str]:
    """Return a mapping for ``translate_page`` from two pieces of rich text that have the same elements in one order.

    Raises TranslationTextError where they do not.
    """
    sources, translations = extract_strings(source), extract_strings(translation)
    if len(sources) != len(translations):
        raise TranslationTextError(
            f"{len(sources)} elements in the source, {len(translations)} in the translation: {source[:80]!r}"
        )
    return dict(zip(sources, translations, strict=True))


def extract_strings(html_or_text: str) -> list[str]:
    """Return the strings that wagtail-localize would offer for translation: inner HTML, links with their attributes."""
    _template, strings = split_html(html_or_text)
    return [string.render_html(attrs) for string, attrs in strings]


def _save_texts(translation: Translation, texts: Mapping[str, str], user: Any) -> None:
    """Write the translations of every segment that ``texts`` knows, replacing earlier ones that differ."""
    known = _by_stored_form(texts)
    segments = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .annotate_translation(translation.target_locale_id, include_errors=True)
        .select_related("string")
        .order_by("order")
    )
    changed = []
    for segment in segments:
        text = known.get(segment.string.data)
        if text is None:
            continue
        data = stored_form(text, segment)
        if data != segment.translation:
            changed.append(NewText(segment.string_id, segment.context_id, data))
    write_texts(translation, changed, user=user, means=TextChange.Means.IMPORT)


def _by_stored_form(texts: Mapping[str, str]) -> dict[str, str]:
    """Index the translations by the form in which wagtail-localize keeps their source: as plain text and as HTML."""
    known: dict[str, str] = {}
    for source, translation in texts.items():
        known[StringValue.from_plaintext(source).data] = translation
        known.setdefault(_without_attributes(source.strip())[0], translation)
    return known


def stored_form(text: str, segment: StringSegment) -> str:
    """Return a translation as wagtail-localize keeps it: inline HTML whose links carry the ids of the segment's links.

    Raises TranslationTextError for an empty text, other markup than inline elements, and links that are not those of
    the source.
    """
    if _MARKUP.search(text) or json.loads(segment.attrs):
        data = _with_segment_links(text, segment)
    else:
        data = StringValue.from_plaintext(text).data
    if is_blank(data):
        raise TranslationTextError(f"Empty translation of {segment.string.data!r}")
    try:
        StringValue.from_translated_html(data)
        validate_translation_links(segment.string.data, data)
    except ValueError as error:
        raise TranslationTextError(f"{error} In {text!r}") from error
    return data


def _with_segment_links(text: str, segment: StringSegment) -> str:
    """Replace the attributes of each element by the id of the same element in the source: by address, else by order."""
    wanted: dict[str, dict[str, Any]] = json.loads(segment.attrs) or {}
    soup = BeautifulSoup(text.strip(), "html.parser")
    elements = [element for element in soup.find_all(True) if element.attrs]
    free = dict(wanted)
    chosen: dict[int, str] = {}
    for element in elements:
        own = dict(element.attrs)
        match = own["id"] if set(own) == {"id"} and own["id"] in free else None
        match = match or next((key for key, attrs in free.items() if attrs == own), None)
        if match:
            chosen[id(element)] = match
            del free[match]
    for element in elements:
        if id(element) not in chosen:
            match = next((key for key in free if key.rstrip("0123456789") == element.name), None)
            if match is None:
                raise TranslationTextError(f"The source has no such link: {element} in {text!r}")
            chosen[id(element)] = match
            del free[match]
    if free:
        raise TranslationTextError(f"A link of the source is missing in {text!r}: {free}")
    for element in elements:
        element.attrs = {"id": chosen[id(element)]}
    return str(soup)


def _without_attributes(html: str) -> tuple[str, dict[str, Any]]:
    """Return HTML as wagtail-localize keeps a source string; text with other than inline markup stays as it is."""
    try:
        value, attrs = StringValue.from_source_html(html)
    except ValueError:
        return html, {}
    return value.data, attrs
