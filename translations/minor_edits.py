"""“Publish minor edit” in the page editor: corrections that outdate no translation (decision 0040)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations import sources
from translations.models import PageTranslationState
from translations.permissions import may_request
from translations.segments import segments_of

_VALUE = "minor-edit"


class PublishMinorEditMenuItem(PublishMenuItem):
    """Publishes as Wagtail's own item does, and says that no translator has to do anything about it."""

    label = gettext_lazy("Publish minor edit")
    name = "action-publish-minor"
    icon_name = "check"
    template_name = "translations/desk/publish_minor.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        if context["view"] != "edit" or not super().is_shown(context):
            return False
        return bool(context["page"].live) and _translations_of(context["page"]).exists()


def remember(request: HttpRequest, page: Page) -> None:
    """Before a page is published: keep that the editor called this revision a minor edit."""
    if request.POST.get("action-publish") == _VALUE and page.latest_revision:
        sources.mark_minor(page.latest_revision)


def say_what_was_opened(request: HttpRequest, page: Page) -> None:
    """After a minor edit: name the languages in which a text could not keep its translation."""
    if request.POST.get("action-publish") != _VALUE:
        return
    opened = []
    for translation in _translations_of(page).select_related("source__specific_content_type", "target_locale"):
        if any(segment.former for segment in segments_of(translation)):
            opened.append(translation.target_locale.get_display_name())
    if opened:
        messages.warning(
            request,
            _("Links, placeholders or numbers changed too, so a text has to be translated anew into: %(languages)s.")
            % {"languages": ", ".join(opened)},
        )


def offer_request(request: HttpRequest, page: Page) -> None:
    """After a page is published: offer to ask for its translations, where one is missing or outdated."""
    if request.POST.get("action-publish") == _VALUE or not page.live or not may_request(request.user, page):
        return
    rows = PageTranslationState.objects.filter(source=page)
    if not rows.exclude(state=PageTranslationState.State.UP_TO_DATE).exists():
        return
    messages.info(
        request,
        format_html(
            '{} <a href="{}?page={}">{}</a>',
            _("Translations of this page are missing or outdated now."),
            reverse("translations_request"),
            page.pk,
            _("Request translations"),
        ),
    )


def _translations_of(page: Page) -> Any:
    return Translation.objects.filter(
        source__object_id=page.translation_key, source__locale_id=page.locale_id, enabled=True
    )
