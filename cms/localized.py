"""Pages in the reader's language, with a constant number of queries however many pages there are."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from cms.languages import DEFAULT, by_code

P = TypeVar("P", bound=Page)


def visible(pages: QuerySet[P]) -> QuerySet[P]:
    """Narrow to what any visitor may open: live, without view restriction, and not an alias. No query of its own."""
    # What PageQuerySet.public() says, inside the query: that one reads all restrictions first, at every call.
    restricted = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("path"), 1, Length("page__path")))
    return pages.filter(~Exists(restricted), live=True, alias_of__isnull=True)


def readable(pages: QuerySet[P], language_code: str | None = None) -> QuerySet[P]:
    """Narrow to one page per translation: in the reader's language, or the source where that has no translation.

    A translation counts only if the reader may open it. ``language_code`` defaults to the active language. Sources are
    pages in the default language. Rows come with their ``locale``.
    """
    code = by_code(language_code or get_language()).code
    pages = visible(pages).select_related("locale")
    if code == DEFAULT.code:
        return pages.filter(locale__language_code=code)
    translated = visible(Page.objects.filter(locale__language_code=code)).filter(
        translation_key=OuterRef("translation_key")
    )
    return pages.filter(Q(locale__language_code=code) | Q(locale__language_code=DEFAULT.code) & ~Exists(translated))


def in_language(pages: Iterable[P], language_code: str | None = None) -> dict[int, P]:
    """Return for each page's id the page to show: its live translation in the language, or the page itself if live.

    Relations point at source pages (P22); this is their way to the reader's language. All ``pages`` are of one type.
    One query.
    """
    sources = [page for page in pages if page is not None]
    if not sources:
        return {}
    code = by_code(language_code or get_language()).code
    model = type(sources[0])
    keys = {page.translation_key for page in sources}
    found = readable(model._default_manager.filter(translation_key__in=keys), code)
    by_key = {page.translation_key: page for page in found}
    return {page.pk: by_key[page.translation_key] for page in sources if page.translation_key in by_key}
