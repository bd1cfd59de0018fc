"""No page repeats another language's text (decision 0004).

Upstream offers in the form of a locale to copy another locale's tree as live aliases (models.py,
``LocaleSynchronization``, 1.14.5). The offer is taken out of the form. An alias that came about in another way, such as
by copying a page into another tree, is still live after upstream made a draft translation of it (``alias_of_id =
None`` in models.py, ``create_or_update_translation``), so it is unpublished first. Wagtail offers to make an ordinary
page of an alias, which would leave one language's text under another for good; that is refused.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization

from translations.upstream.cascade import refuse


def withdraw_locale_synchronisation() -> None:
    """Take the synchronisation of trees out of the form of locales. To be called once the apps are ready."""
    LOCALE_COMPONENTS[:] = [row for row in LOCALE_COMPONENTS if row["model"] is not LocaleSynchronization]


def retire_alias(source: Page, locale: Locale, user: Any = None) -> None:
    """Unpublish what repeats ``source`` in a language, before it becomes a translation. Checks no permission."""
    for alias in source.get_translations().filter(locale=locale, alias_of__isnull=False, live=True):
        UnpublishPageAction(alias, user=user).execute(skip_permission_checks=True)


def why_not_convert(page: Page) -> str:
    """Return in words why an alias cannot become an ordinary page, or "": not one of another language's page."""
    original = page.alias_of
    if original is None:
        return ""
    parent = page.get_parent()
    if page.locale_id == original.locale_id and (parent.is_root() or parent.locale_id == original.locale_id):
        return ""
    return _(
        "This page repeats one in %(language)s. Have that page translated, which makes a translation of this one, or "
        "delete this one."
    ) % {"language": original.locale.get_display_name()}


def guard_convert(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail makes an ordinary page of an alias: refuse it if the original is in another language."""
    return refuse(request, page, why_not_convert(page))
