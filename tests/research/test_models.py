"""What an editor is told about a call, and where a call stands."""

import datetime
import zoneinfo

import pytest
from django.utils import timezone

from research.models import CLOSING_SOON, CallDeadline, CallPage, CallStatus
from tests.factories import pages
from tests.factories.desk import messages, rows

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NO_DEADLINE = "A call needs at least one deadline. Add it on the tab “Dates and issuers”."
SEOUL = zoneinfo.ZoneInfo("Asia/Seoul")


def day(distance):
    return (TODAY + datetime.timedelta(days=distance)).isoformat()


def send(desk, index, publish=True, **values):
    fields = {
        "title": "Rivers",
        "slug": "rivers",
        "reference": "ENCYNET-2026-01",
        "opening_date": day(0),
        "opening_zone": "Asia/Seoul",
        "deadlines": rows({"date": day(30), "time": "17:00", "zone": "Asia/Seoul"}),
        **values,
    }
    return desk.create(CallPage, index, publish=publish, **fields)


def refused(response, expected):
    assert response.status_code == 200
    assert messages(response) == expected
    html = response.content.decode()
    assert all(str(message) in html for told in expected.values() for message in told)
    assert not CallPage.objects.exists()


def test_moments_are_those_of_the_clocks_that_are_named(desk, index):
    deadlines = rows(
        {"label": "Outline", "date": "2027-03-01", "time": "12:00", "zone": "Asia/Seoul"},
        {"label": "Full", "date": "2027-06-30", "time": "17:00", "zone": "Europe/Berlin"},
    )
    assert send(desk, index, opening_date="2027-01-15", deadlines=deadlines).status_code == 302
    call = CallPage.objects.get()
    assert call.opens_at == datetime.datetime(2027, 1, 14, 15, 0, tzinfo=datetime.UTC)
    assert call.closes_at == datetime.datetime(2027, 6, 30, 15, 0, tzinfo=datetime.UTC)
    assert [deadline.zone_label for deadline in call.deadlines.all()] == ["KST, UTC+9", "CEST, UTC+2"]


def test_call_without_a_deadline_is_refused_but_kept_as_a_draft(desk, index):
    told = {"__all__": [NO_DEADLINE]}
    refused(send(desk, index, deadlines=rows()), told)
    assert send(desk, index, publish=False, deadlines=rows()).status_code == 302
    draft = CallPage.objects.get()
    assert (draft.live, draft.closes_at, draft.status) == (False, None, CallStatus.UPCOMING)
    assert messages(desk.edit(draft)) == told


def test_deadline_that_was_removed_does_not_count(desk, index):
    assert send(desk, index).status_code == 302
    call = CallPage.objects.get()
    kept = {"id": str(call.deadlines.get().pk), "date": day(30), "time": "17:00", "zone": "UTC"}
    response = desk.edit(call, deadlines=rows({**kept, "DELETE": "1"}, initial=1))
    assert messages(response) == {"__all__": [NO_DEADLINE]}
    assert desk.edit(call, deadlines=rows(kept, initial=1)).status_code == 302


@pytest.mark.parametrize("publish", [True, False])
def test_deadline_before_the_opening_is_refused(desk, index, publish):
    clock = {"time": "17:00", "zone": "UTC"}
    deadlines = rows({"date": day(-1), **clock}, {"date": day(9), **clock})
    refused(
        send(desk, index, publish=publish, deadlines=deadlines),
        {
            "opening_date": ["A deadline lies before the opening of the call. Check both dates."],
            "deadlines-0-date": ["This deadline lies before the opening of the call."],
        },
    )


def test_deadline_with_a_mistake_is_not_called_missing(desk, index):
    deadlines = rows({"date": "30 February", "time": "17:00", "zone": "UTC"})
    refused(send(desk, index, deadlines=deadlines), {"deadlines-0-date": ["Enter a valid date."]})


def test_deadline_in_an_hour_that_the_clocks_skip_is_refused(desk, index):
    deadlines = rows({"date": "2027-03-28", "time": "02:30", "zone": "Europe/Berlin"})
    told = {"deadlines-0-time": ["The clocks of Europe/Berlin skip this time on 2027-03-28. Choose another time."]}
    refused(send(desk, index, opening_date="2027-01-01", deadlines=deadlines), told)


