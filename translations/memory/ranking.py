"""What the memory offers for the texts of a page, best first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from translations.segments import Segment


@dataclass(frozen=True)
class Suggestion:
    """A translation of the same or a similar text.

    ``text`` is ready for use in the segment, ``source`` the text that it translates. ``score`` is 0 to 100, 100 for
    the same text, and 101 for the same text in the same field of the same type of page. ``origin`` is the title of the
    page, or the name of the file, that it comes from.
    """

    text: str
    source: str
    score: int
    origin: str
    updated_at: datetime


def suggest(translation: Translation, segments: Sequence[Segment]) -> dict[int, tuple[Suggestion, ...]]:
    """Return by segment pk what the memory offers, best first; texts for which there is nothing are missing.

    A constant number of queries, whatever the number of texts.
    """
    wanted: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        wanted[segment.string_id].append(segment)
    written = StringTranslation.objects.filter(
        translation_of_id__in=wanted,
        locale_id=translation.target_locale_id,
        has_error=False,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    ).select_related("context", "translation_of")
    rows = [
        (segment, text)
        for text in written.order_by("-updated_at")
        for segment in wanted[text.translation_of_id]
        if text.context_id != segment.context_id
    ]
    titles = dict(
        Page.objects.filter(
            translation_key__in={text.context.object_id for _, text in rows}, locale_id=translation.source.locale_id
        ).values_list("translation_key", "title")
    )
    found: dict[int, dict[str, Suggestion]] = defaultdict(dict)
    for segment, text in rows:
        origin = titles.get(text.context.object_id, "")
        found[segment.pk].setdefault(
            text.data, Suggestion(text.data, text.translation_of.data, 100, origin, text.updated_at)
        )
    return {pk: tuple(by_text.values()) for pk, by_text in found.items()}
