import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import Translation

from cms.models import User
from tests.translations.trees import add_page
from translations import bundles, states, tasks
from translations.catalog import translate_page
from translations.models import Bundle, Kind, Notice, TranslationTask

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


@pytest.fixture
def withdrawn(page, korean, staff, django_capture_on_commit_callbacks):
    """The Korean page, after the English one was unpublished."""
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    return Page.objects.get(pk=korean.pk)


def by_button(page, client):
    return client.post(url("edit", page.pk), {"action": "publish"})


def by_hand(page, client):
    Translation.objects.update(enabled=False)
    fields = {"title": "물", "slug": page.slug, "body-count": "0", "comments-TOTAL_FORMS": "0"}
    fields |= {"comments-INITIAL_FORMS": "0", "action-publish": "1"}
    return client.post(url("edit", page.pk), fields)


def in_bulk(page, client):
    return client.post(bulk("publish", page))


def in_bulk_by_hand(page, client):
    Translation.objects.update(enabled=False)
    return client.post(bulk("publish", page))


def by_the_api(page, client):
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def in_a_bundle(page, client):
    bundle = Bundle.objects.create(name="Water", owner=User.objects.get(username="translator-ko"))
    bundles.set_pages(bundle, [page])
    return client.post(reverse("translations_bundle_publish", args=[bundle.pk]))


def in_a_bundle_by_hand(page, client):
    Translation.objects.update(enabled=False)
    return in_a_bundle(page, client)


@pytest.mark.parametrize(
    "way", [by_button, by_hand, in_bulk, in_bulk_by_hand, by_the_api, in_a_bundle, in_a_bundle_by_hand]
)
def test_translation_of_a_withdrawn_page_is_not_published(
    way, page, withdrawn, staff, client, django_capture_on_commit_callbacks
):
    client.force_login(staff["ko"])
    with django_capture_on_commit_callbacks(execute=True):
        response = way(withdrawn, client)
    said = [str(message) for message in get_messages(response.wsgi_request)] or [response.json()["message"]]
    assert ["not published any more" in words for words in said] == [True]
    assert not live(withdrawn)
    page.get_latest_revision().publish()
    Bundle.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        way(withdrawn, client)
    assert live(withdrawn)


def test_withdrawn_pages_go_live_together_again(page, withdrawn, admin_user):
    bundle = Bundle.objects.create(name="Water", owner=admin_user)
    bundles.set_pages(bundle, [page, withdrawn])
    bundles.publish(bundle, admin_user)
    assert (live(page), live(withdrawn)) == (True, True)


def test_withdrawn_source_takes_the_dates_of_its_translations_along(page, korean):
    korean.unpublish()
    korean.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = korean.save_revision(approved_go_live_at=korean.go_live_at)
    page.unpublish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_nobody_is_asked_for_translations_of_a_withdrawn_page(page, korean, staff):
    page.title = "Rivers"
    page.save_revision().publish()
    states.refresh([page.pk])
    tasks.request([page], [korean.locale], user=staff["coordinator"], assignees={korean.locale: staff["ko"]})
    assert TranslationTask.objects.get().state == "requested"
    page.unpublish()
    assert TranslationTask.objects.get().state == "cancelled"
    assert Notice.objects.filter(user=staff["ko"], kind=Kind.CANCELLED).count() == 1


def test_withdrawn_page_in_a_bundle_is_still_asked_for(page, korean, staff):
    page.title = "Rivers"
    page.save_revision().publish()
    states.refresh([page.pk])
    tasks.request([page], [korean.locale], user=staff["coordinator"])
    bundles.set_pages(Bundle.objects.create(name="Water", owner=staff["coordinator"]), [page, korean])
    page.unpublish()
    assert TranslationTask.objects.get().state == "requested"


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


def slugs(parent):
    return [child.slug for child in Page.objects.get(pk=parent.pk).get_children()]


@pytest.fixture
def row(home):
    """Four English pages, of which three are in Korean; a function that gives one another position, and both orders."""
    pages = {name: add_page(home, name, name) for name in ("a", "b", "c", "d")}
    for name in ("a", "b", "d"):
        translate_page(pages[name], "ko", {name: f"{name}{name}"})
    korean = home.get_translations().get(locale__language_code="ko")

    def put(client, name, position):
        client.post(url("set_page_position", pages[name].pk) + f"?position={position}")
        return slugs(home), slugs(korean)

    return put


