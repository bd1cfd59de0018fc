"""The end of an address that names a page in files of judged queries, and the page that is named (decision 0006)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from cms.languages import CODES
from search.judged import HOME
from search.visibility import searchable_pages

# Key of a page's translations -> language -> its address there, without the language's prefix.
Names = Mapping[UUID, Mapping[str, str]]


def names_of(keys: Iterable[Any]) -> Names:
    """Return the names of those pages that visitors may find now; ``keys`` may be a queryset of translation keys.

    Two SQL queries, however many there are.
    """
    names: dict[UUID, dict[str, str]] = defaultdict(dict)
    for page, name in _named(searchable_pages().filter(translation_key__in=keys)):
        names[page.translation_key][page.locale.language_code] = name
    return names


def pages_named(names: Iterable[str]) -> dict[str, UUID]:
    """Return name -> key of the page that has it as the end of its address, of those that visitors may find.

    A name is an address or its end, with or without host and language. Of several pages the one nearest to the home
    page is meant. Two SQL queries.
    """
    wanted = {name: path for name in names if (path := _path(name)) is not None}
    slugs = {path.rpartition("/")[2] for path in wanted.values()}
    roots = [root.root_path for root in Site.get_site_root_paths()]
    asked = searchable_pages().filter(Q(slug__in=slugs) | Q(url_path__in=roots))
    found = sorted((name.count("/"), f"/{name.strip('/')}", page.translation_key) for page, name in _named(asked))
    keys: dict[str, UUID] = {}
    for name, path in wanted.items():
        for _depth, address, key in found:
            if address == HOME == f"/{path}" or (path and address.endswith(f"/{path}")):
                keys.setdefault(name, key)
    return keys


def _named(pages: QuerySet[Page]) -> Iterator[tuple[Page, str]]:
    """Yield each page with its path below its language's home page; that of the home page itself is HOME."""
    roots = [(root.language_code, root.root_path) for root in Site.get_site_root_paths()]
    for page in pages.select_related("locale").only("translation_key", "url_path", "locale"):
        above = (path for code, path in roots if code == page.locale.language_code and page.url_path.startswith(path))
        root = max(above, key=len, default="/")
        yield page, page.url_path[len(root) :].strip("/") or HOME


def _path(name: str) -> str | None:
    """Return the address without host, query string, language and outer slashes; None for what is no address.

    That of a home page is empty.
    """
    try:
        path = unquote(urlsplit(name.strip()).path).strip("/")
    except ValueError:
        return None
    first, _, rest = path.partition("/")
    # What the database would refuse to look for.
    return None if "\x00" in path else rest if first in CODES else path
