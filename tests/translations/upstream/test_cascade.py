import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from tests.translations.trees import add_page
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(action, page):
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}&next=/admin/pages/"


def live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def english_editor(home, client, django_user_model):
    group = Group.objects.create(name="Editors of English")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    for action in ("add", "change", "publish", "bulk_delete"):
        GroupPagePermission.objects.create(group=group, page=home, permission_type=action)
    user = django_user_model.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_unpublishing_the_source_unpublishes_its_translations(page, korean, english_editor):
    english_editor.post(url("unpublish", page.pk))
    assert (live(page), live(korean)) == (False, False)


def test_unpublishing_a_translation_leaves_the_source(page, korean, admin):
    admin.post(url("unpublish", korean.pk))
    assert (live(page), live(korean)) == (True, False)


def test_deleting_the_source_deletes_its_translations(page, korean, admin):
    admin.post(url("delete", page.pk))
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


def test_deleting_a_translation_leaves_the_source(page, korean, admin):
    admin.post(url("delete", korean.pk))
    assert list(Page.objects.filter(translation_key=page.translation_key)) == [page.page_ptr]


def test_source_is_not_deleted_by_somebody_who_may_not_delete_the_translation(page, korean, english_editor):
    response = english_editor.post(url("delete", page.pk))
    [message] = [str(message) for message in get_messages(response.wsgi_request)]
    assert message == "The translation into 한국어 would be deleted too, and you may not delete it."
    assert (live(page), live(korean)) == (True, True)


@pytest.fixture
def place(home):
    place = add_page(home, "Place", "place")
    return place, translate_page(place, "ko", {"Place": "자리"})


def test_moving_the_source_moves_its_translations(page, korean, place, admin):
    admin.post(url("move_confirm", page.pk, place[0].pk))
    assert Page.objects.get(pk=page.pk).url == "/en/place/water/"
    assert Page.objects.get(pk=korean.pk).url == "/ko/place/water/"


def test_source_does_not_move_to_where_its_translation_cannot_follow(page, korean, home, admin):
    place = add_page(home, "Place", "place")
    response = admin.post(url("move_confirm", page.pk, place.pk))
    [message] = [str(message) for message in get_messages(response.wsgi_request)]
    assert message == "The new place has no page in 한국어, where this page is translated."
    assert Page.objects.get(pk=page.pk).url == "/en/water/"


def test_source_is_not_moved_by_somebody_who_may_not_move_the_translation(page, korean, place, english_editor):
    english_editor.post(url("move_confirm", page.pk, place[0].pk))
    assert Page.objects.get(pk=page.pk).url == "/en/water/"


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_bulk_action_on_a_translated_page_is_refused(page, korean, admin, action):
    response = admin.post(bulk(action, page))
    assert "has translations" in str(next(iter(get_messages(response.wsgi_request))))
    assert (live(page), live(korean)) == (True, True)


def test_bulk_action_is_refused_for_a_page_above_a_translated_one(home, admin):
    response = admin.post(bulk("unpublish", home), {"include_descendants": "on"})
    assert "has translations" in str(next(iter(get_messages(response.wsgi_request))))
    assert live(home)


def test_bulk_move_of_a_translated_page_is_refused(page, korean, place, admin):
    admin.post(bulk("move", page), {"chooser": place[0].pk})
    assert Page.objects.get(pk=page.pk).url == "/en/water/"


def test_bulk_action_on_untranslated_pages_goes_on(page, admin):
    admin.post(bulk("unpublish", page))
    assert not live(page)
