from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.bootstrap.groups import EDITORS
from tests.translations.trees import PARAGRAPH, add_page
from translations import jobs, people, states
from translations.forms import RequestForm
from translations.models import Job, Notice, TranslationTask

URL = reverse("translations_request")


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def pk_of(code):
    return Locale.objects.get(language_code=code).pk


def ask(client, *pages, **data):
    query = "&".join(f"page={page.pk}" for page in pages)
    return client.post(f"{URL}?{query}", {"languages": [pk_of("ko")], **data})


def requested():
    return set(TranslationTask.objects.values_list("source__slug", "locale__language_code", "assignee__username"))


def test_coordinator_requests_a_page_and_its_draft_is_made(page, staff):
    due = timezone.localdate() + timedelta(days=7)
    ask(as_user(staff["coordinator"]), page, assignee_ko=staff["ko"].pk, due=due, message="Please")
    task = TranslationTask.objects.get()
    assert (task.assignee, task.due, task.request.message) == (staff["ko"], due, "Please")
    target = Translation.objects.get(source__object_id=page.translation_key).get_target_instance()
    assert (target.locale.language_code, target.live) == ("ko", False)


def test_subtree_and_selection_are_requested_together(home, page, staff):
    below = add_page(page, "Below", "below")
    add_page(page, "Draft", "draft", live=False)
    other = add_page(home, "Other", "other")
    ask(as_user(staff["coordinator"]), page, other, include_below="on")
    assert requested() == {(slug, "ko", None) for slug in ("water", "other", "below")}
    assert Translation.objects.filter(source__object_id=below.translation_key).exists()


def test_many_drafts_are_made_in_the_background(home, page, staff):
    pages = [add_page(home, f"Page {i}", f"page-{i}") for i in range(5)]
    ask(as_user(staff["coordinator"]), *pages)
    assert TranslationTask.objects.count() == 5
    assert not Translation.objects.filter(source__object_id=pages[0].translation_key).exists()
    assert jobs.run_next()
    assert Translation.objects.filter(source__object_id__in=[p.translation_key for p in pages]).count() == 5


def test_submission_of_a_subtree_makes_its_tasks_when_the_pages_are_there(page, staff):
    add_page(page, "Below", "below")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    name = "component-translations_translationrequest"
    data = {"locales": [pk_of("ko")], "include_subtree": "on", f"{name}-assignee_ko": staff["ko"].pk}
    as_user(staff["coordinator"]).post(url, data)
    assert requested() == set()
    assert jobs.run_next()
    assert requested() == {("water", "ko", "translator-ko"), ("below", "ko", "translator-ko")}
    assert TranslationTask.objects.values("request").distinct().count() == 1


def test_language_that_is_not_open_is_named_and_still_requested(page, staff):
    client = as_user(staff["coordinator"])
    ask(client, page, languages=[pk_of("ja")])
    assert requested() == {("water", "ja", None)}
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "“Water” cannot be translated into" in html
    assert "the page above, “Home”, is not translated yet" in html


def test_request_of_an_editor_makes_the_draft_that_its_translator_opens(page, staff):
    ask(as_user(staff["editor"]), page, assignee_ko=staff["ko"].pk)
    assert requested() == {("water", "ko", "translator-ko")}
    target = Translation.objects.get(source__object_id=page.translation_key).get_target_instance()
    assert (target.live, target.permissions_for_user(staff["editor"]).can_edit()) == (False, False)
    states.refresh()
    desk = as_user(staff["ko"]).get(reverse("translations_desk"))
    opened = [row.url for section in desk.context["sections"] for row in section.rows if row.title == "Water"]
    assert opened == [reverse("wagtailadmin_pages:edit", args=[target.pk])]


def test_request_of_an_editor_for_nobody_is_told_to_all_who_could_take_it(page, staff):
    ask(as_user(staff["editor"]), page)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"translator-ko", "coordinator"}


