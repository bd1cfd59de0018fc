"""Small page trees for the tests of translations: homes in every language, and English pages to translate."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from cms.languages import CODES
from home.models import HomePage, StandardPage
from translations.catalog import translate_page

PARAGRAPH = '<p>Water is <b>shared</b>, see <a href="https://example.org/">the plan</a>.</p><ul><li>Rain</li></ul>'


def make_locales() -> dict[str, Locale]:
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}


def make_home(title: str = "Home") -> HomePage:
    """The English home page as the site's root, in place of Wagtail's welcome page."""
    make_locales()
    root = Page.get_first_root_node()
    root.get_children().delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(
        instance=HomePage(title=title, slug="home", motto="Together", locale=Locale.objects.get(language_code="en"))
    )
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="ENCYNET")
    ContentType.objects.clear_cache()
    return HomePage.objects.get(pk=home.pk)


def translate_home(home: HomePage, *codes: str) -> dict[str, HomePage]:
    texts = {home.title: f"{home.title} *", "Together": "Together *"}
    return {code: translate_page(home, code, texts) for code in codes}


def add_page(parent: Page, title: str, slug: str, *, body: str = "", live: bool = True) -> StandardPage:
    page = StandardPage(title=title, slug=slug, locale=parent.locale, live=live)
    if body:
        page.body = [("paragraph", body)]
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return StandardPage.objects.get(pk=page.pk)
