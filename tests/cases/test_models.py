"""What an editor is told about a model-city case."""

from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from cases.models import CasePage
from tests.factories import pages
from tests.factories.desk import STORY, TEXT, messages, rows

NEXT = timezone.localdate().year + 1


def send(desk, index, publish=True, **values):
    fields = {"title": "Rain", "slug": "rain", "status": "completed", "challenge": TEXT, "actions": STORY, **values}
    return desk.create(CasePage, index, publish=publish, **fields)


def refused(response, expected):
    assert response.status_code == 200
    assert messages(response) == expected
    html = response.content.decode()
    assert all(str(message) in html for told in expected.values() for message in told)
    assert not CasePage.objects.exists()


def test_complete_case_is_published(desk, index):
    response = send(
        desk,
        index,
        goals=["6", "11"],
        cost_amount="1250000",
        cost_currency="eur",
        visit_offered="on",
        visit_shown=TEXT,
        visit_languages=["en", "ko"],
        page_themes=rows({"theme": str(pages.make_theme().pk)}),
        indicators=rows({"label": "Trips", "baseline": "10", "baseline_year": "2009", "value": "42", "year": "2014"}),
    )
    assert response.status_code == 302
    page = CasePage.objects.get()
    assert page.live
    assert (page.goals, page.visit_languages, page.cost_currency) == (["6", "11"], ["en", "ko"], "EUR")
    assert page.goal_tiles == [("6", "Clean water and sanitation"), ("11", "Sustainable cities and communities")]


def test_contradictions_are_refused_where_they_are(desk, index):
    response = send(
        desk,
        index,
        started="2012",
        ended="2010",
        population_year=str(NEXT),
        goals=["1", "2", "3", "4", "5", "6"],
        visit_group_min="20",
        visit_group_max="5",
        cost_currency="EUR",
        indicators=rows({"label": "Trips", "baseline": "1", "baseline_year": "2012", "value": "2", "year": "2010"}),
    )
    refused(
        response,
        {
            "ended": ["The case ends before it begins. Check both years."],
            "population_year": ["This year lies in the future."],
            "goals": ["Choose at most five goals, the ones the case serves most."],
            "visit_group_max": ["The largest group is smaller than the smallest one."],
            "indicators-0-year": ["The result is older than what it is compared with. Check both years."],
        },
    )


def test_case_of_the_future_must_be_planned(desk, index):
    message = "This year lies in the future, but the case is not marked as planned."
    refused(send(desk, index, started=str(NEXT)), {"started": [message]})
    assert send(desk, index, started=str(NEXT), status="planned").status_code == 302


def test_theme_twice_is_refused_in_the_second_row(desk, index):
    theme = {"theme": str(pages.make_theme().pk)}
    told = {"page_themes-1-theme": ["This theme is already listed."]}
    refused(send(desk, index, page_themes=rows(theme, theme)), told)


def test_unknown_currency_is_refused(desk, index):
    message = "No currency has the code “EUX”. Write three letters, for example EUR or KRW."
    refused(send(desk, index, cost_amount="5", cost_currency="eux"), {"cost_currency": [message]})


def test_what_is_missing_is_asked_for_when_publishing(desk, index):
    incomplete = {"visit_offered": "on", "cost_amount": "5", "challenge": rich_text("")}
    told = {
        "visit_shown": ["A visit is on offer: say what visitors will see."],
        "cost_currency": ["Say in which currency the amount is given."],
        "challenge": ["This field is required."],
    }
    refused(send(desk, index, **incomplete), told)
    assert send(desk, index, publish=False, **incomplete).status_code == 302
    draft = CasePage.objects.get()
    assert (draft.live, draft.visit_offered, draft.cost_amount) == (False, True, 5)
    assert messages(desk.edit(draft)) == told


def test_new_case_can_be_previewed_before_it_is_saved(desk, index):
    html = desk.preview_new(CasePage, index, title="Rain in the street", city="Suwon", country="KR").content.decode()
    assert "Rain in the street" in html
    assert "Suwon, South Korea" in html
