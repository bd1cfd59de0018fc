"""The only writer of translated texts, and of values that a translation has otherwise than its source.

Refuses what cannot be used, loses nobody's work, and keeps a history.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)
from wagtail_localize.strings import StringValue, validate_translation_links

from translations.completeness import is_blank
from translations.events import texts_changed
from translations.models import TextChange

Means = TextChange.Means


class TextRefused(ValueError):  # noqa: N818 -- said to a person
    """A text cannot be a translation of its source; the message says why, in the user's language."""


class TextConflict(Exception):  # noqa: N818 -- said to a person
    """Somebody else wrote the text since the user saw it. ``theirs`` is what stands there now."""

    def __init__(self, theirs: str, user: Any = None, at: Any = None) -> None:
        super().__init__(_("Somebody else changed this text while you were working on it."))
        self.theirs, self.user, self.at = theirs, user, at


class ValueConflict(Exception):  # noqa: N818 -- said to a person
    """Somebody else, ``user`` where that is known, changed a value of the translation since the user saw it."""

    def __init__(self, user: Any = None) -> None:
        if user:
            said = _("%(name)s changed this value while you were working on it.")
            said %= {"name": user}
        else:
            said = _("Somebody else changed this value while you were working on it.")
        super().__init__(said)
        self.user = user


@dataclass(frozen=True)
class NewText:
    """One text to be written: of which string, where, in wagtail-localize's form (inline HTML)."""

    string_id: int
    context_id: int
    data: str


def check_text(source: str, data: str) -> None:
    """Raise TextRefused if ``data`` is empty, has forbidden markup, or links that are not those of ``source``."""
    if is_blank(data):
        raise TextRefused(_("A translation cannot be empty."))
    try:
        StringValue.from_translated_html(data)
        validate_translation_links(source, data)
    except ValueError as error:
        raise TextRefused(str(error)) from error


@transaction.atomic
def write_text(
    translation: Translation,
    segment: StringSegment,
    data: str,
    *,
    user: Any,
    means: str = Means.TYPED,
    detail: str = "",
    expected: str | None = None,
) -> StringTranslation:
    """Write the translation of one segment (inline HTML) and return it. Checks no permission.

    ``expected`` is the text that the user saw there, "" for none: if another one stands there now, TextConflict is
    raised and nothing is written. None writes in any case. Raises TextRefused for a text that cannot be used.
    """
    check_text(segment.string.data, data)
    current = _locked(translation, segment)
    if current and expected is not None and current.data not in (expected, data):
        raise TextConflict(current.data, current.last_translated_by, current.updated_at)
    if current is None and expected:
        raise TextConflict("")
    write_texts(
        translation, [NewText(segment.string_id, segment.context_id, data)], user=user, means=means, detail=detail
    )
    return StringTranslation.objects.select_related("last_translated_by").get(**_lookup(translation, segment))


@transaction.atomic
def write_texts(
    translation: Translation, texts: Iterable[NewText], *, user: Any, means: str, detail: str = ""
) -> list[TextChange]:
    """Write texts that were checked (``check_text``), replacing what stands there; return what was changed.

    A constant number of queries. The title of the translated page's draft follows its text, as in wagtail-localize.
    """
    machine = means == Means.MACHINE
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE if machine else StringTranslation.TRANSLATION_TYPE_MANUAL
    tool = detail[:255] if means in (Means.MACHINE, Means.IMPORT) else ""
    rows = [
        StringTranslation(
            translation_of_id=text.string_id,
            locale_id=translation.target_locale_id,
            context_id=text.context_id,
            data=text.data,
            translation_type=kind,
            tool_name=tool,
            last_translated_by=user,
            updated_at=timezone.now(),
        )
        for text in {(text.string_id, text.context_id): text for text in texts}.values()
    ]
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "updated_at",
            "has_error",
            "field_error",
        ],
    )
    _title_follows(translation, {(row.translation_of_id, row.context_id): row.data for row in rows})
    changes = [
        TextChange(
            translation=translation,
            context_id=row.context_id,
            string_id=row.translation_of_id,
            text=row.data,
            means=means,
            detail=detail[:200],
            user=user,
        )
        for row in rows
    ]
    return _record(translation, changes)


@transaction.atomic
def confirm_text(translation: Translation, segment: StringSegment, *, user: Any) -> None:
    """Let a person stand for a text that a machine wrote, as it is. Does nothing where there is none."""
    current = _locked(translation, segment)
    if current is None or current.translation_type != StringTranslation.TRANSLATION_TYPE_MACHINE:
        return
    current.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    current.last_translated_by = user
    current.save(update_fields=["translation_type", "last_translated_by", "updated_at"])
    _record(translation, [_change(translation, segment, current.data, Means.CONFIRMED, user)])


