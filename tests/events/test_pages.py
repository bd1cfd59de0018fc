"""What visitors read of summits, sessions and seminars."""

import datetime

import pytest
from django.utils import timezone

from events.models import SessionPage, SessionSpeaker, SummitPage
from tests.factories import pages
from tests.factories.desk import rows

TODAY = timezone.localdate()
JOIN = "https://video.example/join"


def far(days):
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def summit(index):
    """A summit of two days with three sessions, made in no order."""
    page = pages.make_summit(index, slug="forum", title="Forum")
    second = datetime.date(2014, 10, 13)
    pages.make_session(page, slug="c", title="Third", date=second)
    pages.make_session(page, slug="b", title="Second", start_time=datetime.time(14), end_time=datetime.time(15))
    pages.make_session(page, slug="a", title="First")
    return page


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_programme_goes_by_day_and_hour(summit, client):
    days = client.get(summit.url).context["programme"]
    assert [(day.day, [session.title for session in sessions]) for day, sessions in days] == [
        (12, ["First", "Second"]),
        (13, ["Third"]),
    ]
    html = html_of(client, summit)
    assert '<time datetime="2014-10-12T00:30:00+00:00">09:30–11:00</time>' in html
    assert "All times are local: KST, UTC+9." in html


def test_session_leads_on_and_back(summit, client):
    context = client.get(SessionPage.objects.get(slug="b").url).context
    assert (context["previous"].title, context["following"].title, context["summit"].title) == (
        "First",
        "Third",
        "Forum",
    )
    first = client.get(SessionPage.objects.get(slug="a").url).context
    assert (first["previous"], first["following"].title) == (None, "Second")


def test_session_names_its_speakers_in_their_roles(summit, client):
    session = SessionPage.objects.get(slug="a")
    SessionSpeaker.objects.create(page=session, name="R. Waters", role="keynote", affiliation="City of Suwon")
    html = html_of(client, session)
    assert all(words in html for words in ("R. Waters", "Keynote speaker", "City of Suwon", "Korean and Japanese"))


def test_partners_of_a_summit_stand_in_the_order_of_roles(index, client):
    partners = pages.make_partner_index(index.get_parent(), slug="partners")
    page = pages.make_summit(index, slug="forum")
    for role in ("sponsor", "host", "supporting"):
        page.summit_partners.create(partner=pages.make_partner(partners, slug=role, title=role), role=role)
    page.save_revision().publish()
    groups = client.get(page.url).context["partner_groups"]
    assert [(role, [partner.title for partner in found]) for role, found in groups] == [
        ("Host", ["host"]),
        ("Supporting partner", ["supporting"]),
        ("Sponsor", ["sponsor"]),
    ]


@pytest.mark.parametrize(
    ("status", "days", "word", "can_register"),
    [
        ("planned", 20, None, True),
        ("postponed", 20, "This event has been postponed.", False),
        ("cancelled", 20, "This event has been cancelled.", False),
        ("planned", -20, None, False),
    ],
)
def test_summit_says_loudly_when_it_is_off(index, client, status, days, word, can_register):
    dates = {"start_date": far(days), "end_date": far(days + 1)}
    html = html_of(client, pages.make_summit(index, slug="f", status=status, registration_url=JOIN, **dates))
    assert ("event-notice" in html.split("<main")[1]) is bool(word)
    assert word is None or f"<strong>{word}</strong>" in html
    assert (JOIN in html) is can_register


@pytest.mark.parametrize(
    ("status", "days", "can_join"), [("planned", 10, True), ("planned", -10, False), ("cancelled", 10, False)]
)
def test_seminar_can_be_joined_only_while_it_is_coming(index, client, status, days, can_join):
    html = html_of(client, pages.make_seminar(index, slug="s", status=status, date=far(days)))
    assert (JOIN in html) is can_join
    assert "15:00–16:30" in html
    assert "JST, UTC+9" in html


def test_list_has_coming_events_first_and_past_ones_after(index, client):
    for slug, days in (("past", -40), ("long-past", -400), ("next", 5), ("later", 50)):
        pages.make_seminar(index, slug=slug, title=slug, date=far(days))
    pages.make_summit(index, slug="forum", title="forum", start_date=far(20), end_date=far(22), status="planned")

    def listed(query=""):
        return [row.title for row in client.get(f"{index.url}{query}").context["rows"]]

    assert listed() == ["next", "forum", "later", "past", "long-past"]
    assert listed("?when=past") == ["past", "long-past"]
    assert listed("?kind=summit") == ["forum"]
    assert listed("?country=KR") == ["forum"]
    assert listed("?q=lat") == ["later"]
    html = client.get(index.url).content.decode()
    assert html.index("Coming events") < html.index("Past events")


def test_unsaved_summit_and_session_can_be_previewed(index, summit, desk):
    dates = {"start_date": "2027-05-10", "end_date": "2027-05-12", "time_zone": "Asia/Seoul"}
    html = desk.preview_new(SummitPage, index, title="New forum", **dates, summit_partners=rows()).content.decode()
    assert "10–12" in html
    times = {"date": "2014-10-12", "start_time": "08:00", "end_time": "08:30"}
    html = desk.preview_new(SessionPage, summit, title="New session", **times).content.decode()
    assert "08:00–08:30" in html
    assert "KST, UTC+9" in html
