"""The page as it will look, for the frame beside the texts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.views.editor_access import answering


@require_GET
@xframe_options_sameorigin
@answering
def preview(request: HttpRequest, translation: Translation, page: Page, mode: str | None = None) -> HttpResponse:
    """Render the page with the texts as they stand; what is not translated is shown in the source's language."""
    target: Any = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    mode = target.default_preview_mode if mode is None else mode
    if mode not in dict(target.preview_modes):
        raise Http404
    # Wagtail's bar would lie over the text, which its own preview panel avoids in the same way.
    response: HttpResponse = target.make_preview_request(request, mode, {"in_preview_panel": True})
    return response
