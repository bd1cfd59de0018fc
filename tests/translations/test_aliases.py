"""Decision 0004: a page that is not translated has no page under the language, however it came into being."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization

from tests.translations.trees import add_page
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


def languages(page):
    return set(
        Page.objects.filter(translation_key=page.translation_key).values_list("locale__language_code", flat=True)
    )


def test_page_made_by_code_or_import_has_no_aliases(home):
    assert languages(add_page(home, "Water", "water")) == {"en"}


def test_page_made_in_the_editor_has_no_aliases(home, admin):
    response = admin.post(
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]),
        {
            "title": "Water",
            "slug": "water",
            "summary": "",
            "body-count": "0",
            "attachments-TOTAL_FORMS": "0",
            "attachments-INITIAL_FORMS": "0",
            "page_themes-TOTAL_FORMS": "0",
            "page_themes-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        },
    )
    assert response.status_code == 302
    page = Page.objects.get(slug="water")
    assert (page.live, languages(page)) == (True, {"en"})


def test_copied_page_has_no_aliases_and_no_translations(page, korean, admin):
    admin.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(page.get_parent().pk)},
    )
    assert languages(Page.objects.get(slug="copy")) == {"en"}


def test_translated_page_is_no_alias_and_neither_are_the_pages_above(page, korean):
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_untranslated_page_is_missing_under_the_language(page, client):
    assert client.get("/ko/water/").status_code == 404


def test_form_of_a_locale_does_not_offer_synchronisation(home, admin):
    url = reverse("wagtaillocales:edit", args=[Locale.objects.get(language_code="ko").pk])
    response = admin.get(url)
    assert response.status_code == 200
    assert "sync_from" not in response.content.decode()
    assert not LocaleSynchronization.objects.exists()


def test_alias_that_came_from_elsewhere_sends_readers_to_the_source(page, client):
    home = page.get_parent().get_translations().get()
    page.create_alias(parent=home, update_locale=home.locale, reset_translation_key=False)
    response = client.get("/ko/water/")
    assert (response.status_code, response["Location"]) == (302, "/en/water/")


def test_alias_becomes_a_draft_when_it_is_translated(page):
    home = page.get_parent().get_translations().get()
    alias = page.create_alias(parent=home, update_locale=home.locale, reset_translation_key=False)
    translated = translate_page(page, "ko", {"Water": "물"})
    assert (translated.pk, translated.alias_of_id, translated.live) == (alias.pk, None, False)


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("물", "mul"),
        ("氣候變遷", "qihoubianqian"),
        ("サミット 2027", "samitto-2027"),
        ("气候", "qihou"),
        ("Wà tér!", "wa-ter"),
    ],
)
def test_title_in_any_script_gets_a_latin_address(home, title, slug, live):
    assert add_page(home, title, "", live=live).slug == slug
    assert add_page(home, title, "", live=live).slug == f"{slug}-1"


def test_address_is_the_same_in_every_language(page, korean):
    assert (page.url, korean.url) == ("/en/water/", "/ko/water/")
