"""The page on which a query is judged, and what the list of judged queries offers: to measure, and files."""

import datetime
import io
import zipfile
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from cms.languages import by_code
from search.backends.base import BackendUnavailableError
from search.judged import judged_lines
from search.judging.forms import GradesForm, QuestionForm
from search.judging.measuring import SECONDS, asked, measure
from search.judging.rows import rows_to_judge
from search.judging.storing import exported, find_judged, judgements_of, save_grades
from search.models import JudgedQuery, Judgement
from search.reports.columns import public_address


@permission_required("search.add_judgedquery")
def judge(request: HttpRequest) -> HttpResponse:
    """Show what readers find for ``?language=ko&query=…``, to be judged, and keep what is chosen.

    Without a question, or with one that cannot be asked, ask for it.
    """
    posted = request.method == "POST"
    form = GradesForm(request.POST) if posted else QuestionForm(request.GET or None)
    is_valid = form.is_valid()
    if isinstance(form, GradesForm) and is_valid:
        return _save(request, form)
    if not (form.is_bound and {"language", "query"} <= form.cleaned_data.keys()):
        return _page(request, "search/judging/ask.html", {"form": QuestionForm(form.data or None)})
    language, query = form.cleaned_data["language"], form.cleaned_data["query"]
    chosen = form.chosen if isinstance(form, GradesForm) else {}
    judged = find_judged(language, query)
    context = {
        "form": form if posted else GradesForm(initial={"language": language, "query": query}),
        "judged": judged,
        "query": query,
        "language": by_code(language),
        "readers_url": public_address({"language": language, "form": query}),
        "rows": rows_to_judge(language, query, judgements_of(judged), chosen),
        "grades": Judgement.Grade.choices,
    }
    return _page(request, "search/judging/judge.html", context)


@permission_required("search.add_judgedquery")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page on which the query is judged."""
    return redirect(judge_url(get_object_or_404(JudgedQuery, pk=pk)))


@require_POST
@permission_required("search.change_judgedquery")
def measure_now(request: HttpRequest) -> HttpResponse:
    """Ask the judged queries, as many as there is time for, those first that were not asked for long."""
    try:
        number = len(measure(asked, JudgedQuery.objects.all(), seconds=SECONDS))
    except BackendUnavailableError:
        messages.error(request, gettext("The search engine does not answer now. Nothing more was measured."))
    else:
        text = ngettext("%(number)d query was measured.", "%(number)d queries were measured.", number)
        messages.success(request, text % {"number": number})
    return redirect("search_judged:index")


@require_safe
@permission_required("search.view_judgedquery")
def export(request: HttpRequest) -> HttpResponse:
    """Give a ZIP of a file a language, as ``evaluate_search --judged`` reads them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for language, lines in judged_lines(exported()).items():
            archive.writestr(f"{language}.jsonl", lines)
    response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="judged-{datetime.date.today():%Y-%m-%d}.zip"'
    return response


def judge_url(judged: JudgedQuery) -> str:
    """Return the address of the page on which the query is judged."""
    query = urlencode({"language": judged.language, "query": judged.query})
    return f"{reverse('search_judged:add')}?{query}"


def _save(request: HttpRequest, form: GradesForm) -> HttpResponse:
    """Keep the choices, whether the engine answers or not, and measure what they say of it."""
    language, query = form.cleaned_data["language"], form.cleaned_data["query"]
    judged = save_grades(language, query, form.grades, user=request.user)
    if judged is None:
        messages.warning(request, gettext("Nothing is judged of “%(query)s”.") % {"query": query})
    else:
        try:
            measure(asked, JudgedQuery.objects.filter(pk=judged.pk))
        except BackendUnavailableError:
            messages.success(request, gettext("Saved. How well readers are answered could not be measured now."))
        else:
            messages.success(request, gettext("Saved."))
    return redirect(f"{reverse('search_judged:add')}?{urlencode({'language': language, 'query': query})}")


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    title = gettext("Judge what is found")
    breadcrumbs = [
        {"url": reverse("search_judged:index"), "label": gettext("Judged queries")},
        {"url": "", "label": title},
    ]
    shown = {
        "page_title": title,
        "header_title": title,
        "header_icon": "tasks",
        "breadcrumbs_items": breadcrumbs,
        "action_url": reverse("search_judged:add"),
        "media": context["form"].media,
        "submit_button_label": gettext("Save"),
        "submit_button_active_label": gettext("Saving…"),
    }
    return render(request, template, shown | context)
