"""What the editor offers for the review of its page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations import tasks
from translations.models import TranslationTask
from translations.permissions import may_publish, may_review, may_translate

State = TranslationTask.State
_IN_HAND = (State.REQUESTED, State.IN_TRANSLATION, State.RETURNED)


@dataclass(frozen=True)
class Review:
    """The open task of a page, if there is one, and what a user may do with it or without it.

    ``note`` is what they typed and could not send.
    """

    task: TranslationTask | None
    can_hand_in: bool
    can_accept: bool
    can_send_back: bool
    note: str = ""

    @property
    def takes_note(self) -> bool:
        """Whether there is something to say."""
        return self.can_hand_in or self.can_send_back or bool(self.note)


def review_of(translation: Translation, page: Page, user: Any, *, locked: str = "", note: str = "") -> Review | None:
    """Return what the editor offers a user. Constant number of queries.

    None where nobody asked for the page and the user needs nobody to publish it.
    """
    task = tasks.task_for(translation)
    may_hand_in = not locked and may_translate(user, page)
    if task is None:
        unasked = Review(None, can_hand_in=may_hand_in, can_accept=False, can_send_back=False, note=note)
        return unasked if takes_unasked(page, user) else None
    judges = task.state in (State.IN_REVIEW, State.ACCEPTED) and may_review(user, task)
    return Review(
        task,
        can_hand_in=task.state in _IN_HAND and may_hand_in,
        can_accept=judges and task.state == State.IN_REVIEW,
        can_send_back=judges,
        note=note,
    )


def takes_unasked(page: Page, user: Any) -> bool:
    """Whether a user may hand in what nobody asked for: where every translation is reviewed, or somebody else has to
    publish theirs.
    """
    return bool(settings.TRANSLATIONS_REVIEW_REQUIRED) or not may_publish(user, page)
