"""What happens to translations when their source is unpublished, moved or deleted (decision 0008).

Upstream leaves them where they are and live (https://github.com/wagtail/wagtail-localize/issues/469, pull 551).
Wagtail's hook covers the views for one page; its bulk actions do not ask it, so they are refused for translated pages.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation


def translations_from(page: Page) -> PageQuerySet:
    """Return the pages that are translations of ``page``; none for a page that is itself a translation."""
    targets = Translation.objects.filter(source__object_id=page.translation_key, source__locale_id=page.locale_id)
    return page.get_translations().filter(locale__in=targets.values("target_locale"))


def pages_to_take_along(pages: Iterable[Page], action: str) -> dict[Page, QuerySet[Page]]:
    """Answer Wagtail's question which further pages an action on ``pages`` concerns."""
    return {page: translations_from(page) for page in pages}


def guard_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Before a page moves: refuse it if one of its translations could not follow."""
    for translation in translations_from(page).specific():
        target = destination.get_translation_or_none(translation.locale)
        if target is None:
            reason = _("The new place has no page in %(language)s, where this page is translated.")
        elif not translation.permissions_for_user(request.user).can_move_to(target):
            reason = _("The translation into %(language)s would have to move too, and you may not move it.")
        else:
            continue
        messages.error(request, reason % {"language": translation.locale.get_display_name()})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def guard_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is deleted: refuse it if the user may not delete its translations, which go with it."""
    for translation in translations_from(page).specific():
        if not translation.permissions_for_user(request.user).can_delete():
            messages.error(
                request,
                _("The translation into %(language)s would be deleted too, and you may not delete it.")
                % {"language": translation.locale.get_display_name()},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def guard_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Before a bulk action unpublishes, moves or deletes pages: refuse it if one of them or one below is translated."""
    if action_type not in ("unpublish", "move", "delete"):
        return None
    for page in objects:
        if isinstance(page, Page) and _has_translations(page):
            messages.error(
                request,
                _("“%(title)s” has translations. Do this one page at a time, so that they go along.")
                % {"title": page.get_admin_display_title()},
            )
            return redirect(action.next_url)
    return None


def _has_translations(page: Page) -> bool:
    keys = page.get_descendants(inclusive=True).values("translation_key")
    sources = Translation.objects.filter(source__object_id__in=keys, source__locale_id=page.locale_id)
    return Page.objects.filter(
        translation_key__in=sources.values("source__object_id"), locale__in=sources.values("target_locale")
    ).exists()
