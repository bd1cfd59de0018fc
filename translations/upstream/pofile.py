"""PO files of one translation.

Upstream's export names no language, and its import fails with a KeyError on a file without its own header, takes fuzzy
entries for finished and reports success whatever happened (views/edit_translation.py, ``upload_pofile``, 1.14.5).
"""

import tempfile
from pathlib import Path

import polib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_supported_language_variant, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.languages import by_code

_ID = "X-WagtailLocalize-TranslationID"
# A page of texts has some kilobytes; more than this is another kind of file.
_MAX_BYTES = 2_000_000


class POFileError(ValueError):
    """An uploaded file cannot be imported; the message says why, in the user's language."""


def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Return the translation as a PO file that names its languages."""
    translation = _editable(request, translation_id)
    code = translation.target_locale.language_code
    po = translation.export_po()
    po.metadata["Language"] = by_code(code).locale
    po.metadata["X-Source-Language"] = by_code(translation.source.locale.language_code).locale
    page = translation.get_target_instance()
    response = HttpResponse(str(po), content_type="text/x-gettext-translation; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-{code}.po"'
    return response


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Import a PO file of this translation and say how many strings it brought."""
    translation = _editable(request, translation_id)
    try:
        entries, skipped = _read(request, translation)
    except POFileError as error:
        messages.error(request, str(error))
    else:
        warnings = translation.import_po(entries, user=request.user, tool_name="PO File")
        taken = sum(bool(entry.msgstr) for entry in entries) - len(warnings)
        messages.success(
            request,
            ngettext("%(count)s string imported.", "%(count)s strings imported.", taken) % {"count": taken},
        )
        if skipped or warnings:
            messages.warning(
                request,
                _("Left out: %(fuzzy)s marked as uncertain or empty, %(unknown)s that the page does not have any more.")
                % {"fuzzy": skipped, "unknown": len(warnings)},
            )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _editable(request: HttpRequest, translation_id: int) -> Translation:
    translation = get_object_or_404(Translation, pk=translation_id)
    target = translation.get_target_instance()
    if not isinstance(target, Page) or not target.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return translation


def _read(request: HttpRequest, translation: Translation) -> tuple[polib.POFile, int]:
    """Return the usable entries of the uploaded file and the number of others. Raises POFileError."""
    upload = request.FILES.get("file")
    if upload is None or not upload.size or upload.size > _MAX_BYTES:
        raise POFileError(_("Choose a PO file of at most two megabytes."))
    # polib takes a path or the contents, and would open a file that the contents name.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload.po")
        path.write_bytes(upload.read())
        try:
            po = polib.pofile(str(path))
        except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
            raise POFileError(_("This is not a valid PO file.")) from error
    if po.metadata.get(_ID, "") != str(translation.uuid):
        raise POFileError(_("This file is not of this page and language: download the file of this translation anew."))
    named = po.metadata.get("Language", "").strip()
    if named and _code(named) != translation.target_locale.language_code:
        raise POFileError(_("This file says that it is in another language: %(language)s.") % {"language": named})
    usable = polib.POFile()
    usable.metadata = po.metadata
    usable.extend(entry for entry in po if not (entry.fuzzy or entry.obsolete or not entry.msgstr.strip()))
    return usable, len([entry for entry in po if not entry.obsolete]) - len(usable)


def _code(named: str) -> str:
    """Return the site's code for a PO file's language, such as zh-hant for "zh_TW"; "" if it is none of ours."""
    try:
        return get_supported_language_variant(named.lower().replace("_", "-"))
    except LookupError:
        return ""
