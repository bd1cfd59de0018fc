"""Pages that go live together: all or none, now or at their time, and by nobody who may not."""

import datetime
import json

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from tests.translations.trees import PARAGRAPH, add_page
from translations import bundles, notices, states
from translations.catalog import pair_rich_text, translate_page
from translations.models import Bundle, Delivery, Kind, Notice, PageTranslationState, SourceChange
from translations.review import why_not_publish
from translations.segments import segments_of
from translations.sources import take_over_missed
from translations.submission import submit_now, why_not_submit
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


@pytest.fixture
def draft(home):
    """An English page that was never published. What it says now is not what it said when it was first saved."""
    page = add_page(home, "First words", "rain", body=PARAGRAPH, live=False)
    page.title = "Rain gardens"
    page.save_revision()
    return Page.objects.get(pk=page.pk)


@pytest.fixture
def prepared(draft, admin_user, django_capture_on_commit_callbacks):
    """The draft in a bundle, submitted into Korean: the bundle."""
    with django_capture_on_commit_callbacks(execute=True):
        bundle = bundle_of(draft, owner=admin_user)
        submit_now(draft, [Locale.objects.get(language_code="ko")], user=admin_user)
    return bundle


def korean_of(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="ko")


def translate_all(page, user):
    translation = translation_of(page)
    for text in segments_of(translation):
        segment = StringSegment.objects.get(pk=text.pk)
        write_text(translation, segment, KOREAN_OF.get(text.source, text.source), user=user)


KOREAN_OF = {"Rain gardens": "빗물 정원", "Rain": "비"}


def test_page_that_was_never_published_waits_for_its_bundle(draft, admin_user):
    assert "put it into a bundle" in why_not_submit(draft, admin_user)
    bundle = bundle_of(draft, owner=admin_user)
    assert why_not_submit(draft, admin_user) == ""
    bundles.cancel(bundle)
    assert "put it into a bundle" in why_not_submit(draft, admin_user)


def test_new_page_is_translated_as_it_is_written_now(draft, prepared):
    assert "Rain gardens" in [text.source for text in segments_of(translation_of(draft))]
    assert {item.page_id for item in prepared.items.all()} == {draft.pk, korean_of(draft).pk}
    state = PageTranslationState.objects.get(source=draft, locale__language_code="ko")
    assert (state.state, state.translated) == ("in_translation", 0)


def test_new_page_and_its_translation_go_live_together(draft, prepared, admin_user):
    translate_all(draft, admin_user)
    bundles.publish(prepared, admin_user)
    assert titles(draft, korean_of(draft)) == ["Rain gardens", "빗물 정원"]
    assert (Page.objects.get(pk=draft.pk).live, korean_of(draft).live) == (True, True)


def test_new_page_does_not_go_live_without_its_translation(draft, prepared, admin_user):
    with pytest.raises(bundles.BundleRefused, match="not translated"):
        bundles.publish(prepared, admin_user)
    assert (Page.objects.get(pk=draft.pk).live, korean_of(draft).live) == (False, False)


def test_translation_of_an_unpublished_page_is_not_published_after_its_bundle_was_given_up(draft, prepared, admin_user):
    translate_all(draft, admin_user)
    bundles.cancel(prepared)
    assert "never published" in why_not_publish(translation_of(draft), korean_of(draft), admin_user)


def test_state_of_a_new_page_ends_with_its_bundle(draft, prepared, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bundles.cancel(prepared)
    assert not PageTranslationState.objects.filter(source=draft).exists()


def test_words_written_after_the_bundle_was_made_are_given_to_translators(draft, prepared, admin_user):
    translate_all(draft, admin_user)
    page = draft.get_latest_revision_as_object()
    page.title = "Rain gardens of Suwon"
    page.save_revision()
    with pytest.raises(bundles.BundleRefused, match="1 text is not translated"):
        bundles.publish(prepared, admin_user)
    assert not Page.objects.get(pk=draft.pk).live
    assert "Rain gardens of Suwon" in [text.source for text in segments_of(translation_of(draft))]


def test_words_that_translators_were_not_given_do_not_reach_readers(draft, prepared, admin_user, monkeypatch):
    translate_all(draft, admin_user)
    page = draft.get_latest_revision_as_object()
    page.title = "Rain gardens of Suwon"
    page.save_revision()
    # As if it were saved between the look at the drafts and the publication.
    monkeypatch.setattr(bundles, "take_over_drafts", lambda pages: 0)
    with pytest.raises(bundles.BundleRefused, match="1 text is not translated"):
        bundles.publish(prepared, admin_user)
    assert (Page.objects.get(pk=draft.pk).live, korean_of(draft).live) == (False, False)


def test_draft_is_given_to_translators_when_nobody_wrote_for_a_while(draft, prepared):
    page = draft.get_latest_revision_as_object()
    page.title = "Rain gardens of Suwon"
    page.save_revision()

    def sources():
        return [text.source for text in segments_of(translation_of(draft))]

    bundles.take_over_quiet_drafts()
    assert "Rain gardens" in sources()
    Page.objects.filter(pk=draft.pk).update(latest_revision_created_at=timezone.now() - bundles.QUIET)
    bundles.take_over_quiet_drafts()
    assert "Rain gardens of Suwon" in sources()


def test_translations_of_a_new_page_are_requested_from_its_bundle(draft, admin_user, admin, home):
    bundle = bundle_of(draft, owner=admin_user)
    url = reverse("translations_bundle", args=[bundle.pk])
    shown = admin.get(url).content.decode()
    request_url = f"{reverse('translations_request')}?page={draft.pk}&amp;next={url}"
    assert request_url in shown
    ko = Locale.objects.get(language_code="ko")
    response = admin.post(request_url.replace("&amp;", "&"), {"languages": [ko.pk]})
    assert response.url == url
    assert korean_of(draft).pk in bundle.items.values_list("page_id", flat=True)


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

    def fail(part, user, bundle):
        if part.translation:
            raise RuntimeError("the machine stops here")
        original(part, user, bundle)

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


@pytest.fixture
def japanese(home, page):
    """The page in Japanese, complete and published, in no bundle."""
    translate_page(home, "ja", {"Home": "家", "Together": "共に"})
    return translate_page(page, "ja", {"Water": "水", **pair_rich_text(PARAGRAPH, PARAGRAPH.replace("Water", "水"))})


def japanese_of(page):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="ja")


