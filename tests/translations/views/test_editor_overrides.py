"""Two people at one value that a translation has otherwise than its source. All of it without a script."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import SegmentOverride

from tests.factories.files import make_image
from translations.models import TextChange
from translations.writing import ValueConflict, remove_override, write_override

pytestmark = pytest.mark.django_db
OURS, THEIRS = "https://ours.example/", "https://theirs.example/"


@pytest.fixture
def link(translation):
    """The link of the page's paragraph."""
    return translation.source.overridablesegment_set.get(data_json='"https://example.org/"')


@pytest.fixture
def form(translation, link, staff):
    """A function that opens the form as somebody, and returns what sends it as it was opened then."""

    def form(who, segment=link):
        client = Client()
        client.force_login(staff[who])
        url = reverse("translations_editor:override", args=[translation.pk, segment.pk])
        opened = client.get(url).content.decode()

        def send(page=None, **values):
            return client.post(url, {"seen": seen_in(page or opened), **values})

        return send

    return form


def seen_in(html):
    return unescape(re.search(r'name="seen" value="([^"]*)"', html)[1])


def value():
    return SegmentOverride.objects.values_list("data_json", flat=True).first()


def test_first_value_is_taken(form):
    assert form("ko")(value=OURS).status_code == 302
    assert value() == f'"{OURS}"'


def test_value_that_somebody_gave_meanwhile_is_not_written_over_and_both_are_shown(form, staff):
    staff["coordinator"].first_name = "Ana"
    staff["coordinator"].save()
    ours, theirs = form("ko"), form("coordinator")
    theirs(value=THEIRS)
    response = ours(value=OURS)
    content = response.content.decode()
    assert (response.status_code, value()) == (409, f'"{THEIRS}"')
    assert "Ana changed this value while you were working on it." in content
    assert f'<dd dir="auto">{THEIRS}</dd>' in content
    assert f'<dd dir="auto">{OURS}</dd>' in content
    # What was typed is still in its field, and the way out without writing is named.
    assert f'name="value" value="{OURS}"' in content
    assert "Take theirs" in content


def test_form_that_showed_both_writes_over_what_it_showed(form):
    ours = form("ko")
    form("coordinator")(value=THEIRS)
    shown = ours(value=OURS).content.decode()
    assert ours(shown, value=OURS).status_code == 302
    assert value() == f'"{OURS}"'


def test_form_that_showed_both_does_not_write_over_what_came_still_later(form):
    ours = form("ko")
    form("coordinator")(value=THEIRS)
    shown = ours(value=OURS).content.decode()
    form("coordinator")(value="https://later.example/")
    assert ours(shown, value=OURS).status_code == 409
    assert value() == '"https://later.example/"'


def test_newer_value_is_not_given_up_by_somebody_who_did_not_see_it(form):
    form("ko")(value=OURS)
    ours = form("ko")
    form("coordinator")(value=THEIRS)
    response = ours(drop="1", value=OURS)
    assert (response.status_code, value()) == (409, f'"{THEIRS}"')
    assert response.context["drops"]


def test_value_that_was_given_up_meanwhile_does_not_come_back_unasked(form):
    form("ko")(value=OURS)
    ours = form("ko")
    form("coordinator")(drop="1")
    assert (ours(value=OURS).status_code, value()) == (409, None)


def test_same_value_from_two_people_is_no_conflict(form):
    ours, theirs = form("ko"), form("coordinator")
    theirs(value=OURS)
    assert ours(value=OURS).status_code == 302
    assert TextChange.objects.filter(string=None).count() == 1


def test_value_that_cannot_be_used_is_no_way_round(form):
    ours = form("ko")
    form("coordinator")(value=THEIRS)
    response = ours(value="x" * 3000)
    assert response.status_code == 400
    assert ours(response.content.decode(), value=OURS).status_code == 409


def test_pictures_are_shown_by_their_titles(page, translation, form):
    page.cover, mine, other = (make_image(title) for title in ("Source", "Mine", "Other"))
    page.save_revision().publish()
    cover = translation.source.overridablesegment_set.get(context__path="cover")
    ours = form("ko", cover)
    form("coordinator", cover)(value=other.pk)
    content = ours(value=mine.pk).content.decode()
    for title in ("Source", "Other", "Mine"):
        assert f'<dd dir="auto">{title}</dd>' in content


def test_code_that_names_what_it_saw_is_refused_otherwise(translation, link, staff):
    write_override(translation, link, THEIRS, THEIRS, user=staff["ko"], expected="")
    with pytest.raises(ValueConflict) as refused:
        remove_override(translation, link, user=staff["coordinator"], expected="")
    assert refused.value.user == staff["ko"]
    remove_override(translation, link, user=staff["coordinator"])
    assert value() is None
