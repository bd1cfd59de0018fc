"""One person of every role on a site that was set up, and a page in three languages: for what is allowed to whom."""

from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.models import User
from home.models import HomePage
from tests.translations.trees import PARAGRAPH, add_page
from translations.catalog import pair_rich_text, translate_page

TEXTS = {"ko": PARAGRAPH.replace("Water", "물"), "ja": PARAGRAPH.replace("Water", "水")}
TITLES = {"ko": "물", "ja": "水"}
ROLES = {
    "korean": "Translators: 한국어",
    "japanese": "Translators: 日本語",
    "editor": "Editors",
    "coordinator": "Coordinators",
    "nobody": None,
}


def make_roles() -> dict[str, User]:
    """A user for every role, in its group."""
    users = {}
    for role, group in ROLES.items():
        users[role] = User.objects.create_user(role)
        if group:
            users[role].groups.add(Group.objects.get(name=group))
    return users


def make_water() -> tuple[dict[str, Page], dict[str, Translation]]:
    """A page in English, Korean and Japanese, and its two translations, by language."""
    source = add_page(HomePage.objects.get(locale__language_code="en"), "Water", "water", body=PARAGRAPH)
    pages = {"en": source}
    for code, html in TEXTS.items():
        texts = {"Water": TITLES[code], **pair_rich_text(PARAGRAPH, html), "Rain": f"Rain {code}"}
        pages[code] = translate_page(source, code, texts)
    rows = Translation.objects.filter(source__object_id=source.translation_key).select_related("target_locale")
    return pages, {row.target_locale.language_code: row for row in rows}
