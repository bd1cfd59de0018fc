"""Who is told of a comment."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page

from translations import notices, tasks
from translations.models import Kind, TranslationComment
from translations.permissions import may_translate


def tell_of_comment(comment: TranslationComment, mentioned: Iterable[Any]) -> None:
    """Tell those whom a comment mentions, those whom it answers, and whoever the page is assigned to; not its author.

    Of those who took part in the thread, only who may still open the translation.
    """
    translation = comment.translation
    source = translation.source
    page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    if page is None:
        return
    task = tasks.task_for(translation)
    hearers = [*mentioned, *_talking(comment), *([task.assignee] if task and task.assignee else [])]
    notices.tell(
        [
            notices.new_notice(
                Kind.COMMENT,
                user,
                source=page,
                locale=translation.target_locale_id,
                actor=comment.user,
                task=task,
                text=comment.text,
            )
            for user in hearers
        ]
    )


def _talking(comment: TranslationComment) -> list[Any]:
    """Return who wrote in the thread that a comment answers, and may still open the translation."""
    first = comment.parent
    if first is None:
        return []
    thread = TranslationComment.objects.filter(Q(pk=first.pk) | Q(parent=first))
    users = get_user_model()._default_manager.filter(pk__in=thread.values("user"), is_active=True).order_by("pk")
    page = comment.translation.get_target_instance()
    return [user for user in users if isinstance(page, Page) and may_translate(user, page)]
