"""Wagtail's own ways to make a page's newest revision public: its bulk action, its workflow, its admin's API.

The newest revision of a translation need not say what its texts say: a submission's draft is in the source's language,
and so are the gaps of a draft that was saved half translated. So each of these ways asks ``review.why_not_publish``
and publishes what the texts say now. The API's actions themselves are in ``admin_api.py``.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Revision, WorkflowState
from wagtail.workflows import publish_workflow_state
from wagtail_localize.models import Translation

from translations.permissions import may_publish
from translations.review import why_not_publish, why_source_is_not_live


def prepare(page: Page, user: Any) -> str:
    """Make a page's newest revision what may be published of it; return in words why none may, or "".

    To be called in the transaction that publishes the revision. Raises ValidationError if the page refuses a text.
    """
    translation = _translations_of([page]).get(page.pk)
    reason = _why_not_newest(translation, page, user)
    if translation and not reason:
        _renew(translation, page, user)
    return reason


def why_locked(page: Page, user: Any) -> str:
    """Return in words that a page is locked for a user, or "": its editor publishes and reverts nothing then."""
    lock = page.get_lock()
    return str(lock.get_message(user)) if lock and lock.for_user(user) else ""


def guard_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Before a bulk action publishes pages: refuse it if one is locked, or a translation among them may not go live.

    Wagtail calls this in the action's transaction, with the list of pages whose newest revisions it is to publish.
    """
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        # Of those below, Wagtail leaves out what is live and what the user may not publish.
        below = [row for page in pages for row in page.get_descendants().not_live() if may_publish(request.user, row)]
        pages = list({page.pk: page for page in [*below, *pages]}.values())
    found = _translations_of(pages)
    translated = [(found[page.pk], page) for page in pages if page.pk in found]
    for page in pages:
        reason = _why_not_newest(found.get(page.pk), page, request.user)
        if reason:
            return _refuse(request, action, page, reason)
    try:
        with transaction.atomic():
            for translation, page in translated:
                _renew(translation, page, request.user)
    except ValidationError as error:
        return _refuse(request, action, page, " ".join(error.messages))
    return None


def guard_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail's editor publishes a page, whose draft it saved: refuse what was withdrawn with its source.

    Translations that are edited by hand get here; the others have an editor of their own.
    """
    for translation in _translations_of([page]).values():
        reason = why_source_is_not_live(translation)
        if reason:
            messages.error(request, reason)
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish what a workflow approved. Raises PermissionDenied, which leaves it open, where that may not go live."""
    page = workflow_state.content_object
    if isinstance(page, Page):
        for translation in _translations_of([page]).values():
            reason = _why_not(translation, page, user)
            if reason:
                raise PermissionDenied(reason)
            _renew(translation, page, user)
    publish_workflow_state(workflow_state, user)


def unschedule(translation: Translation) -> None:
    """Take the date at which it would go live from a translation that follows its source again. Two queries.

    It was set for what somebody wrote by hand. At that date Wagtail would publish this, and nobody would be asked.
    """
    pages = Page.objects.filter(translation_key=translation.source.object_id, locale_id=translation.target_locale_id)
    numbers = [str(pk) for pk in pages.values_list("pk", flat=True)]
    scheduled = Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__isnull=False)
    if scheduled.update(approved_go_live_at=None):
        pages.update(go_live_at=None)


def _translations_of(pages: Iterable[Page]) -> dict[int, Translation]:
    """Return the translations that pages are, synchronised or stopped, by page. One query."""
    places = {(page.translation_key, page.locale_id): page.pk for page in pages}
    rows = Translation.objects.filter(source__object_id__in={key for key, _locale in places})
    rows = rows.select_related("source__specific_content_type", "source__locale", "target_locale")
    found = {(row.source.object_id, row.target_locale_id): row for row in rows.order_by("enabled", "pk")}
    return {places[place]: row for place, row in found.items() if place in places}


def _why_not_newest(translation: Translation | None, page: Page, user: Any) -> str:
    return (_why_not(translation, page, user) if translation else "") or why_locked(page, user)


def _why_not(translation: Translation, page: Page, user: Any) -> str:
    return why_not_publish(translation, page, user) if translation.enabled else why_source_is_not_live(translation)


def _renew(translation: Translation, page: Page, user: Any) -> None:
    """Make what the texts say now a page's newest revision, unless it is edited by hand.

    Raises ValidationError if the page refuses one of them.
    """
    if not translation.enabled:
        return
    translation.source.create_or_update_translation(translation.target_locale, user=user, publish=False, fallback=True)
    page.refresh_from_db(fields=["latest_revision"])


def _refuse(request: HttpRequest, action: Any, page: Page, reason: str) -> HttpResponse:
    messages.error(request, f"{page.get_admin_display_title()}: {reason}")
    return redirect(action.next_url)
