"""What visitors read of calls for research."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from research.models import CallPage
from tests.factories import pages
from tests.factories.desk import rows

# The dates of a call are read on the calendar of its own zone, which the factory sets to this one.
TODAY = timezone.localdate(timezone=ZoneInfo("Asia/Seoul"))


def make(index, slug, opens, *closes, **values):
    day = datetime.timedelta(days=1)
    dates = {"opening_date": TODAY + opens * day, "deadlines": [TODAY + distance * day for distance in closes]}
    return pages.make_call(index, slug=slug, title=slug.title(), **dates, **values)


@pytest.mark.parametrize(
    ("opens", "closes", "words", "can_apply"),
    [
        (3, [30], ["Upcoming"], False),
        (-9, [30], ["Open", "30 days left"], True),
        (-9, [5], ["Closing soon", "5 days left"], True),
        (-90, [-9], ["Closed", "Passed"], False),
        (-9, [-2, 40], ["Open", "Passed", "40 days left"], True),
    ],
)
def test_call_says_where_it_stands(index, client, opens, closes, words, can_apply):
    html = client.get(make(index, "rivers", opens, *closes).url).content.decode()
    assert all(f">{word}<" in html for word in words)
    assert ("https://apply.example/" in html) is can_apply


def test_list_is_grouped_by_status(index, client):
    for slug, opens, closes in (("closed", -90, -9), ("soon", -9, 5), ("open", -9, 60), ("upcoming", 5, 50)):
        make(index, slug, opens, closes)
    response = client.get(index.url)
    assert [row.slug for row in response.context["rows"]] == ["soon", "open", "upcoming", "closed"]
    html = response.content.decode()
    places = [html.index(f'id="calls-{status}"') for status in ("closing_soon", "open", "upcoming", "closed")]
    assert places == sorted(places)
    assert [row.slug for row in client.get(f"{index.url}?status=open").context["rows"]] == ["open"]


def test_preview_of_an_unsaved_call_has_the_status_of_what_was_typed(index, desk):
    opening = (TODAY - datetime.timedelta(days=3)).isoformat()
    deadline = {"date": (TODAY + datetime.timedelta(days=40)).isoformat(), "time": "17:00", "zone": "UTC"}
    response = desk.preview_new(
        CallPage, index, title="Rivers", reference="R-1", opening_date=opening, deadlines=rows(deadline)
    )
    html = response.content.decode()
    assert ">Open<" in html
    assert "17:00 UTC" in html
