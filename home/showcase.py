"""What the home page shows of the other subjects, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cases.models import CasePage
from cms.localized import in_language, readable
from events.models import SeminarPage, SummitPage
from news.models import NewsPage
from research.models import CallPage


def for_home(home: Any) -> dict[str, Any]:
    """Return the context of the home page's showcases: cases, next event, open calls, news, partners."""
    cases = [row.case for row in home.featured_cases.select_related("case")]
    partners = [row.partner for row in home.featured_partners.select_related("partner__logo")]
    return {
        "cases": _in_order(cases)
        or list(readable(CasePage.objects).select_related("cover").order_by("-first_published_at")[:3]),
        "next_event": next_event(),
        "calls": list(
            readable(CallPage.objects.open_at(timezone.now())).prefetch_related("deadlines").order_by("closes_at")[:3]
        ),
        "news": list(readable(NewsPage.objects).select_related("cover").order_by("-date", "-pk")[:3]),
        "partners": _in_order(partners),
    }


def next_event() -> SummitPage | SeminarPage | None:
    """Return the summit or seminar that ends next and was not cancelled."""
    now = timezone.now()
    coming = [
        readable(model.objects.filter(ends_at__gte=now).exclude(status="cancelled"))
        .select_related("cover")
        .order_by("starts_at")
        .first()
        for model in (SummitPage, SeminarPage)
    ]
    return min((event for event in coming if event), key=lambda event: event.starts_at, default=None)


def section_pages(page: Page) -> Sequence[Page]:
    """Return the pages of the same section, for the reader to go on: children, otherwise siblings."""
    live = page.get_children().live().public() if page.numchild else page.get_siblings(inclusive=True).live().public()
    return [other for other in live.type(type(page)) if other.pk != page.pk]


def _in_order(pages: Sequence[Any]) -> list[Any]:
    found = in_language(pages)
    return [found[page.pk] for page in pages if page.pk in found]