@transaction.atomic
def remove_text(translation: Translation, segment: StringSegment, *, user: Any, expected: str | None = None) -> None:
    """Remove the translation of one segment; its history stays. Raises TextConflict as ``write_text`` does."""
    current = _locked(translation, segment)
    if current is None:
        return
    if expected is not None and current.data != expected:
        raise TextConflict(current.data, current.last_translated_by, current.updated_at)
    current.delete()
    _record(translation, [_change(translation, segment, "", Means.REMOVED, user)])


@transaction.atomic
def write_override(
    translation: Translation,
    segment: OverridableSegment,
    value: Any,
    shown: str,
    *,
    user: Any,
    expected: str | None = None,
) -> None:
    """Give the translation a value of its own, which was checked; ``shown`` is how people see it.

    Does nothing where it has that value already. ``expected`` is the own value that the user saw there, as kept (JSON),
    "" for none: if another one stands there now, ValueConflict is raised. None writes in any case.
    """
    data = json.dumps(value)
    current = _own_value(translation, segment)
    if current and (current.data_json, current.has_error) == (data, False):
        return
    _refuse_if_changed(translation, segment, current, expected)
    values = {"data_json": data, "last_translated_by": user, "has_error": False, "field_error": ""}
    SegmentOverride.objects.update_or_create(**_place(translation, segment), defaults=values)
    _record(translation, [_change_of_value(translation, segment, shown, Means.OVERRIDDEN, user)])


@transaction.atomic
def remove_override(
    translation: Translation, segment: OverridableSegment, *, user: Any, expected: str | None = None
) -> None:
    """Let the translation follow its source again; does nothing where it does.

    Raises ValueConflict as ``write_override`` does.
    """
    current = _own_value(translation, segment)
    if current is None:
        return
    _refuse_if_changed(translation, segment, current, expected)
    current.delete()
    _record(translation, [_change_of_value(translation, segment, "", Means.FOLLOWED, user)])


def _lookup(translation: Translation, segment: StringSegment) -> dict[str, Any]:
    return {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale_id": translation.target_locale_id,
    }


def _locked(translation: Translation, segment: StringSegment) -> StringTranslation | None:
    """The text that stands there, kept from others until the end of the transaction.

    The translation's row is locked, not the text's: two translators may both be the first to write it.
    """
    Translation.objects.select_for_update().filter(pk=translation.pk).first()
    return (
        StringTranslation.objects.filter(**_lookup(translation, segment))
        .select_related("last_translated_by", "translation_of", "context")
        .first()
    )


def _place(translation: Translation, segment: OverridableSegment) -> dict[str, Any]:
    return {"locale_id": translation.target_locale_id, "context_id": segment.context_id}


def _own_value(translation: Translation, segment: OverridableSegment) -> SegmentOverride | None:
    """The value of its own that the translation has there; kept from others as a text is (``_locked``)."""
    Translation.objects.select_for_update().filter(pk=translation.pk).first()
    return SegmentOverride.objects.filter(**_place(translation, segment)).first()


def _refuse_if_changed(
    translation: Translation, segment: OverridableSegment, current: SegmentOverride | None, expected: str | None
) -> None:
    if expected is None or expected == (current.data_json if current else ""):
        return
    changes = TextChange.objects.filter(translation=translation, context_id=segment.context_id, string=None)
    last = changes.select_related("user").order_by("-pk").first()
    raise ValueConflict(last.user if last else None)


def _change(translation: Translation, segment: StringSegment, text: str, means: str, user: Any) -> TextChange:
    return TextChange(
        translation=translation,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=text,
        means=means,
        user=user,
    )


def _change_of_value(
    translation: Translation, segment: OverridableSegment, shown: str, means: str, user: Any
) -> TextChange:
    return TextChange(translation=translation, context_id=segment.context_id, text=shown, means=means, user=user)


def _record(translation: Translation, changes: list[TextChange]) -> list[TextChange]:
    if changes:
        TextChange.objects.bulk_create(changes)
        now = timezone.now()
        translation.translations_last_updated_at = now
        Translation.objects.filter(pk=translation.pk).update(translations_last_updated_at=now)
        texts_changed.send(sender=Translation, translation=translation, changes=changes)
    return changes


def _title_follows(translation: Translation, texts: Mapping[tuple[int, int], str]) -> None:
    """Name the draft in the explorer by its translated title; wagtail-localize does so where it saves one text."""
    title = (
        StringSegment.objects.filter(source_id=translation.source_id, context__path="title")
        .values_list("string_id", "context_id")
        .first()
    )
    if title and title in texts:
        Page.objects.filter(
            translation_key=translation.source.object_id, locale_id=translation.target_locale_id
        ).update(draft_title=StringValue(texts[title]).render_text()[:255])
