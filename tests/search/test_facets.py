import datetime

import pytest

from cms.times import CLOSING_SOON
from research.models import CallPage, CallStatus
from search.backends.base import FacetCount, Filters
from search.facets import FACETS, STATUSES, Facts, counted, keeps
from search.timeliness import timeliness, years_named

NOW = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
DAY = datetime.timedelta(days=1)


def test_statuses_are_those_of_calls():
    assert set(STATUSES) == set(CallStatus.values)


@pytest.mark.django_db
@pytest.mark.parametrize("opens", [None, NOW - DAY, NOW - SECOND, NOW, NOW + SECOND])
@pytest.mark.parametrize(
    "closes", [None, NOW - SECOND, NOW, NOW + SECOND, NOW + CLOSING_SOON, NOW + CLOSING_SOON + SECOND]
)
def test_status_is_what_the_call_says_of_itself(opens, closes):
    call = CallPage(opens_at=opens, closes_at=closes)
    assert Facts("call", starts_at=opens, ends_at=closes).status(NOW) == call.status_at(NOW)


@pytest.mark.parametrize(
    ("starts", "ends", "time"),
    [
        (None, None, ""),
        (NOW + SECOND, NOW + DAY, "upcoming"),
        (NOW, NOW + DAY, "now"),
        (NOW - DAY, NOW, "now"),
        (NOW - DAY, NOW - SECOND, "past"),
        (NOW - SECOND, None, "past"),
        (NOW + SECOND, None, "upcoming"),
    ],
)
def test_time_of_an_event(starts, ends, time):
    assert Facts("event", starts_at=starts, ends_at=ends).time(NOW) == time


def test_values_of_a_page():
    page = Facts("case", "ko", "KR", ("water", "waste"), datetime.date(2024, 5, 3))
    assert page.values(NOW) == {
        "kinds": ("case",),
        "themes": ("water", "waste"),
        "countries": ("KR",),
        "years": (2024,),
        "languages": ("ko",),
        "statuses": (),
        "times": (),
    }
    assert tuple(page.values(NOW)) == FACETS


def test_next_deadline_is_the_first_that_can_be_met():
    call = Facts("call", deadlines=(NOW - DAY, NOW, NOW + DAY))
    assert call.next_deadline(NOW) == NOW
    assert call.next_deadline(NOW + 2 * DAY) is None


def test_page_is_kept_if_it_has_one_of_the_values_of_every_facet():
    values = Facts("case", "ko", "KR", ("water",)).values(NOW)
    assert keeps(values, Filters())
    assert keeps(values, Filters(kinds=("case", "news"), themes=("waste", "water")))
    assert not keeps(values, Filters(kinds=("case",), countries=("FR",)))
    assert keeps(values, Filters(kinds=("case",), countries=("FR",)), but="countries")


def test_counts_stand_in_the_order_of_facets_and_values():
    assert counted({("themes", "water"): 2, ("kinds", "news"): 1, ("kinds", "case"): 3, ("years", "2024"): 0}) == (
        FacetCount("kinds", "case", 3),
        FacetCount("kinds", "news", 1),
        FacetCount("themes", "water", 2),
    )


@pytest.mark.parametrize(
    ("facts", "factor"),
    [
        (Facts("page"), 1),
        (Facts("event"), 1),
        (Facts("event", starts_at=NOW + DAY), 1.1),
        (Facts("event", starts_at=NOW - DAY, ends_at=NOW + DAY), 1.1),
        (Facts("event", starts_at=NOW - 2 * DAY, ends_at=NOW - DAY), 0.8),
        (Facts("call", starts_at=NOW - DAY, ends_at=NOW + DAY), 1.15),
        (Facts("call", starts_at=NOW - DAY, ends_at=NOW - SECOND), 0.75),
        (Facts("call"), 1),
        (Facts("news", day=NOW.date() - 89 * DAY), 1.1),
        (Facts("news", day=NOW.date() - 90 * DAY), 1.05),
        (Facts("news", day=NOW.date() - 365 * DAY), 1),
        (Facts("case", day=NOW.date()), 1),
    ],
)
def test_time_moves_pages_a_little(facts, factor):
    assert timeliness(facts, NOW) == factor


@pytest.mark.parametrize(
    ("facts", "factor"),
    [
        (Facts("event", day=datetime.date(2014, 10, 6), starts_at=NOW - 999 * DAY), 1.2),
        (Facts("event", day=datetime.date(2015, 10, 6), starts_at=NOW - 999 * DAY), 0.8),
        (Facts("news", day=datetime.date(2014, 1, 1)), 1.2),
        (Facts("page"), 1),
    ],
)
def test_year_that_was_asked_for_does_not_sink(facts, factor):
    assert timeliness(facts, NOW, years_named("summit ２０１４")) == factor


@pytest.mark.parametrize(
    ("query", "years"),
    [("2014년 정상회의", (2014,)), ("2014-2016, 2014", (2014, 2016)), ("ISO 14001", ()), ("20140", ()), ("1492", ())],
)
def test_years_are_told_from_other_numbers(query, years):
    assert years_named(query) == years