def translate_title_into(translation, text, user):
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    write_text(translation, segment, text, user=user)


def state_of(page, code):
    states.refresh([page.pk])
    row = PageTranslationState.objects.get(source=page, locale__language_code=code)
    return (row.state, row.reason)


def test_words_of_a_bundle_do_not_go_live_in_a_language_that_is_not_in_it(
    korean, japanese, changed, admin_user, admin, django_capture_on_commit_callbacks
):
    bundle = bundle_of(changed, korean, owner=admin_user)
    translation = japanese_of(changed)
    translate_title_into(translation, "水と空気", admin_user)
    assert "in the bundle “Water”" in why_not_publish(translation, japanese, admin_user)
    edit = reverse("wagtailadmin_pages:edit", args=[japanese.pk])
    assert "in the bundle “Water”" in admin.get(edit).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(edit, {"action": "publish"})
    assert titles(changed, japanese) == ["Water", "水"]
    translate_title_into(
        Translation.objects.get(target_locale=korean.locale, source=translation.source), "물", admin_user
    )
    bundles.publish(bundle, admin_user)
    assert why_not_publish(translation, japanese, admin_user) == ""
    assert state_of(changed, "ja") == ("outdated", "unpublished")


def test_words_of_a_bundle_do_not_go_live_by_another_one(korean, japanese, changed, admin_user):
    bundle_of(changed, owner=admin_user)
    other = bundle_of(japanese, owner=admin_user)
    translate_title_into(japanese_of(changed), "水と空気", admin_user)
    with pytest.raises(bundles.BundleRefused, match="not published yet"):
        bundles.publish(other, admin_user)
    bundles.set_pages(other, [japanese, changed])
    bundles.publish(other, admin_user)
    assert titles(changed, japanese) == ["Water and air", "水と空気"]