def test_issuer_twice_is_refused(desk, index):
    partner = pages.make_partner(pages.make_partner_index(index.get_parent(), slug="partners"))
    issuer = {"partner": str(partner.pk)}
    told = {"issuers-1-partner": ["This partner is already listed as issuing the call."]}
    refused(send(desk, index, issuers=rows(issuer, issuer)), told)
    assert send(desk, index, issuers=rows(issuer)).status_code == 302
    assert CallPage.objects.get().issuers.get().partner_id == partner.pk


def make(opens, *closes):
    """An unsaved call with these moments."""
    return CallPage(opens_at=opens, closes_at=max(closes) if closes else None)


def test_status_follows_from_the_clock():
    opens = datetime.datetime(2026, 3, 1, tzinfo=SEOUL)
    closes = datetime.datetime(2026, 5, 1, 17, 0, tzinfo=SEOUL)
    call, second = make(opens, closes), datetime.timedelta(seconds=1)
    expected = {
        opens - second: CallStatus.UPCOMING,
        opens: CallStatus.OPEN,
        closes - CLOSING_SOON - second: CallStatus.OPEN,
        closes - CLOSING_SOON: CallStatus.CLOSING_SOON,
        closes: CallStatus.CLOSING_SOON,
        closes + second: CallStatus.CLOSED,
    }
    assert {now: call.status_at(now) for now in expected} == expected
    assert make(None).status_at(opens) == CallStatus.UPCOMING
    assert make(opens).status_at(closes) == CallStatus.UPCOMING


def test_search_knows_every_deadline_of_a_call():
    call = CallPage(title="Rivers", opening_date=datetime.date(2026, 3, 1))
    call.deadlines = [
        CallDeadline(date=day, time=datetime.time(17), zone="Asia/Seoul", label="Stage")
        for day in (datetime.date(2026, 5, 1), datetime.date(2026, 4, 1))
    ]
    call.set_moments()
    april, may = (datetime.datetime(2026, month, 1, 17, tzinfo=SEOUL) for month in (4, 5))
    assert call.search_facts().deadlines == (april, may)
    assert call.search_facts().ends_at == may


def test_database_and_page_agree_on_the_status_and_list_calls_in_turn(index):
    spans = {
        "closed-long-ago": (-90, -60),
        "closed": (-90, -3),
        "soon": (-20, 5),
        "open": (-20, 20),
        "open-longer": (-20, 60),
        "upcoming": (3, 30),
        "upcoming-later": (40, 50),
    }
    for slug, (opens, closes) in spans.items():
        pages.make_call(
            index,
            slug=slug,
            opening_date=TODAY + datetime.timedelta(days=opens),
            deadlines=[TODAY + datetime.timedelta(days=closes)],
        )
    CallPage.objects.filter(slug="upcoming-later").update(closes_at=None)
    now = timezone.now()
    for status in CallStatus:
        by_page = {call.slug for call in CallPage.objects.all() if call.status_at(now) == status}
        assert {call.slug for call in CallPage.objects.with_status(status, now)} == by_page
    turn = ["soon", "open", "open-longer", "upcoming", "upcoming-later", "closed", "closed-long-ago"]
    assert [call.slug for call in CallPage.objects.in_turn(now)] == turn


def test_days_left_are_counted_on_the_deadlines_own_calendar(monkeypatch):
    # 20:00 UTC on the ninth is the tenth in Seoul, and still the ninth in Lima.
    now = datetime.datetime(2026, 3, 9, 20, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    times = {"date": datetime.date(2026, 3, 10), "time": datetime.time(23, 59)}
    seoul, lima = CallDeadline(**times, zone="Asia/Seoul"), CallDeadline(**times, zone="America/Lima")
    assert (seoul.days_left, lima.days_left) == (0, 1)
    assert (seoul.is_over, CallDeadline(date=times["date"], time=datetime.time(4), zone="Asia/Seoul").is_over) == (
        False,
        True,
    )


def test_next_deadline_is_the_first_that_can_still_be_met(index):
    dates = [TODAY + datetime.timedelta(days=days) for days in (-2, 12, 40)]
    call = pages.make_call(index, deadlines=dates)
    assert call.next_deadline.date == dates[1]
    assert call.last_deadline.date == dates[2]
