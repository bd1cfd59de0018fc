"""The translators' editor, at the edit address of a translated page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from translations.editor.markup import to_typed
from translations.editor.rows import Attempt, kept
from translations.review import why_not_publish
from translations.segments import Segment, segments_of
from translations.views.editor_access import why_locked
from translations.views.editor_page import context_of
from translations.writing import TextConflict, TextRefused, remove_text, write_text


def open_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer for a translated page in place of Wagtail's editor; None for other pages.

    Called by Wagtail after its own check that the user may edit the page.
    """
    translation = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source__specific_content_type", "source__locale", "target_locale")
        .first()
    )
    if translation is None:
        return None
    if request.method == "POST":
        return _take(request, translation, page)
    if request.resolver_match and request.resolver_match.url_name == "revisions_revert":
        messages.warning(
            request,
            _(
                "A former version of a translation cannot be taken back as a whole, since its source may say something "
                "else now. These are the texts of today; the former ones stand in the history of each text."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return show_editor(request, translation, page)


def show_editor(
    request: HttpRequest,
    translation: Translation,
    page: Page,
    attempts: dict[int, Attempt] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the editor, with what could not be saved as it was typed."""
    context = context_of(request, translation, page, attempts)
    return render(request, "translations/editor/editor.html", context, status=status)


def save_or_show(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse | None:
    """Save what the form holds; return the editor with what cannot be saved, as typed, or None if all is saved."""
    locked = why_locked(request, page)
    attempts = save_form(request, translation, locked)
    if not attempts:
        return None
    messages.error(
        request,
        locked
        or ngettext(
            "%(count)s text was not saved: see below.", "%(count)s texts were not saved: see below.", len(attempts)
        )
        % {"count": len(attempts)},
    )
    return show_editor(request, translation, page, attempts, status=409)


def _take(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Save what the form holds, then do what its button says."""
    shown = save_or_show(request, translation, page)
    if shown:
        return shown
    locked = why_locked(request, page)
    action = request.POST.get("action")
    if locked:
        messages.error(request, locked)
    elif action == "publish":
        _publish(request, translation, page)
    elif action == "draft":
        save_draft(translation, request.user)
        messages.success(request, _("The draft of the page has the texts as they stand now."))
    else:
        messages.success(request, _("Saved."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def save_draft(translation: Translation, user: Any) -> None:
    """Make the texts as they stand the page's newest revision. Readers see nothing of it.

    Not by ``Translation.save_target(publish=False)``: that writes the texts into the live page too (1.14.5).
    """
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    page.save_revision(user=user, log_action=True)


def _publish(request: HttpRequest, translation: Translation, page: Page) -> None:
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    reason = why_not_publish(translation, page, request.user)
    if reason:
        messages.error(request, reason)
        return
    language = translation.target_locale.get_display_name()
    try:
        translation.save_target(user=request.user, publish=True)
    except ValidationError:
        # wagtail-localize keeps at each text what the page's model has against it.
        messages.error(request, _("Not published: the page refuses some of the texts. They are marked below."))
    else:
        page.refresh_from_db()
        messages.success(
            request, _("Published “%(page)s” in %(language)s.") % {"page": page.title, "language": language}
        )


def save_form(request: HttpRequest, translation: Translation, locked: str) -> dict[int, Attempt]:
    """Write the texts of the form that were changed; return those that could not be, by segment."""
    attempts: dict[int, Attempt] = {}
    if not any(name.startswith("text-") for name in request.POST):
        return attempts
    for segment in segments_of(translation):
        typed = request.POST.get(f"text-{segment.pk}")
        seen = request.POST.get(f"seen-{segment.pk}", "")
        if typed is None or kept(typed, segment) == kept(to_typed(seen), segment):
            continue
        attempt = Attempt(typed, locked) if locked else _save_one(request.user, translation, segment, typed, seen)
        if attempt is not None:
            attempts[segment.pk] = attempt
    return attempts


def _save_one(user: Any, translation: Translation, segment: Segment, typed: str, seen: str) -> Attempt | None:
    row = StringSegment.objects.select_related("string", "context").get(pk=segment.pk)
    data = kept(typed, segment)
    try:
        if data:
            write_text(translation, row, data, user=user, expected=seen)
        else:
            remove_text(translation, row, user=user, expected=seen)
    except TextConflict as conflict:
        return Attempt(typed, str(conflict), to_typed(conflict.theirs))
    except TextRefused as refused:
        return Attempt(typed, str(refused))
    return None
