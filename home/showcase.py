"""What the home page shows of the other subjects, in the reader's language.

The whole page may take twelve queries, so that everything it shows of other pages is found in one, whatever its type.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from cases.models import CasePage
from cms.localized import readable, visible
from news.models import NewsPage
from research.models import CallPage

# How many there are of what is chosen by date; the newest cases stand in where editors have chosen none.
NEWEST_CASES = OPEN_CALLS = LATEST_NEWS = 3
# The types shown, as Page knows them; only cases are shown with a picture.
_TYPES = ("casepage__cover", "partnerpage", "summitpage", "seminarpage", "callpage", "newspage")


def for_home(home: Any) -> dict[str, Any]:
    """Return the context of the home page: roles with what they lead to, cases, event, open calls, news, partners."""
    roles = list(home.roles.select_related("link_page"))
    cases = [row.case for row in home.featured_cases.select_related("case")]
    partners = [row.partner for row in home.featured_partners.select_related("partner")]
    chosen = {page.translation_key for page in [*cases, *partners, *(role.link_page for role in roles)] if page}
    by_date = [open_calls(), latest_news(), coming_events()[:1], *([] if cases else [newest_cases()])]
    found = _found(chosen, by_date)
    by_key = {page.translation_key: page for page in found}
    # What a role leads to may be of these types too, so that each list is cut again by its own rule.
    open_now = [call for call in _of_type("callpage", found) if call.is_open]
    calls = sorted(open_now, key=lambda call: (call.closes_at, call.pk))[:OPEN_CALLS]
    prefetch_related_objects(calls, "deadlines")
    news = sorted(_of_type("newspage", found), key=lambda item: (item.date, item.pk), reverse=True)[:LATEST_NEWS]
    events = [event for event in _of_type("summitpage", found) + _of_type("seminarpage", found) if _is_coming(event)]
    return {
        "roles": [(role, by_key.get(role.link_page.translation_key) if role.link_page else None) for role in roles],
        "cases": _of_type("casepage", (by_key.get(case.translation_key) for case in cases))
        or _of_type("casepage", found)[:NEWEST_CASES],
        "next_event": min(events, key=lambda event: event.starts_at, default=None),
        "calls": calls,
        "news": news,
        "partners": _of_type("partnerpage", (by_key.get(partner.translation_key) for partner in partners)),
    }


def newest_cases() -> QuerySet[CasePage]:
    """Return the cases published last."""
    return readable(CasePage.objects).order_by("-first_published_at", "-pk")[:NEWEST_CASES]


def open_calls() -> QuerySet[CallPage]:
    """Return the calls that take applications now and close first."""
    return readable(CallPage.objects.open_at(timezone.now())).order_by("closes_at", "pk")[:OPEN_CALLS]


def latest_news() -> QuerySet[NewsPage]:
    """Return the news of the latest days."""
    return readable(NewsPage.objects).order_by("-date", "-pk")[:LATEST_NEWS]


def coming_events() -> QuerySet[Page]:
    """Return the summits and seminars that are neither over nor cancelled, the next one first."""
    now = timezone.now()
    takes_place = [
        Q(**{f"{kind}__ends_at__gte": now}) & ~Q(**{f"{kind}__status": "cancelled"})
        for kind in ("summitpage", "seminarpage")
    ]
    return readable(Page.objects.filter(takes_place[0] | takes_place[1])).order_by(
        Coalesce("summitpage__starts_at", "seminarpage__starts_at"), "pk"
    )


def _is_coming(event: Any) -> bool:
    return bool(event.ends_at and event.ends_at >= timezone.now() and event.status != "cancelled")


def section_pages(page: Page) -> Sequence[Page]:
    """Return the pages of the same section, for the reader to go on: children, otherwise siblings. One query."""
    section = page.get_children() if page.numchild else page.get_siblings(inclusive=False)
    return list(visible(section.type(type(page))))


def _found(keys: set[Any], more: Iterable[QuerySet[Any]]) -> list[Page]:
    """Return the pages to show for translation keys, and those of the queries ``more``, newest first. One query."""
    wanted = Q(translation_key__in=keys)
    for pages in more:
        wanted |= Q(pk__in=pages.values("pk"))
    rows = readable(Page.objects.filter(wanted)).select_related(*_TYPES)
    return list(rows.order_by("-first_published_at", "-pk"))


def _of_type(name: str, rows: Iterable[Page | None]) -> list[Any]:
    """Return the rows that are of a type, as that type; they must have been selected with it."""
    typed = []
    for row in rows:
        if row is not None and (page := getattr(row, name, None)):
            page.locale = row.locale
            typed.append(page)
    return typed
