"""What visitors read of model-city cases."""

import pytest

from cases.models import CasePage
from tests.factories import pages


@pytest.fixture
def case(index):
    return pages.make_case(index, slug="rain", title="Rain in the street", city="Suwon")


def test_case_tells_what_it_has_and_leads_to_it(case, client):
    html = client.get(case.url).content.decode()
    parts = ("challenge", "objectives", "actions", "results", "funding", "lessons", "transferability")
    for part in (*parts, "pictures", "documents", "sources", "visit", "contact"):
        assert f'href="#{part}"' in html
        assert f'id="{part}"' in html
    assert "€1,250,000" in html
    assert "5 to 25 people" in html


def test_case_is_silent_about_what_it_has_not(index, client):
    bare = dict.fromkeys(("objectives", "results", "funding", "lessons", "transferability", "contact_name"), "")
    page = pages.make_case(index, slug="bare", **bare, cost_amount=None, visit_offered=False)
    page.indicators.all().delete()
    page.gallery.all().delete()
    html = client.get(page.url).content.decode()
    for part in ("objectives", "results", "funding", "lessons", "transferability", "pictures", "visit", "contact"):
        assert f'id="{part}"' not in html
    assert 'id="challenge"' in html


def test_list_filters_and_keeps_the_map_to_what_matches(case, index, client):
    basel = pages.make_case(index, slug="basel", title="Green roofs", country="CH", visit_offered=False)
    basel.page_themes.all().delete()

    def listed(query):
        context = client.get(f"{index.url}{query}").context
        rows = [row.title for row in context["rows"]]
        assert sorted(place.title for place in context["places"]) == sorted(rows)
        return rows

    assert listed("") == ["Green roofs", "Rain in the street"]
    assert listed("?visit=on") == ["Rain in the street"]
    assert listed("?theme=water") == ["Rain in the street"]
    assert listed("?country=CH") == ["Green roofs"]
    assert listed("?status=planned") == []
    assert listed("?q=roofs") == ["Green roofs"]


def test_preview_shows_what_was_typed_not_what_was_saved(case, desk):
    case.title = "A title that nobody saved"
    response = case.make_preview_request()
    assert "A title that nobody saved" in response.content.decode()
    assert CasePage.objects.get().title == "Rain in the street"


def test_page_without_a_place_in_the_tree_can_be_drawn(index):
    response = CasePage(title="Nowhere", locale=index.locale, actions=[]).make_preview_request()
    assert response.status_code == 200
