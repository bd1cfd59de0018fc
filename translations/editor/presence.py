"""Who else has a translation open, and in which text they are."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail_localize.models import Translation

from translations.models import EditingSession

# The editor reports every 15 seconds; who missed two reports has left.
AWAY_AFTER = timedelta(seconds=45)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Presence:
    """Somebody else who is in."""

    name: str
    segment_id: int | None


def report(translation: Translation, user: Any, segment_id: int | None = None) -> tuple[Presence, ...]:
    """Note that a user is in a translation and return who else is, by name. Three queries, five the first time."""
    now = timezone.now()
    values = {"segment_id": segment_id, "seen_at": now}
    if not EditingSession.objects.filter(translation=translation, user=user).update(**values):
        EditingSession.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
        EditingSession.objects.update_or_create(translation=translation, user=user, defaults=values)
    others = EditingSession.objects.filter(translation=translation, seen_at__gte=now - AWAY_AFTER)
    rows = others.exclude(user=user).select_related("user").order_by("user__username")
    return tuple(Presence(str(row.user), row.segment_id) for row in rows)


def leave(translation: Translation, user: Any) -> None:
    """Note that a user closed a translation."""
    EditingSession.objects.filter(translation=translation, user=user).delete()
