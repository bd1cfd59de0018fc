"""Who may review, and that nothing gets past a review."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from translations import bundles, events, tasks
from translations.models import Bundle, TextChange, TranslationTask
from translations.permissions import may_return, may_review
from translations.review import is_accepted, why_not_publish, why_not_reviewed
from translations.writing import confirm_text, remove_override, write_override, write_text

pytestmark = pytest.mark.django_db
State = TranslationTask.State


@pytest.fixture
def translator(django_user_model):
    return django_user_model.objects.create_superuser("translator")


@pytest.fixture
def task(page, korean, translator):
    return TranslationTask.objects.create(
        source=page, locale=korean.locale, state=State.IN_REVIEW, translated_by=translator, assignee=translator
    )


@pytest.fixture
def translation(page, korean):
    return Translation.objects.get(source__object_id=page.translation_key)


def go_on(task, state, user, note=""):
    """As ``translations.tasks`` does it."""
    before, task.state, task.note = task.state, state, note
    task.save()
    events.task_changed.send(sender=TranslationTask, task=task, before=before, user=user)


def write_title(translation, text, user):
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    write_text(translation, segment, text, user=user)


def published_at(korean):
    return Page.objects.get(pk=korean.pk).last_published_at


def test_translator_reviews_own_work_unless_the_setting_forbids(task, translator, admin_user, settings):
    assert (may_review(translator, task), may_review(admin_user, task)) == (True, True)
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    assert (may_review(translator, task), may_review(admin_user, task)) == (False, True)


def test_whoever_wrote_a_text_is_its_translator_where_nobody_handed_it_in(
    task, translation, translator, admin_user, settings
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    TranslationTask.objects.filter(pk=task.pk).update(translated_by=None)
    task.refresh_from_db()
    write_title(translation, "물길", admin_user)
    assert (may_review(translator, task), may_review(admin_user, task)) == (True, False)


def test_whoever_wrote_a_text_does_not_accept_it_though_somebody_else_handed_it_in(
    task, translation, translator, admin_user, settings, django_user_model
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    third = django_user_model.objects.create_superuser("third")
    write_title(translation, "물길", admin_user)
    assert [may_review(user, task) for user in (translator, admin_user, third)] == [False, False, True]
    assert [may_return(user, task) for user in (translator, admin_user, third)] == [False, True, True]


def test_whoever_wrote_before_it_was_handed_in_unasked_does_not_accept_it(
    translation, translator, admin_user, settings
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    write_title(translation, "물길", admin_user)
    task = tasks.hand_in_unasked(translation, translator)
    assert not may_review(admin_user, task)


def test_what_readers_have_and_what_a_machine_wrote_is_nobodys_work_to_review(
    page, korean, translation, admin_user, translator, settings
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    write_title(translation, "물길", admin_user)
    korean.save_revision(user=admin_user).publish()
    task = TranslationTask.objects.create(source=page, locale=korean.locale, state=State.IN_TRANSLATION)
    title = StringSegment.objects.get(source=translation.source, context__path="title")
    write_text(translation, title, "물", user=admin_user, means="machine")
    tasks.hand_in(task, translator)
    assert (may_review(admin_user, task), may_review(translator, task)) == (True, False)


def test_nobody_reviews_a_page_that_is_not_theirs_to_publish(task, django_user_model):
    assert not may_review(django_user_model.objects.create_user("outsider"), task)


def test_what_is_in_review_is_published_by_a_reviewer_only(task, translation, korean, translator, admin_user, settings):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    assert "in review" in why_not_publish(translation, korean, translator)
    assert why_not_publish(translation, korean, admin_user) == ""


def test_what_was_returned_is_published_by_nobody(task, translation, korean, admin_user):
    go_on(task, State.RETURNED, admin_user, "The title is too long.")
    assert "returned" in why_not_publish(translation, korean, admin_user)
    assert task.verdicts.get().comment == "The title is too long."


def test_accepted_texts_may_go_live_until_one_is_changed(task, translation, korean, translator, admin_user, settings):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    go_on(task, State.ACCEPTED, admin_user)
    assert why_not_reviewed(translation, translator) == ""
    write_title(translation, "물길", translator)
    assert not is_accepted(translation)
    assert "after review" in why_not_reviewed(translation, translator)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.ACCEPTED])
def test_what_its_translator_changes_after_handing_it_in_waits_again(
    task, translation, korean, translator, admin_user, settings, state
):
    settings.TRANSLATIONS_REVIEWER_MUST_DIFFER = True
    if state == State.ACCEPTED:
        go_on(task, state, admin_user)
    write_title(translation, "물길", translator)
    task.refresh_from_db()
    assert task.state == State.IN_TRANSLATION
    assert "Hand it in again to publish it." in why_not_publish(translation, korean, translator)
    assert why_not_publish(translation, korean, admin_user) == ""
    tasks.hand_in(task, translator)
    tasks.accept(task, admin_user)
    assert why_not_publish(translation, korean, translator) == ""


def test_reviewer_corrects_a_word_and_goes_on(task, translation, admin_user):
    write_title(translation, "물길", admin_user)
    tasks.accept(task, admin_user)
    assert is_accepted(translation)


def test_acceptance_is_lost_with_a_value_that_is_changed(task, translation, korean, translator, admin_user, settings):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    link = translation.source.overridablesegment_set.get(context__path__contains="https://example.org")
    for change in (
        lambda: write_override(translation, link, "https://evil.example/", "https://evil.example/", user=translator),
        lambda: remove_override(translation, link, user=translator),
    ):
        go_on(task, State.ACCEPTED, admin_user)
        assert is_accepted(translation)
        change()
        task.refresh_from_db()
        assert (is_accepted(translation), task.state) == (False, State.IN_TRANSLATION)
        go_on(task, State.IN_REVIEW, translator)
    told = TextChange.objects.filter(string=None).order_by("pk").values_list("text", "means", "user__username")
    assert list(told) == [("https://evil.example/", "overridden", "translator"), ("", "followed", "translator")]


def test_value_that_is_chosen_again_changes_nothing(task, translation, translator, admin_user):
    link = translation.source.overridablesegment_set.get(context__path__contains="https://example.org")
    write_override(translation, link, "https://example.kr/", "https://example.kr/", user=translator)
    go_on(task, State.IN_REVIEW, translator)
    go_on(task, State.ACCEPTED, admin_user)
    write_override(translation, link, "https://example.kr/", "https://example.kr/", user=translator)
    assert is_accepted(translation)


def test_confirming_a_text_does_not_undo_the_review(task, translation, translator, admin_user, settings):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    go_on(task, State.ACCEPTED, admin_user)
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    translation.source.stringsegment_set.get_translations(translation.target_locale).update(translation_type="machine")
    confirm_text(translation, segment, user=translator)
    assert is_accepted(translation)


def test_acceptance_of_one_language_is_none_of_another(task, translation, admin_user, settings):
    go_on(task, State.ACCEPTED, admin_user)
    other = Translation(source=translation.source, target_locale_id=translation.source.locale_id)
    assert is_accepted(translation)
    assert not is_accepted(other)


def test_task_that_is_not_out_of_review_leaves_no_verdict(task, admin_user):
    TranslationTask.objects.filter(pk=task.pk).update(state=State.IN_TRANSLATION)
    task.refresh_from_db()
    go_on(task, State.ACCEPTED, admin_user)
    assert not task.verdicts.exists()


def by_button(page, korean, admin, user):
    return admin.post(reverse("wagtailadmin_pages:edit", args=[korean.pk]), {"action": "publish"})


def in_bulk(page, korean, admin, user):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return admin.post(f"{url}?id={korean.pk}&next=/admin/")


def by_the_api(page, korean, admin, user):
    return admin.post(reverse("wagtailadmin_api:pages:action", args=[korean.pk, "publish"]))


def by_synchronising(page, korean, admin, user):
    source = Translation.objects.get(source__object_id=page.translation_key).source
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    return admin.post(url, {"publish_translations": "on"})


def in_a_bundle(page, korean, admin, user):
    bundle = Bundle.objects.create(name="Water", owner=user)
    bundles.set_pages(bundle, [korean])
    return admin.post(reverse("translations_bundle_publish", args=[bundle.pk]))


@pytest.mark.parametrize("way", [by_button, in_bulk, by_the_api, by_synchronising, in_a_bundle])
def test_no_way_leads_past_a_review(
    way, page, korean, translation, admin, admin_user, settings, django_capture_on_commit_callbacks
):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    write_title(translation, "물길", admin_user)
    before = published_at(korean)
    with django_capture_on_commit_callbacks(execute=True):
        response = way(page, korean, admin, admin_user)
    assert published_at(korean) == before
    assert list(get_messages(response.wsgi_request)) or response.json()["message"]
    settings.TRANSLATIONS_REVIEW_REQUIRED = False
    Bundle.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        way(page, korean, admin, admin_user)
    assert published_at(korean) > before


def test_asking_costs_the_same_for_many_changes(task, translation, korean, admin_user, settings):
    settings.TRANSLATIONS_REVIEW_REQUIRED = True
    go_on(task, State.ACCEPTED, admin_user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            why_not_publish(translation, korean, admin_user)
        return len(captured)

    queries()
    few = queries()
    for number in range(5):
        write_title(translation, f"물 {number}", admin_user)
    assert queries() == few


def test_text_with_an_error_is_not_published(page, korean, translation, admin_user):
    write_title(translation, "제목이 아주 길다 " * 40, admin_user)
    reason = why_not_publish(translation, korean, admin_user)
    assert reason.startswith("Not published: 1 text has an error. In “제목이")