def test_draft_in_a_bundle_outdates_nothing_that_is_not_in_it(korean, japanese, changed, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    assert state_of(changed, "ko") == ("outdated", "texts")
    assert state_of(changed, "ja") == ("up_to_date", "draft")
    bundles.set_pages(bundle, [changed, korean, japanese])
    assert state_of(changed, "ja") == ("outdated", "texts")


def test_translation_that_was_outdated_before_the_draft_is_outdated_still(korean, japanese, changed, admin_user):
    published = changed.specific
    published.title = "Waters"
    published.save_revision().publish()
    published.title = "Water and air"
    published.save_revision()
    bundle_of(Page.objects.get(pk=changed.pk), owner=admin_user)
    assert state_of(changed, "ja") == ("outdated", "draft")


def test_draft_that_is_published_outdates(korean, japanese, changed, admin_user):
    bundle_of(changed, owner=admin_user)
    changed.get_latest_revision().publish()
    assert state_of(changed, "ja") == ("outdated", "texts")
    assert SourceChange.objects.filter(draft=True).count() == 0


def source_title(page):
    source = TranslationSource.objects.get(object_id=page.translation_key)
    segment = StringSegment.objects.get(source=source, context__path="title")
    assert json.loads(source.content_json)["title"] == segment.string.data
    return segment.string.data


def test_cancelled_bundle_leaves_translators_what_readers_see(korean, japanese, changed, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    assert source_title(changed) == "Water and air"
    bundles.cancel(bundle)
    assert source_title(changed) == "Water"
    assert (state_of(changed, "ko"), state_of(changed, "ja")) == (("up_to_date", ""), ("up_to_date", ""))
    assert why_not_publish(japanese_of(changed), japanese, admin_user) == ""


def test_source_that_leaves_its_bundle_is_translated_as_readers_see_it(korean, changed, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    bundles.set_pages(bundle, [korean])
    assert source_title(changed) == "Water"
    bundles.set_pages(bundle, [korean, changed])
    assert source_title(changed) == "Water and air"


def test_source_that_waits_in_another_bundle_keeps_its_draft(korean, changed, admin_user):
    bundles_of_it = [bundle_of(changed, korean, owner=admin_user), bundle_of(changed, owner=admin_user)]
    bundles.cancel(bundles_of_it[0])
    assert source_title(changed) == "Water and air"
    bundles.cancel(bundles_of_it[1])
    assert source_title(changed) == "Water"


def test_draft_that_a_bundle_left_behind_is_noticed(korean, changed, admin_user):
    bundle = bundle_of(changed, korean, owner=admin_user)
    assert take_over_missed() == 0
    bundle.delete()
    assert source_title(changed) == "Water and air"
    assert take_over_missed() == 1
    assert source_title(changed) == "Water"
    assert take_over_missed() == 0


def test_bundle_that_was_published_leaves_nothing_to_take_back(korean, changed, admin_user):
    bundle = bundle_of(changed, owner=admin_user)
    bundles.publish(bundle, admin_user)
    assert (take_over_missed(), source_title(changed)) == (0, "Water and air")


def test_due_bundle_is_published_by_its_owners_rights(changed, korean, admin_user):
    at = timezone.now() - datetime.timedelta(minutes=1)
    bundle = bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    translate_title(changed, "물과 공기", admin_user)
    bundles.publish_due()
    bundle.refresh_from_db()
    assert (bundle.state, titles(changed, korean)) == ("published", ["Water and air", "물과 공기"])


def test_due_bundle_that_cannot_be_published_tells_its_owner(
    changed, korean, admin_user, django_capture_on_commit_callbacks
):
    admin_user.email = "owner@example.org"
    admin_user.save()
    at = timezone.now() - datetime.timedelta(minutes=1)
    bundle = bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    with django_capture_on_commit_callbacks(execute=True):
        bundles.publish_due()
    bundle.refresh_from_db()
    assert bundle.state == "failed"
    assert "1 text is not translated yet" in bundle.error
    assert titles(changed, korean) == ["Water", "물"]
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert mail.outbox[0].subject == "[ENCYNET] Not published: “Water”"
    assert "1 text is not translated yet" in mail.outbox[0].body
    bundles.publish_due()
    assert Notice.objects.get().bundle == bundle


def test_owner_who_wants_no_mails_finds_the_failure_at_the_desk_only(
    changed, korean, admin_user, django_capture_on_commit_callbacks
):
    admin_user.email = "owner@example.org"
    admin_user.save()
    notices.choose(admin_user, {Kind.BUNDLE: Delivery.NONE})
    at = timezone.now() - datetime.timedelta(minutes=1)
    bundle_of(changed, korean, owner=admin_user, state="scheduled", publish_at=at)
    with django_capture_on_commit_callbacks(execute=True):
        bundles.publish_due()
    assert (mail.outbox, Notice.objects.get().user) == ([], admin_user)


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


def test_owner_keeps_in_a_bundle_what_a_coordinator_put_there(changed, korean, staff, client):
    bundle = bundle_of(changed, korean, owner=staff["ko"])
    client.force_login(staff["ko"])
    url = reverse("translations_bundle_edit", args=[bundle.pk])
    html = client.get(url).content.decode()
    assert ("한국어: 물" in html, "Water and air" in html) == (True, False)
    client.post(url, {"name": "Mine", "pages": [korean.pk]})
    assert set(bundle.items.values_list("page_id", flat=True)) == {changed.pk, korean.pk}


def test_whose_page_waits_in_a_bundle_sees_it_and_changes_nothing(changed, korean, admin_user, staff, client):
    bundle = bundle_of(changed, korean, owner=admin_user)
    client.force_login(staff["ko"])
    html = client.get(reverse("translations_bundle", args=[bundle.pk])).content.decode()
    assert "is not translated yet" in html
    assert reverse("translations_bundle_cancel", args=[bundle.pk]) not in html


def test_list_of_bundles_costs_the_same_for_many(changed, korean, admin_user, staff, client):
    client.force_login(staff["ko"])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("translations_bundles"))
        return len(captured)

    bundle_of(korean, owner=admin_user)
    queries()
    few = queries()
    for _number in range(4):
        bundle_of(korean, owner=admin_user)
    assert queries() == few


def test_others_do_not_see_a_bundle(changed, korean, admin_user, client, django_user_model):

    bundle = bundle_of(changed, korean, owner=admin_user)
    other = django_user_model.objects.create_user("other")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(other)
    for name in ("translations_bundle", "translations_bundle_edit"):
        assert client.get(reverse(name, args=[bundle.pk])).status_code == 404
    assert client.post(reverse("translations_bundle_publish", args=[bundle.pk])).status_code == 404
    assert client.get(reverse("translations_bundle_add", args=[changed.pk])).status_code in (302, 403)
