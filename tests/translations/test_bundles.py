"""Pages that go live together: all or none, now or at their time, and by nobody who may not."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from translations import bundles
from translations.models import Bundle
from translations.review import why_not_publish
from translations.writing import write_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(page, korean):
    """The page with a new title that is not published, and its Korean page."""
    page.title = "Water and air"
    page.save_revision()
    return Page.objects.get(pk=page.pk)


def bundle_of(*pages, owner, **fields):
    bundle = Bundle.objects.create(name="Water", owner=owner, **fields)
    bundles.set_pages(bundle, pages)
    return bundle


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


def translate_title(page, text, user):
    segment = StringSegment.objects.get(source__object_id=page.translation_key, context__path="title")
    write_text(translation_of(page), segment, text, user=user)


def titles(*pages):
    return [Page.objects.get(pk=page.pk).title for page in pages]


def test_draft_of_the_source_is_translated_before_anybody_sees_it(changed, korean, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    segment = StringSegment.objects.get(source__object_id=changed.translation_key, context__path="title")
    assert segment.string.data == "Water and air"
    assert [bool(part.problem) for part in bundles.parts(bundle, admin_user)] == [False, True]
    assert titles(changed, korean) == ["Water", "물"]


def test_all_go_live_together(changed, korean, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    translate_title(changed, "물과 공기", admin_user)
    bundles.publish(bundle, admin_user)
    assert titles(changed, korean) == ["Water and air", "물과 공기"]
    assert bundle.state == "published"


def test_nothing_goes_live_while_something_is_missing(changed, korean, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    with pytest.raises(bundles.BundleRefused, match="1 text is not translated yet"):
        bundles.publish(bundle, admin_user)
    assert titles(changed, korean) == ["Water", "물"]


def test_failure_of_the_last_page_undoes_the_first(changed, korean, admin_user, monkeypatch):
    bundle = bundle_of(changed, korean, owner=admin_user)
    translate_title(changed, "물과 공기", admin_user)
    original = bundles._publish

    def fail(part, user):
        if part.translation:
            raise RuntimeError("the machine stops here")
        original(part, user)

    monkeypatch.setattr(bundles, "_publish", fail)
    with pytest.raises(RuntimeError):
        bundles.publish(bundle, admin_user)
    assert titles(changed, korean) == ["Water", "물"]
    bundle.refresh_from_db()
    assert bundle.state == "open"


def test_translation_in_a_bundle_is_not_published_alone(changed, korean, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    translate_title(changed, "물과 공기", admin_user)
    reason = why_not_publish(translation_of(changed), korean, admin_user)
    assert reason == "This page is published together with others, in the bundle “Water”."
    bundles.cancel(bundle)
    assert why_not_publish(translation_of(changed), korean, admin_user) == ""


def test_due_bundle_is_published_by_its_owners_rights(changed, korean, admin_user):
    at = timezone.now() - datetime.timedelta(minutes=1)
    bundle = bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    translate_title(changed, "물과 공기", admin_user)
    bundles.publish_due()
    bundle.refresh_from_db()
    assert (bundle.state, titles(changed, korean)) == ("published", ["Water and air", "물과 공기"])


def test_due_bundle_that_cannot_be_published_tells_its_owner(changed, korean, admin_user):
    admin_user.email = "owner@example.org"
    admin_user.save()
    at = timezone.now() - datetime.timedelta(minutes=1)
    bundle = bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    bundles.publish_due()
    bundle.refresh_from_db()
    assert bundle.state == "failed"
    assert "1 text is not translated yet" in bundle.error
    assert titles(changed, korean) == ["Water", "물"]
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert "1 text is not translated yet" in mail.outbox[0].body
    bundles.publish_due()
    assert len(mail.outbox) == 1


def test_bundle_whose_time_has_not_come_waits(changed, korean, admin_user):
    at = timezone.now() + datetime.timedelta(minutes=1)
    bundle = bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    bundles.publish_due()
    bundle.refresh_from_db()
    assert bundle.state == "scheduled"


def test_owner_without_rights_publishes_nothing(changed, korean, django_user_model):
    outsider = django_user_model.objects.create_user("outsider")
    bundle = bundle_of(changed, korean, owner=outsider)
    with pytest.raises(bundles.BundleRefused, match="You may not publish this page"):
        bundles.publish(bundle, outsider)


def test_bundle_is_published_once(changed, korean, admin_user):
    bundle = bundle_of(changed, owner=admin_user)
    bundles.publish(bundle, admin_user)
    with pytest.raises(bundles.BundleRefused, match="published or cancelled already"):
        bundles.publish(bundle, admin_user)


def test_bundle_is_made_and_published_in_the_admin(changed, korean, admin):
    url = reverse("translations_bundle_add", args=[changed.pk])
    assert "한국어: 물" in admin.get(url).content.decode()
    admin.post(url, {"name": "Water", "pages": [changed.pk]})
    bundle = Bundle.objects.get()
    html = admin.get(reverse("translations_bundle", args=[bundle.pk])).content.decode()
    assert "Ready" in html
    admin.post(reverse("translations_bundle_publish", args=[bundle.pk]))
    assert titles(changed) == ["Water and air"]
    assert "Water" in admin.get(reverse("translations_bundles")).content.decode()


def test_time_that_is_over_is_refused(changed, korean, admin):
    response = admin.post(
        reverse("translations_bundle_add", args=[changed.pk]),
        {"name": "Water", "pages": [changed.pk], "publish_at": "2020-01-01 10:00"},
    )
    assert "This time is over." in response.content.decode()
    assert not Bundle.objects.exists()


def test_bundle_gets_a_time_and_is_cancelled(changed, korean, admin, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    at = timezone.localtime() + datetime.timedelta(days=1)
    admin.post(
        reverse("translations_bundle_edit", args=[bundle.pk]),
        {"name": "Water", "pages": [changed.pk, korean.pk], "publish_at": at.strftime("%Y-%m-%d %H:%M")},
    )
    bundle.refresh_from_db()
    assert bundle.state == "scheduled"
    admin.post(reverse("translations_bundle_cancel", args=[bundle.pk]))
    bundle.refresh_from_db()
    assert bundle.state == "cancelled"


def test_others_do_not_see_a_bundle(changed, korean, admin_user, client, django_user_model):

    bundle = bundle_of(changed, korean, owner=admin_user)
    other = django_user_model.objects.create_user("other")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other)
    for name in ("translations_bundle", "translations_bundle_edit"):
        assert client.get(reverse(name, args=[bundle.pk])).status_code == 404
    assert client.post(reverse("translations_bundle_publish", args=[bundle.pk])).status_code == 404
    assert client.get(reverse("translations_bundle_add", args=[changed.pk])).status_code in (302, 403)
