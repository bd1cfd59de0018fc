"""A site with one page of every type in every language, without the demonstration's content."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from cms.languages import CODES
from tests.factories import pages
from tests.factories.words import WORDS


@dataclass
class Tree:
    """The pages of one language, by the name of their model ("CasePage")."""

    home: Any
    by_type: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.by_type[name]


def make_root() -> Page:
    """Return the root of the page tree, made if the database was flushed, without Wagtail's welcome page."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(
        title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page), locale=locale
    )
    Site.objects.all().delete()
    for welcome in root.get_children().exclude(content_type__app_label="home"):
        welcome.delete()
    return Page.get_first_root_node()


def make_homes(codes: tuple[str, ...] = CODES) -> dict[str, Any]:
    """Return a home page in each language, translations of one another, the English one the site's root."""
    root = make_root()
    homes: dict[str, Any] = {}
    for code in codes:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        words = WORDS[code]
        page = pages.HomePage(
            **pages.common(words, motto=words.title, body=pages.story(words)), slug=f"home-{code}", locale=locale
        )
        if homes:
            page.translation_key = homes["en"].translation_key
        page.roles = [pages.HomeRole(title=words.title, text=words.sentence, locale=locale) for _ in range(3)]
        root.add_child(instance=page)
        page.save_revision().publish()
        homes[code] = page
    Site.objects.create(hostname="localhost", root_page=homes["en"], is_default_site=True, site_name="ENCYNET")
    return homes


def make_tree(home: Any) -> Tree:
    """Return one published page of every type under ``home``, in its language."""
    tree = Tree(home, {"HomePage": home})
    made = tree.by_type
    made["StandardPage"] = pages.make_standard_page(home, slug="about")
    made["PartnerIndexPage"] = pages.make_partner_index(home, slug="partners", show_in_menus=True)
    made["MemberDirectoryPage"] = pages.make_member_directory(made["PartnerIndexPage"], slug="members")
    made["PartnerPage"] = pages.make_partner(made["PartnerIndexPage"])
    made["CaseIndexPage"] = pages.make_case_index(home, slug="cases", show_in_menus=True)
    made["CasePage"] = pages.make_case(made["CaseIndexPage"], partner=made["PartnerPage"])
    made["EventIndexPage"] = pages.make_event_index(home, slug="events", show_in_menus=True)
    made["SummitPage"] = pages.make_summit(made["EventIndexPage"], partner=made["PartnerPage"])
    made["SessionPage"] = pages.make_session(made["SummitPage"])
    made["SeminarPage"] = pages.make_seminar(made["EventIndexPage"])
    made["ResearchIndexPage"] = pages.make_research_index(home, slug="research", show_in_menus=True)
    made["CallPage"] = pages.make_call(made["ResearchIndexPage"], partner=made["PartnerPage"])
    made["NewsIndexPage"] = pages.make_news_index(home, slug="news", show_in_menus=True)
    made["NewsPage"] = pages.make_news(
        made["NewsIndexPage"], summit=made["SummitPage"], partner=made["PartnerPage"], case=made["CasePage"]
    )
    pages.feature_case(home, made["CasePage"])
    return tree
