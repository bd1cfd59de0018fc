"""The made-up visits of the demonstration."""

import datetime

import pytest
from django.db.models import Sum
from django.utils import timezone

from cms.languages import CODES
from demo.visits import DAYS, load_visits
from tests.translations.trees import add_page, make_home, translate_home
from visits.models import PageVisits

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings):
    settings.VISITS_DAYS = 90
    home = make_home()
    translate_home(home, "ko")
    return home


def test_three_months_are_made_once(home):
    below = add_page(add_page(home, "Section", "section"), "Below", "below")
    draft = add_page(home, "Draft", "draft", live=False)
    made = load_visits()
    assert made == PageVisits.objects.aggregate(sum=Sum("number"))["sum"] > 1000
    assert set(PageVisits.objects.values_list("language", flat=True)) == set(CODES)
    assert not PageVisits.objects.filter(page_id=draft.pk).exists()
    assert not PageVisits.objects.exclude(page__locale__language_code="en").exists()
    days = set(PageVisits.objects.filter(page_id=below.pk).values_list("day", flat=True))
    assert max(days) == timezone.localdate()
    assert min(days) > timezone.localdate() - datetime.timedelta(days=DAYS)
    assert load_visits() == 0


def test_months_are_the_same_each_time(home):
    def rows():
        load_visits()
        found = list(PageVisits.objects.order_by("page_id", "language", "day").values_list("page_id", "day", "number"))
        PageVisits.objects.all().delete()
        return found

    assert rows() == rows()


def test_nothing_is_made_where_nothing_is_counted(home, settings):
    settings.VISITS_DAYS = 0
    assert load_visits() == 0
