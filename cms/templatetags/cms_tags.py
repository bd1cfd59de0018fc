"""What every template of the site may ask for: where the reader is, languages, dates and numbers, pictures."""

import datetime
import json
import re
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, ngettext
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from cms import formats, pictures
from cms.chips import FilterChip, chips_of
from cms.languages import DEFAULT, Language, by_code
from cms.listings import FilterForm
from cms.navigation import Frame, NavItem, frame_of
from cms.switcher import LanguageLink, alternate_links, language_links, other_languages_of_path

register = template.Library()

register.filter("date_words", formats.date_text)
register.filter("time_words", formats.time_text)
register.filter("number", formats.number_text)
register.filter("compact", formats.compact_text)
register.filter("word_list", formats.list_text)
register.simple_tag(formats.date_range_text, name="date_range")
register.simple_tag(formats.time_range_text, name="time_range")
register.simple_tag(formats.large_date, name="large_date")


@register.filter
def money(amount: formats.Number | None, currency: str) -> str:
    """``{{ page.cost_amount|money:page.cost_currency }}``: an amount with its currency."""
    return formats.money_text(amount, currency)


@register.filter
def with_unit(number: str, unit: str) -> SafeString:
    """``{{ value|number|with_unit:unit }}``: a number with its unit, so that a message can put both in their place."""
    return format_html('{}<span class="figures__unit">{}</span>', number, unit) if unit else format_html("{}", number)


@register.filter
def days_left(date: datetime.date | int | None) -> str:
    """Say how long it is until ``date`` (or how long that many days are); "" for None and for what has passed."""
    if date is None:
        return ""
    days = date if isinstance(date, int) else formats.days_until(date)
    if days < 0:
        return ""
    if days == 0:
        return gettext("Last day")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


# Where the reader is


def _page(context: Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """The home page, the sections in the menu and the pages above this one: ``{% site_frame as frame %}``."""
    request = context.get("request")
    return frame_of(request, _page(context)) if request else Frame(None, (), ())


@register.simple_tag(takes_context=True)
def section_of(context: Context, page: Page) -> NavItem | None:
    """The section in the menu that another page belongs to: ``{% section_of cases.0 as section %}``."""
    return site_frame(context).section_of(page)


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """This page, or the nearest there is, in each language of the site: ``{% languages as links %}``."""
    request = context.get("request")
    return language_links(request, _page(context)) if request else []


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[tuple[str, str]]:
    """(hreflang, absolute address) of this page in the languages that really have it: ``{% alternates as pairs %}``."""
    request = context.get("request")
    return alternate_links(request, _page(context)) if request else []


@register.simple_tag(takes_context=True)
def found_elsewhere(context: Context) -> list[LanguageLink]:
    """For a missing page: the same path in the languages that have it."""
    request = context.get("request")
    return other_languages_of_path(request) if request else []


@register.simple_tag(takes_context=True)
def absolute(context: Context, url: str) -> str:
    """An address with scheme and host."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request and url else url


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of this page; a later page of a listing is a page of its own, a filtered one is not."""
    page, request = _page(context), context.get("request")
    if not (page and request):
        return ""
    address = page.get_full_url(request) or ""
    rows = context.get("rows")
    return f"{address}?page={rows.number}" if address and getattr(rows, "number", 1) > 1 else address


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """What search engines read: the organisation on its home page, the way up on all others."""
    frame = site_frame(context)
    page = _page(context)
    if not frame.home:
        return mark_safe("")
    home = absolute(context, frame.home.url)
    if frame.home.is_current or not page:
        data: dict[str, Any] = {"@type": "Organization", "name": "ENCYNET", "legalName": str(settings.SITE_TITLE)}
        data |= {"url": home, "description": getattr(page, "summary", "") or str(settings.SITE_TITLE)}
    else:
        steps = [(item.title, absolute(context, item.url)) for item in frame.trail] + [(page.title, canonical(context))]
        data = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": url}
                for position, (name, url) in enumerate(steps, start=1)
            ],
        }
    return _json_script({"@context": "https://schema.org"} | data)


