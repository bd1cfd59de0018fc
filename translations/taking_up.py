"""A translation that was stopped and edited by hand, and begins again: what the page says becomes its texts.

wagtail-localize restarts it with the texts from before, and the next publishing writes them over the work of the
meantime (P36 in docs/localize-gaps.md).
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from translations.models import TextChange
from translations.writing import NewText, TextRefused, check_text, write_texts


@dataclass(frozen=True)
class TakenUp:
    """How many texts of a page were taken up, and how many stand where the source has no text for them."""

    count: int
    left: int


@transaction.atomic
def take_up(translation: Translation, page: Page, *, user: Any) -> TakenUp:
    """Write what the newest draft of a translated page says into its texts. Checks no permission; a few queries.

    Texts belong together by their place: field or block, and there by their order. Where a place has more or fewer
    texts than in the source, or links to somewhere else, its texts are left as they are and counted. Text that stands
    there in the words of the source is no translation. ``user`` wrote it where the draft does not say who did.
    """
    draft = page.get_latest_revision()
    said: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for value in extract_segments(draft.as_object() if draft else page.specific):
        if isinstance(value, StringSegmentValue) and not value.is_empty():
            said[value.path].append(value)
    wanted: dict[str, list[Any]] = defaultdict(list)
    rows = StringSegment.objects.filter(source_id=translation.source_id).select_related("string", "context")
    for row in rows.annotate_translation(translation.target_locale_id).order_by("order", "pk"):
        wanted[row.context.path].append(row)
    texts: list[NewText] = []
    left = 0
    for path, values in said.items():
        if len(values) != len(wanted[path]):
            left += len(values)
            continue
        for row, value in zip(wanted[path], values, strict=True):
            data = value.string.data
            if not _fits(row, value):
                left += 1
            elif data not in (row.translation, row.string.data):
                texts.append(NewText(row.string_id, row.context_id, data))
    author = draft.user if draft and draft.user else user
    written = write_texts(translation, texts, user=author, means=TextChange.Means.TYPED)
    return TakenUp(len(written), left)


def _fits(row: StringSegment, value: StringSegmentValue) -> bool:
    if (json.loads(row.attrs) or {}) != (value.attrs or {}):
        return False
    try:
        check_text(row.string.data, value.string.data)
    except TextRefused:
        return False
    return True
