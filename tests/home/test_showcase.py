"""What the home page shows of the other subjects."""

import datetime

import pytest
from django.utils import timezone, translation

from home import showcase
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(trees):
    with translation.override("en"):
        yield trees["en"]


def test_role_leads_to_the_translation_of_its_page(trees):
    home, target = trees["ko"]["HomePage"], trees["en"]["StandardPage"]
    home.roles.all().update(link_page=target)
    with translation.override("ko"):
        shown = showcase.for_home(type(home).objects.get(pk=home.pk))["roles"]
    assert shown
    assert {leads_to.pk for _role, leads_to in shown} == {
        target.get_translation_or_none(home.locale).pk if target.has_translation(home.locale) else target.pk
    }


def test_summit_that_is_over_is_not_the_next_event_though_a_role_leads_to_it(tree):
    home, summit = tree["HomePage"], tree["SummitPage"]
    home.roles.all().update(link_page=summit)
    over = timezone.now() - datetime.timedelta(days=400)
    type(summit).objects.filter(pk=summit.pk).update(starts_at=over, ends_at=over)
    shown = showcase.for_home(type(home).objects.get(pk=home.pk))
    assert {leads_to.pk for _role, leads_to in shown["roles"]} == {summit.pk}
    assert shown["next_event"] is None or shown["next_event"].pk != summit.pk


def test_cancelled_event_is_not_the_next_one(tree):
    summit = tree["SummitPage"]
    soon = timezone.now() + datetime.timedelta(hours=1)
    dates = type(summit).objects.filter(pk=summit.pk)
    dates.update(starts_at=soon, ends_at=soon, status="planned")
    assert showcase.for_home(tree["HomePage"])["next_event"].pk == summit.pk
    dates.update(status="cancelled")
    event = showcase.for_home(tree["HomePage"])["next_event"]
    assert event is None or event.pk != summit.pk


def test_newest_cases_stand_in_where_none_are_chosen(tree):
    home = tree["HomePage"]
    home.featured_cases.all().delete()
    added = [pages.make_case(tree["CaseIndexPage"]) for _ in range(3)]
    shown = showcase.for_home(type(home).objects.get(pk=home.pk))["cases"]
    assert [case.pk for case in shown] == [case.pk for case in reversed(added)]


def test_only_open_calls_are_shown_the_first_to_close_before_the_others(tree):
    now = timezone.now()
    calls = [pages.make_call(tree["ResearchIndexPage"]) for _ in range(3)]
    for call, days in zip(calls, (20, 10, -1), strict=True):
        type(call).objects.filter(pk=call.pk).update(
            opens_at=now - datetime.timedelta(days=30), closes_at=now + datetime.timedelta(days=days)
        )
    others = type(calls[0]).objects.exclude(pk__in=[call.pk for call in calls])
    others.update(closes_at=now - datetime.timedelta(days=2))
    shown = showcase.for_home(tree["HomePage"])["calls"]
    assert [call.pk for call in shown] == [calls[1].pk, calls[0].pk]
