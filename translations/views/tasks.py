"""All tasks, and what a coordinator does with many of them at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_valid_next_url_from_request

from cms.languages import by_code
from translations import people, tasks
from translations.desk import Row, heap_of, rows_of
from translations.forms import RowsField
from translations.models import TranslationTask
from translations.permissions import is_coordinator

PER_PAGE = 50


class TaskFilterForm(forms.Form):
    """Which tasks are listed."""

    heap = forms.ChoiceField(
        label=gettext_lazy("Which"),
        required=False,
        choices=[
            ("", gettext_lazy("all open ones")),
            ("assigned", gettext_lazy("assigned to me")),
            ("returned", gettext_lazy("returned to me")),
            ("review", gettext_lazy("waiting for my review")),
            ("unassigned", gettext_lazy("nobody’s yet")),
            ("late", gettext_lazy("overdue")),
            ("closed", gettext_lazy("published and cancelled ones")),
        ],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("any")), *TranslationTask.State.choices],
    )
    q = forms.CharField(label=gettext_lazy("Title"), required=False)

    def __init__(self, *args: Any, locales: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [locale.language_code for locale in locales]
        language: Any = self.fields["language"]
        language.choices = [("", _("any")), *((code, by_code(code).name) for code in codes)]


class BulkForm(forms.Form):
    """What is done with the tasks that are ticked."""

    ASSIGN, CANCEL = "assign", "cancel"

    tasks = RowsField(queryset=TranslationTask.objects.none())
    action = forms.ChoiceField(choices=[(ASSIGN, ""), (CANCEL, "")])
    assignee: Any = forms.ModelChoiceField(queryset=None, required=False, label=gettext_lazy("Assign to"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locales = people.languages_of(user)
        chosen: Any = self.fields["tasks"]
        chosen.queryset = TranslationTask.objects.filter(locale__in=locales).select_related("request", "locale")
        assignee: Any = self.fields["assignee"]
        assignee.queryset = people.all_assignable(locales)
        assignee.empty_label = _("nobody")


def task_list(request: HttpRequest) -> HttpResponse:
    """List the tasks of the user's languages."""
    mine = people.languages_of(request.user)
    if not mine:
        return permission_denied(request)
    form = TaskFilterForm(request.GET or None, locales=mine)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    locales = [locale for locale in mine if locale.language_code == chosen.get("language")] or mine
    page = Paginator(_found(request, chosen, locales), PER_PAGE).get_page(request.GET.get("p"))
    rows: list[Row] = rows_of(list(page.object_list), locales)
    coordinates = is_coordinator(request.user)
    context = {
        "page_title": _("Translation tasks"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("translations_desk"), "label": _("Translation desk")},
            {"url": "", "label": _("Translation tasks")},
        ],
        "form": form,
        "rows": rows,
        "page": page,
        "elided": page.paginator.get_elided_page_range(page.number),
        "query": _without_page(request),
        "bulk": BulkForm(user=request.user) if coordinates else None,
        "here": request.get_full_path(),
    }
    return render(request, "translations/desk/tasks.html", context)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Assign or cancel the ticked tasks. For coordinators."""
    if not is_coordinator(request.user):
        return permission_denied(request)
    form = BulkForm(request.POST, user=request.user)
    if form.is_valid():
        done, refused = _do(form, request.user)
        if done:
            messages.success(
                request, ngettext("%(count)s task changed.", "%(count)s tasks changed.", done) % {"count": done}
            )
        for reason in refused:
            messages.error(request, reason)
    else:
        messages.error(request, _("Tick at least one task."))
    return redirect(get_valid_next_url_from_request(request) or "translations_tasks")


def _do(form: BulkForm, user: Any) -> tuple[int, list[str]]:
    done, refused = 0, []
    assignee = form.cleaned_data["assignee"]
    theirs = {locale.pk for locale in people.languages_of(assignee)} if assignee else set()
    with transaction.atomic():
        for task in form.cleaned_data["tasks"]:
            try:
                if form.cleaned_data["action"] == BulkForm.CANCEL:
                    tasks.cancel(task, user)
                elif assignee and task.locale_id not in theirs:
                    # It would be on nobody's desk: they do not see that language's tasks.
                    language = by_code(task.locale.language_code).name
                    raise tasks.TaskRefused(
                        _("%(name)s does not translate into %(language)s.") % {"name": assignee, "language": language}
                    )
                else:
                    tasks.assign(task, assignee, user)
            except tasks.TaskRefused as reason:
                refused.append(str(reason))
            else:
                done += 1
    return done, list(dict.fromkeys(refused))


def _found(request: HttpRequest, chosen: dict[str, Any], locales: list[Any]) -> Any:
    heap = chosen.get("heap", "")
    rows = heap_of(heap, request.user, locales)
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("q"):
        rows = rows.filter(Q(source__title__icontains=chosen["q"]) | Q(source__draft_title__icontains=chosen["q"]))
    return rows


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("p", None)
    return query.urlencode()
