"""Who may do what in which language (decision 0007): the only place that answers it.

Rights are Wagtail's permissions on the tree of a language, and for coordinators wagtail-localize's permission to
submit. Each question concerns one page, or one task; a view asks it for every page that it touches, when it touches it.
"""

from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

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


def publishable_pages(user: Any) -> PageQuerySet:
    """Return the pages that are the user's to publish, as ``may_publish`` says of one."""
    pages: PageQuerySet = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
    return pages


def may_coordinate(user: Any, page: Page) -> bool:
    """Whether the user may submit a source page, request its translation, take it over anew, stop and restart it."""
    return bool(is_coordinator(user) and page.permissions_for_user(user).can_edit())


def may_request(user: Any, page: Page) -> bool:
    """Whether a user may ask for translations of a source page, and so have their drafts made in any language.

    Coordinators, and who may publish the page.
    """
    return may_publish(user, page) or may_coordinate(user, page)


def may_review(user: Any, task: TranslationTask) -> bool:
    """Whether the user may accept what was handed in for a task.

    Reviewers are those who may publish the translated page; where TRANSLATIONS_REVIEWER_MUST_DIFFER is set, not those
    whose work it is, be it a word that they corrected. Constant number of queries.
    """
    return _may_judge(user, task) and not (
        settings.TRANSLATIONS_REVIEWER_MUST_DIFFER and user.pk in translators_of(task)
    )


def may_return(user: Any, task: TranslationTask) -> bool:
    """Whether the user may send back what was handed in for a task: reviewers, also one who corrected a word of it."""
    own = settings.TRANSLATIONS_REVIEWER_MUST_DIFFER and user.pk == task.translated_by_id
    return _may_judge(user, task) and not own


def translated_page(task: TranslationTask) -> Page | None:
    """Return the page that a task's texts become, or None where it does not exist yet."""
    return Page.objects.filter(
        translation_key=task.source.translation_key, locale_id=task.locale_id, alias_of__isnull=True
    ).first()


def translators_of(task: TranslationTask) -> set[int]:
    """Return the ids of those whose work a task's review would judge.

    Whoever handed it in, and everybody who wrote one of its texts since it was asked for or, where that is longer ago,
    since readers got the translation last. What came by machine, or was kept at a minor edit, is nobody's.
    """
    target = translated_page(task)
    written = TextChange.objects.filter(
        translation__source__object_id=task.source.translation_key,
        translation__target_locale_id=task.locale_id,
        user__isnull=False,
    ).exclude(means__in=(TextChange.Means.MACHINE, TextChange.Means.CARRIED))
    if target and target.last_published_at:
        written = written.filter(at__gte=min(task.created_at, target.last_published_at))
    found = set(written.order_by().values_list("user_id", flat=True).distinct())
    return found | ({task.translated_by_id} if task.translated_by_id else set())


def _may_judge(user: Any, task: TranslationTask) -> bool:
    target = translated_page(task)
    return target is not None and may_publish(user, target)
