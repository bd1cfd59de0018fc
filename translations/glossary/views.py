"""The glossary's file, out and back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from translations.glossary.spreadsheet import Imported, read_csv, write_csv


class ImportForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


def export(request: HttpRequest) -> HttpResponse:
    """Give the whole glossary as CSV."""
    if not request.user.has_perm("translations.view_glossaryterm"):
        return permission_denied(request)
    response = HttpResponse(write_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return response


def import_(request: HttpRequest) -> HttpResponse:
    """Take a CSV file over, or say line by line why nothing was."""
    rights = [f"translations.{action}_glossaryterm" for action in ("add", "change")]
    if not request.user.has_perms(rights):
        return permission_denied(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    imported: Imported | None = None
    if request.method == "POST" and form.is_valid():
        imported = read_csv(form.cleaned_data["file"].read())
        if not imported.problems:
            messages.success(request, _said(imported))
            return redirect("glossary:index")
    return render(request, "translations/glossary/import.html", _context(form, imported))


def _context(form: ImportForm, imported: Imported | None) -> dict[str, Any]:
    return {
        "form": form,
        "problems": imported.problems if imported else [],
        "breadcrumbs_items": [
            {"url": reverse("glossary:index"), "label": gettext("Glossary")},
            {"url": "", "label": gettext("Import glossary")},
        ],
    }


def _said(imported: Imported) -> str:
    return " ".join(
        [
            ngettext("%(number)d term added.", "%(number)d terms added.", imported.added) % {"number": imported.added},
            ngettext("%(number)d changed.", "%(number)d changed.", imported.changed) % {"number": imported.changed},
            ngettext("%(number)d as before.", "%(number)d as before.", imported.unchanged)
            % {"number": imported.unchanged},
        ]
    )