def _json_script(data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


# Languages


def _language_of(subject: Any) -> Language:
    if isinstance(subject, Language):
        return subject
    if isinstance(subject, str) or subject is None:
        return by_code(subject)
    return by_code(subject.locale.language_code)


def _is_foreign(subject: Any) -> bool:
    return bool(subject) and _language_of(subject).code != by_code(get_language()).code


@register.filter
def lang_attr(subject: Any) -> SafeString:
    """`` lang="…"`` where a page, language or code is not in the language of this page, otherwise nothing.

    Write it without a space before it: ``<h3{{ case|lang_attr }}>``.
    """
    return format_html(' lang="{}"', _language_of(subject).tag) if _is_foreign(subject) else mark_safe("")


@register.filter
def lang_label(subject: Any) -> SafeString:
    """A visible label, such as “in English”, where a page, language or code is not in the language of this page."""
    if not _is_foreign(subject):
        return mark_safe("")
    words = gettext("in %(language)s") % {"language": _language_of(subject).described}
    return format_html('<span class="lang-label">{}</span>', words)


@register.simple_tag
def current_language() -> Language:
    """The row of the language table that the interface is shown in."""
    return by_code(get_language())


@register.simple_tag
def default_language() -> Language:
    """The language of the sources."""
    return DEFAULT


@register.filter
def clauses(text: str) -> SafeString:
    """Keep what stands between two commas on one line where there is room; for lines in large type.

    Han script can break anywhere, which tears words apart where lines are short.
    """
    glue = " " if by_code(get_language()).spaced else ""
    parts = re.findall(r"[^,，、：；]+[,，、：；]?\s*", text)
    return format_html_join(glue, '<span class="clause">{}</span>', ((part.strip(),) for part in parts))


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail or web address that may break before its dots and its @, nowhere else."""
    parts = re.split(r"(?=[@.])", address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


# Pictures


@register.simple_tag
def photo(image: Any, shape: str = "wide", alt: str = "", sizes: str = "100vw", eager: bool = False) -> SafeString:
    """A picture in several sizes, with its dimensions, so that nothing jumps: ``{% photo page.cover "card" %}``.

    ``shape`` is a row of ``cms.pictures.SHAPES``, ``sizes`` as in HTML, ``eager`` for what is seen at once. An absent
    picture, or one whose file is missing, gives nothing.
    """
    if not image:
        return mark_safe("")
    try:
        return pictures.img(image, shape, alt=alt, sizes=sizes, eager=eager)
    except SourceImageIOError:
        return mark_safe("")


@register.simple_tag(takes_context=True)
def share_picture(context: Context) -> str:
    """The absolute address of the picture for those who share this page; "" where it has none."""
    cover = getattr(_page(context), "cover", None)
    try:
        return absolute(context, cover.get_rendition("fill-1200x630|format-jpeg").url) if cover else ""
    except SourceImageIOError:
        return ""


# Stories, listings and maps


@register.simple_tag
def heading_id(text: str) -> str:
    """The anchor of a heading, from its words in any script."""
    return slugify(text, allow_unicode=True) or "section"


@register.simple_tag
def filter_chips(form: FilterForm, query: str) -> list[FilterChip]:
    """The filters that are set, each with the query string without it."""
    return chips_of(form, query)


@register.filter
def place_line(page: Any) -> str:
    """Town and country of a page with a place, in the order of the reader's language: “Suwon, South Korea”."""
    parts = [part for part in (page.city, page.country_name) if part]
    if by_code(get_language()).script == "Latn":
        return ", ".join(parts)
    return " ".join(reversed(parts))


@register.inclusion_tag("components/map.html")
def place_map(pages: Any, name: str = "map") -> dict[str, Any]:
    """A map of the pages that have a latitude and a longitude, and the list that says the same.

    ``name`` tells several maps of one page apart.
    """
    places = [
        {
            "title": page.title,
            "url": page.url,
            "lat": float(page.latitude),
            "lon": float(page.longitude),
            "place": place_line(page),
            "lang": _language_of(page).tag,
            "page": page,
        }
        for page in pages
        if page.latitude is not None and page.longitude is not None
    ]
    data = [{key: value for key, value in place.items() if key != "page"} for place in places]
    return {
        "name": name,
        "places": places,
        "places_id": f"{name}-places",
        "data": data,
        "tile_url": settings.MAP_TILE_URL,
        "attribution": settings.MAP_TILE_ATTRIBUTION,
    }
