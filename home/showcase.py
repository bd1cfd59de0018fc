"""What the home page shows of the other subjects, in the reader's language.

The whole page may take twelve queries, so that what editors have chosen is found in one, whatever its type.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from cases.models import CasePage
from cms.localized import readable, visible
from events.models import SeminarPage, SummitPage
from news.models import NewsPage
from research.models import CallPage

# How many of the newest cases stand in where editors have chosen none.
NEWEST_CASES = 3


def for_home(home: Any) -> dict[str, Any]:
    """Return the context of the home page: roles with what they lead to, cases, event, open calls, news, partners."""
    roles = list(home.roles.select_related("link_page"))
    cases = [row.case for row in home.featured_cases.select_related("case")]
    partners = [row.partner for row in home.featured_partners.select_related("partner")]
    found = _found([*cases, *partners, *(role.link_page for role in roles if role.link_page)], newest=not cases)
    return {
        "roles": [(role, found.get(role.link_page.translation_key) if role.link_page else None) for role in roles],
        "cases": _of_type("casepage", (found.get(case.translation_key) for case in cases) if cases else found.values()),
        "next_event": next_event(),
        "calls": list(
            readable(CallPage.objects.open_at(timezone.now())).prefetch_related("deadlines").order_by("closes_at")[:3]
        ),
        "news": list(readable(NewsPage.objects).order_by("-date", "-pk")[:3]),
        "partners": _of_type("partnerpage", (found.get(partner.translation_key) for partner in partners)),
    }


def next_event() -> SummitPage | SeminarPage | None:
    """Return the summit or seminar that begins first of those not over and not cancelled. One query."""
    now = timezone.now()
    row = (
        readable(
            Page.objects.filter(
                Q(summitpage__ends_at__gte=now) & ~Q(summitpage__status="cancelled")
                | Q(seminarpage__ends_at__gte=now) & ~Q(seminarpage__status="cancelled")
            )
        )
        .select_related("summitpage", "seminarpage")
        .order_by(Coalesce("summitpage__starts_at", "seminarpage__starts_at"), "pk")
        .first()
    )
    return next(iter([*_of_type("summitpage", [row]), *_of_type("seminarpage", [row])]), None)


def section_pages(page: Page) -> Sequence[Page]:
    """Return the pages of the same section, for the reader to go on: children, otherwise siblings. One query."""
    section = page.get_children() if page.numchild else page.get_siblings(inclusive=False)
    return list(visible(section.type(type(page))))


def _found(pages: Iterable[Page], *, newest: bool) -> dict[Any, Page]:
    """Return by translation key the pages to show for ``pages``, and the newest cases if asked for. One query."""
    wanted = Q(translation_key__in={page.translation_key for page in pages})
    if newest:
        cases = readable(CasePage.objects).order_by("-first_published_at", "-pk")[:NEWEST_CASES]
        wanted |= Q(pk__in=cases.values("pk"))
    rows = readable(Page.objects.filter(wanted)).select_related("casepage__cover", "partnerpage")
    return {row.translation_key: row for row in rows.order_by("-first_published_at", "-pk")}


def _of_type(name: str, rows: Iterable[Page | None]) -> list[Any]:
    """Return the rows that are of a type, as that type; they must have been selected with it."""
    typed = []
    for row in rows:
        if row is not None and (page := getattr(row, name, None)):
            page.locale = row.locale
            typed.append(page)
    return typed
