"""What Wagtail publishes by itself is what the texts say, never a draft in the source's language."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow, WorkflowState
from wagtail_localize.models import StringSegment, Translation

from tests.translations.trees import PARAGRAPH, add_page
from translations.segments import segments_of
from translations.submission import submit_now
from translations.writing import write_text

pytestmark = pytest.mark.django_db
KOREAN_OF = {"Rivers": "강", "Water": "물", "Rain": "비"}


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key)


def translate_all(page, user):
    translation = translation_of(page)
    for text in segments_of(translation):
        if not text.is_translated:
            korean = KOREAN_OF.get(text.source, text.source.replace("Water", "물"))
            write_text(translation, StringSegment.objects.get(pk=text.pk), korean, user=user)


def title_of(page):
    page = Page.objects.get(pk=page.pk)
    return page.title if page.live else None


def in_bulk(client, page, user):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}&next=/admin/")


def in_bulk_with_the_page_above(client, page, user):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
    return client.post(f"{url}?id={page.get_parent().pk}&next=/admin/", {"include_descendants": "on"})


def by_the_api(client, page, user):
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))


def by_workflow(client, page, user):
    state = Workflow.objects.first().start(page, user)
    task_state = state.current_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]))


WAYS = [in_bulk, in_bulk_with_the_page_above, by_the_api, by_workflow]


@pytest.fixture
def submitted(page, admin_user):
    """The Korean page as it was submitted: a draft with English words."""
    submit_now(page, [Locale.objects.get(language_code="ko")], user=admin_user)
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="ko")


@pytest.fixture
def half_done(page, korean, admin):
    """A live Korean page whose newest revision is a draft with an English title."""
    page.title = "Rivers"
    page.save_revision().publish()
    admin.post(reverse("wagtailadmin_pages:edit", args=[korean.pk]), {"action": "draft"})
    assert korean.get_latest_revision_as_object().title in ("Water", "물")
    assert Page.objects.get(pk=korean.pk).get_latest_revision_as_object().title == "Rivers"
    return Page.objects.get(pk=korean.pk)


@pytest.mark.parametrize("way", WAYS)
def test_draft_of_a_submission_does_not_go_live_in_place_of_its_translation(way, page, submitted, admin, admin_user):
    translate_all(page, admin_user)
    way(admin, submitted, admin_user)
    assert title_of(submitted) == "물"
    assert "물" in str(Page.objects.get(pk=submitted.pk).specific.body)


@pytest.mark.parametrize("way", [in_bulk, by_the_api, by_workflow])
def test_draft_that_was_saved_half_translated_does_not_go_live(way, page, half_done, admin, admin_user):
    translate_all(page, admin_user)
    way(admin, half_done, admin_user)
    assert title_of(half_done) == "강"


@pytest.mark.parametrize("way", WAYS)
def test_incomplete_translation_is_refused(way, page, submitted, admin, admin_user):
    way(admin, submitted, admin_user)
    assert title_of(submitted) is None


def test_api_says_why(page, half_done, admin, admin_user):
    response = by_the_api(admin, half_done, admin_user)
    assert (response.status_code, "1 text is not translated yet" in response.json()["message"]) == (400, True)
    assert title_of(half_done) == "물"


def test_api_publishes_other_pages(home, admin, admin_user):
    draft = add_page(home, "Soil", "soil", live=False)
    assert by_the_api(admin, draft, admin_user).status_code == 200
    assert title_of(draft) == "Soil"


def test_workflow_that_cannot_publish_stays_open(page, submitted, admin, admin_user):
    by_workflow(admin, submitted, admin_user)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_workflow_publishes_other_pages(home, admin, admin_user):
    draft = add_page(home, "Soil", "soil", live=False)
    by_workflow(admin, draft, admin_user)
    assert title_of(draft) == "Soil"


def test_page_that_refuses_a_text_leaves_the_others_as_they_are(home, page, submitted, admin, admin_user):
    other = add_page(home, "Soil", "soil", body=PARAGRAPH)
    submit_now(other, [submitted.locale], user=admin_user)
    twin = Page.objects.get(translation_key=other.translation_key, locale=submitted.locale)
    translate_all(page, admin_user)
    translate_all(other, admin_user)
    # Longer than the page's model allows: upstream finds out when it makes the revision.
    translation = translation_of(other)
    translation.source.stringsegment_set.get_translations(translation.target_locale).filter(
        context__path="title"
    ).update(data="물" * 300)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={submitted.pk}&id={twin.pk}&next=/admin/")
    assert len(list(get_messages(response.wsgi_request))) == 1
    assert (title_of(submitted), title_of(twin)) == (None, None)
    assert Page.objects.get(pk=submitted.pk).title == "Water"


def test_what_was_scheduled_by_hand_does_not_go_live_once_the_translation_follows_its_source(page, korean, admin):
    Translation.objects.update(enabled=False)
    by_hand = Page.objects.get(pk=korean.pk).specific
    by_hand.title = "손으로"
    by_hand.save_revision(approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1))
    admin.post(reverse("wagtailadmin_pages:edit", args=[korean.pk]), {"localize-restart-translation": "1"})
    assert translation_of(page).enabled
    call_command("publish_scheduled")
    assert title_of(korean) == "물"


def test_translation_keeps_no_date_at_which_its_source_would_have_gone_down(page, admin_user):
    page.expire_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision().publish()
    submit_now(page, [Locale.objects.get(language_code="ko")], user=admin_user)
    submitted = page.get_translations().get(locale__language_code="ko")
    assert (submitted.expire_at, submitted.get_latest_revision().content["expire_at"]) == (None, None)
