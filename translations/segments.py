"""A translation text by text: what the source says now, what the translation says, and what both said before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.completeness import is_blank, is_visible

# Below this, in percent of rapidfuzz's ratio, two texts of one field have nothing to do with each other.
RELATED = 40


@dataclass(frozen=True)
class Former:
    """What a text said before its source was changed, and its translation from then.

    ``machine`` says that an engine, ``tool``, wrote that translation and no person confirmed it.
    """

    source: str
    translation: str
    updated_at: datetime
    string_id: int = 0
    machine: bool = False
    tool: str = ""


@dataclass(frozen=True)
class Segment:
    """One text of a page in one other language. Texts are inline HTML as wagtail-localize keeps it: ``<a id="a1">``.

    ``translation`` is "" where there is none that can be used; ``error`` says what is wrong with one that was written.
    Equal texts of one field have one translation, and are one text here: ``pks`` are their StringSegments, ``pk`` the
    first of them.
    ``former`` is there where the source was changed after it was translated, and not translated again since.
    """

    pk: int
    string_id: int
    context_id: int
    path: str
    order: int
    source: str
    attrs: dict[str, Any]
    visible: bool
    translation: str = ""
    machine: bool = False
    tool: str = ""
    error: str = ""
    updated_at: datetime | None = None
    updated_by: Any = None
    former: Former | None = None
    pks: tuple[int, ...] = ()

    @property
    def times(self) -> int:
        """How often it stands in its field."""
        return len(self.pks)

    @property
    def field(self) -> str:
        """The name of the page's field that it belongs to."""
        return self.path.split(".", 1)[0]

    @property
    def is_translated(self) -> bool:
        """Whether there is a translation that could go live."""
        return not self.error and not is_blank(self.translation)


def segments_of(translation: Translation, *, hidden: bool = False) -> tuple[Segment, ...]:
    """Return the texts of a translation in the page's order; those that the editor never shows only if ``hidden``.

    Two queries, whatever the number of texts (and three more for a translation whose relations are not loaded).
    """
    model = translation.source.specific_content_type.model_class()
    places: dict[tuple[int, int], list[StringSegment]] = {}
    for row in (
        StringSegment.objects.filter(source_id=translation.source_id)
        .select_related("context", "string")
        .order_by("order", "pk")
    ):
        if hidden or is_visible(model, row.context.path):
            places.setdefault((row.string_id, row.context_id), []).append(row)
    written = list(
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
        .select_related("translation_of", "last_translated_by")
        .order_by("-updated_at", "-pk")
    )
    current = {(text.translation_of_id, text.context_id): text for text in written}
    orphans: dict[int, list[StringTranslation]] = {}
    for text in written:
        if (text.translation_of_id, text.context_id) not in places and not is_blank(text.data):
            orphans.setdefault(text.context_id, []).append(text)
    return tuple(_segment(rows, current.get(place), orphans.get(place[1], []), model) for place, rows in places.items())


def segment_of(translation: Translation, segment_id: int) -> Segment:
    """Return one text of a translation. Raises StringSegment.DoesNotExist for another page's or an unknown one."""
    for segment in segments_of(translation, hidden=True):
        if segment_id in segment.pks:
            return segment
    raise StringSegment.DoesNotExist


def _segment(
    rows: Sequence[StringSegment], text: StringTranslation | None, orphans: list[StringTranslation], model: Any
) -> Segment:
    row = rows[0]
    usable = text is not None and not text.has_error and not is_blank(text.data)
    return Segment(
        pk=row.pk,
        string_id=row.string_id,
        context_id=row.context_id,
        path=row.context.path,
        order=row.order,
        source=row.string.data,
        attrs=json.loads(row.attrs or "{}") or {},
        visible=is_visible(model, row.context.path),
        translation=text.data if text else "",
        machine=bool(text and text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE),
        tool=text.tool_name if text else "",
        error=str(text.get_error() or "") if text else "",
        updated_at=text.updated_at if text else None,
        updated_by=text.last_translated_by if text else None,
        former=None if usable else former_of(row.string.data, orphans),
        pks=tuple(one.pk for one in rows),
    )


def former_of(source: str, orphans: Sequence[StringTranslation]) -> Former | None:
    """Choose what a text said before: of the field's texts that the source lost, the likest, and of those the newest.

    A field of plain text has one text at a time, so whatever it said last is what it said before, however unlike.
    Rich text has several: there one that is unlike is another paragraph.
    """
    best = max(orphans, key=lambda text: fuzz.ratio(source, text.translation_of.data), default=None)
    if best is None:
        return None
    if len(orphans) > 1 and fuzz.ratio(source, best.translation_of.data) < RELATED:
        return None
    machine = best.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    return Former(best.translation_of.data, best.data, best.updated_at, best.translation_of_id, machine, best.tool_name)
