from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from tests.translations.test_sources import publish
from tests.translations.trees import PARAGRAPH, add_page, translate_home
from tests.visits.counted import visited
from translations import desk, notices, states, tasks
from translations.catalog import translate_page
from translations.models import (
    Bundle,
    Delivery,
    Kind,
    Notice,
    NoticeChoice,
    TranslationTask,
)

DESK = reverse("translations_desk")


@pytest.fixture
def ko(home):
    return Locale.objects.get(language_code="ko")


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def heaps(user, *codes):
    locales = list(Locale.objects.filter(language_code__in=codes))
    return {
        section.name: [(row.title, row.language.code) for row in section.rows]
        for section in desk.sections_for(user, locales)
    }


def make_task(page, locale, **fields):
    return TranslationTask.objects.create(source=page, locale=locale, **fields)


def test_desk_sorts_what_is_mine(home, page, korean, ko, staff):
    publish(page, title="Energy and waste")
    others = {name: add_page(home, name, name.lower()) for name in ("Returned", "Late", "Mine", "Free", "New")}
    ja = Locale.objects.get(language_code="ja")
    make_task(others["Returned"], ko, assignee=staff["ko"], state="returned")
    make_task(others["Mine"], ko, assignee=staff["ko"])
    make_task(others["Late"], ko, assignee=staff["ko"], due=timezone.localdate() - timedelta(days=1))
    make_task(others["Free"], ko)
    make_task(others["New"], ja, assignee=staff["coordinator"])
    states.refresh()
    assert heaps(staff["ko"], "ko") == {
        "returned": [("Returned", "ko")],
        "assigned": [("Late", "ko"), ("Mine", "ko")],
        "review": [],
        "outdated": [("Energy and waste", "ko")],
        "unassigned": [("Free", "ko")],
        "missing": [("New", "ko")],
    }


def test_review_lies_on_the_coordinators_desk_and_not_on_the_translators(page, ko, staff):
    task = make_task(page, ko, state="requested", assignee=staff["ko"])
    tasks.hand_in(task, staff["ko"])
    assert heaps(staff["coordinator"], "ko")["review"] == [("Water", "ko")]
    assert heaps(staff["ko"], "ko")["review"] == []


def test_nobody_reviews_their_own_work(page, ko, staff):
    task = make_task(page, ko)
    tasks.hand_in(task, staff["coordinator"])
    assert heaps(staff["coordinator"], "ko")["review"] == []


def test_missing_pages_begin_near_the_home_page(home, ko, staff):
    section = add_page(home, "Section", "section")
    add_page(section, "Below", "below")
    add_page(home, "Newer section", "newer")
    states.refresh()
    assert heaps(staff["ko"], "ko")["missing"] == [("Newer section", "ko"), ("Section", "ko"), ("Below", "ko")]


def test_missing_pages_begin_with_the_most_visited_where_visits_are_counted(home, ko, staff, settings):
    settings.VISITS_DAYS = 90
    section = add_page(home, "Section", "section")
    below = add_page(section, "Below", "below")
    rarely = add_page(home, "Rarely", "rarely")
    visited(below, 1200)
    visited(below, 40, "ja", days_ago=80)
    visited(rarely, 1)
    states.refresh()
    assert heaps(staff["ko"], "ko")["missing"] == [("Below", "ko"), ("Rarely", "ko"), ("Section", "ko")]
    html = as_user(staff["ko"]).get(DESK).content.decode()
    assert "visited 1,240 times in the last 90 days" in html
    assert "visited 1 time in the last 90 days" in html
    assert html.count("in the last 90 days") == 2


def missing_heap(user, locale):
    return next(section for section in desk.sections_for(user, [locale]) if section.name == "missing")


