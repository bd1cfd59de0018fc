"""The words of the admin's scripts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class _Catalogue(JavaScriptCatalog):
    """Wagtail's own words, and over them those of the project: what upstream lacks is among these."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: Any) -> list[str]:
        return [*super().get_paths(packages), *map(str, reversed(settings.LOCALE_PATHS))]


def catalogue(request: HttpRequest) -> HttpResponse:
    """Return the words in the user's language, as Wagtail's view of the same address does."""
    response: HttpResponse = get_localized_response(_Catalogue.as_view(), request)
    return response
