"""What happens to translations when their source is unpublished, moved, reordered or deleted (decision 0008).

Upstream leaves them where they are and live (https://github.com/wagtail/wagtail-localize/issues/469, pull 551).
Wagtail's hook covers moving and deleting one page in the admin; its bulk actions and the admin's API (``admin_api.py``)
do not ask it, and code and dates do not either.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation


def translations_from(page: Page) -> PageQuerySet:
    """Return the pages that are translations of ``page``; none for a page that is itself a translation."""
    targets = Translation.objects.filter(source__object_id=page.translation_key, source__locale_id=page.locale_id)
    return page.get_translations().filter(locale__in=targets.values("target_locale"))


def pages_to_take_along(pages: Iterable[Page], action: str) -> dict[Page, QuerySet[Page]]:
    """Answer Wagtail's question which further pages an action on ``pages`` concerns."""
    return {page: translations_from(page) for page in pages}


def why_not_move(user: Any, page: Page, destination: Page) -> str:
    """Return in words why a translation of ``page`` could not follow it below ``destination``, or "" if all can."""
    for translation in translations_from(page).specific():
        target = destination.get_translation_or_none(translation.locale)
        if target is None:
            reason = _("The new place has no page in %(language)s, where this page is translated.")
        elif not translation.permissions_for_user(user).can_move_to(target):
            reason = _("The translation into %(language)s would have to move too, and you may not move it.")
        elif not Page._slug_is_available(translation.slug, target, page=translation):
            reason = _("The new place already has another page with the address of the translation into %(language)s.")
        else:
            continue
        return reason % {"language": translation.locale.get_display_name()}
    return ""


def why_not_delete(user: Any, page: Page) -> str:
    """Return in words which translation of ``page`` the user may not delete, or "": they all go with it."""
    for translation in translations_from(page).specific():
        if not translation.permissions_for_user(user).can_delete():
            return _("The translation into %(language)s would be deleted too, and you may not delete it.") % {
                "language": translation.locale.get_display_name()
            }
    return ""


def guard_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Before a page moves: refuse it if one of its translations could not follow."""
    return refuse(request, page, why_not_move(request.user, page, destination))


def guard_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is deleted: refuse it if the user may not delete its translations, which go with it."""
    return refuse(request, page, why_not_delete(request.user, page))


def unpublish_along(page: Page) -> None:
    """Unpublish the translations of a page that was unpublished: by a person, in bulk, by its date, by code.

    Those that have a date at which they go live lose it. Called too before a page is deleted by code, which leaves its
    translations as drafts. Checks no permission.
    """
    for translation in translations_from(page).live():
        UnpublishPageAction(translation).execute(skip_permission_checks=True)
    Revision.page_revisions.filter(
        object_id__in=[str(pk) for pk in translations_from(page).values_list("pk", flat=True)],
        approved_go_live_at__isnull=False,
    ).update(approved_go_live_at=None)


def guard_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Before a bulk action moves or deletes pages: refuse it if a translation could not follow; delete those along.

    Wagtail calls this in the action's transaction, with the list of pages that it is about to use.
    """
    pages = [page for page in objects if isinstance(page, Page)]
    response = None
    if action_type == "move" and pages:
        destination = action.cleaned_form.cleaned_data["chooser"]
        response = next(filter(None, (guard_move(request, page, destination) for page in pages)), None)
    elif action_type == "delete" and pages:
        response = next(filter(None, (guard_delete(request, page) for page in pages)), None)
        if response is None:
            _add_translations(objects, pages)
    return redirect(action.next_url) if response else None


def move_along(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """After a bulk action moved pages, in its transaction: move their translations to the same place."""
    if action_type != "move":
        return
    for page in objects:
        follow(page, action.cleaned_form.cleaned_data["chooser"], request.user)


def follow(page: Page, destination: Page, user: Any) -> None:
    """Move the translations of a page that was moved below ``destination`` there too. Checks no permission."""
    for translation in translations_from(page):
        target = destination.get_translation(translation.locale)
        if translation.get_parent() != target:
            Page.objects.get(pk=translation.pk).move(Page.objects.get(pk=target.pk), pos="last-child", user=user)


def reorder_along(page: Page, parent_before: Page, parent_after: Page) -> None:
    """After a page got another place among its siblings: give its translations the same among theirs.

    Only they are moved, and only where they stand otherwise; what translators put in another order stays so. Checks no
    permission.
    """
    if parent_before.pk != parent_after.pk:
        return
    keys = list(parent_after.get_children().values_list("translation_key", flat=True))
    place = keys.index(page.translation_key)
    for translation in translations_from(page):
        parent = translation.get_parent()
        if parent.translation_key != parent_after.translation_key:
            continue
        beside = list(parent.get_children().filter(translation_key__in=keys))
        there = {row.translation_key: row for row in beside}
        before = next((there[key] for key in reversed(keys[:place]) if key in there), None)
        after = next((there[key] for key in keys[place + 1 :] if key in there), None)
        order = [row.pk for row in beside]
        here = order.index(translation.pk)
        follows = before is None or order.index(before.pk) < here
        leads = after is None or here < order.index(after.pk)
        if not (follows and leads):
            target, side = (before, "right") if before else (after, "left")
            Page.objects.get(pk=translation.pk).move(target, pos=side)


def refuse(request: HttpRequest, page: Page, reason: str) -> HttpResponse | None:
    """Say the reason, if there is one, and lead to where the page stands: what a hook returns to keep it there."""
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _add_translations(objects: list[Any], pages: list[Page]) -> None:
    """Let the pages' translations be deleted with them; those below another page of the list go with that."""
    along = {row.pk: row for page in pages for row in translations_from(page).specific()}
    paths = [page.path for page in pages]
    for row in sorted(along.values(), key=lambda row: row.path):
        if not any(row.path.startswith(path) for path in paths):
            objects.append(row)
            paths.append(row.path)
