"""The checks of a page's texts, all at once."""

from collections.abc import Iterable

from wagtail_localize.models import Translation

from translations.quality.catalog import check
from translations.quality.lengths import max_lengths
from translations.quality.problems import Problem
from translations.segments import Segment, segments_of


def check_segments(translation: Translation, segments: Iterable[Segment]) -> dict[int, tuple[Problem, ...]]:
    """Return by segment pk what is wrong with each translated text; texts without problems are missing.

    The translation's source, its locale and its target locale are read if they are not loaded, and no more.
    """
    written = [segment for segment in segments if segment.translation]
    limits = max_lengths(translation, written)
    languages = translation.source.locale.language_code, translation.target_locale.language_code
    found = {
        segment.pk: check(segment.source, segment.translation, *languages, max_length=limits[segment.pk])
        for segment in written
    }
    return {pk: problems for pk, problems in found.items() if problems}


def blocking(translation: Translation) -> tuple[tuple[Segment, Problem], ...]:
    """Return the errors that keep a translation from being published, with the texts that have them, in page order."""
    segments = [segment for segment in segments_of(translation) if segment.is_translated]
    problems = check_segments(translation, segments)
    return tuple(
        (segment, problem)
        for segment in segments
        for problem in problems.get(segment.pk, ())
        if problem.severity == "error"
    )
