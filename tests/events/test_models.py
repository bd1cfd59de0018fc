"""What an editor is told about summits, sessions and seminars, and when they are."""

import datetime

import pytest
from django.utils import timezone

from events.models import SeminarPage, SessionPage, SummitPage
from tests.factories import pages
from tests.factories.desk import messages, rows

pytestmark = pytest.mark.django_db

END_FIRST = "The end lies before the start. Check the dates and times."


def send(desk, index, publish=True, **values):
    fields = {"title": "Summit", "slug": "summit", "status": "planned", "time_zone": "Asia/Seoul"}
    fields |= {"start_date": "2027-05-10", "end_date": "2027-05-12", **values}
    return desk.create(SummitPage, index, publish=publish, **fields)


def send_session(desk, summit, publish=True, **values):
    fields = {"title": "Opening", "slug": "opening", "kind": "ceremony", "date": summit.start_date.isoformat()}
    fields |= {"start_time": "09:00", "end_time": "10:00", **values}
    return desk.create(SessionPage, summit, publish=publish, **fields)


def refused(response, expected, model):
    assert response.status_code == 200
    assert messages(response) == expected
    html = response.content.decode()
    assert all(str(message) in html for told in expected.values() for message in told)
    assert not model.objects.exists()


@pytest.fixture
def partner(index):
    return pages.make_partner(pages.make_partner_index(index.get_parent(), slug="partners"))


def test_summit_lasts_from_its_first_to_its_last_day_on_its_clock(desk, index):
    assert send(desk, index).status_code == 302
    summit = SummitPage.objects.get()
    assert summit.starts_at == datetime.datetime(2027, 5, 9, 15, 0, tzinfo=datetime.UTC)
    assert summit.ends_at == datetime.datetime(2027, 5, 12, 14, 59, tzinfo=datetime.UTC)
    assert summit.zone == "KST, UTC+9"


@pytest.mark.parametrize("publish", [True, False])
def test_summit_that_ends_before_it_starts_is_refused(desk, index, publish):
    response = send(desk, index, publish=publish, end_date="2027-05-09")
    refused(response, {"end_date": [END_FIRST]}, SummitPage)


def test_summit_without_dates_is_kept_as_a_draft(desk, index):
    required = ["This field is required."]
    dates = {"start_date": "", "end_date": ""}
    refused(send(desk, index, **dates), {"start_date": required, "end_date": required}, SummitPage)
    assert send(desk, index, publish=False, **dates).status_code == 302
    assert SummitPage.objects.get().starts_at is None


def test_partner_twice_in_one_role_is_refused(desk, index, partner):
    host = {"partner": str(partner.pk), "role": "host"}
    message = "This partner is already listed in the same role. Choose another role or remove one of the two."
    told = {"summit_partners-1-partner": [message]}
    refused(send(desk, index, summit_partners=rows(host, host)), told, SummitPage)


def test_partner_in_two_roles_is_accepted(desk, index, partner):
    roles = [{"partner": str(partner.pk), "role": role} for role in ("host", "sponsor")]
    assert send(desk, index, summit_partners=rows(*roles)).status_code == 302
    assert [part.role for part in SummitPage.objects.get().summit_partners.all()] == ["host", "sponsor"]


def test_session_has_the_clock_of_its_summit(desk, index):
    summit = pages.make_summit(index)
    assert send_session(desk, summit).status_code == 302
    session = SessionPage.objects.get()
    assert session.starts_at == datetime.datetime(2014, 10, 12, 0, 0, tzinfo=datetime.UTC)
    summit.time_zone = "Europe/Berlin"
    summit.save_revision().publish()
    assert SessionPage.objects.get().starts_at == datetime.datetime(2014, 10, 12, 7, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize("publish", [True, False])
def test_new_session_outside_its_summit_is_refused(desk, index, publish):
    response = send_session(desk, pages.make_summit(index), publish=publish, date="2014-10-15")
    message = "The summit runs from 12 October 2014 to 14 October 2014. Choose a day in between."
    refused(response, {"date": [message]}, SessionPage)


def test_session_that_ends_before_it_starts_is_refused(desk, index):
    response = send_session(desk, pages.make_summit(index), start_time="11:00", end_time="10:30")
    refused(response, {"end_time": [END_FIRST]}, SessionPage)


def test_seminar_in_an_hour_that_the_clocks_skip_is_refused(desk, index):
    fields = {"title": "Seminar", "slug": "seminar", "status": "planned", "time_zone": "Europe/Berlin"}
    fields |= {"date": "2027-03-28", "start_time": "02:30", "end_time": "04:00"}
    message = "The clocks of Europe/Berlin skip this time on 2027-03-28. Choose another time."
    refused(desk.create(SeminarPage, index, **fields), {"start_time": [message]}, SeminarPage)


@pytest.mark.parametrize(
    ("status", "days", "standing", "joinable"),
    [
        ("planned", 10, "coming", True),
        ("planned", -10, "past", False),
        ("postponed", 10, "postponed", False),
        ("postponed", -10, "postponed", False),
        ("cancelled", 10, "cancelled", False),
        ("held", 10, "past", False),
    ],
)
def test_standing_follows_from_status_and_clock(status, days, standing, joinable):
    seminar = SeminarPage(
        status=status,
        date=timezone.localdate() + datetime.timedelta(days=days),
        start_time=datetime.time(10),
        end_time=datetime.time(11),
        time_zone="UTC",
    )
    seminar.set_moments()
    assert (seminar.standing, seminar.is_joinable) == (standing, joinable)


def test_seminar_under_way_can_still_be_joined(monkeypatch):
    times = {"date": datetime.date(2026, 5, 5), "start_time": datetime.time(10), "end_time": datetime.time(11)}
    seminar = SeminarPage(**times, time_zone="UTC")
    seminar.set_moments()
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 5, 5, 10, 30, tzinfo=datetime.UTC))
    assert (seminar.standing, seminar.is_joinable) == ("now", True)
