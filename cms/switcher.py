"""Ways from one language to another: the switcher, alternate addresses for search engines, help on a missing page."""

from dataclasses import dataclass
from urllib.parse import unquote

from django.db.models import Q
from django.http import HttpRequest
from django.urls import get_script_prefix, translate_url
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page, Site

from cms.languages import DEFAULT, LANGUAGES, Language
from cms.localized import visible
from cms.navigation import page_url


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the switcher.

    ``url`` is where it leads, ``is_translation`` whether that is the same page in ``language`` (otherwise the nearest
    page above it that exists there), ``is_current`` whether the reader is in that language now, ``title`` the title of
    the page it leads to, in its own language (the language's name for a home that does not exist yet); empty for views
    that are not pages.
    """

    language: Language
    url: str
    is_current: bool
    is_translation: bool
    title: str


def language_links(request: HttpRequest, page: Page | None = None) -> list[LanguageLink]:
    """Return one link for every language, in the table's order; at most two queries, and none again in one request.

    ``page`` may be unsaved, as in a preview. Without one the request's own view is meant, such as the search; on a path
    where there is nothing, the links lead to the same path in languages that have it, and to the other homes.
    """
    cache: dict[str | None, list[LanguageLink]] = request.__dict__.setdefault("_language_links", {})
    key = page.path if page else None
    if key not in cache:
        cache[key] = _links_of_page(request, page) if page else _links_of_view(request)
    return cache[key]


def alternate_links(request: HttpRequest, page: Page | None = None) -> list[tuple[str, str]]:
    """Return (hreflang, absolute address) of this page in every language that really has it, and of the default.

    Empty where there is only one language, since a page is no alternate of itself.
    """
    links = [link for link in language_links(request, page) if link.is_translation]
    if len(links) < 2:
        return []
    pairs = [(link.language.tag, request.build_absolute_uri(link.url)) for link in links]
    default = next((url for tag, url in pairs if tag == DEFAULT.tag), pairs[0][1])
    return [*pairs, ("x-default", default)]


def other_languages_of_path(request: HttpRequest) -> list[LanguageLink]:
    """Return links to the pages that have the request's path, less its language prefix, in any language.

    For a page that is missing in one language: slugs are the same in all (decision 0006). At most two queries.
    """
    first, _slash, rest = unquote(request.path_info).lstrip("/").partition("/")
    slugs = (rest if get_language_from_path(request.path_info) else f"{first}/{rest}").strip("/")
    site = Site.find_for_request(request)
    paths = [
        f"{root.root_path}{slugs}/" if slugs else root.root_path
        for root in Site.get_site_root_paths()
        if site and root.site_id == site.pk
    ]
    if not paths:
        return []
    found = {
        page.locale.language_code: page
        for page in visible(Page.objects.filter(url_path__in=paths)).select_related("locale")
    }
    return [
        _link(request, language, found[language.code], is_current=language.code == get_language(), is_translation=True)
        for language in LANGUAGES
        if language.code in found
    ]


def home_url(language: Language) -> str:
    """Return the address of a language's home, such as "/zh-hant/"."""
    return f"{get_script_prefix()}{language.code}/"


def _links_of_page(request: HttpRequest, page: Page) -> list[LanguageLink]:
    """Return the links of a page: its translations, else those of the pages above it, else the homes."""
    ends = range(2 * page.steplen, len(page.path), page.steplen)
    above = Page.objects.filter(path__in=[page.path[:end] for end in ends]).values("translation_key")
    mine = Q(translation_key=page.translation_key)
    rows = visible(Page.objects.filter(mine | Q(translation_key__in=above))).select_related("locale")
    # The page itself goes first, then the lowest page above it.
    ranked = sorted(rows, key=lambda row: (row.translation_key == page.translation_key, row.depth), reverse=True)
    nearest: dict[str, Page] = {}
    for row in ranked:
        nearest.setdefault(row.locale.language_code, row)
    current = next((row.locale for row in ranked if row.locale_id == page.locale_id), None) or page.locale
    nearest[current.language_code] = page
    return [
        _link(
            request,
            language,
            nearest.get(language.code),
            is_current=language.code == current.language_code,
            is_translation=language.code in nearest and nearest[language.code].translation_key == page.translation_key,
        )
        for language in LANGUAGES
    ]


def _links_of_view(request: HttpRequest) -> list[LanguageLink]:
    """Return the links of a view that is no page, or of a path where there is nothing."""
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        same = {link.language: link for link in other_languages_of_path(request)}
        return [
            same.get(language) or _link(request, language, None, language.code == get_language(), False)
            for language in LANGUAGES
        ]
    return [
        LanguageLink(
            language=language,
            url=translate_url(request.get_full_path(), language.code),
            is_current=language.code == get_language(),
            is_translation=True,
            title="",
        )
        for language in LANGUAGES
    ]


def _link(
    request: HttpRequest, language: Language, page: Page | None, is_current: bool, is_translation: bool
) -> LanguageLink:
    """Return the link to ``page``, or to the language's home where there is none."""
    url = (page_url(request, page) if page else None) or (request.path if is_current else home_url(language))
    return LanguageLink(language, url, is_current, is_translation, page.title if page else language.name)
