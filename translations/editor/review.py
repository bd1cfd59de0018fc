"""What the editor offers for the review of its page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations import tasks
from translations.models import TranslationTask
from translations.permissions import may_publish, may_return, may_review, may_translate
from translations.review import was_taken_back

State = TranslationTask.State
_IN_HAND = (State.REQUESTED, State.IN_TRANSLATION, State.RETURNED)


@dataclass(frozen=True)
class Review:
    """The open task of a page, if there is one, and what a user may do with it or without it.

    ``note`` is what they typed and could not send; ``hint`` says what a change of a text means for the review,
    ``ends`` whether it takes the page out of it.
    """

    task: TranslationTask | None
    can_hand_in: bool
    can_accept: bool
    can_send_back: bool
    note: str = ""
    hint: str = ""
    ends: bool = False

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
    judges = task.state in (State.IN_REVIEW, State.ACCEPTED) and may_return(user, task)
    can_accept = judges and task.state == State.IN_REVIEW and may_review(user, task)
    corrects = judges and user.pk not in (task.assignee_id, task.translated_by_id)
    ends = task.state == State.ACCEPTED or (task.state == State.IN_REVIEW and not corrects)
    return Review(
        task,
        can_hand_in=task.state in _IN_HAND and may_hand_in,
        can_accept=can_accept,
        can_send_back=judges,
        note=note,
        hint="" if locked else _hint(task, ends=ends, can_accept=can_accept),
        ends=ends and not locked,
    )


def _hint(task: TranslationTask, *, ends: bool, can_accept: bool) -> str:
    """What a change of a text would mean for the review, or has meant."""
    if was_taken_back(task):
        return _("It or its source was changed after it was handed in. Hand it in again when it is complete.")
    if task.state == State.ACCEPTED:
        return _("Whoever changes a text takes it back into translation: it has to be handed in and accepted again.")
    if ends:
        return _("If you change a text now, you take it back into translation and hand it in again.")
    if task.state != State.IN_REVIEW:
        return ""
    if not can_accept:
        return _("Texts of it are yours, so somebody else has to accept it.")
    must_differ = settings.TRANSLATIONS_REVIEWER_MUST_DIFFER
    return _("If you change a text yourself, somebody else has to accept the translation.") if must_differ else ""


def takes_unasked(page: Page, user: Any) -> bool:
    """Whether a user may hand in what nobody asked for: where every translation is reviewed, or somebody else has to
    publish theirs.
    """
    return bool(settings.TRANSLATIONS_REVIEW_REQUIRED) or not may_publish(user, page)
