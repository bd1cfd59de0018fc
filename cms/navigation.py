"""Where a reader is and where they can go: the main navigation and the way back up, in one query a request."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.languages import Language, by_code


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
class Frame:
    """``home`` in the reader's language, ``sections``, its children in menus, ``trail``, the pages above."""

    home: NavItem | None
    sections: tuple[NavItem, ...]
    trail: tuple[NavItem, ...]

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


def _build(request: HttpRequest, page: Page | None) -> Frame:
    root_path = _root_path(request)
    if root_path is None:
        return Frame(None, (), ())
    level = root_path.count("/")  # a page's depth is the number of slashes in its url_path
    ancestors = _ancestor_paths(page)
    rows = list(
        Page.objects.filter(live=True)
        .filter(
            Q(url_path=root_path)
            | Q(url_path__startswith=root_path, depth=level + 1, show_in_menus=True)
            | Q(path__in=ancestors)
        )
        .select_related("locale", "alias_of__locale")
        .order_by("path")
    )
    item = {row.pk: _item(request, row, page) for row in rows}
    home = next((row for row in rows if row.url_path == root_path), None)
    return Frame(
        home=item[home.pk] if home else None,
        sections=tuple(
            item[row.pk]
            for row in rows
            if row.depth == level + 1 and row.show_in_menus and row.url_path.startswith(root_path)
        ),
        trail=tuple(item[row.pk] for row in rows if row.path in ancestors),
    )


def _item(request: HttpRequest, row: Page, page: Page | None) -> NavItem:
    # An alias repeats a page in another language; the link spares the reader the redirect.
    shown = row.alias_of if row.alias_of_id and row.alias_of.locale_id != row.locale_id else row
    is_current = bool(page and row.path == page.path)
    return NavItem(
        title=row.title,
        url=shown.get_url(request) or "",
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


def _root_path(request: HttpRequest) -> str | None:
    """Return the url_path of the home page in the active language, of the request's site where there are several."""
    code = by_code(get_language()).code
    paths = [row for row in Site.get_site_root_paths() if row.language_code == code]
    if len(paths) > 1:
        site = Site.find_for_request(request)
        paths = [row for row in paths if site and row.site_id == site.pk] or paths
    return paths[0].root_path if paths else None
