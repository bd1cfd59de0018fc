"""The trees: a home page and the same sections in every language."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.text import Truncator
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import TranslatableObject

from cases.models import CaseIndexPage
from cms.languages import CODES, DEFAULT, LANGUAGES
from events.models import EventIndexPage
from home.bootstrap.words import WORDS
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage
from partners.models import MemberDirectoryPage, PartnerIndexPage
from research.models import ResearchIndexPage
from translations.catalog import translate_page

# Pages made here have keys that follow from their first address, so that a later run knows them wherever they went.
_KEYS = uuid.UUID("6f9e2c51-5d0d-4c7e-9f43-6d3a0f5f2b1c")


@dataclass(frozen=True)
class Section:
    """A page to be made; its words are those of its address. ``in_menus`` puts it into the main navigation."""

    slug: str
    model: type[Page]
    in_menus: bool = True
    children: tuple["Section", ...] = ()


HOME = Section("home", HomePage)
SECTIONS = (
    Section(
        "about",
        StandardPage,
        children=tuple(Section(slug, StandardPage, in_menus=False) for slug in ("history", "membership", "contact")),
    ),
    Section("partners", PartnerIndexPage, children=(Section("members", MemberDirectoryPage, in_menus=False),)),
    Section("cases", CaseIndexPage),
    Section("events", EventIndexPage),
    Section("research", ResearchIndexPage),
    Section("news", NewsIndexPage),
)


def make_locales() -> list[str]:
    """Make Wagtail's locales of the language table; return the new ones' names."""
    made = []
    for language in LANGUAGES:
        _locale, created = Locale.objects.get_or_create(language_code=language.code)
        if created:
            made.append(f"language {language.name}")
    return made


def make_pages() -> tuple[HomePage, list[str]]:
    """Make the home page as the site's root, the sections below it, and their translations.

    Returns the English home page and a line for each page made.
    """
    made: list[str] = []
    home = _find_home()
    if home is None:
        home = _make_home()
        made.append(_line(home))
    made += _translate(home, "")
    for section in SECTIONS:
        made += _make_section(home, section, section.slug)
    return home, made


def _find_home() -> HomePage | None:
    """Return the English home page: the site's root, or the first there is."""
    homes = HomePage.objects.filter(locale__language_code=DEFAULT.code)
    return homes.filter(sites_rooted_here__isnull=False).first() or homes.order_by("path").first()


def _make_home() -> HomePage:
    """Make the English home page in place of Wagtail's welcome page, and the site that it is the root of."""
    root = Page.get_first_root_node()
    plain = ContentType.objects.get_for_model(Page)
    welcome = root.get_children().filter(content_type=plain, numchild=0, latest_revision__isnull=True).first()
    if welcome:
        # Sites go with their root page, so it leaves only after the site has another.
        welcome.slug = "wagtail-welcome"
        welcome.save(clean=False)
    home = _add(root, HOME, "")
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    place = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
    }
    site = Site.objects.filter(root_page=welcome).first() if welcome else Site.objects.filter(**place).first()
    if site is None or welcome:
        site = site or Site(is_default_site=not Site.objects.filter(is_default_site=True).exists())
        site.hostname, site.port = place["hostname"], place["port"]
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.save()
    if welcome:
        Page.objects.get(pk=welcome.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _make_section(parent: Page, section: Section, path: str) -> list[str]:
    """Make a section with its translations and children unless it exists or was deleted; return lines for new pages."""
    key = uuid.uuid5(_KEYS, path)
    page = Page.objects.filter(translation_key=key, locale=parent.locale).first()
    page = page or parent.get_children().filter(slug=section.slug).first()
    made = []
    if page is None:
        if TranslatableObject.objects.filter(translation_key=key).exists():
            # Its translations are remembered: it was made once, and an editor deleted it.
            return []
        page = _add(parent, section, path)
        made.append(_line(page))
    made += _translate(page, path)
    for child in section.children:
        made += _make_section(page, child, f"{path}/{child.slug}")
    return made


def _add(parent: Page, section: Section, path: str) -> Page:
    """Publish a new page in English below ``parent``."""
    locale = Locale.objects.get(language_code=DEFAULT.code)
    page = section.model(
        **{name: words[DEFAULT.code] for name, words in WORDS[path].items()},
        slug=find_available_slug(parent, section.slug),
        show_in_menus=section.in_menus,
        locale=locale,
        translation_key=uuid.uuid5(_KEYS, path),
        live=False,
    )
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return section.model.objects.get(pk=page.pk)


def _translate(page: Page, path: str) -> list[str]:
    """Translate a page into the languages that have none of it; return a line for each translation made."""
    have = _languages(page)
    above = _languages(page.get_parent()) if path else set(CODES)
    made = []
    for code in CODES:
        if code in have or code not in above:
            continue
        texts = {words[DEFAULT.code]: words[code] for words in WORDS[path].values()}
        translated = translate_page(page, code, texts)
        if translated:
            made.append(_line(translated))
    return made


def _languages(page: Page) -> set[str]:
    """Return the codes of the languages that a page exists in, drafts included."""
    translations = page.get_translations(inclusive=True).filter(alias_of__isnull=True)
    return set(translations.values_list("locale__language_code", flat=True))


def _line(page: Page) -> str:
    state = "page" if page.live else "draft"
    return f"{state} {page.locale.language_code}: {Truncator(page.title).chars(60)}"
