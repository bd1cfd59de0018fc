"""What visitors read on a partner's profile, the list of partners and the directory of members."""

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from events.models import SummitPartner
from partners.models import KeyFigure, PartnerPage
from tests.factories import pages
from tests.factories.tree import make_homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_homes(("en", "ko"))


@pytest.fixture
def partner(homes):
    """An English profile with a Korean translation."""
    index = pages.make_partner_index(homes["en"], slug="partners")
    page = pages.make_partner(index, slug="suwon", title="City of Suwon")
    korean = pages.make_partner_index(homes["ko"], slug="partners", translation_key=index.translation_key)
    pages.make_partner(korean, slug="suwon", title="수원시", translation_key=page.translation_key)
    return page


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_profile_tells_of_summits_cases_and_calls(homes, partner, client):
    summit = pages.make_summit(pages.make_event_index(homes["en"], slug="events"), title="Forum", partner=partner)
    SummitPartner.objects.create(page=summit, partner=partner, role="sponsor")
    pages.make_case(pages.make_case_index(homes["en"], slug="cases"), title="Streets", partner=partner)
    pages.make_call(pages.make_research_index(homes["en"], slug="research"), title="Rivers", partner=partner)
    for page, lang in (
        (partner, ""),
        (PartnerPage.objects.get(slug="suwon", locale__language_code="ko"), ' lang="en"'),
    ):
        html = html_of(client, page)
        for title in ("Forum", "Streets", "Rivers"):
            assert f'"{lang}>{title}</a>' in html
    html = html_of(client, partner)
    assert [role in html for role in ("Host", "Sponsor", "Organiser")] == [True, True, False]


def test_profile_does_not_tell_of_what_visitors_may_not_see(homes, partner, client):
    cases = pages.make_case_index(homes["en"], slug="cases")
    pages.make_case(cases, title="Draft", partner=partner).unpublish()
    private = pages.make_case(cases, title="Private", partner=partner)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    html = html_of(client, partner)
    assert "Draft" not in html
    assert "Private" not in html


@pytest.mark.parametrize(
    ("qualifier", "expected"), [("almost", "almost 11,000"), ("more", "more than 11,000"), ("", "11,000")]
)
def test_figure_says_how_exact_it_is(qualifier, expected):
    figure = KeyFigure(qualifier=qualifier, value=11000, label="volunteers", year=2014)
    with override("en"):
        text = " ".join(strip_tags(render_to_string("components/key_figures.html", {"figures": [figure]})).split())
    assert expected in text
    assert "as of 2014" in text


def test_directory_lists_members_only_and_filters_them(homes, partner, client):
    index = partner.get_parent()
    directory = pages.make_member_directory(index, slug="members")
    pages.make_partner(index, slug="b", title="City of Basel", tier="town", country="CH")
    pages.make_partner(index, slug="c", title="Institute", kind="research", member_since=None, tier="")

    def listed(query=""):
        return [row.title for row in client.get(f"{directory.url}{query}").context["rows"]]

    assert listed() == ["City of Basel", "City of Suwon"]
    assert listed("?tier=town") == ["City of Basel"]
    assert listed("?country=KR") == ["City of Suwon"]
    assert listed("?q=basel") == ["City of Basel"]
    assert listed("?tier=nonsense&page=99") == ["City of Basel", "City of Suwon"]
    context = client.get(f"{directory.url}?country=KR").context
    assert [place.title for place in context["places"]] == ["City of Suwon"]
    assert context["filter_form"].fields["country"].choices[1:] == [("KR", "South Korea"), ("CH", "Switzerland")]


def test_list_goes_by_type_and_takes_each_partner_once_in_the_readers_language(homes, partner, client):
    index = partner.get_parent()
    pages.make_partner(index, slug="a", title="A research institute", kind="research", member_since=None, tier="")
    korean = client.get("/ko/partners/")
    assert [row.title for row in korean.context["rows"]] == ["수원시", "A research institute"]
    assert 'lang="en">A research institute</a>' in korean.content.decode()


def test_profile_of_a_year_long_gone_has_no_thousands_separator(partner, client):
    assert ">1949<" in html_of(client, partner)
