import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.translations.trees import add_page
from tests.visits.counted import written
from visits.models import PageVisits
from visits.views import TOLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_on")]

ADDRESS = reverse("visits:seen")
FORM = "application/x-www-form-urlencoded"
SOMEBODY = {"REMOTE_ADDR": "8.8.4.4"}
SOMEBODY_ELSE = {"REMOTE_ADDR": "9.9.9.9"}


def see(page, came_from="", **extra):
    """Tell that a page, or whatever number, was seen."""
    told = f"page={getattr(page, 'pk', page)}&from={came_from}"
    return Client().post(ADDRESS, told, content_type=FORM, **{**SOMEBODY, **extra})


def test_visit_is_a_number_and_nothing_else(water):
    see(water, HTTP_USER_AGENT="Mozilla/5.0")
    see(water, **SOMEBODY_ELSE)
    assert len(written()) == 1
    found = PageVisits.objects.get()
    assert {field.name for field in PageVisits._meta.get_fields()} == {"id", "page", "language", "day", "number"}
    assert (found.page_id, found.language, found.day, found.number) == (water.pk, "en", timezone.localdate(), 2)


def test_visit_of_a_translation_counts_for_its_source(rivers, korean):
    see(korean)
    see(rivers)
    assert written() == [(rivers.pk, "en", 1), (rivers.pk, "ko", 1)]


def test_reader_who_came_from_a_language_without_the_page_reads_that_language(water):
    see(water, "ko")
    assert written() == [(water.pk, "ko", 1)]


def test_reader_who_came_from_a_language_that_has_the_page_has_chosen_this_one(rivers, korean):
    see(rivers, "ko")
    assert written() == [(rivers.pk, "en", 1)]


@pytest.mark.parametrize("came_from", ["klingon", "EN", "admin", "%00", "ko" * 40])
def test_language_that_the_site_does_not_have_is_passed_over(water, came_from):
    see(water, came_from)
    assert written() == [(water.pk, "en", 1)]


def test_telling_needs_no_cookie_sets_none_and_is_never_cached(water):
    client = Client(enforce_csrf_checks=True)
    response = client.post(ADDRESS, f"page={water.pk}", content_type=FORM, **SOMEBODY)
    assert (response.status_code, response.content, dict(response.cookies)) == (204, b"", {})
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.has_header("Vary")
    assert written() == [(water.pk, "en", 1)]


def test_telling_costs_no_sql(water):
    with CaptureQueriesContext(connection) as queries:
        see(water)
    assert len(queries) == 0


@pytest.mark.parametrize(
    "page", ["-1", "0", "", "x", "1.0", "1e3", "²", "٣", "2147483648", "9" * 10, "9" * 150, "999999", "%00", "None"]
)
def test_impossible_page_is_passed_over(water, page):
    assert see(page).status_code == 204
    assert written() == []


def test_page_that_not_everybody_may_read_is_not_counted(home, water, rivers):
    group = Group.objects.create(name="Members")
    restriction = PageViewRestriction.objects.create(page=water, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(group)
    draft, below = add_page(home, "Draft", "draft", live=False), add_page(water, "Below", "below")
    for page in (water, below, draft, rivers):
        assert see(page).status_code == 204
    assert written() == [(rivers.pk, "en", 1)]


@pytest.mark.parametrize("length", ["-1", "x", "", "9" * 5000])
def test_telling_of_any_claimed_length_is_answered(water, length):
    assert see(water, CONTENT_LENGTH=length).status_code == 204
    assert written() == []


def test_large_body_is_not_read(water):
    told = f"page={water.pk}&from=" + "x" * 2**20
    assert Client().post(ADDRESS, told, content_type=FORM, **SOMEBODY).status_code == 204
    assert written() == []


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", "x", ""]
)
def test_body_of_another_kind_is_not_read(water, kind):
    assert Client().post(ADDRESS, f"page={water.pk}", content_type=kind, **SOMEBODY).status_code == 204
    assert written() == []


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_visits_are_told_by_post_only(method):
    assert getattr(Client(), method)(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_who_objects_robots_and_other_sites_are_not_counted(water, headers):
    assert see(water, **headers).status_code == 204
    assert written() == []


def test_nothing_is_counted_for_zero_days(water, settings):
    settings.VISITS_DAYS = 0
    see(water)
    settings.VISITS_DAYS = 30
    assert written() == []


def test_one_client_cannot_drive_a_page_up(water, rivers):
    for _ in range(5):
        see(water)
    see(rivers)
    assert written() == [(water.pk, "en", 1), (rivers.pk, "en", 1)]


def test_one_client_cannot_flood_the_counter(water, clock):
    answers = [see(water).status_code for _ in range(TOLD.number + 1)]
    assert answers[-2:] == [204, 429]
    assert see(water, **SOMEBODY_ELSE).status_code == 204


def test_address_is_not_in_the_cache(water):
    see(water)
    assert caches["visitors"]._cache
    assert not any("8.8.4.4" in key for key in caches["visitors"]._cache)


def test_visit_is_counted_where_the_cache_fails(water, monkeypatch):
    monkeypatch.setattr(caches["visitors"], "get_or_set", lambda *args: 1 / 0)
    assert see(water).status_code == 204
    assert written() == [(water.pk, "en", 1)]


def test_failing_count_costs_the_reader_nothing(water, monkeypatch, caplog):
    monkeypatch.setattr("visits.recording.timezone", None)
    assert see(water).status_code == 204
    assert [record.message for record in caplog.records if record.name == "visits.recording"] == [
        "A visit could not be counted."
    ]


# The page's script


def test_page_carries_its_number_for_the_script(water, korean):
    for page in (water, korean):
        html = Client().get(page.url).content.decode()
        assert f'data-page="{page.pk}" data-address="/visits/seen"' in html


def test_page_without_count_has_no_script(water, settings):
    settings.VISITS_DAYS = 0
    assert "visits.js" not in Client().get(water.url).content.decode()


def test_what_is_no_page_has_no_script(home):
    assert "visits.js" not in Client().get("/en/nowhere/").content.decode()
    assert "visits.js" not in Client().get("/en/search/").content.decode()


def test_preview_and_who_is_logged_in_are_not_counted(water, admin_client, rf):
    assert "visits.js" not in admin_client.get(water.url).content.decode()
    preview = water.make_preview_request(preview_mode="")
    assert "visits.js" not in preview.rendered_content
    assert "Water" in preview.rendered_content
