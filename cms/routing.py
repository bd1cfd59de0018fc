"""From an address to its page, in three queries however deep the page lies.

Wagtail walks down the tree, two queries a level, and asks for the view restrictions of every level. All types of pages
here are found by their path alone (none has routes of its own), so the path can be looked up at once.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.pages import BasePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at ``path`` below the home page of the active language, by Wagtail's own view."""
    page = find_page(request, path)
    # Wagtail keeps the route it found here, for itself and for whoever asks later in the request.
    request._wagtail_route_for_request = RouteResult(page) if page else None
    return wagtail_serve(request, path)


def find_page(request: HttpRequest, path: str) -> Page | None:
    """Return the live page at ``path``, of its own type, with what its template always shows; None where there is none.

    Its ``is_open_to_all`` says whether no view restriction concerns it.
    """
    root_path = _root_path(request)
    if root_path is None:
        return None
    slugs = "/".join(slug for slug in path.split("/") if slug)
    above = Q(path=Substr(OuterRef("path"), 1, Length("path")))
    restricted = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    row = (
        Page.objects.live()
        .filter(url_path=f"{root_path}{slugs}/" if slugs else root_path)
        # An alias has the restrictions of its source, which may lie elsewhere: Wagtail finds them.
        .annotate(may_be_restricted=Exists(restricted) | Exists(Page.objects.filter(above, alias_of__isnull=False)))
        .values("pk", "content_type", "may_be_restricted")
        .first()
    )
    if row is None:
        return None
    model = ContentType.objects.get_for_id(row["content_type"]).model_class() or Page
    pages = model._default_manager.select_related(*model.served_with) if issubclass(model, BasePage) else model.objects
    page = pages.get(pk=row["pk"])
    page.is_open_to_all = not row["may_be_restricted"]
    return page


def _root_path(request: HttpRequest) -> str | None:
    """Return the ``url_path`` of the home page in the active language, of the request's site. One query."""
    site, code = Site.find_for_request(request), get_language()
    return next(
        (
            root.root_path
            for root in Site.get_site_root_paths()
            if site and root.site_id == site.pk and root.language_code == code
        ),
        None,
    )