def test_drafts_that_an_editor_requests_are_made_in_the_background_by_their_rights_of_then(home, page, staff):
    pages = [add_page(home, f"Page {i}", f"page-{i}") for i in range(5)]
    client = as_user(staff["editor"])
    ask(client, *pages)
    job = Job.objects.get()
    assert client.get(reverse("translations_job", args=[job.pk])).status_code == 200
    staff["editor"].groups.clear()
    assert jobs.run_next()
    assert set(job.items.values_list("state", "message")) == {
        ("failed", "You may not submit this page for translation.")
    }
    staff["editor"].groups.add(Group.objects.get(name=EDITORS))
    assert jobs.retry(job) == 5
    assert jobs.run_next()
    assert Translation.objects.filter(source__object_id__in=[p.translation_key for p in pages]).count() == 5


@pytest.mark.parametrize("who", ["ko"])
def test_translator_cannot_ask(page, staff, who):
    ask(as_user(staff[who]), page)
    assert requested() == set()


def test_translation_and_draft_cannot_be_asked_for(home, korean, staff):
    draft = add_page(home, "Draft", "draft", live=False)
    ask(as_user(staff["coordinator"]), korean, draft)
    assert requested() == set()


def test_day_that_is_over_is_refused_and_nothing_typed_is_lost(page, staff):
    yesterday = timezone.localdate() - timedelta(days=1)
    response = ask(as_user(staff["coordinator"]), page, due=yesterday, message="Please")
    assert response.status_code == 200
    assert response.context["form"].errors == {"due": ["This day is over."]}
    assert "Please" in response.content.decode()
    assert requested() == set()


def test_translator_of_another_language_cannot_be_assigned(home, page, staff):
    response = ask(as_user(staff["coordinator"]), page, assignee_ja=staff["ko"].pk)
    assert list(response.context["form"].errors) == ["assignee_ja"]


def test_asking_for_pages_takes_the_same_queries_for_few_and_for_many(home, staff):
    client = as_user(staff["coordinator"])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "request_translations"])

    def cost(numbers):
        pages = [add_page(home, f"Page {i}", f"page-{i}") for i in numbers]
        # Drafts, which cost some each, are the worker's in both.
        ids = [page.pk for page in pages]
        counts = []
        for visit in (
            lambda: client.get(bulk, {"id": ids, "next": "/admin/"}),
            lambda: client.get(URL, {"page": ids}),
            lambda: ask(client, *pages),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert visit().status_code in (200, 302)
            counts.append(len(queries))
        return counts

    cost(range(5))
    few = cost(range(5, 11))
    assert cost(range(11, 31)) == few


def test_selection_in_the_explorer_leads_to_the_form(home, page, staff):
    other = add_page(home, "Other", "other")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "request_translations"])
    response = as_user(staff["coordinator"]).get(url, {"id": [page.pk, other.pk], "next": "/admin/pages/"})
    assert response.url == f"{URL}?page={page.pk}&page={other.pk}&next=/admin/pages/"


def test_submission_makes_the_tasks_that_its_form_asks_for(page, staff):
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client = as_user(staff["coordinator"])
    name = "component-translations_translationrequest"
    assert f"{name}-assignee_ko" in client.get(url).content.decode()
    client.post(url, {"locales": [pk_of("ko")], f"{name}-assignee_ko": staff["ko"].pk, f"{name}-message": "Hello"})
    task = TranslationTask.objects.get()
    assert (task.assignee, task.request.message, task.request.requested_by) == (
        staff["ko"],
        "Hello",
        staff["coordinator"],
    )


def test_submission_with_a_wrong_date_submits_nothing(page, staff):
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    data = {"locales": [pk_of("ko")], "component-translations_translationrequest-due": "2001-01-01"}
    response = as_user(staff["coordinator"]).post(url, data)
    assert "This day is over." in response.content.decode()
    assert not TranslationTask.objects.exists()
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def publish(client, page, value="action-publish", **changes):
    page = Page.objects.get(pk=page.pk).specific
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": page.body[0].id,
        "body-0-value": '{"blocks": [{"key": "a", "text": "Rain", "type": "unstyled"}], "entityMap": {}}',
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "page_themes-TOTAL_FORMS": "0",
        "page_themes-INITIAL_FORMS": "0",
        **changes,
        "action-publish": value,
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    return Page.objects.get(pk=page.pk)


