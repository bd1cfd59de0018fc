"""The desk: what is mine, what changed, what waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.models import Locale

from cms.languages import by_code
from translations import notices, people
from translations.desk import figures_for, sections_for
from translations.permissions import is_coordinator
from translations.wording import line_of

# So many unread notices are shown at once.
NOTICES = 20


def desk(request: HttpRequest) -> HttpResponse:
    """Show a user's desk, in all of their languages or in the one of ``?language=``."""
    mine = people.languages_of(request.user)
    if not mine:
        return permission_denied(request)
    chosen = chosen_languages(request, mine)
    unread = notices.unread(request.user)
    shown = list(unread[:NOTICES])
    context = {
        "page_title": _("Translation desk"),
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [{"url": "", "label": _("Translation desk")}],
        "languages": [by_code(locale.language_code) for locale in mine],
        "chosen": by_code(chosen[0].language_code) if len(chosen) == 1 else None,
        "figures": figures_for(request.user, chosen),
        "sections": sections_for(request.user, chosen),
        "notices": [(notice, line_of(notice)) for notice in shown],
        "more_notices": unread.count() - len(shown),
        "coordinates": is_coordinator(request.user),
        "account_url": reverse("wagtailadmin_account"),
    }
    return render(request, "translations/desk/desk.html", context)


def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Lead to what a notice is about, and mark it as read."""
    row = notices.of(request.user, notice_id)
    if row is None:
        return _home(request)
    notices.mark_read(request.user, [row.pk])
    if row.bundle:
        return redirect("translations_bundle", row.bundle.pk)
    if row.source is None:
        return redirect(f"{reverse('glossary_proposals')}?state={row.proposal.state if row.proposal else ''}")
    target = row.source.get_translations().filter(locale=row.locale, alias_of=None).first()
    if target and target.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_pages:edit", target.pk)
    if not people.languages_of(request.user):
        # Who publishes English pages and asks for their translations has no desk.
        return redirect("wagtailadmin_pages:edit", row.source.pk)
    return redirect("translations_desk")


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all notices of the user as read."""
    notices.mark_read(request.user)
    return _home(request)


def _home(request: HttpRequest) -> HttpResponse:
    """Lead to where a user's notices stand."""
    return redirect("translations_desk" if people.languages_of(request.user) else "wagtailadmin_home")


def chosen_languages(request: Any, mine: list[Locale]) -> list[Locale]:
    """Return the user's language that is asked for, or all of them."""
    code = request.GET.get("language", "")
    return [locale for locale in mine if locale.language_code == code] or mine
