"""What an editor is told about a partner's profile."""

import pytest
from django.utils import timezone

from partners.models import PartnerPage
from tests.factories.desk import messages, rows

THIS_YEAR = timezone.localdate().year
NEXT = THIS_YEAR + 1
FUTURE = f"This year lies in the future. Give a year up to {THIS_YEAR}."


def send(desk, index, publish=True, **values):
    fields = {"title": "Suwon", "slug": "suwon", "kind": "local", **values}
    return desk.create(PartnerPage, index, publish=publish, **fields)


def refused(response, expected):
    """Assert that the form came back with these messages, all of them to be seen, and that nothing was made."""
    assert response.status_code == 200
    assert messages(response) == expected
    html = response.content.decode()
    assert all(str(message) in html for told in expected.values() for message in told)
    assert not PartnerPage.objects.exists()


def test_complete_profile_is_published(desk, index):
    response = send(
        desk,
        index,
        founded="1949",
        latitude="37.26360",
        longitude="127.02860",
        key_figures=rows({"qualifier": "almost", "value": "11000", "unit": "", "label": "volunteers", "year": "2014"}),
        offices=rows({"name": "Secretariat", "city": "Seoul", "country": "KR", "since": "2012"}),
    )
    assert response.status_code == 302
    page = PartnerPage.objects.get()
    assert (page.live, page.founded, page.key_figures.get().qualifier) == (True, 1949, "almost")


def test_years_in_the_future_are_refused(desk, index):
    years = ("founded", "member_since", "population_year")
    refused(send(desk, index, **dict.fromkeys(years, str(NEXT))), {name: [FUTURE] for name in years})


def test_this_year_is_accepted(desk, index):
    assert send(desk, index, founded=str(THIS_YEAR)).status_code == 302


def test_rows_of_coming_years_are_refused_where_they_stand(desk, index):
    past = {"value": "1", "label": "cities", "year": "2014"}
    figures = rows(past, {"value": "2", "label": "towns", "year": str(NEXT)})
    offices = rows({"name": "Office", "since": str(NEXT)})
    told = {"key_figures-1-year": [FUTURE], "offices-0-since": [FUTURE]}
    refused(send(desk, index, key_figures=figures, offices=offices), told)


@pytest.mark.parametrize(("latitude", "longitude"), [("90.1", "180.5"), ("-91", "-181")])
def test_coordinates_out_of_range_are_refused(desk, index, latitude, longitude):
    told = {
        "latitude": ["Latitude lies between −90 (south) and 90 (north)."],
        "longitude": ["Longitude lies between −180 (west) and 180 (east)."],
    }
    refused(send(desk, index, latitude=latitude, longitude=longitude), told)


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(("given", "missing"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_point_is_refused(desk, index, given, missing, publish):
    told = {missing: ["Give both latitude and longitude, or neither."]}
    refused(send(desk, index, publish=publish, **{given: "37.2"}), told)


def test_coordinates_on_the_edge_and_on_zero_are_accepted(desk, index):
    assert send(desk, index, latitude="-90", longitude="0").status_code == 302
    assert PartnerPage.objects.get().longitude == 0


def test_coordinates_as_maps_give_them_are_rounded(desk, index):
    assert send(desk, index, latitude="37.26357312", longitude="127.0286009").status_code == 302
    assert [str(PartnerPage.objects.get().latitude), str(PartnerPage.objects.get().longitude)] == [
        "37.26357",
        "127.02860",
    ]


@pytest.mark.parametrize("membership", [{"member_since": "2013"}, {"tier": "large"}])
def test_only_local_governments_are_members(desk, index, membership):
    message = "Only a local government can be a member. Change the type on the first tab, or clear this field."
    refused(send(desk, index, kind="research", **membership), {next(iter(membership)): [message]})


def test_member_before_it_was_founded_is_refused(desk, index):
    told = {"member_since": ["This year lies before the founding. Check both."]}
    refused(send(desk, index, founded="1990", member_since="1989"), told)


def test_nothing_typed_is_lost_when_the_form_is_refused(desk, index):
    figures = rows({"qualifier": "more", "value": "1200", "unit": "km²", "label": "reserve", "year": "2014"})
    html = send(desk, index, founded=str(NEXT), contact_name="Office of Rivers", key_figures=figures).content.decode()
    assert all(f'value="{typed}"' in html for typed in (NEXT, "Office of Rivers", "1200", "km²", "reserve", "2014"))


def test_draft_needs_nothing_but_a_title(desk, index):
    assert send(desk, index, publish=False).status_code == 302
    assert PartnerPage.objects.get().live is False


def test_row_removed_by_the_editor_is_not_checked(desk, index):
    offices = rows({"name": "", "since": str(NEXT), "DELETE": "1"})
    assert send(desk, index, offices=offices).status_code == 302
