"""The memory's files, out and back: for coordinators."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from cms.languages import DEFAULT, LANGUAGES
from translations.memory.tmx import Imported, TmxError, read_tmx, write_tmx
from translations.models import MemoryUnit
from translations.permissions import is_coordinator


class ImportForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("TMX file"), widget=forms.FileInput(attrs={"accept": ".tmx,application/x-tmx"}))


def index(request: HttpRequest) -> HttpResponse:
    """Offer the memory of each language as a file, and take one over."""
    if not is_coordinator(request.user):
        return permission_denied(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    imported: Imported | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            imported = read_tmx(file.read(), origin=file.name, user=request.user)
        except TmxError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _said(imported))
            if not imported.problems:
                return redirect("translations_memory")
    context = {
        "form": form,
        "problems": imported.problems if imported else [],
        "languages": [language for language in LANGUAGES if language is not DEFAULT],
        "imported": MemoryUnit.objects.count(),
        "breadcrumbs_items": [{"url": "", "label": gettext("Translation memory")}],
    }
    return render(request, "translations/memory/index.html", context)


def export(request: HttpRequest, language: str) -> HttpResponse:
    """Give the memory of one language as TMX."""
    if not is_coordinator(request.user):
        return permission_denied(request)
    if language not in {row.code for row in LANGUAGES if row is not DEFAULT}:
        raise Http404
    response = HttpResponse(write_tmx(language), content_type="application/x-tmx+xml")
    response["Content-Disposition"] = f'attachment; filename="memory-{language}.tmx"'
    return response


def _said(imported: Imported) -> str:
    parts = [
        ngettext("%(number)d translation added.", "%(number)d translations added.", imported.added)
        % {"number": imported.added}
    ]
    if imported.known:
        parts.append(gettext("%(number)d were known.") % {"number": imported.known})
    if imported.elsewhere:
        parts.append(gettext("%(number)d in other languages were left out.") % {"number": imported.elsewhere})
    return " ".join(parts)