@pytest.mark.parametrize(
    ("name", "position", "english", "korean"),
    [
        ("d", 0, "dabc", "dab"),
        ("d", 1, "adbc", "adb"),
        ("a", 3, "bcda", "bda"),
        ("a", 2, "bcad", "bad"),
        # What has no translation moves none, nor what stands right already.
        ("c", 0, "cabd", "abd"),
        ("b", 2, "acbd", "abd"),
    ],
)
def test_order_of_sources_is_that_of_their_translations(row, admin, name, position, english, korean):
    assert row(admin, name, position) == (list(english), list(korean))


def test_order_follows_without_rights_on_the_translations(row, english_editor):
    assert row(english_editor, "d", 0) == (list("dabc"), list("dab"))


def test_translation_that_is_put_elsewhere_moves_no_source(row, home, admin):
    korean = home.get_translations().get(locale__language_code="ko")
    admin.post(url("set_page_position", korean.get_children().get(slug="d").pk) + "?position=0")
    assert (slugs(home), slugs(korean)) == (list("abcd"), list("dab"))
    # A later move puts its own page in its place, and leaves the others.
    assert row(admin, "b", 0) == (list("bacd"), list("dba"))


def test_bulk_unpublishing_takes_translations_along(page, korean, english_editor):
    english_editor.post(bulk("unpublish", page))
    assert (live(page), live(korean)) == (False, False)


def test_bulk_unpublishing_a_subtree_takes_the_translations_of_each_page_along(page, korean, home, admin):
    admin.post(bulk("unpublish", home), {"include_descendants": "on"})
    assert (live(page), live(korean), live(home.get_translations().get())) == (False, False, False)


def test_bulk_deletion_takes_translations_along(page, korean, admin):
    admin.post(bulk("delete", page))
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


def test_bulk_deletion_of_all_languages_deletes_each_once(page, korean, admin):
    admin.post(bulk("delete", page).replace("&next", f"&id={korean.pk}&next"))
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


def test_bulk_deletion_is_refused_to_somebody_who_may_not_delete_the_translation(page, korean, english_editor):
    response = english_editor.post(bulk("delete", page))
    [message] = [str(message) for message in get_messages(response.wsgi_request)]
    assert message == "The translation into 한국어 would be deleted too, and you may not delete it."
    assert (live(page), live(korean)) == (True, True)


def test_bulk_move_takes_translations_along(page, korean, place, admin):
    admin.post(bulk("move", page), {"chooser": place[0].pk})
    assert Page.objects.get(pk=page.pk).url == "/en/place/water/"
    assert Page.objects.get(pk=korean.pk).url == "/ko/place/water/"


def test_bulk_move_is_refused_where_a_translation_cannot_follow(page, korean, home, admin):
    place = add_page(home, "Place", "place")
    response = admin.post(bulk("move", page), {"chooser": place.pk})
    [message] = [str(message) for message in get_messages(response.wsgi_request)]
    assert message == "The new place has no page in 한국어, where this page is translated."
    assert Page.objects.get(pk=page.pk).url == "/en/water/"


def test_bulk_action_on_untranslated_pages_goes_on(page, admin):
    admin.post(bulk("unpublish", page))
    assert not live(page)


def test_expired_source_takes_its_translations_along(page, korean):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (live(page), live(korean)) == (False, False)


def test_source_unpublished_by_code_takes_its_translations_along(page, korean):
    page.unpublish()
    assert not live(korean)


def test_source_deleted_by_code_leaves_no_live_translation(page, korean):
    page.delete()
    assert not live(korean)


def test_translation_unpublished_by_code_leaves_the_source(page, korean):
    korean.unpublish()
    assert (live(page), live(korean)) == (True, False)


def test_copy_of_a_source_is_a_page_without_translations(page, korean, home):
    copied = page.copy(to=home, update_attrs={"slug": "copy"})
    assert not copied.get_translations().exists()
