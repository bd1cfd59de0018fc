"""Makes the drafts that translators work in, for pages that were requested and are not submitted yet.

Whoever may request a page need not have any rights on the languages: the request lets the drafts be made (decision 7).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from translations.submission import submit_now, submit_pages
from translations.submission.work import SubmissionRefused

# So many drafts are made while whoever asks waits; more are the worker's.
AT_ONCE = 4


def prepare(request: HttpRequest, pages: Iterable[Page], locales: Iterable[Locale]) -> None:
    """Submit pages into languages that they do not exist in: a few now, many in the background; say what cannot be."""
    wanted = missing(pages, locales)
    if len(wanted) > AT_ONCE:
        job = submit_pages(
            {page.pk: page for page, _locale in wanted}.values(),
            {locale.pk: locale for _page, locale in wanted}.values(),
            user=request.user,
            below=False,
            requested=True,
            label=_("Drafts for requested translations"),
        )
        messages.info(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                _("The drafts for the translators are made in the background."),
                reverse("translations_job", args=[job.pk]),
                _("Show progress"),
            ),
        )
        return
    for reason in submit(wanted, request.user):
        messages.warning(request, reason)


def missing(pages: Iterable[Page], locales: Iterable[Locale]) -> list[tuple[Page, Locale]]:
    """Return the pages with the languages that they do not exist in, upper pages first. One query."""
    rows, wanted = sorted(pages, key=lambda page: page.path), list(locales)
    have = set(
        Page.objects.filter(
            translation_key__in=[page.translation_key for page in rows], locale__in=wanted, alias_of=None
        ).values_list("translation_key", "locale_id")
    )
    return [(page, locale) for page in rows for locale in wanted if (page.translation_key, locale.pk) not in have]


def submit(wanted: Iterable[tuple[Page, Locale]], user: Any) -> list[str]:
    """Submit pages into languages; return why some could not be, in words."""
    refused = []
    for page, locale in wanted:
        try:
            submit_now(page, [locale], user=user, requested=True)
        except SubmissionRefused as reason:
            refused.append(
                _("“%(title)s” cannot be translated into %(language)s yet: %(reason)s.")
                % {
                    "title": page.get_admin_display_title(),
                    "language": locale.get_display_name(),
                    "reason": str(reason).rstrip("."),
                }
            )
    return refused
