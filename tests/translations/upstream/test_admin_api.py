"""What the admin's API does with a page and its translations, and what it says where it refuses.

Who may do what by it, ``test_page_rights.py`` tells.
"""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.admin.api import actions
from wagtail.models import Page

from tests.translations.trees import add_page
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


def ask(client, page, action, **data):
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, action]), data)


def answer(response):
    return response.status_code, response.json()["message"]


def url_of(page):
    return Page.objects.get(pk=page.pk).url


@pytest.fixture
def place(home):
    """A page to move others to, and its Korean translation."""
    place = add_page(home, "Place", "place")
    return place, translate_page(place, "ko", {"Place": "자리"})


@pytest.fixture
def editor(staff, client):
    client.force_login(staff["editor"])
    return client


def test_wagtails_own_actions_still_ask_no_hook():
    """When they do, what ``upstream/admin_api.py`` asks in their place can go."""
    modules = [import_module(f"{actions.__name__}.{one.name}") for one in pkgutil.iter_modules(actions.__path__)]
    assert [one.__name__ for one in modules if "hook" in inspect.getsource(one)] == []


def test_move_takes_translations_along(page, korean, place, admin):
    response = ask(admin, page, "move", destination_page_id=place[0].pk, position="last-child")
    assert response.status_code == 200
    assert (url_of(page), url_of(korean)) == ("/en/place/water/", "/ko/place/water/")


def test_move_gives_translations_the_place_of_their_source(page, korean, place, admin):
    first = add_page(place[0], "First", "first")
    translate_page(first, "ko", {"First": "첫째"})
    ask(admin, page, "move", destination_page_id=first.pk, position="left")
    for parent in place:
        assert [child.slug for child in Page.objects.get(pk=parent.pk).get_children()] == ["water", "first"]


def test_move_is_refused_where_a_translation_cannot_follow(page, korean, home, admin):
    place = add_page(home, "Place", "place")
    response = ask(admin, page, "move", destination_page_id=place.pk, position="last-child")
    assert answer(response) == (400, "The new place has no page in 한국어, where this page is translated.")
    assert url_of(page) == "/en/water/"


def test_move_is_refused_to_somebody_who_may_not_move_the_translation(page, korean, place, editor):
    response = ask(editor, page, "move", destination_page_id=place[0].pk, position="last-child")
    assert answer(response) == (400, "The translation into 한국어 would have to move too, and you may not move it.")
    assert url_of(page) == "/en/water/"


def by_view(client, page, place):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))


def in_bulk(client, page, place):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    return client.post(f"{url}?id={page.pk}&next=/admin/", {"chooser": place.pk})


def by_the_api(client, page, place):
    return ask(client, page, "move", destination_page_id=place.pk, position="last-child")


@pytest.mark.parametrize("way", [by_view, in_bulk, by_the_api])
def test_nothing_moves_where_the_address_of_a_translation_is_taken(way, page, korean, place, admin):
    add_page(place[1], "다른", "water")
    response = way(admin, page, place[0])
    said = [str(message) for message in get_messages(response.wsgi_request)] or [response.json()["message"]]
    assert said == ["The new place already has another page with the address of the translation into 한국어."]
    assert (url_of(page), url_of(korean)) == ("/en/water/", "/ko/water/")


def test_page_is_not_moved_into_itself(page, admin):
    assert ask(admin, page, "move", destination_page_id=page.pk, position="first-child").status_code == 403
    assert url_of(page) == "/en/water/"


def test_page_is_not_moved_beside_the_root(page, admin):
    response = ask(admin, page, "move", destination_page_id=Page.get_first_root_node().pk)
    assert answer(response) == (400, "There is no place beside the root of all pages.")


def test_deletion_takes_translations_along(page, korean, admin):
    assert ask(admin, page, "delete").status_code == 204
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


def test_deletion_is_refused_to_somebody_who_may_not_delete_the_translation(page, korean, editor):
    response = ask(editor, page, "delete")
    assert answer(response) == (400, "The translation into 한국어 would be deleted too, and you may not delete it.")
    assert Page.objects.filter(translation_key=page.translation_key, live=True).count() == 2


def test_withdrawing_a_subtree_takes_the_translations_of_each_page_along(page, korean, home, admin):
    ask(admin, home, "unpublish", recursive=True)
    assert not Page.objects.filter(depth__gt=1, live=True).exists()


@pytest.mark.parametrize("action", ["publish", "revert_to_page_revision"])
def test_locked_page_stays_as_it_is(action, page, editor, admin_user):
    page.title = "Waters"
    former = page.latest_revision_id
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=admin_user)
    status, message = answer(ask(editor, page, action, revision_id=former))
    assert (status, "locked" in message) == (400, True)
    page.refresh_from_db()
    assert (page.title, page.get_latest_revision().content["title"]) == ("Water", "Waters")


def test_locked_page_is_not_published_in_bulk(page, editor, admin_user):
    page.title = "Waters"
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=admin_user)
    editor.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}&next=/admin/")
    assert Page.objects.get(pk=page.pk).title == "Water"


def test_translation_is_not_taken_back_as_a_whole(korean, admin):
    response = ask(admin, korean, "revert_to_page_revision", revision_id=korean.latest_revision_id)
    words = "A translation is not taken back as a whole. Its editor shows the former texts, and restores each."
    assert answer(response) == (400, words)


def test_aliases_are_refused_in_words(page, admin):
    words = "This site makes no aliases: a page stands in one place, in its own language."
    assert answer(ask(admin, page, "create_alias", recursive=False)) == (400, words)


def test_copying_for_translation_is_refused_in_words(page, admin):
    words = "Pages are translated at the translation desk: request the translation there."
    assert answer(ask(admin, page, "copy_for_translation", locale="ko")) == (400, words)