def test_list_of_all_missing_pages_has_the_order_of_the_desk(home, ko, staff, settings):
    settings.VISITS_DAYS = 90
    section = add_page(home, "Section", "section")
    for number in range(12):
        visited(add_page(section, f"Page {number}", f"page-{number}"), number % 5 + 1)
    states.refresh()
    heap = missing_heap(staff["ko"], ko)
    assert heap.total == 13
    listed = as_user(staff["ko"]).get(heap.url).context["object_list"]
    assert [page.title for page in listed][:10] == [row.title for row in heap.rows]
    assert [page.visits for page in listed] == sorted((page.visits for page in listed), reverse=True)


def test_list_of_all_missing_pages_has_the_order_of_the_desk_without_visits(home, ko, staff):
    section = add_page(home, "Section", "section")
    add_page(section, "Below", "below")
    add_page(home, "Newer section", "newer")
    states.refresh()
    heap = missing_heap(staff["ko"], ko)
    listed = as_user(staff["ko"]).get(heap.url).context["object_list"]
    assert [page.title for page in listed] == [row.title for row in heap.rows] == ["Newer section", "Section", "Below"]


def test_desk_shows_only_the_languages_of_its_user(home, page, ko, staff):
    make_task(page, Locale.objects.get(language_code="ja"))
    states.refresh()
    response = as_user(staff["ko"]).get(DESK, {"language": "ja"})
    assert [language.code for language in response.context["languages"]] == ["ko"]
    assert response.context["figures"].unassigned == 0


def test_coordinator_has_all_languages_and_can_choose_one(home, page, staff):
    client = as_user(staff["coordinator"])
    response = client.get(DESK)
    assert [language.code for language in response.context["languages"]] == ["zh-hant", "ko", "ja", "zh-hans"]
    assert client.get(DESK, {"language": "ja"}).context["chosen"].code == "ja"


def test_editor_has_no_desk(staff):
    client = as_user(staff["editor"])
    assert client.get(DESK).status_code == 302
    assert f'"{DESK}"' not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_menu_counts_what_is_new(page, ko, staff):
    Notice.objects.create(user=staff["ko"], kind=Kind.REVIEW, source=page, locale=ko)
    assert "Translation desk (1)" in as_user(staff["ko"]).get(reverse("wagtailadmin_home")).content.decode()


def test_home_panel_names_what_is_assigned(page, ko, staff):
    make_task(page, ko, assignee=staff["ko"])
    html = as_user(staff["ko"]).get(reverse("wagtailadmin_home")).content.decode()
    assert "<strong>1</strong> assigned to you" in html
    assert '<div class="title-wrapper" lang="en">Water</div>' in html


def test_who_has_no_desk_finds_what_is_new_on_the_home_page(page, ko, staff):
    notice = Notice.objects.create(user=staff["editor"], kind=Kind.FINISHED, source=page, locale=ko)
    client, url = as_user(staff["editor"]), reverse("translations_notice", args=[notice.pk])
    assert f'<a href="{url}" lang="en">Water</a>' in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(url).url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_notice_of_a_bundle_leads_to_it(staff):
    bundle = Bundle.objects.create(name="Water together", owner=staff["ko"], error="A text is missing.")
    notices.about_failed_bundle(bundle)
    client = as_user(staff["ko"])
    html = " ".join(client.get(DESK).content.decode().split())
    url = reverse("translations_notice", args=[Notice.objects.get().pk])
    assert f'<strong>Not published:</strong> <a href="{url}">Water together</a> ·' in html
    assert "A text is missing." in html
    assert client.get(url).url == reverse("translations_bundle", args=[bundle.pk])


def test_notice_leads_to_the_page_and_is_read_by_that(korean, page, ko, staff):
    notice = Notice.objects.create(user=staff["ko"], kind=Kind.RETURNED, source=page, locale=ko)
    url = reverse("translations_notice", args=[notice.pk])
    assert as_user(staff["coordinator"]).get(url).url == DESK
    notice.refresh_from_db()
    assert notice.read_at is None
    assert as_user(staff["ko"]).get(url).url == reverse("wagtailadmin_pages:edit", args=[korean.pk])
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_notices_are_read_at_once(page, ko, staff):
    for kind in (Kind.REVIEW, Kind.RETURNED):
        Notice.objects.create(user=staff["ko"], kind=kind, source=page, locale=ko)
    as_user(staff["ko"]).post(reverse("translations_notices_read"))
    assert Notice.objects.filter(read_at=None).count() == 0


