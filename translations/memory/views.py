"""The memory's files, out and back: for coordinators."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from cms.languages import DEFAULT, LANGUAGES
from translations.memory import take_in
from translations.memory.tmx import Imported, TmxError, described, write_tmx
from translations.models import Job, MemoryUnit
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
        try:
            taken = take_in(form.cleaned_data["file"], request.user)
        except TmxError as error:
            form.add_error("file", str(error))
        else:
            if isinstance(taken, Job):
                messages.success(request, gettext("The file is imported in the background."))
                return redirect("translations_job", taken.pk)
            imported = taken
            messages.success(request, described(imported))
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
