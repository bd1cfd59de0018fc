"""Where the export is offered: for pages chosen in the explorer, and in the header of a page."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page


class ExportTextsAction(PageBulkAction):
    """Leads from pages that are chosen in the explorer to the form of the export; changes nothing itself."""

    display_name = gettext_lazy("Export texts")
    action_type = "export_texts"
    aria_label = gettext_lazy("Export the texts of the selected pages for translation")
    action_priority = 200

    def check_perm(self, obj: Page) -> bool:
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pages, _without = self.get_actionable_objects()
        return redirect(export_url(pages))


def export_url(pages: Any) -> str:
    """Return the address of the export's form for pages, source or translated."""
    return f"{reverse('translations_export')}?{urlencode([('page', page.pk) for page in pages])}"


def header_buttons(
    page: Page, user: Any, next_url: str, view_name: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Offer export and import in the header of a page that the user may edit."""
    if not page.is_root() and page.permissions_for_user(user).can_edit():
        yield Button(_("Export texts"), url=export_url([page]), icon_name="download", priority=71)
        yield Button(_("Import texts"), url=reverse("translations_import"), icon_name="upload", priority=72)
