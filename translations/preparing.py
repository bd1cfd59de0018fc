"""Makes the drafts that translators work in, for pages that were requested and are not submitted yet."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from translations.upstream.aliases import retire_alias
from translations.upstream.submission import open_languages


def prepare(request: HttpRequest, pages: Iterable[Page], locales: Iterable[Locale]) -> None:
    """Submit pages into those of ``locales`` that are open to the user; say which are not, and why."""
    wanted = list(locales)
    reasons: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: page.path):
        for locale, reason in submit(page.specific, wanted, request.user).items():
            reasons.setdefault(f"{locale.get_display_name()}: {reason}", page.get_admin_display_title())
    for reason, title in reasons.items():
        messages.warning(
            request,
            _("“%(title)s” cannot be translated yet. %(reason)s") % {"title": title, "reason": reason},
        )


@transaction.atomic
def submit(page: Page, locales: Iterable[Locale], user: Any) -> dict[Locale, str]:
    """Submit one page into the languages that it does not exist in; return those that are not open, with the reason."""
    reasons = open_languages(page, user)
    chosen = [locale for locale in locales if reasons.get(locale) == ""]
    for locale in chosen:
        retire_alias(page, locale, user)
    if chosen:
        translate_object(page, chosen, user=user)
    return {locale: reasons[locale] for locale in locales if reasons.get(locale)}
