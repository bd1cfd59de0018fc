"""A translation text by text, as the editor shows it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from translations.diff import Piece, difference
from translations.editor import comments
from translations.editor.labels import Labels, Place
from translations.editor.markup import Mark, from_typed, marks_of, shown, shown_pieces, to_typed
from translations.editor.problems import Finding, findings_of
from translations.segments import Segment, segments_of

STATES = {
    "untranslated": _("Not translated"),
    "changed": _("Source changed"),
    "error": _("Refused by the page"),
    "machine": _("By machine"),
    "translated": _("Translated"),
}


@dataclass(frozen=True)
class Row:
    """One text in the editor. ``typed`` is what the field holds: what stands there, or what could not be saved."""

    segment: Segment
    place: Place
    problems: tuple[Finding, ...] = ()
    comment_count: int = 0
    unsaved: str | None = None
    refusal: str = ""
    conflict: str | None = None

    @property
    def pk(self) -> int:
        """The number of its StringSegment."""
        return self.segment.pk

    @property
    def state(self) -> str:
        """The key of STATES that says how far it is."""
        if self.segment.error:
            return "error"
        if self.segment.is_translated:
            return "machine" if self.segment.machine else "translated"
        return "changed" if self.segment.former else "untranslated"

    @property
    def state_label(self) -> Any:
        """The state in words."""
        return STATES[self.state]

    @property
    def flags(self) -> str:
        """What the filters of the editor look for, separated by spaces."""
        flags = [self.state]
        if not self.segment.is_translated:
            flags.append("open")
        if self.open_problems or self.segment.error or self.refusal or self.conflict is not None:
            flags.append("problems")
        if self.comment_count:
            flags.append("comments")
        return " ".join(flags)

    @property
    def open_problems(self) -> int:
        """How many findings nobody has let stand."""
        return sum(not finding.dismissed for finding in self.problems)

    @property
    def typed(self) -> str:
        """What the field holds."""
        return to_typed(self.segment.translation) if self.unsaved is None else self.unsaved

    @property
    def source_typed(self) -> str:
        """The source as it would be typed, for copying it."""
        return to_typed(self.segment.source)

    @property
    def source_shown(self) -> SafeString:
        """The source as readers see it."""
        return shown(self.segment.source, self.segment.attrs)

    @property
    def source_key(self) -> str:
        """Changes when the source does: what was typed for another source is not offered again."""
        return hashlib.sha256(self.segment.source.encode()).hexdigest()[:12]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The markup that the translation needs."""
        return marks_of(self.segment.source, self.segment.attrs)

    @cached_property
    def change(self) -> tuple[Piece, ...]:
        """What became of the source since it was translated; nothing where it did not change."""
        former = self.segment.former
        return difference(former.source, self.segment.source) if former else ()

    @property
    def change_shown(self) -> SafeString:
        """The same as HTML."""
        return shown_pieces(self.change)

    @property
    def former_typed(self) -> str:
        """The translation of the former source, as it is typed."""
        return to_typed(self.segment.former.translation) if self.segment.former else ""

    @property
    def lines(self) -> int:
        """How many lines the field should have before the script measures it."""
        longest = max(len(self.typed), len(self.segment.source) // 2)
        return min(12, 1 + longest // 60 + self.typed.count("\n"))


@dataclass(frozen=True)
class Group:
    """The texts of one field, block or item, under one heading."""

    heading: tuple[str, ...]
    tab: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """How far a translation is."""

    total: int
    translated: int
    machine: int
    changed: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return 100 * self.translated // self.total if self.total else 100

    @property
    def missing(self) -> int:
        """How many texts cannot go live yet."""
        return self.total - self.translated


@dataclass(frozen=True)
class Attempt:
    """A text that was sent and not saved: what was typed, and what stood in the way."""

    typed: str
    refusal: str = ""
    conflict: str | None = None


def rows_of(translation: Translation, attempts: Mapping[int, Attempt] | None = None) -> tuple[Row, ...]:
    """Return the visible texts in the order of the page's own editor. A constant number of queries."""
    labels = Labels(translation.source)
    segments = segments_of(translation)
    counts = comments.open_counts(translation, segments)
    found = findings_of(translation, segments, {segment.pk: labels.place(segment.path) for segment in segments})
    rows = [
        _row(segment, labels.place(segment.path), found, counts, (attempts or {}).get(segment.pk))
        for segment in segments
    ]
    return tuple(sorted(rows, key=lambda row: (row.place.order, row.segment.order, row.pk)))


def row_of(translation: Translation, segment: Segment, segments: Sequence[Segment]) -> Row:
    """Return one of the translation's ``segments`` as the editor shows it."""
    place = Labels(translation.source).place(segment.path)
    found = findings_of(translation, [segment], {segment.pk: place})
    return _row(segment, place, found, comments.open_counts(translation, segments), None)


def groups_of(rows: Iterable[Row]) -> list[Group]:
    """Put texts that stand together under one heading."""
    groups: dict[str, Group] = {}
    for row in rows:
        groups.setdefault(row.place.group, Group(row.place.heading, row.place.tab)).rows.append(row)
    return list(groups.values())


def progress_of(rows: Sequence[Row | Segment]) -> Progress:
    """Count."""
    segments = [row.segment if isinstance(row, Row) else row for row in rows]
    translated = [segment for segment in segments if segment.is_translated]
    return Progress(
        total=len(segments),
        translated=len(translated),
        machine=sum(segment.machine for segment in translated),
        changed=sum(segment.former is not None for segment in segments),
    )


def kept(typed: str, segment: Segment) -> str:
    """Return what was typed for a text as it is kept."""
    return from_typed(typed, segment.source)


def _row(
    segment: Segment,
    place: Place,
    found: Mapping[int, tuple[Finding, ...]],
    counts: Mapping[int, int],
    attempt: Attempt | None,
) -> Row:
    row = Row(segment, place, found.get(segment.pk, ()), counts.get(segment.pk, 0))
    if attempt is None:
        return row
    return Row(segment, place, row.problems, row.comment_count, attempt.typed, attempt.refusal, attempt.conflict)
