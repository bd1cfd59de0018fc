"""Who may submit what into which language."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from translations.models import BundleItem
from translations.permissions import may_coordinate, may_request


def why_not_submit(page: Page, user: Any, *, requested: bool = False) -> str:
    """Return in words why ``user`` cannot submit ``page`` into any language, or "" if its languages decide.

    What was ``requested`` is submitted for whoever may request it.
    """
    if page.alias_of_id:
        return _("This page repeats another one, which is to be submitted instead.")
    if not may_be_translated(page):
        return _("Publish the page before you submit it, or put it into a bundle, to go live with its translations.")
    if not (may_request(user, page) if requested else may_coordinate(user, page)):
        return _("You may not submit this page for translation.")
    return ""


def may_be_translated(page: Page) -> bool:
    """Whether translators may work on a page: readers see it, or it waits in a bundle to go live with translations."""
    return bool(page.live) or BundleItem.objects.waiting().filter(page=page).exists()


def translatable() -> Q:
    """Return the same as a condition on pages: nothing is asked of each of them."""
    return Q(live=True) | Q(pk__in=BundleItem.objects.waiting().values("page"))


def open_languages(page: Page, user: Any) -> dict[Locale, str]:
    """Return the locales that ``page`` is not translated into, each with why ``user`` cannot submit it there, or "".

    A language is open if the page above exists in it, live or not, and the user may add pages there.
    """
    have = page.get_translations(inclusive=True).filter(alias_of__isnull=True).values("locale")
    above = page.get_parent()
    parents = {row.locale_id: row for row in above.get_translations().filter(alias_of__isnull=True)}
    reasons: dict[Locale, str] = {}
    for locale in Locale.objects.exclude(pk__in=have):
        # A home page has no page above it in any language; its translations stand beside it.
        reasons[locale] = why_not_under(above, above if above.is_root() else parents.get(locale.pk), user)
    return reasons


def why_not_under(above: Page, parent: Page | None, user: Any, *, requested: bool = False) -> str:
    """Return in words why ``user`` cannot add the translation of a page below ``above`` to ``parent``, or ""."""
    if parent is None:
        return _("the page above, “%(title)s”, is not translated yet") % {"title": above.title}
    if not requested and not parent.permissions_for_user(user).can_add_subpage():
        return _("you may not add pages in this language")
    return ""
