import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from tests.translations.test_sources import publish
from tests.translations.trees import PARAGRAPH, add_page
from tests.visits.counted import visited
from translations import chart, coverage, states
from translations.models import StateCount

PAGES = reverse("translations_coverage_pages")


@pytest.fixture
def ko(home):
    return Locale.objects.get(language_code="ko")


@pytest.fixture
def client_of(staff):
    def client_of(name):
        client = Client()
        client.force_login(staff[name])
        return client

    return client_of


@pytest.fixture
def site(home, page, korean):
    """Home and water in Korean, two pages below water in English only."""
    for title in ("Rain", "Rivers"):
        add_page(page, title, title.lower(), body=PARAGRAPH)
    states.refresh()


def titles(client, **query):
    return [page.title for page in client.get(PAGES, query).context["object_list"]]


def test_matrix_counts_pages_by_type_and_language(site, ko):
    total, lines = coverage.matrix([ko])
    assert [(line.name, line.cells[0].done, line.cells[0].total) for line in lines] == [
        ("page about the network", 1, 3),
        ("home page", 1, 1),
    ]
    assert (total.cells[0].done, total.cells[0].total, total.cells[0].percent) == (2, 4, 50)


def test_overview_shows_totals_of_the_users_languages(site, client_of):
    response = client_of("ko").get(reverse("translations_coverage"))
    assert [(language.code, cell.percent) for language, cell in response.context["totals"]] == [("ko", 50)]
    assert len(client_of("coordinator").get(reverse("translations_coverage")).context["totals"]) == 4


def test_editor_sees_no_coverage(site, client_of):
    assert client_of("editor").get(reverse("translations_coverage")).status_code == 302
    assert client_of("editor").get(PAGES).status_code == 302


def test_pages_are_filtered_by_language_and_state_together(site, page, client_of):
    publish(page, title="Energy")
    states.refresh()
    client = client_of("coordinator")
    assert titles(client) == ["Home", "Energy", "Rain", "Rivers"]
    assert titles(client, state="outdated") == ["Energy"]
    assert titles(client, state="outdated", language="ja") == []
    assert titles(client, state="missing", language="ko") == ["Rain", "Rivers"]


def test_pages_are_filtered_by_type_and_section(site, home, page, client_of):
    client = client_of("coordinator")
    assert titles(client, type=page.content_type_id) == ["Water", "Rain", "Rivers"]
    assert titles(client, section=page.pk) == ["Water", "Rain", "Rivers"]
    assert titles(client, section=home.pk, type=home.content_type_id) == ["Home"]


def test_pages_are_found_by_any_part_of_the_title_in_any_language(site, client_of):
    client = client_of("ko")
    assert titles(client, q="ive") == ["Rivers"]
    assert titles(client, q="물") == ["Water"]


def test_pages_are_sorted_by_visits_where_they_are_counted(site, home, page, client_of, settings):
    assert "ordering=visits" not in client_of("ko").get(PAGES).content.decode()
    settings.VISITS_DAYS = 90
    visited(page, 2500)
    visited(home, 3)
    html = client_of("ko").get(PAGES).content.decode()
    assert "ordering=visits" in html
    assert "2,500" in html
    assert titles(client_of("ko"), ordering="-visits")[:2] == ["Water", "Home"]
    assert titles(client_of("ko"), ordering="visits")[-2:] == ["Home", "Water"]
    response = client_of("ko").get(PAGES, {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [(row["Title"], row["Visits"]) for row in rows][:2] == [("Home", "3"), ("Water", "2500")]


def test_pages_are_exported_whole_and_safely(site, home, client_of):
    for i in range(60):
        add_page(home, f"=1+{i}", f"page-{i}")
    states.refresh()
    response = client_of("ko").get(PAGES, {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 64
    assert [(row["Title"], row["한국어"], row["한국어, %"]) for row in rows][:3] == [
        ("Home", "Up to date", "100"),
        ("Water", "Up to date", "100"),
        ("Rain", "Missing", "0"),
    ]
    assert rows[-1]["Title"].startswith("'=1+")


@pytest.mark.parametrize("address", ["translations_coverage", "translations_coverage_pages"])
def test_coverage_takes_the_same_queries_for_few_and_for_many(site, home, client_of, address):
    client, url = client_of("coordinator"), reverse(address)

    def cost():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost()
    for i in range(40):
        add_page(home, f"Page {i}", f"page-{i}")
    states.refresh()
    assert cost() == few


def test_day_is_counted_once(site, ko):
    coverage.count_today(date(2030, 1, 2))
    coverage.count_today(date(2030, 1, 2))
    rows = StateCount.objects.filter(locale=ko).values_list("day", "state", "pages")
    assert set(rows) == {(date(2030, 1, 2), "up_to_date", 2), (date(2030, 1, 2), "missing", 2)}


def test_trend_takes_the_last_count_of_each_week(ko):
    today = date(2030, 1, 10)
    for day, done in ((date(2029, 12, 31), 1), (date(2030, 1, 6), 3), (date(2030, 1, 8), 4)):
        StateCount.objects.create(day=day, locale=ko, state="up_to_date", pages=done)
        StateCount.objects.create(day=day, locale=ko, state="missing", pages=4 - done)
    (trend,) = coverage.trend([ko], today)
    assert trend.percents == (None,) * 10 + (75, 100)
    assert coverage.weeks(today)[-2:] == [date(2029, 12, 31), date(2030, 1, 7)]


def test_chart_has_no_line_over_weeks_that_were_not_counted(ko):
    trend = coverage.Trend(coverage.by_code("ko"), (None, 10, 20, None, 30, 40))
    (curve,) = chart.curves([trend])
    assert (len(curve.parts), len(curve.dots)) == (2, 4)
    assert chart.y_of(100) == chart.TOP


def test_labels_of_the_chart_do_not_cover_each_other():
    trends = [coverage.Trend(coverage.by_code(code), (50, value)) for code, value in (("ko", 0), ("ja", 1), ("en", 2))]
    ends = sorted(curve.label_y for curve in chart.curves(trends))
    assert all(below - above >= 15 for above, below in zip(ends, ends[1:], strict=False))
    assert ends[-1] <= chart.HEIGHT - chart.BOTTOM


def test_overview_draws_the_trend_and_says_it_in_a_table(site, ko, client_of):
    for weeks in (1, 0):
        coverage.count_today(timezone.localdate() - timedelta(weeks=weeks))
    html = client_of("ko").get(reverse("translations_coverage")).content.decode()
    assert html.count("<polyline") == 1
    assert html.count("<td>50%</td>") == 2
