"""Who may do what in which language (decision 0007): the only place that answers it.

Rights are Wagtail's permissions on the tree of a language, and for coordinators wagtail-localize's permission to
submit. Each question concerns one page, or one task; a view asks it for every page that it touches, when it touches it.
"""

from typing import Any

from django.conf import settings
from wagtail.models import Page

from translations.models import TextChange, TranslationTask

SUBMIT = "wagtail_localize.submit_translation"


def is_coordinator(user: Any) -> bool:
    """Whether the user submits pages for translation anywhere."""
    return bool(user.is_active and user.has_perm(SUBMIT))


def may_translate(user: Any, page: Page) -> bool:
    """Whether the user may write the texts of a translated page: by hand, from a file, from the memory, by machine."""
    return bool(user.is_active and page.permissions_for_user(user).can_edit())


def may_publish(user: Any, page: Page) -> bool:
    """Whether the page's language is the user's to publish. Whether the page is ready, ``review`` says."""
    return bool(user.is_active and page.permissions_for_user(user).can_publish())


def may_coordinate(user: Any, page: Page) -> bool:
    """Whether the user may submit a source page, request its translation, take it over anew, stop and restart it."""
    return bool(is_coordinator(user) and page.permissions_for_user(user).can_edit())


def may_request(user: Any, page: Page) -> bool:
    """Whether a user may ask for translations of a source page, and so have their drafts made in any language.

    Coordinators, and who may publish the page.
    """
    return may_publish(user, page) or may_coordinate(user, page)


def may_review(user: Any, task: TranslationTask) -> bool:
    """Whether the user may accept or return what was handed in for a task.

    Reviewers are those who may publish the translated page; where TRANSLATIONS_REVIEWER_MUST_DIFFER is set, not those
    who translated it. Constant number of queries.
    """
    target = translated_page(task)
    if target is None or not may_publish(user, target):
        return False
    return not (settings.TRANSLATIONS_REVIEWER_MUST_DIFFER and user.pk in translators_of(task))


def translated_page(task: TranslationTask) -> Page | None:
    """Return the page that a task's texts become, or None where it does not exist yet."""
    return Page.objects.filter(
        translation_key=task.source.translation_key, locale_id=task.locale_id, alias_of__isnull=True
    ).first()


def translators_of(task: TranslationTask) -> set[int]:
    """Return the ids of those whose work a task's review would judge.

    Whoever handed it in. Where nobody did, everybody who wrote one of its texts since it was asked for.
    """
    if task.translated_by_id:
        return {task.translated_by_id}
    return set(
        TextChange.objects.filter(
            translation__source__object_id=task.source.translation_key,
            translation__target_locale_id=task.locale_id,
            at__gte=task.created_at,
            user__isnull=False,
        ).values_list("user_id", flat=True)
    )
