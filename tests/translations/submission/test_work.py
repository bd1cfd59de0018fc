"""Submitting in the background: what becomes an item, whose rights count, and when they are asked for."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from tests.translations.trees import PARAGRAPH, add_page, translate_home
from translations import jobs
from translations.events import page_submitted
from translations.jobs import queue, work
from translations.submission import submit_now, submit_pages
from translations.submission.work import SubmissionRefused, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return get_user_model().objects.create_superuser("coordinator")


def locale(code):
    return Locale.objects.get(language_code=code)


def start(page, *codes, user, below=True):
    return submit_pages([page], [locale(code) for code in codes], user=user, below=below, label="Water")


def outcome(job):
    job.refresh_from_db()
    return [(item.label, item.state, item.message) for item in job.items.all()]


def test_items_are_pages_by_languages_with_upper_pages_first(home, page, user):
    translate_home(home, "ja")
    add_page(add_page(page, "Rivers", "rivers"), "Wells", "wells")
    add_page(page, "Draft", "draft", live=False)
    job = start(page, "ko", "ja", user=user)
    jobs.run_next()
    assert outcome(job) == [
        (f"{title} → {language}", "done", "")
        for title in ("Water", "Rivers", "Wells")
        for language in ("한국어", "日本語")
    ]
    assert Page.objects.filter(locale=locale("ja"), live=False).count() == 3


def test_selection_without_pages_below_is_just_that(page, user):
    add_page(page, "Rivers", "rivers")
    job = start(page, "ko", user=user, below=False)
    jobs.run_next()
    assert [label for label, _state, _message in outcome(job)] == ["Water → 한국어"]


def test_page_that_is_translated_already_is_no_item(page, korean, user):
    job = start(page, "ko", user=user)
    jobs.run_next()
    assert outcome(job) == []


def test_planning_costs_the_same_for_many_pages(page, user):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            list(planned({"pages": [page.pk], "locales": [locale("ko").pk], "below": True}))
        return len(captured)

    add_page(page, "Rivers", "rivers")
    few = queries()
    for number in range(5):
        add_page(page, f"Wells {number}", f"wells-{number}")
    assert queries() == few


def test_page_that_fails_takes_those_below_it_along_and_no_other(page, home, user):
    below = add_page(page, "Rivers", "rivers")
    job = submit_pages([page, add_page(home, "Air", "air")], [locale("ko")], user=user, below=True, label="Two")
    claimed = queue.claim()
    jobs.plan(claimed, lambda: planned(job.arguments))
    Page.objects.filter(pk=page.pk).update(live=False)
    work.run(claimed)
    assert outcome(job) == [
        (
            "Water → 한국어",
            "failed",
            "Publish the page before you submit it, or put it into a bundle, to go live with its translations.",
        ),
        (f"{below.title} → 한국어", "failed", "the page above, “Water”, is not translated yet"),
        ("Air → 한국어", "done", ""),
    ]


def test_rights_are_those_of_the_moment_when_it_runs(page, home, django_user_model):
    group = Group.objects.create(name="Korean coordinators")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    korean_home = home.get_translations().get()
    for tree, action in ((home, "change"), (korean_home, "add")):
        GroupPagePermission.objects.create(group=group, page=tree, permission_type=action)
    minji = django_user_model.objects.create_user("minji")
    minji.groups.add(group)
    job = start(page, "ko", user=minji)
    GroupPagePermission.objects.filter(group=group, page=korean_home).delete()
    jobs.run_next()
    assert outcome(job) == [("Water → 한국어", "failed", "you may not add pages in this language")]


def test_job_of_a_user_who_left_does_nothing(page, user):
    job = start(page, "ko", user=user)
    user.delete()
    jobs.run_next()
    assert outcome(job) == [("Water → 한국어", "failed", "Whoever started this has no account any more.")]


def test_item_that_fails_leaves_nothing_of_its_page(page, user, monkeypatch):
    monkeypatch.setattr("translations.submission.work.make_draft", lambda *args, **kwargs: 1 / 0)
    job = start(page, "ko", user=user)
    jobs.run_next()
    assert outcome(job)[0][1] == "failed"
    assert not TranslationSource.objects.filter(object_id=page.translation_key).exists()
    monkeypatch.undo()
    jobs.retry(job)
    jobs.run_next()
    assert outcome(job)[0][1] == "done"
    assert StringSegment.objects.filter(source__object_id=page.translation_key).count() == 3


def test_failing_language_does_not_leave_the_next_with_what_was_undone(page, home, user):
    translate_home(home, "ja")
    failing = {"left": 1}

    def refuse(sender, translation, **kwargs):
        if failing["left"]:
            failing["left"] -= 1
            raise SubmissionRefused("not now")

    page_submitted.connect(refuse)
    try:
        job = start(page, "ko", "ja", user=user)
        jobs.run_next()
    finally:
        page_submitted.disconnect(refuse)
    assert [state for _label, state, _message in outcome(job)] == ["failed", "done"]
    assert Translation.objects.get(source__object_id=page.translation_key).target_locale == locale("ja")


def test_queries_of_a_page_do_not_grow_with_its_texts(home, user):
    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            submit_now(page, [locale("ko")], user=user)
        return len(captured)

    queries(add_page(home, "Water 0", "water-0", body=PARAGRAPH))
    short = queries(add_page(home, "Water 1", "water-1", body=PARAGRAPH))
    assert queries(add_page(home, "Water 2", "water-2", body=PARAGRAPH * 40)) == short


def test_refused_page_says_why(home, user):
    draft = add_page(home, "Draft", "draft", live=False)
    with pytest.raises(SubmissionRefused, match="Publish the page before you submit it"):
        submit_now(draft, [locale("ko")], user=user)


def test_disabled_translation_is_enabled_again(page, korean, user):
    korean.delete()
    assert not Translation.objects.get(source__object_id=page.translation_key).enabled
    submit_now(page, [locale("ko")], user=user)
    assert Translation.objects.get(source__object_id=page.translation_key).enabled
