"""Page -> PageDocument: what visitors can find of a page. The only place that reads pages for the public search.

A document holds the page's own ``search_fields`` as plain text, and the titles and places of its translations, so that
a name in one language finds the page in another. Pages are read in groups of translations, a constant number of queries
a group.
"""

import datetime
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Manager, Model, QuerySet
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from cms.cities import city_names
from cms.languages import CODES
from cms.pages import BasePage, SearchFacts
from cms.places import country_name
from search.attachments import Attachment, attachments_of, relations_with_documents
from search.kana import rows_read
from search.snippets import without_marks
from search.themes import read_theme_names
from search.visibility import searchable_pages

_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ",", "。", "！", "？", "：", "；", "，", "、")
_SPACE = re.compile(r"\s+")
# Shown by themselves, not among the page's other text.
_OWN_FIELDS = frozenset({"title", "summary"})
# No text holds it: a document's texts have no control characters.
PLACE_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class PageDocument:
    """What is known of a page to those who search; every engine stores exactly this.

    ``languages`` are those in which the page can be found (codes), ``important`` the text of search fields with a
    boost, ``names`` titles, places and themes in every language, ``url`` without a host on a single site, times are
    aware,
    ``towns`` other names of its towns, ``attachments`` the files that the page offers to everybody.

    ``titles`` are those of the translations, ``places`` each place with its name in every language (``place_value``).
    """

    page_id: int
    language: str
    translation_key: str
    languages: tuple[str, ...]
    kind: str
    url: str
    title: str
    summary: str = ""
    important: str = ""
    body: str = ""
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    country: str = ""
    themes: tuple[str, ...] = ()
    date: datetime.date | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    deadlines: tuple[datetime.datetime, ...] = ()
    expires_at: datetime.datetime | None = None
    towns: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def day(self) -> datetime.date | None:
        """The day the page is of: its date, or when it begins."""
        return self.date or (self.starts_at.date() if self.starts_at else None)

    @property
    def title_read(self) -> tuple[str, ...]:
        """How the title is read, in katakana (``kana.rows_read``); read anew each time, and no part of the digest."""
        return rows_read(self.title, self.language)

    @property
    def text_read(self) -> tuple[str, ...]:
        """How what is important and the summary are read."""
        return rows_read(f"{self.important}\n{self.summary}", self.language)

    @property
    def digest(self) -> str:
        """A mark that differs when anything in the document does."""
        # Not asdict(), which copies every text and costs more than all the rest.
        text = json.dumps(vars(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.blake2s(text.encode(), digest_size=12).hexdigest()


def build_documents(page_ids: Iterable[int]) -> dict[int, PageDocument]:
    """Return the documents of those of the pages that visitors may find, by page id, as the pages are now.

    The whole group of translations is read, since each document names the others.
    """
    keys = set(Page.objects.filter(pk__in=list(page_ids)).values_list("translation_key", flat=True))
    wanted = set(page_ids)
    return {page_id: document for page_id, document in build_groups(keys).items() if page_id in wanted}


def build_groups(translation_keys: Iterable[UUID]) -> dict[int, PageDocument]:
    """Return the documents of all findable pages with one of the keys, by page id."""
    found = list(_specific(searchable_pages().filter(translation_key__in=list(translation_keys))))
    attachments = attachments_of(found)
    addresses = _Addresses()
    groups: dict[UUID, list[BasePage]] = defaultdict(list)
    for page in found:
        groups[page.translation_key].append(page)
    # As they are now: what is kept in a cache may be older than the change that is indexed.
    themes = {slug: [name for _, name in names] for slug, names in read_theme_names()}
    return {
        document.page_id: replace(document, attachments=attachments[document.page_id])
        for pages in groups.values()
        for document in _group_documents(pages, themes, addresses)
    }


def build_document(page: Page) -> PageDocument | None:
    """Return the page's document, or None if visitors may not find it."""
    return build_documents([page.pk]).get(page.pk)


def _specific(pages: QuerySet[Page]) -> Iterator[BasePage]:
    """Yield the pages as their own types, with everything their documents need: a constant number of queries a type."""
    by_type: dict[type[BasePage], list[int]] = defaultdict(list)
    for page in pages.only("pk", "content_type").order_by("pk"):
        by_type[page.cached_content_type.model_class()].append(page.pk)
    for model, ids in by_type.items():
        yield from _prefetched(model).filter(pk__in=ids).order_by("pk")


def _prefetched(model: type[BasePage]) -> QuerySet[BasePage]:
    """Return the type's pages, with the relations that facts and search fields read, and those to documents."""
    relations = dict.fromkeys((*model.search_prefetch, *relations_with_documents(model)))
    pages = model._default_manager.select_related("locale").prefetch_related(*relations)
    for field in model.get_search_fields():
        if isinstance(field, index.RelatedFields):
            pages = field.select_on_queryset(pages)
    return pages


def _group_documents(
    pages: Sequence[BasePage], themes: Mapping[str, Sequence[str]], addresses: "_Addresses"
) -> Iterator[PageDocument]:
    facts = {page.pk: page.search_facts() for page in pages}
    languages = tuple(sorted(page.locale.language_code for page in pages))
    names = _names(pages, facts, themes)
    places = _places(pages, facts)
    towns = _towns(pages, facts)
    for page in pages:
        titles = dict.fromkeys(_clean(other.title) for other in pages if other.title != page.title)
        yield replace(
            _document(page, facts[page.pk], addresses.of(page)),
            languages=languages,
            names=names,
            titles=tuple(titles),
            places=places,
            towns=towns,
        )


class _Addresses:
    """Addresses of many pages: Wagtail keeps the sites' roots on what it is given in the place of a request."""

    def of(self, page: BasePage) -> str:
        """Return the page's address: without a host where there is one site only, empty where it has none."""
        parts = page.get_url_parts(self)
        if parts is None or parts[2] is None:
            return ""
        _site_id, root_url, path = parts
        sites = {root.site_id for root in page._get_site_root_paths(self)}
        return str(path if len(sites) == 1 else root_url + path)


def _document(page: BasePage, facts: SearchFacts, url: str) -> PageDocument:
    """Return what the page says by itself, without its translations."""
    important, body = _texts(page)
    return PageDocument(
        page_id=page.pk,
        language=page.locale.language_code,
        translation_key=str(page.translation_key),
        languages=(),
        kind=str(page.search_kind),
        url=url,
        title=_clean(page.title),
        summary=_clean(page.summary),
        important=important,
        body=body,
        country=facts.country,
        themes=facts.themes,
        date=facts.date,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        deadlines=facts.deadlines,
        expires_at=page.expire_at,
    )


def _names(
    pages: Sequence[BasePage], facts: dict[int, SearchFacts], themes: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return titles and places of all the translations, their countries and themes in every language; each once."""
    titles = [page.title for page in pages]
    places = [place for page in pages for place in facts[page.pk].places]
    countries = {facts[page.pk].country for page in pages} - {""}
    named = [country_name(country, code) for country in sorted(countries) for code in CODES]
    filed = [
        name for theme in sorted({slug for page in pages for slug in facts[page.pk].themes}) for name in themes[theme]
    ]
    return tuple(dict.fromkeys(_clean(name) for name in (*titles, *places, *named, *filed) if name))


def _places(pages: Sequence[BasePage], facts: dict[int, SearchFacts]) -> tuple[str, ...]:
    """Return each of the pages' places once: translations name the same places in the same order."""
    most = max(len(facts[page.pk].places) for page in pages)
    named: list[dict[str, str]] = [{} for _ in range(most)]
    others: list[dict[str, None]] = [{} for _ in range(most)]
    for page in pages:
        for at, place in enumerate(facts[page.pk].places):
            named[at][page.locale.language_code] = _clean(place)
            others[at] |= dict.fromkeys(map(_clean, city_names(place, facts[page.pk].country, _point(page))))
    values = (place_value(names, other) for names, other in zip(named, others, strict=True) if any(names.values()))
    return tuple(dict.fromkeys(values))


def _towns(pages: Sequence[BasePage], facts: dict[int, SearchFacts]) -> tuple[str, ...]:
    """Return what the pages' towns are called elsewhere and otherwise; each once."""
    return tuple(
        dict.fromkeys(
            _clean(name)
            for page in pages
            for place in facts[page.pk].places
            for name in city_names(place, facts[page.pk].country, _point(page))
        )
    )


def _point(page: BasePage) -> tuple[float, float] | None:
    """Return latitude and longitude of a page with a place, if it says them."""
    latitude, longitude = getattr(page, "latitude", None), getattr(page, "longitude", None)
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


def place_value(names: Mapping[str, str], others: Iterable[str] = ()) -> str:
    """Return a place's names as one text: by language code in the order of the languages, empty for none, then others.

    So one place is one value in the indexes of all languages, and can be counted.
    """
    by_language = [names.get(code, "") for code in CODES]
    return PLACE_SEPARATOR.join([*by_language, *(name for name in others if name not in by_language)])


def place_names(value: str) -> list[tuple[str, str]]:
    """Return (language code, name) of the names behind a ``place_value``; the other names have no code."""
    return [(code, name) for code, name in zip_longest(CODES, value.split(PLACE_SEPARATOR), fillvalue="") if name]


def _texts(page: BasePage) -> tuple[str, str]:
    """Return the text of boosted search fields, and of the others."""
    important: list[str] = []
    body: list[str] = []
    for field in page.get_search_fields():
        if getattr(field, "field_name", "") in _OWN_FIELDS:
            continue
        boosted = (getattr(field, "boost", None) or 1) > 1
        (important if boosted else body).extend(_field_text(field, page))
    return _joined(important), _joined(body)


def _joined(texts: Iterable[str]) -> str:
    """Return texts as one, with a sign between those that are no sentences: a name, the next name, a caption."""
    joined = ""
    for text in filter(None, map(_clean, texts)):
        joint = " " if joined.endswith(_SENTENCE_ENDS) else " · "
        joined = f"{joined}{joint}{text}" if joined else text
    return joined


def _field_text(field: index.BaseField | index.RelatedFields, instance: Model) -> Iterator[str]:
    """Yield the text of a search field; fields for filtering and for the admin's completion have none."""
    if isinstance(field, index.RelatedFields):
        for related in _related(field.get_value(instance)):
            for subfield in field.fields:
                yield from _field_text(subfield, related)
    elif isinstance(field, index.SearchField):
        yield from _flat(field.get_value(instance))


def _related(value: Any) -> Iterable[Model]:
    if value is None:
        return ()
    return value.all() if isinstance(value, (Manager, QuerySet)) or hasattr(value, "all") else (value,)


def _flat(value: Any) -> Iterator[str]:
    if value is None or value == "":
        return
    if isinstance(value, (list, tuple, set, QuerySet)):
        for item in value:
            yield from _flat(item)
    else:
        yield str(value)


def _clean(text: str) -> str:
    """Return text as a reader sees it: no tags, no entities, single spaces, nothing that an engine refuses."""
    if "<" in text or "&" in text:
        text = unescape(strip_tags(text))
    return _SPACE.sub(" ", without_marks(text.replace("\x00", " "))).strip()
