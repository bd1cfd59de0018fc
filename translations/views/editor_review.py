"""Handing in, accepting and returning from within the editor. Its texts are saved first, by the form they stand in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations import tasks
from translations.completeness import untranslated_segments
from translations.editor.review import takes_unasked
from translations.models import TranslationTask
from translations.permissions import may_return, may_review
from translations.review import is_accepted
from translations.views.editor import save_or_show, show_editor
from translations.views.editor_access import acting, why_locked


class NoteForm(forms.Form):
    """What a translator wants the reviewer to know, or why a reviewer returns a translation."""

    note = forms.CharField(max_length=2000, required=False)


@acting
def hand_in(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Give a complete translation to its reviewer, also one that nobody asked for where it cannot go live without."""
    task = tasks.task_for(translation) if takes_unasked(page, request.user) else _task(translation)

    def act(note: str) -> None:
        locked = why_locked(request, page)
        if locked:
            raise tasks.TaskRefused(locked)
        missing = len(untranslated_segments(translation))
        if missing:
            raise tasks.TaskRefused(
                ngettext(
                    "Not handed in: %(count)s text is not translated yet.",
                    "Not handed in: %(count)s texts are not translated yet.",
                    missing,
                )
                % {"count": missing}
            )
        if task:
            tasks.hand_in(task, request.user, note)
        elif is_accepted(translation):
            raise tasks.TaskRefused(_("Not handed in: it is accepted already, and no text was changed since."))
        else:
            tasks.hand_in_unasked(translation, request.user, note)

    return _do(request, translation, page, act, _("Handed in for review."))


@acting
def accept(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Find a translation good. For its reviewers."""
    task = _task_to_review(request.user, translation)

    def act(_note: str) -> None:
        # Asked only now, after the texts of the same form were saved.
        if not may_review(request.user, task):
            raise tasks.TaskRefused(
                _("Not accepted: texts of this translation are yours, so somebody else has to accept it.")
            )
        tasks.accept(task, request.user)

    return _do(request, translation, page, act, _("Accepted."))


@acting
def send_back(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Return a translation with a comment. For its reviewers."""
    task = _task_to_review(request.user, translation)
    said = _("Returned to the translator.")
    return _do(request, translation, page, lambda note: tasks.send_back(task, request.user, note), said)


def _task(translation: Translation) -> TranslationTask:
    task = tasks.task_for(translation)
    if task is None:
        raise Http404
    return task


def _task_to_review(user: Any, translation: Translation) -> TranslationTask:
    task = _task(translation)
    if not may_return(user, task):
        raise PermissionDenied
    return task


def _do(
    request: HttpRequest, translation: Translation, page: Page, act: Callable[[str], None], said: str
) -> HttpResponse:
    """Save the texts, then act on the note. What is refused is shown again, with the note."""
    shown = save_or_show(request, translation, page)
    if shown:
        return shown
    form = NoteForm(request.POST)
    try:
        if not form.is_valid():
            raise tasks.TaskRefused(" ".join(str(error) for error in form.errors["note"]))
        act(form.cleaned_data["note"])
    except tasks.TaskRefused as refused:
        messages.error(request, str(refused))
        return show_editor(request, translation, page, status=409)
    messages.success(request, said)
    return redirect("wagtailadmin_pages:edit", page.pk)
