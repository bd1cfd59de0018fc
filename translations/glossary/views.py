"""The glossary's files, out and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from translations.glossary import spreadsheet, tbx
from translations.glossary.importing import Imported


@dataclass(frozen=True)
class Format:
    """A kind of file. ``place`` is what problems are numbered by, ``help`` what an import does."""

    extension: str
    content_type: str
    accepted: str
    write: Callable[[], str | bytes]
    read: Callable[[bytes], Imported]
    largest: int
    label: Promise
    place: Promise
    refused: Promise
    help: Promise


CSV = Format(
    "csv",
    "text/csv; charset=utf-8",
    ".csv,text/csv",
    spreadsheet.write_csv,
    spreadsheet.read_csv,
    spreadsheet.LARGEST,
    _("CSV file"),
    _("Line"),
    _("Nothing was imported. Correct these lines and try again."),
    _(
        "The first line names the columns, as in an exported file. Columns that are missing stay as they are; an empty "
        "cell takes its words out of the glossary. Several words in one cell are separated by “|”. A line changes the "
        "term with its id or, without an id, with its English term; otherwise it adds one."
    ),
)
TBX = Format(
    "tbx",
    "application/x-tbx",
    ".tbx,.xml",
    tbx.write_tbx,
    tbx.read_tbx,
    tbx.LARGEST,
    _("TBX file"),
    _("Entry"),
    _("Nothing was imported. Correct these entries and try again."),
    _(
        "An entry changes the term with its id, in a file of this site, or else with its English term; otherwise it "
        "adds one. The words of a language replace those in the glossary. Languages that an entry lacks, and what it "
        "does not say, stay as they are; notes are not kept."
    ),
)


class ImportForm(forms.Form):
    """One file."""

    file = forms.FileField(widget=forms.FileInput)

    def __init__(self, *args: Any, file_format: Format, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = str(file_format.label)
        self.fields["file"].widget.attrs["accept"] = file_format.accepted


def export(request: HttpRequest, file_format: Format) -> HttpResponse:
    """Give the whole glossary as a file."""
    if not request.user.has_perm("translations.view_glossaryterm"):
        return permission_denied(request)
    response = HttpResponse(file_format.write(), content_type=file_format.content_type)
    response["Content-Disposition"] = f'attachment; filename="glossary.{file_format.extension}"'
    return response


def import_(request: HttpRequest, file_format: Format) -> HttpResponse:
    """Take a file over, or say place by place why nothing was."""
    rights = [f"translations.{action}_glossaryterm" for action in ("add", "change")]
    if not request.user.has_perms(rights):
        return permission_denied(request)
    form = ImportForm(request.POST or None, request.FILES or None, file_format=file_format)
    imported: Imported | None = None
    if request.method == "POST" and form.is_valid():
        # One byte more than is read: what is too large is not held whole.
        imported = file_format.read(form.cleaned_data["file"].read(file_format.largest + 1))
        if not imported.problems:
            messages.success(request, _said(imported))
            return redirect("glossary:index")
    context = {
        "form": form,
        "format": file_format,
        "problems": imported.problems if imported else [],
        "breadcrumbs_items": [
            {"url": reverse("glossary:index"), "label": gettext("Glossary")},
            {"url": "", "label": gettext("Import glossary")},
        ],
    }
    return render(request, "translations/glossary/import.html", context)


def _said(imported: Imported) -> str:
    return " ".join(
        [
            ngettext("%(number)d term added.", "%(number)d terms added.", imported.added) % {"number": imported.added},
            ngettext("%(number)d changed.", "%(number)d changed.", imported.changed) % {"number": imported.changed},
            ngettext("%(number)d as before.", "%(number)d as before.", imported.unchanged)
            % {"number": imported.unchanged},
        ]
    )
