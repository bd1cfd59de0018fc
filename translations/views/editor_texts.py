"""One text, asked for and written by the editor's script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from translations.diff import difference
from translations.editor import comments, history, problems
from translations.editor.labels import Labels
from translations.editor.markup import shown_pieces, to_typed
from translations.editor.rows import Row, kept, progress_of, row_of
from translations.glossary import terms_in
from translations.memory import Suggestion, suggest
from translations.models import TextChange
from translations.segments import Segment
from translations.views.editor_access import answering, posted_number, segment_for, writing
from translations.views.scripted import asked_by_script
from translations.writing import Means, TextConflict, TextRefused, confirm_text, remove_text, write_text

# What the script may say about where a text came from. The rest is said by whoever does it.
SAID = {Means.TYPED, Means.MEMORY, Means.FORMER, Means.COPIED}


@writing
def save(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Write, or with an empty text remove, one translation. 409 with both texts, 422 with what is wrong."""
    segment, _segments = segment_for(translation, segment_id)
    string_segment = StringSegment.objects.select_related("string", "context").get(pk=segment_id)
    typed = request.POST.get("text", "")
    means = request.POST.get("means", Means.TYPED)
    data, seen = kept(typed, segment), request.POST.get("seen")
    try:
        if data:
            write_text(
                translation,
                string_segment,
                data,
                user=request.user,
                means=means if means in SAID else Means.TYPED,
                detail=request.POST.get("detail", ""),
                expected=seen,
            )
        else:
            remove_text(translation, string_segment, user=request.user, expected=seen)
    except TextConflict as conflict:
        return JsonResponse(_conflict(conflict), status=409)
    except TextRefused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse(answer(translation, segment_id))


@writing
def confirm(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Let the user stand for what a machine wrote, if it is what the user saw."""
    segment, _segments = segment_for(translation, segment_id)
    if request.POST.get("seen", segment.translation) != segment.translation:
        return JsonResponse(_conflict(TextConflict(segment.translation)), status=409)
    confirm_text(translation, StringSegment.objects.get(pk=segment_id), user=request.user)
    return JsonResponse(answer(translation, segment_id))


@writing
def restore(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Write again what a text said at an earlier change of the same source words."""
    segment, _segments = segment_for(translation, segment_id)
    change = get_object_or_404(
        TextChange,
        pk=posted_number(request, "change") or 0,
        translation=translation,
        context_id=segment.context_id,
        string__isnull=False,
    )
    string_segment = StringSegment.objects.select_related("string", "context").get(pk=segment_id)
    try:
        write_text(
            translation,
            string_segment,
            change.text,
            user=request.user,
            means=Means.RESTORED,
            detail=change.at.isoformat(timespec="minutes"),
            expected=request.POST.get("seen"),
        )
    except TextConflict as conflict:
        return JsonResponse(_conflict(conflict), status=409)
    except TextRefused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse(answer(translation, segment_id))


@require_POST
@answering
def check(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Say what is wrong with a text that is being typed. Writes nothing."""
    segment, _segments = segment_for(translation, segment_id)
    place = Labels(translation.source).place(segment.path)
    text = kept(request.POST.get("text", ""), segment)
    found = problems.findings_in(translation, segment, text, place) if text else ()
    return render(request, "translations/editor/problems.html", _problems(translation, segment, found))


@writing
def dismiss(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Let a warning about the text that stands there stand, for a reason."""
    segment, _segments = segment_for(translation, segment_id)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return JsonResponse({"message": _("Say why this warning does not apply here.")}, status=422)
    text = kept(request.POST.get("text", ""), segment)
    place = Labels(translation.source).place(segment.path)
    for finding in problems.findings_in(translation, segment, text, place):
        same = (finding.code, finding.detail) == (request.POST.get("code"), request.POST.get("detail", ""))
        if same and finding.can_be_dismissed:
            problems.dismiss(translation, segment, finding, text, reason=reason, user=request.user)
            return JsonResponse(answer(translation, segment_id))
    raise Http404


@require_GET
@answering
def beside(request: HttpRequest, translation: Translation, page: Page, segment_id: int) -> HttpResponse:
    """Show what helps with one text: memory, terms, comments, history."""
    segment, segments = segment_for(translation, segment_id)
    context: dict[str, Any] = {
        "translation": translation,
        "page": page,
        "row": row_of(translation, segment, segments),
        "threads": comments.threads_of(translation, segment, segments),
        "history": history.history_of(translation, segment),
        "can_write": True,
        **helps(translation, segment),
    }
    name = "beside" if asked_by_script(request) else "beside_page"
    return render(request, f"translations/editor/{name}.html", context)


@require_GET
@answering
def token(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Give the script a new token: logging in again, in another window, makes the old one void."""
    return JsonResponse({"token": get_token(request)})


def helps(translation: Translation, segment: Segment) -> dict[str, Any]:
    """What the memory and the glossary say about a text."""
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    suggestions = [
        Shown(to_typed(one.text), shown_pieces(difference(one.source, segment.source)), one)
        for one in suggest(translation, [segment]).get(segment.pk, ())
    ]
    return {"suggestions": suggestions, "terms": terms_in(segment.source, source, target)}


@dataclass(frozen=True)
class Shown:
    """A suggestion of the memory: as it is typed, and how its source differs from the text's."""

    typed: str
    difference: SafeString
    suggestion: Suggestion


def answer(translation: Translation, segment_id: int) -> dict[str, Any]:
    """Return what the script needs to show a text as it stands now, and how far the page is."""
    segment, segments = segment_for(translation, segment_id)
    return {**shown_row(translation, row_of(translation, segment, segments)), "progress": shown_progress(segments)}


def shown_row(translation: Translation, row: Row) -> dict[str, Any]:
    """Return a text for the script: as it is typed, as it is kept, and the parts of the page that depend on it."""
    return {
        "pk": row.pk,
        "typed": row.typed,
        "seen": row.segment.translation,
        "state": row.state,
        "flags": row.flags,
        "status": render_to_string("translations/editor/status.html", {"row": row}),
        "problems": render_to_string(
            "translations/editor/problems.html", _problems(translation, row.segment, row.problems)
        ),
    }


def shown_progress(segments: Any) -> dict[str, Any]:
    """Return how far the page is, in numbers and as HTML."""
    progress = progress_of(segments)
    return {
        "missing": progress.missing,
        "html": render_to_string("translations/editor/progress.html", {"progress": progress}),
    }


def _problems(translation: Translation, segment: Segment, findings: Sequence[problems.Finding]) -> dict[str, Any]:
    return {"translation": translation, "segment": segment, "findings": findings}


def _conflict(conflict: TextConflict) -> dict[str, Any]:
    return {
        "message": str(conflict),
        "theirs": to_typed(conflict.theirs),
        "seen": conflict.theirs,
        "by": str(conflict.user) if conflict.user else "",
    }
