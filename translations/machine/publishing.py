"""Machine text goes live only after a person has read it, unless a coordinator lets a pair of languages."""

from wagtail_localize.models import Translation

from translations.machine.registry import route_for
from translations.models import MachineChoice
from translations.segments import Segment, segments_of


def may_publish_unconfirmed(source_language: str, target_language: str) -> bool:
    """Whether a coordinator lets machine text of a page's pair of languages (codes) go live unread. One query.

    They may have named the page's language, or the one from which the engine gets there, as Traditional for Simplified.
    """
    route = route_for(source_language, target_language)
    sources = {source_language, route.source_language if route else source_language}
    return MachineChoice.objects.filter(
        source_language__in=sources, target_language=target_language, publish_unconfirmed=True
    ).exists()


def unconfirmed_segments(translation: Translation) -> tuple[Segment, ...]:
    """Return the segments whose text a machine wrote and nobody confirmed."""
    return tuple(segment for segment in segments_of(translation) if segment.is_translated and segment.machine)
