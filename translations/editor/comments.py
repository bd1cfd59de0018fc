"""Threads about one text or about the page, and whom they mention."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.events import comment_made
from translations.models import TranslationComment
from translations.people import assignable
from translations.segments import Segment

# Latin letters before @ make an address; other scripts put no space there. Input methods write a full-width sign. The
# name is as Django's usernames are, addresses of mail among them; a full stop at the end is the sentence's.
_NAMED = r"(?<![A-Za-z0-9_.+@＠-])[@＠]([\w.+@-]*\w)"
_MENTION = re.compile(_NAMED, re.UNICODE)
# "@coordinator님": a name in Latin letters ends where another script begins.
_MENTION_LATIN = re.compile(_NAMED + r"(?=[^\x00-\x7f])", re.ASCII)


@dataclass(frozen=True)
class Thread:
    """A comment and its answers. ``former_source`` is the text it is about, where the source says another thing now."""

    first: TranslationComment
    answers: tuple[TranslationComment, ...]
    former_source: str = ""


def page_threads(translation: Translation) -> tuple[Thread, ...]:
    """Return the threads about the page; open ones first, each in order. One query."""
    rows = list(_comments(translation).filter(context=None))
    return _threads(rows, rows, None)


def threads_of(translation: Translation, segment: Segment, segments: Sequence[Segment]) -> tuple[Thread, ...]:
    """Return the threads about a text of the translation's ``segments``; open ones first, each in order. One query."""
    rows = list(_comments(translation).filter(context_id=segment.context_id))
    home = _homes(segments)
    return _threads([row for row in rows if home(segment.context_id, row.string_id) == segment.pk], rows, segment)


def open_counts(translation: Translation, segments: Sequence[Segment]) -> dict[int, int]:
    """Return how many threads about each of the translation's texts are not resolved, by segment. One query."""
    rows = TranslationComment.objects.filter(translation=translation, parent=None, resolved_at=None).exclude(
        context=None
    )
    home = _homes(segments)
    places = [home(context_id, string_id) for context_id, string_id in rows.values_list("context_id", "string_id")]
    return dict(Counter(place for place in places if place is not None))


@transaction.atomic
def write_comment(
    translation: Translation,
    text: str,
    *,
    user: Any,
    segment: Segment | None = None,
    parent: TranslationComment | None = None,
) -> TranslationComment:
    """Comment on a text, or on the page, or answer a comment; tell those who listen whom it mentions."""
    about = parent or segment
    comment = TranslationComment.objects.create(
        translation=translation,
        context_id=about.context_id if about else None,
        string_id=about.string_id if about else None,
        parent=(parent.parent or parent) if parent else None,
        text=text,
        user=user,
    )
    comment_made.send(sender=Translation, comment=comment, mentioned=mentioned_in(text, translation))
    return comment


def resolve(comment: TranslationComment, *, user: Any) -> None:
    """Close a thread."""
    comment.resolved_at, comment.resolved_by = timezone.now(), user
    comment.save(update_fields=["resolved_at", "resolved_by"])


def reopen(comment: TranslationComment) -> None:
    """Open a resolved thread again."""
    comment.resolved_at = comment.resolved_by = None
    comment.save(update_fields=["resolved_at", "resolved_by"])


def mentionable(translation: Translation, user: Any) -> QuerySet[Any]:
    """Return whom ``user`` may be offered to mention: coordinators and the other translators of the language."""
    return assignable(translation.target_locale).exclude(pk=user.pk)


def mentioned_in(text: str, translation: Translation) -> list[Any]:
    """Return the users whom ``@username`` names, without those who may not open the translation."""
    names = {*_MENTION.findall(text), *_MENTION_LATIN.findall(text)}
    page = translation.get_target_instance() if names else None
    if not isinstance(page, Page):
        return []
    users = get_user_model()._default_manager.filter(username__in=names, is_active=True).order_by("pk")
    return [user for user in users if page.permissions_for_user(user).can_edit()]


def _comments(translation: Translation) -> QuerySet[TranslationComment]:
    return TranslationComment.objects.filter(translation=translation).select_related("user", "resolved_by", "string")


def _homes(segments: Sequence[Segment]) -> Callable[[int, int | None], int | None]:
    """Return a function that says under which text a comment stands: under its own, or, where the source lost
    that, under the first that stands in the same place now."""
    exact = {(segment.context_id, segment.string_id): segment.pk for segment in segments}
    first: dict[int, int] = {}
    for segment in segments:
        first.setdefault(segment.context_id, segment.pk)
    return lambda context_id, string_id: exact.get((context_id, string_id or 0), first.get(context_id))


def _threads(
    firsts: list[TranslationComment], rows: list[TranslationComment], segment: Segment | None
) -> tuple[Thread, ...]:
    threads = [
        Thread(
            first,
            tuple(row for row in rows if row.parent_id == first.pk),
            first.string.data if segment and first.string and first.string_id != segment.string_id else "",
        )
        for first in firsts
        if first.parent_id is None
    ]
    return tuple(sorted(threads, key=lambda thread: (thread.first.resolved_at is not None, thread.first.at)))
