"""Which pages visitors may find: one queryset, asked by drainer, rebuild and status, so that they cannot disagree."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site, get_page_models

from cms.languages import CODES
from cms.localized import visible
from cms.pages import BasePage


@cache
def searchable_models() -> tuple[type[BasePage], ...]:
    """Return the page types that say what they are to a search (``search_kind``)."""
    return tuple(
        model for model in get_page_models() if issubclass(model, BasePage) and getattr(model, "search_kind", None)
    )


def searchable_pages() -> QuerySet[Page]:
    """Return the pages visitors may find.

    Live, not expired, not an alias, without view restriction on the page or an ancestor, of a type with
    ``search_kind``, under a site's root, in a language of the site.
    """
    types = ContentType.objects.get_for_models(*searchable_models(), for_concrete_models=False).values()
    return (
        visible(Page.objects.all())
        .filter(_under_a_site(), content_type__in=[content_type.pk for content_type in types])
        .exclude(expire_at__lte=timezone.now())
    )


def is_searchable(page: Page) -> bool:
    """Whether visitors may find the page, as the database has it now."""
    return searchable_pages().filter(pk=page.pk).exists()


def _under_a_site() -> Q:
    """Each language has its own root; a page is reachable under the root of its own language only."""
    roots = Q(pk__in=[])
    for root in Site.get_site_root_paths():
        if root.language_code in CODES:
            roots |= Q(url_path__startswith=root.root_path, locale__language_code=root.language_code)
    return roots
