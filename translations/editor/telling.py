"""Who is told of a comment."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from translations import notices, tasks
from translations.models import Kind, TranslationComment


def tell_of_comment(comment: TranslationComment, mentioned: Iterable[Any]) -> None:
    """Tell those whom a comment mentions, and whoever the page is assigned to; not its author. A constant number of
    queries.
    """
    translation = comment.translation
    source = translation.source
    page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    if page is None:
        return
    task = tasks.task_for(translation)
    hearers = [*mentioned, *([task.assignee] if task and task.assignee else [])]
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