def test_account_page_keeps_how_a_person_wants_to_be_told(staff):
    client, url = as_user(staff["ko"]), reverse("wagtailadmin_account")
    form = next(
        panel.get_form()
        for panels in client.get(url).context["panels_by_tab"].values()
        for panel in panels
        if panel.name == "translation_notices"
    )
    data = {f"translation_notices-{name}": "none" for name in form.fields}
    others = {
        f"{panel.get_form().prefix}-{name}": value
        for panels in client.get(url).context["panels_by_tab"].values()
        for panel in panels
        if panel.name not in ("translation_notices", "password")
        for name, value in panel.get_form().initial.items()
        if value
    }
    names = {"name_email-first_name": "Ko", "name_email-last_name": "Kim"}
    assert client.post(url, {**others, **names, **data}).status_code == 302
    chosen = NoticeChoice.objects.filter(user=staff["ko"])
    assert set(chosen.values_list("kind", "delivery")) == {(kind, Delivery.NONE) for kind in Kind}


def test_desk_takes_the_same_queries_for_few_and_for_many(home, ko, staff):
    client = as_user(staff["coordinator"])

    def cost():
        states.refresh()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK).status_code == 200
        return len(queries)

    def fill(numbers):
        for i in numbers:
            page = add_page(home, f"Page {i}", f"page-{i}", body=PARAGRAPH)
            make_task(page, ko, assignee=staff["coordinator"], state=["requested", "returned"][i % 2])
            make_task(page, Locale.objects.get(language_code="ja"))
            Notice.objects.create(user=staff["coordinator"], kind=Kind.REVIEW, source=page, locale=ko)

    fill(range(2))
    few = cost()
    fill(range(2, 30))
    assert cost() == few


def test_explorer_shows_badges_with_one_query_more_for_a_listing(home, page, korean, staff):
    client, url = as_user(staff["coordinator"]), reverse("wagtailadmin_explore", args=[home.pk])

    def cost():
        states.refresh()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(url).content.decode()
        return html, sum("pagetranslationstate" in query["sql"] for query in queries)

    html, one = cost()
    assert html.count("tr-badge tr-state-up_to_date") == 1
    assert html.count("tr-badge tr-state-missing") == 3
    for i in range(5):
        add_page(home, f"Page {i}", f"page-{i}")
    assert cost()[1] == one == 1


def test_explorer_shows_a_translation_its_own_state(home, korean, staff):
    states.refresh()
    html = as_user(staff["ko"]).get(reverse("wagtailadmin_explore", args=[korean.get_parent().pk])).content.decode()
    assert html.count("tr-badge tr-state-up_to_date") == 1
    assert "tr-state-missing" not in html


def test_editor_shows_how_far_every_language_is(page, korean, ko, staff):
    make_task(page, Locale.objects.get(language_code="ja"), assignee=staff["coordinator"])
    states.refresh()
    html = as_user(staff["coordinator"]).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    panel = html[html.index("How far this page is in each language") :]
    assert reverse("wagtailadmin_pages:edit", args=[korean.pk]) in panel
    assert "Requested: coordinator" in " ".join(panel.split())


def test_translator_finds_the_page_that_was_translated_by_half(home, ko, staff):
    translate_home(home, "ja")
    page = add_page(home, "Half", "half", body=PARAGRAPH)
    draft = translate_page(page, "ko", {"Half": "반"})
    make_task(page, ko, assignee=staff["ko"])
    states.refresh()
    html = as_user(staff["ko"]).get(DESK).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html
    assert "33%" in html
