"""Who may use the editor's addresses: those who may edit the translated page, for texts of its own source."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.segments import Segment, segments_of

View = Callable[..., HttpResponse]
# A number with more of them is that of no row, and fits into no column of either database.
_DIGITS = 18


def translation_for(request: HttpRequest, translation_id: int) -> tuple[Translation, Page]:
    """Return a translation that is kept in step with its source, and its page.

    Raises Http404 if there is none, PermissionDenied if the user may not edit the page.
    """
    translation = get_object_or_404(
        Translation.objects.select_related("source__specific_content_type", "source__locale", "target_locale"),
        pk=translation_id,
        enabled=True,
    )
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if page is None:
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return translation, page


def segment_for(translation: Translation, segment_id: int) -> tuple[Segment, tuple[Segment, ...]]:
    """Return a visible text of a translation, and all of them. Raises Http404 for another page's text."""
    segments = segments_of(translation)
    for segment in segments:
        if segment_id in segment.pks:
            return segment, segments
    raise Http404


def posted_number(request: HttpRequest, name: str) -> int | None:
    """Return the number that was sent, if it is one that a row can have."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def why_locked(request: HttpRequest, page: Page) -> str:
    """Return in words why the page's texts cannot be written by the user now, or ""."""
    lock = page.get_lock()
    return str(lock.get_message(request.user)) if lock and lock.for_user(request.user) else ""


def answering(view: View) -> View:
    """Let a view of the editor's script be asked for one translation: it is given request, translation and page."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, translation_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        translation, page = translation_for(request, translation_id)
        return view(request, translation, page, *args, **kwargs)

    return answer


def acting(view: View) -> View:
    """The same for a view that a form of the editor is sent to.

    Asked for by GET, as after a login that had ended, it leads to the editor, whose script kept what was typed.
    """

    @answering
    @wraps(view)
    def act(request: HttpRequest, translation: Translation, page: Page, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("wagtailadmin_pages:edit", page.pk)
        return view(request, translation, page, *args, **kwargs)

    return act


def writing(view: View) -> View:
    """The same for a view that changes texts: by POST only, and not while the page is locked (423)."""

    @answering
    @wraps(view)
    def write(request: HttpRequest, translation: Translation, page: Page, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        locked = why_locked(request, page)
        if locked:
            return JsonResponse({"message": locked}, status=423)
        return view(request, translation, page, *args, **kwargs)

    return write
