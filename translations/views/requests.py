"""Asking for translations: of a page, of what is below it, or of a selection in the explorer."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from translations import people, tasks
from translations.forms import RequestForm
from translations.models import TranslationTask
from translations.permissions import may_request
from translations.preparing import prepare
from translations.submission import may_be_translated

# More pages at once are a mistake rather than a wish.
MAX_PAGES = 500


def request_translations(request: HttpRequest) -> HttpResponse:
    """Ask for the pages of ``?page=…``: who does it, until when, with which message."""
    pages = _asked_pages(request)
    if not pages:
        return permission_denied(request)
    next_url = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[pages[0].pk])
    form = RequestForm(request.POST or None, locales=people.target_languages())
    if request.method == "POST" and form.is_valid():
        wanted = _with_below(pages, request.user) if form.cleaned_data["include_below"] else pages
        if len(wanted) > MAX_PAGES:
            form.add_error("include_below", _("These are too many pages: %(count)s.") % {"count": len(wanted)})
        else:
            _ask(request, wanted, form)
            return redirect(next_url)
    return render(request, "translations/desk/request.html", _context(form, pages, next_url))


class RequestBulkAction(PageBulkAction):
    """The same for pages that are selected in the explorer."""

    display_name = gettext_lazy("Request translations")
    action_type = "request_translations"
    aria_label = gettext_lazy("Request translations of the selected pages")
    action_priority = 45
    template_name = "translations/desk/request.html"

    @cached_property
    def languages(self) -> set[int]:
        """The languages that nothing is translated from: read once for all pages."""
        return _target_languages()

    def check_perm(self, page: Page) -> bool:
        return _is_requestable(page, self.request.user, self.languages)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        objects, _others = self.get_actionable_objects()
        if not objects:
            messages.error(request, _("Choose published pages in English that you may publish."))
            return redirect(self.next_url)
        query = "&".join(f"page={page.pk}" for page in objects)
        return redirect(f"{reverse('translations_request')}?{query}&next={self.next_url}")


def requestable(pages: Iterable[Page], user: Any) -> list[Page]:
    """Return the pages whose translation a user may request: published or about to be in a bundle, no alias, and no
    translation itself.
    """
    languages = _target_languages()
    return [page for page in pages if _is_requestable(page, user, languages)]


def _is_requestable(page: Page, user: Any, languages: Collection[int]) -> bool:
    can_be_source = not page.alias_of_id and page.depth > 1 and page.locale_id not in languages
    return bool(can_be_source and may_be_translated(page) and may_request(user, page))


def _target_languages() -> set[int]:
    return {locale.pk for locale in people.target_languages()}


def _asked_pages(request: HttpRequest) -> list[Page]:
    ids = [value for value in request.GET.getlist("page") if value.isdecimal() and len(value) < 10]
    return requestable(Page.objects.filter(pk__in=ids).order_by("path"), request.user)


def _with_below(pages: list[Page], user: Any) -> list[Page]:
    found = {page.pk: page for page in pages}
    for page in pages:
        below = page.get_descendants().live().filter(alias_of=None, locale_id=page.locale_id)
        found |= {child.pk: child for child in below if may_request(user, child)}
    return list(found.values())


def _ask(request: HttpRequest, pages: list[Page], form: RequestForm) -> None:
    locales = list(form.cleaned_data["languages"])
    record = tasks.request(
        pages,
        locales,
        user=request.user,
        assignees=form.assignees,
        due=form.due_on,
        message=form.words,
    )
    asked = TranslationTask.objects.filter(request=record).count()
    if asked:
        messages.success(
            request,
            ngettext("%(count)s translation requested.", "%(count)s translations requested.", asked) % {"count": asked},
        )
    else:
        messages.info(request, _("Nothing was requested: these pages are up to date in these languages."))
    prepare(request, pages, locales)


def _context(form: RequestForm, pages: list[Page], next_url: str) -> dict[str, Any]:
    return {
        "form": form,
        "pages": pages,
        "next_url": next_url,
        "page_title": _("Request translations"),
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [
            {"url": reverse("translations_desk"), "label": _("Translation desk")},
            {"url": "", "label": _("Request translations")},
        ],
        "media": form.media,
    }
