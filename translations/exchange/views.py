"""Texts of translations, out to files and back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.exchange import collect, importing
from translations.exchange.forms import ExportForm, UploadForm
from translations.exchange.plan import Options, Outcome
from translations.exchange.selection import Chosen, of_pages
from translations.exchange.tables import report_csv
from translations.exchange.units import ExchangeError
from translations.models import TextImport

# More pages than this at once would keep the process busy for minutes.
MOST_PAGES = 200
# So many lines of a file are shown at once; conflicts, which want a decision, always.
MOST_ROWS = 200


def export(request: HttpRequest) -> HttpResponse:
    """Ask which languages and which format, then give the file: ``?page=…`` names pages, source or translated."""
    ids = [int(text) for text in request.GET.getlist("page") if text.isdecimal() and len(text) < 10]
    pages = list(Page.objects.filter(pk__in=ids[: MOST_PAGES + 1]))
    chosen = of_pages(pages, request.user)
    form = ExportForm(request.GET if "format" in request.GET else None, chosen=chosen)
    if len(pages) > MOST_PAGES:
        messages.error(request, gettext("Choose at most %(count)s pages at once.") % {"count": MOST_PAGES})
    elif form.is_valid():
        return _file(chosen, form.cleaned_data)
    context = {"form": form, "chosen": chosen, "pages": pages, "breadcrumbs_items": _crumbs(gettext("Export texts"))}
    return render(request, "translations/exchange/export.html", context)


def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give one translation as a PO file, at wagtail-localize's address."""
    chosen = _editable(request, translation_id)
    return _attachment(*collect.export([chosen], "po"))


def import_(request: HttpRequest) -> HttpResponse:
    """Take a file in, to be looked at before anything is written."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            record = importing.begin(form.cleaned_data["file"], request.user)
        except ExchangeError as error:
            form.add_error("file", str(error))
        else:
            return redirect("translations_import_review", record.pk)
    context = {"form": form, "breadcrumbs_items": _crumbs(gettext("Import texts"))}
    return render(request, "translations/exchange/import.html", context)


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take in a file of one translation, from its editor, at wagtail-localize's address."""
    chosen = _editable(request, translation_id)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ExchangeError(gettext("Choose a file."))
        record = importing.begin(file, request.user, only=chosen.translation)
    except ExchangeError as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", chosen.page.pk if chosen.page else 0)
    return redirect("translations_import_review", record.pk)


def review(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what an upload would do or did, and do it once it is confirmed."""
    record = get_object_or_404(TextImport.objects.select_related("only"), pk=import_id, user=request.user)
    if request.method == "POST" and not record.done_at and _carry_out(request, record):
        return redirect("translations_import_review", record.pk)
    record.refresh_from_db()
    plan = None if record.done_at else importing.plan_of(record)
    report = importing.report(plan) if plan else record.report
    if "csv" in request.GET:
        return _attachment(f"import-{record.pk}.csv", "text/csv; charset=utf-8", report_csv(report))
    context = {
        "record": record,
        "plan": plan,
        "files": [_shown(file) for file in report],
        "breadcrumbs_items": _crumbs(record.name, ("translations_import", gettext("Import texts"))),
    }
    return render(request, "translations/exchange/review.html", context)


def _carry_out(request: HttpRequest, record: TextImport) -> bool:
    """Do what was confirmed and say so; False where something was changed in the meantime."""
    options = Options("uncertain" in request.POST, frozenset(request.POST.getlist("overwrite")))
    try:
        plan = importing.carry_out(record, options, request.POST.get("digest", ""))
    except importing.AlreadyImportedError:
        return True
    except importing.PlanChangedError:
        text = gettext("Nothing was imported: texts were changed on the web in the meantime. Look at it once more.")
        messages.error(request, text)
        return False
    said = ngettext("%(count)s text imported.", "%(count)s texts imported.", plan.written)
    messages.success(request, said % {"count": plan.written})
    return True


def _file(chosen: list[Chosen], choice: dict[str, Any]) -> HttpResponse:
    rows = [row for row in chosen if row.translation.target_locale.language_code in choice["language"]]
    return _attachment(*collect.export(rows, choice["format"], only_open=choice["only_open"]))


def _attachment(name: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _editable(request: HttpRequest, translation_id: int) -> Chosen:
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    try:
        page = translation.get_target_instance()
    except Page.DoesNotExist:
        page = None
    chosen = Chosen(translation, page if isinstance(page, Page) else None)
    if not chosen.is_editable_by(request.user):
        raise PermissionDenied
    return chosen


def _shown(file: dict[str, Any]) -> dict[str, Any]:
    """Leave what would make a page too long, and what stays as it is; decisions and problems come first."""
    rows = [row for row in file["rows"] if row["outcome"] not in importing.UNREMARKABLE]
    conflicts = [row for row in rows if row["outcome"] == Outcome.CONFLICT]
    others = sorted((row for row in rows if row["outcome"] != Outcome.CONFLICT), key=_severity)
    return file | {"shown": conflicts + others[:MOST_ROWS], "left_out": max(0, len(others) - MOST_ROWS)}


def _severity(row: dict[str, Any]) -> int:
    first = [Outcome.REFUSED, Outcome.DUPLICATE, Outcome.SOURCE_CHANGED, Outcome.UNKNOWN]
    return first.index(row["outcome"]) if row["outcome"] in first else len(first)


def _crumbs(label: str, *above: tuple[str, str]) -> list[dict[str, str]]:
    return [*({"url": reverse(name), "label": text} for name, text in above), {"url": "", "label": label}]
