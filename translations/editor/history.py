"""What a text said before, and bringing it back."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from translations.diff import difference
from translations.editor.markup import shown_pieces
from translations.models import TextChange
from translations.segments import Segment

# The rest is in the database; nobody reads further back in an editor.
SHOWN = 50


@dataclass(frozen=True)
class Entry:
    """One change, with what it changed in the text. ``of_now`` says whether it translates what the source says now."""

    change: TextChange
    shown: SafeString
    of_now: bool
    is_current: bool


def history_of(translation: Translation, segment: Segment) -> tuple[Entry, ...]:
    """Return the changes of a text, newest first, those of the source's former words too. One query.

    A field of rich text has several texts at one place: of them, those that this one's source words never were are
    left out, since they belong to its neighbours.
    """
    strings = {segment.string_id}
    rows = TextChange.objects.filter(
        translation=translation, context_id=segment.context_id, string__isnull=False
    ).select_related("user", "string")
    neighbours = set(
        StringSegment.objects.filter(source_id=translation.source_id, context_id=segment.context_id)
        .exclude(string_id=segment.string_id)
        .values_list("string_id", flat=True)
    )
    former = segment.former.source if segment.former else None
    several = bool(neighbours)
    changes = [
        row
        for row in rows
        if row.string_id in strings
        or (not several)
        or (former is not None and row.string and row.string.data == former)
    ][: SHOWN + 1]
    entries = []
    for place, change in enumerate(changes[:SHOWN]):
        before = changes[place + 1].text if place + 1 < len(changes) else ""
        entries.append(
            Entry(
                change,
                shown_pieces(difference(before, change.text)),
                change.string_id == segment.string_id,
                change.string_id == segment.string_id and change.text == segment.translation,
            )
        )
    return tuple(entries)


def changes_of_value(translation: Translation, segment: OverridableSegment) -> tuple[TextChange, ...]:
    """Return who gave the translation which value at a place of its own, newest first. One query."""
    rows = TextChange.objects.filter(translation=translation, context_id=segment.context_id, string=None)
    return tuple(rows.select_related("user")[:SHOWN])
