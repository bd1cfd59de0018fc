import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.visits.counted import visited
from translations.jobs import work
from visits.counting import counted, number_of
from visits.models import PageVisits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_on")]


def numbers(*pages):
    with CaptureQueriesContext(connection) as queries:
        found = dict(
            Page.objects.filter(pk__in=[page.pk for page in pages])
            .annotate(visits=number_of("pk"))
            .values_list("slug", "visits")
        )
    assert len(queries) == 1
    return found


def test_visits_of_all_languages_and_days_are_one_number(water, rivers, home):
    visited(water, 40, "en")
    visited(water, 2, "ko")
    visited(water, 100, "en", days_ago=29)
    visited(water, 1000, "en", days_ago=30)
    visited(rivers, 5, "ja")
    assert numbers(water, rivers, home) == {"water": 142, "rivers": 5, home.slug: 0}


def test_where_visits_are_not_counted_there_are_none(water, settings):
    visited(water, 40)
    settings.VISITS_DAYS = 0
    assert numbers(water) == {"water": 0}


def test_fewer_days_can_be_asked_for(water):
    visited(water, 1)
    visited(water, 10, days_ago=6)
    visited(water, 100, days_ago=7)
    assert sum(row.number for row in counted(7)) == 11
    assert sum(row.number for row in counted(9999)) == 111


def test_old_visits_are_forgotten(water, capsys):
    visited(water, 1, days_ago=30)
    visited(water, 2, days_ago=29)
    call_command("prune_visits")
    assert capsys.readouterr().out == "1 counts were forgotten.\n"
    assert [row.number for row in PageVisits.objects.all()] == [2]


def test_worker_forgets_once_a_day(water):
    visited(water, 1, days_ago=30)
    assert "visits" in work.run_due()
    assert not PageVisits.objects.exists()
    assert "visits" not in work.run_due()


def test_all_are_forgotten_where_none_are_counted_any_more(water, settings):
    visited(water)
    settings.VISITS_DAYS = 0
    call_command("prune_visits")
    assert not PageVisits.objects.exists()


def test_visits_go_with_their_page(water):
    visited(water)
    water.delete()
    assert not PageVisits.objects.exists()
