"""What a translation still lacks: the one rule that decides whether a translated page may go live (decision 0005)."""

from functools import cache

from django.db import models
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue
from wagtail_localize.views.edit_translation import TabHelper


def untranslated_segments(translation: Translation) -> list[StringSegment]:
    """Return the segments that a translator sees and has not translated, in the page's order.

    A translation that is empty, or that failed wagtail-localize's checks, counts as missing (P32). Segments of fields
    without a panel are left out, since the editor never offers them (P12). Equal texts of one field are one. One query.
    """
    model = translation.source.specific_content_type.model_class()
    segments = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .annotate_translation(translation.target_locale_id)
        .select_related("context", "string")
        .order_by("order")
    )
    missing: dict[tuple[int, int], StringSegment] = {}
    for segment in segments:
        if is_visible(model, segment.context.path) and is_blank(segment.translation):
            missing.setdefault((segment.string_id, segment.context_id), segment)
    return list(missing.values())


def is_complete(translation: Translation) -> bool:
    """Whether every segment that a translator sees is translated."""
    return not untranslated_segments(translation)


def is_blank(data: str | None) -> bool:
    """Whether a string as wagtail-localize keeps it (inline HTML) shows no text."""
    if not data or not ("<" in data or "&" in data):
        return not (data and data.strip())
    return not StringValue(data).render_text().strip()


def is_visible(model: type[models.Model], path: str) -> bool:
    """Whether the editor shows the text at a content path ("body.<block>.text") of a page of this model (P12)."""
    return path.split(".", 1)[0] in _fields_with_panels(model)


@cache
def _fields_with_panels(model: type[models.Model]) -> frozenset[str]:
    return frozenset(TabHelper(model()).field_tab_mapping)