@pytest.fixture
def korean_live(page, korean, staff):
    """The page as the editor's form would send it, translated and live in Korean."""
    from translations.catalog import translate_page  # noqa: PLC0415 -- one fixture

    client = as_user(staff["editor"])
    publish(client, page)
    translate_page(page, "ko", {"Water": "물", "Rain": "비"})
    states.refresh()
    return client


def state():
    from translations.models import PageTranslationState  # noqa: PLC0415 -- one helper

    states.refresh()
    return PageTranslationState.objects.get(source__slug="water", locale__language_code="ko").state


def test_button_of_the_minor_edit_is_there_for_a_page_with_translations(home, page, korean_live):
    other = add_page(home, "Other", "other", body=PARAGRAPH)
    pages = [korean_live.get(reverse("wagtailadmin_pages:edit", args=[p.pk])).content.decode() for p in (page, other)]
    assert ['value="minor-edit"' in html for html in pages] == [True, False]


def test_minor_edit_by_its_button_outdates_nothing(page, korean_live):
    publish(korean_live, page, "minor-edit", title="Waters")
    assert state() == "up_to_date"


def test_minor_edit_that_changed_a_number_says_which_language_has_work(page, korean_live):
    publish(korean_live, page, "minor-edit", title="Water 2030")
    assert state() == "outdated"
    html = korean_live.get(reverse("wagtailadmin_home")).content.decode()
    assert "a text has to be translated anew into: 한국어" in html or "translated anew into: Korean" in html


def test_publishing_outdates_and_offers_to_request(page, korean_live):
    publish(korean_live, page, title="Energy")
    assert state() == "outdated"
    html = korean_live.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{URL}?page={page.pk}" in html


def test_bulk_assigns_and_cancels_for_coordinators_only(home, page, staff):
    other = add_page(home, "Other", "other")
    client, url = as_user(staff["coordinator"]), reverse("translations_tasks_bulk")
    ask(client, page, other)
    ids = list(TranslationTask.objects.values_list("pk", flat=True))
    as_user(staff["ko"]).post(url, {"tasks": ids, "action": "cancel"})
    assert set(TranslationTask.objects.values_list("state", flat=True)) == {"requested"}
    client.post(url, {"tasks": ids, "action": "assign", "assignee": staff["ko"].pk})
    assert set(TranslationTask.objects.values_list("assignee__username", flat=True)) == {"translator-ko"}
    client.post(url, {"tasks": ids, "action": "cancel"})
    assert set(TranslationTask.objects.values_list("state", flat=True)) == {"cancelled"}


def test_bulk_assigns_nobody_what_they_do_not_translate(home, page, staff):
    """It would be on nobody's desk."""
    other = add_page(home, "Other", "other")
    client, url = as_user(staff["coordinator"]), reverse("translations_tasks_bulk")
    ask(client, page, other)
    TranslationTask.objects.filter(source=other).update(locale=pk_of("ja"))
    ids = list(TranslationTask.objects.values_list("pk", flat=True))
    answer = client.post(url, {"tasks": ids, "action": "assign", "assignee": staff["ko"].pk}, follow=True)
    assert "translator-ko does not translate into 日本語." in answer.content.decode()
    assert set(TranslationTask.objects.values_list("source__slug", "assignee__username")) == {
        ("water", "translator-ko"),
        ("other", None),
    }


def test_list_of_tasks_is_filtered(home, page, staff):
    other = add_page(home, "Other", "other")
    client, url = as_user(staff["coordinator"]), reverse("translations_tasks")
    ask(client, page, other, assignee_ko=staff["ko"].pk)
    TranslationTask.objects.filter(source=other).update(state="cancelled")

    def titles(user="coordinator", **query):
        return [row.title for row in as_user(staff[user]).get(url, query).context["rows"]]

    assert titles() == ["Water"]
    assert titles(heap="closed") == ["Other"]
    assert titles("ko", heap="assigned") == ["Water"]
    assert titles(heap="assigned") == []
    assert titles(q="wat") == ["Water"]
    assert titles(q="nothing") == []
    assert titles(language="ja") == []
    assert titles(state="in_review") == []


def test_languages_stand_in_the_sites_order(home):
    form = RequestForm(locales=people.target_languages())
    assert [locale.language_code for locale in form.fields["languages"].queryset] == ["zh-hant", "ko", "ja", "zh-hans"]
