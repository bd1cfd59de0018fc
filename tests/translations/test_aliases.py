"""Decision 0004: a page that is not translated has no page under the language, however it came into being."""

import pytest
from django.contrib.messages import get_messages
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


ABROAD = "A copy is in the language of its page, and stands among the pages of that language."


def copy_to(client, page, parent, **data):
    fields = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(parent.pk), **data}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)


def test_page_is_not_copied_into_the_tree_of_another_language(page, korean, admin):
    response = copy_to(admin, page, korean.get_parent())
    assert response.context["form"].errors["new_parent_page"] == [ABROAD]
    assert not Page.objects.filter(slug="copy").exists()


def test_page_is_not_copied_into_the_tree_of_another_language_by_the_api(page, korean, admin):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"])
    response = admin.post(url, {"destination_page_id": korean.get_parent().pk, "slug": "copy"})
    assert (response.status_code, response.json()["message"]) == (400, ABROAD)
    assert not Page.objects.filter(slug="copy").exists()


def test_form_of_a_copy_offers_no_alias(page, admin):
    response = admin.get(reverse("wagtailadmin_pages:copy", args=[page.pk]))
    assert "publish_copies" in response.context["form"].fields
    assert "alias" not in response.context["form"].fields


def convert_by_view(client, page):
    return client.post(reverse("wagtailadmin_pages:convert_alias", args=[page.pk]))


def convert_by_the_api(client, page):
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "convert_alias"]))


@pytest.mark.parametrize("convert", [convert_by_view, convert_by_the_api])
@pytest.mark.parametrize("as_korean", [True, False])
def test_alias_of_another_languages_page_does_not_become_a_page_with_its_words(convert, as_korean, page, admin):
    home = page.get_parent().get_translations().get()
    languages = {"update_locale": home.locale, "reset_translation_key": False} if as_korean else {}
    alias = page.create_alias(parent=home, **languages)
    response = convert(admin, alias)
    said = [str(message) for message in get_messages(response.wsgi_request)] or [response.json()["message"]]
    assert [words.startswith("This page repeats one in English.") for words in said] == [True]
    assert Page.objects.get(pk=alias.pk).alias_of_id == page.pk


@pytest.mark.parametrize("convert", [convert_by_view, convert_by_the_api])
def test_alias_in_the_same_language_may_become_a_page(convert, page, home, admin):
    alias = page.create_alias(parent=home, update_slug="again")
    convert(admin, alias)
    assert Page.objects.get(pk=alias.pk).alias_of_id is None
