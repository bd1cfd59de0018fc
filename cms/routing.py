"""From an address to its page, in two queries however deep the page lies.

Wagtail walks down the tree, two queries a level, and asks for the view restrictions of every level. All types of pages
here are found by their path alone (none has routes of its own), so the path can be looked up at once.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.navigation import root_path
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
    root = root_path(request)
    if root is None:
        return None
    slugs = "/".join(slug for slug in path.split("/") if slug)
    above = Q(path=Substr(OuterRef("path"), 1, Length("path")))
    restricted = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    row = (
        Page.objects.live()
        .filter(url_path=f"{root}{slugs}/" if slugs else root)
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
