"""What the checks find in a text, and which of it somebody let stand."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail_localize.models import Translation

from translations.editor.labels import Place
from translations.models import DismissedCheck
from translations.quality import Problem, check
from translations.segments import Segment


@dataclass(frozen=True)
class Finding:
    """A problem of one text. ``dismissed`` is why somebody let it stand, "" if nobody did."""

    code: str
    severity: str
    message: str
    detail: str
    dismissed: str = ""
    dismissed_by: Any = None

    @property
    def can_be_dismissed(self) -> bool:
        """Whether it may stand: errors may not."""
        return self.severity == "warning" and not self.dismissed


def fingerprint(source: str, text: str, detail: str = "") -> str:
    """Return what a dismissal holds for: this source with this text, and this finding of the check."""
    return hashlib.sha256("\0".join((source, text, detail)).encode()).hexdigest()


def findings_of(
    translation: Translation, segments: Sequence[Segment], places: Mapping[int, Place]
) -> dict[int, tuple[Finding, ...]]:
    """Return what the checks find in the texts that stand there, by segment. One query."""
    dismissals = _dismissals(translation)
    return {
        segment.pk: _findings(translation, segment, segment.translation, places[segment.pk], dismissals)
        for segment in segments
        if segment.translation
    }


def findings_in(translation: Translation, segment: Segment, text: str, place: Place) -> tuple[Finding, ...]:
    """Return what the checks find in a text that is still being typed."""
    return _findings(translation, segment, text, place, _dismissals(translation, segment))


def dismiss(translation: Translation, segment: Segment, finding: Finding, text: str, *, reason: str, user: Any) -> None:
    """Let a warning about a text stand, for a reason."""
    DismissedCheck.objects.update_or_create(
        translation=translation,
        context_id=segment.context_id,
        code=finding.code,
        fingerprint=fingerprint(segment.source, text, finding.detail),
        defaults={"reason": reason[:300], "user": user},
    )


def _dismissals(translation: Translation, segment: Segment | None = None) -> dict[tuple[int, str, str], DismissedCheck]:
    rows = DismissedCheck.objects.filter(translation=translation).select_related("user")
    if segment is not None:
        rows = rows.filter(context_id=segment.context_id)
    return {(row.context_id, row.code, row.fingerprint): row for row in rows}


def _findings(
    translation: Translation,
    segment: Segment,
    text: str,
    place: Place,
    dismissals: Mapping[tuple[int, str, str], DismissedCheck],
) -> tuple[Finding, ...]:
    found = check(
        segment.source,
        text,
        translation.source.locale.language_code,
        translation.target_locale.language_code,
        max_length=place.max_length,
    )
    return tuple(_finding(problem, segment, text, dismissals) for problem in found)


def _finding(
    problem: Problem,
    segment: Segment,
    text: str,
    dismissals: Mapping[tuple[int, str, str], DismissedCheck],
) -> Finding:
    key = (segment.context_id, problem.code, fingerprint(segment.source, text, problem.detail))
    row = dismissals.get(key) if problem.severity == "warning" else None
    return Finding(
        problem.code,
        problem.severity,
        str(problem.message),
        problem.detail,
        row.reason if row else "",
        row.user if row else None,
    )
