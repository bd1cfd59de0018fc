"""The translation editor and the addresses it calls.

Upstream publishes a translation at any percentage, with source text in the gaps (views/edit_translation.py,
``edit_translation``, 1.14.5), counts an empty string as translated, writes and publishes past locks and reviews, and
lets everyone who may edit a translation cut it off from its source or turn it into an alias (``stop_translation``,
views/convert.py).
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from translations.review import why_not_publish
from translations.taking_up import take_up


def guard_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before the editor takes a POST for a translated page: refuse what this site does not allow.

    Called by Wagtail after its own check that the user may edit the page.
    """
    if request.method != "POST":
        return None
    if "localize-restart-translation" in request.POST:
        return _guard_restart(request, page)
    translation = _translation_of(page)
    if translation is None or request.POST.get("action") != "publish":
        return None
    reason = why_not_publish(translation, page, request.user)
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


def gone(request: HttpRequest, **kwargs: int) -> HttpResponse:
    """Refuse to write by the addresses of upstream's own editor, which this site does not show (410).

    They know no locks, keep no history, and change accepted texts unseen; ``translations.writing`` writes here.
    """
    return HttpResponse(status=410)


def stop(request: HttpRequest, translation_id: int) -> HttpResponseBase:
    """Cut a translation off from its source: for those who may submit pages for translation, on pages they may edit."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    response: HttpResponseBase = edit_translation.stop_translation(request, translation_id)
    return response


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refuse: this site has no pages that repeat another language's text (decision 0004)."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    messages.error(request, _("This site makes no aliases. Unpublish the translation to send readers to the original."))
    return redirect("wagtailadmin_pages:edit", page_id)


def tidy_action_menu(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take the actions that would be refused out of the page editor's menu."""
    refused = {"localize-convert-to-alias"}
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        refused.add("localize-restart-translation")
    menu_items[:] = [item for item in menu_items if item.name not in refused]


def _guard_restart(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before upstream restarts a translation: refuse it, or keep what was written by hand and say what is not kept."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    if page.workflow_in_progress:
        # Approving it would publish the page past what is asked of translations.
        messages.error(request, _("This page is in review. Finish or cancel the review before you publish it."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    stopped = _translation_of(page, enabled=False)
    if stopped is None:
        return None
    taken = take_up(stopped, page, user=request.user)
    if taken.count:
        said = ngettext(
            "%(count)s text was taken over from the page as it was edited by hand.",
            "%(count)s texts were taken over from the page as it was edited by hand.",
            taken.count,
        )
        messages.success(request, said % {"count": taken.count})
    if taken.left:
        said = ngettext(
            "%(count)s text of the page has no counterpart in the source and was not taken over. Publishing the "
            "translation removes it from the page; the page’s history keeps it.",
            "%(count)s texts of the page have no counterpart in the source and were not taken over. Publishing the "
            "translation removes them from the page; the page’s history keeps them.",
            taken.left,
        )
        messages.warning(request, said % {"count": taken.left})
    return None


def _translation_of(page: Page, *, enabled: bool = True) -> Translation | None:
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=enabled
    ).first()
