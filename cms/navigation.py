"""Where a reader is and where they can go: the main navigation and the way back up, in one query a request."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.languages import Language, by_code
from cms.models import SiteSettings


@dataclass(frozen=True)
class NavItem:
    """One entry: ``is_current`` for the page itself, ``is_here`` for it and for what it lies under."""

    title: str
    url: str
    is_current: bool
    is_here: bool
    language: Language
    slug: str


@dataclass(frozen=True)
class Contact:
    """How to reach the secretariat; empty where nothing is known."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Frame:
    """``home`` in the reader's language, ``sections``, its children in menus, ``trail``, the pages above."""

    home: NavItem | None
    sections: tuple[NavItem, ...]
    trail: tuple[NavItem, ...]
    contact: Contact = Contact()

    def section_of(self, page: Page) -> NavItem | None:
        """Return the section that ``page`` belongs to, whatever its language: slugs are the same in all of them."""
        steps = page.url_path.strip("/").split("/")
        return next((item for item in self.sections if len(steps) > 1 and item.slug == steps[1]), None)


def frame_of(request: HttpRequest, page: Page | None) -> Frame:
    """Return what surrounds ``page`` (None for addresses that are no pages). One query, cached on the request."""
    key = page.pk if page else None
    cached: dict[int | None, Frame] = request.__dict__.setdefault("_navigation_frames", {})
    if key not in cached:
        cached[key] = _build(request, page)
    return cached[key]


def root_path(request: HttpRequest) -> str | None:
    """Return the ``url_path`` of the home page in the active language; None where the site has none.

    No query where there is one site, which is usual; one query where there are several.
    """
    code = by_code(get_language()).code
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) > 1:
        site = Site.find_for_request(request)
        roots = [root for root in roots if site and root.site_id == site.pk]
    return next((root.root_path for root in roots if root.language_code == code), None)


def page_url(request: HttpRequest, page: Page) -> str:
    """Return a page's address for a link on the page that answers ``request``; "" where it has none.

    As ``page.get_url(request)``, which reads the site from the database even where there is only one.
    """
    parts = page.get_url_parts(request)
    if parts is None or parts[2] is None:
        return ""
    return parts[2] if len({root.site_id for root in Site.get_site_root_paths()}) == 1 else page.get_url(request) or ""


def _build(request: HttpRequest, page: Page | None) -> Frame:
    root = root_path(request)
    if root is None:
        return Frame(None, (), ())
    level = root.count("/")  # a page's depth is the number of slashes in its url_path
    ancestors = _ancestor_paths(page)
    rows = list(
        _with_contact(Page.objects.filter(live=True))
        .filter(
            Q(url_path=root) | Q(url_path__startswith=root, depth=level + 1, show_in_menus=True) | Q(path__in=ancestors)
        )
        .select_related("locale", "alias_of__locale")
        .order_by("path")
    )
    items = {row.pk: _item(request, row, page) for row in rows}
    home = next((row for row in rows if row.url_path == root), None)
    return Frame(
        home=items[home.pk] if home else None,
        sections=tuple(
            items[row.pk]
            for row in rows
            if row.depth == level + 1 and row.show_in_menus and row.url_path.startswith(root)
        ),
        trail=tuple(items[row.pk] for row in rows if row.path in ancestors),
        contact=Contact(home.contact_email or "", home.contact_phone or "") if home else Contact(),
    )


def _with_contact(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add what the site's settings say of the secretariat: every page shows it, and it shall not cost a query more."""
    settings = SiteSettings.objects.filter(site__root_page__translation_key=OuterRef("translation_key"))
    return pages.annotate(
        contact_email=Subquery(settings.values("contact_email")[:1]),
        contact_phone=Subquery(settings.values("contact_phone")[:1]),
    )


def _item(request: HttpRequest, row: Page, page: Page | None) -> NavItem:
    # An alias repeats a page in another language; the link spares the reader the redirect.
    shown = row.alias_of if row.alias_of_id and row.alias_of.locale_id != row.locale_id else row
    is_current = bool(page and row.path == page.path)
    return NavItem(
        title=row.title,
        url=page_url(request, shown),
        is_current=is_current,
        is_here=is_current or bool(page and page.path and page.path.startswith(row.path)),
        language=by_code(shown.locale.language_code),
        slug=row.slug,
    )


def _ancestor_paths(page: Page | None) -> list[str]:
    if page is None or not page.path:
        return []
    # The first step is Wagtail's root, which is nobody's page.
    return [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]
