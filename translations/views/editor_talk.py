"""Comments on a translation, and who is in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.editor import comments, presence
from translations.editor.rows import row_of
from translations.models import TextChange, TranslationComment
from translations.segments import segments_of
from translations.views.editor_access import acting, answering, posted_number, segment_for
from translations.views.editor_texts import shown_progress, shown_row
from translations.views.scripted import asked_by_script

# So many texts are told at once; an import writes more.
MOST_NEWS = 20


class CommentForm(forms.Form):
    """What somebody says."""

    text = forms.CharField(max_length=2000, error_messages={"required": _("A comment cannot be empty.")})
    segment = forms.IntegerField(required=False)
    parent = forms.IntegerField(required=False)


@acting
def comment(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Comment on a text, on the page, or answer. Translators of a locked page may still talk about it."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _refused(request, page, " ".join(str(error) for errors in form.errors.values() for error in errors))
    values = form.cleaned_data
    segment = segment_for(translation, values["segment"])[0] if values["segment"] else None
    parent = get_object_or_404(translation.comments, pk=values["parent"]) if values["parent"] else None
    comments.write_comment(translation, values["text"], user=request.user, segment=segment, parent=parent)
    return _threads(request, translation, page)


@acting
def resolve(request: HttpRequest, translation: Translation, page: Page, comment_id: int) -> HttpResponse:
    """Close a thread, or open it again."""
    thread = get_object_or_404(TranslationComment, pk=comment_id, translation=translation, parent=None)
    if request.POST.get("reopen"):
        comments.reopen(thread)
    else:
        comments.resolve(thread, user=request.user)
    return _threads(request, translation, page)


@require_POST
@answering
def report(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Take the script's sign of life; answer who else is in, and what others wrote since the change it names."""
    if request.POST.get("leaving"):
        presence.leave(translation, request.user)
        return JsonResponse({})
    others = presence.report(translation, request.user, posted_number(request, "segment"))
    return JsonResponse(
        {
            "others": [{"name": other.name, "segment": other.segment_id} for other in others],
            **_news(request, translation, posted_number(request, "since") or 0),
        }
    )


def _news(request: HttpRequest, translation: Translation, since: int) -> dict[str, Any]:
    """What others wrote since a change, up to which it answers; more of it than fits is left to the next report.

    One query while nobody writes.
    """
    changes = list(
        TextChange.objects.filter(translation=translation, pk__gt=since)
        .order_by("pk")
        .values_list("pk", "context_id", "string_id", "user_id")
    )
    written: set[tuple[int, int]] = set()
    for change, context, string, user in changes:
        if user != request.user.pk:
            if len(written) == MOST_NEWS and (context, string) not in written:
                break
            written.add((context, string))
        since = change
    if not written:
        return {"since": since, "texts": []}
    segments = segments_of(translation)
    wanted = [segment for segment in segments if (segment.context_id, segment.string_id) in written]
    return {
        "since": since,
        "texts": [shown_row(translation, row_of(translation, segment, segments)) for segment in wanted],
        "progress": shown_progress(segments),
    }


def _threads(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """The threads of the text, or page, that the request is about; without the script, the editor again."""
    if not asked_by_script(request):
        return redirect(_back(request, page))
    segment_id = posted_number(request, "segment")
    if segment_id:
        segment, segments = segment_for(translation, segment_id)
        threads = comments.threads_of(translation, segment, segments)
        row = row_of(translation, segment, segments)
    else:
        threads, row = comments.page_threads(translation), None
    context = {"threads": threads, "translation": translation, "row": row}
    response = render(request, "translations/editor/threads.html", context)
    if row is None:
        return response
    return JsonResponse({"threads": response.content.decode(), **shown_row(translation, row)})


def _refused(request: HttpRequest, page: Page, message: str) -> HttpResponse:
    if asked_by_script(request):
        return JsonResponse({"message": message}, status=422)
    messages.error(request, message)
    return redirect(_back(request, page))


def _back(request: HttpRequest, page: Page) -> str:
    segment_id = posted_number(request, "segment")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{edit}#segment-{segment_id}" if segment_id else f"{edit}#page-comments"
