import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.languages import CODES
from cms.models import Theme
from cms.pages import SearchKind
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from search.themes import forget_theme_names
from tests.factories.pages import make_case, make_case_index
from tests.search.pages import commit, make_page, translate

pytestmark = pytest.mark.django_db


def address(language: str = "en") -> str:
    with translation.override(language):
        return reverse("search:suggest")


def rows(response) -> list[dict]:
    return [row for group in response.json()["groups"] for row in group["rows"]]


def names(response) -> list[str]:
    return ["".join(text for text, _ in row["parts"]) for row in rows(response)]


def test_page_is_suggested_under_what_it_is(client, homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    response = client.get(address(), {"q": "riv"})
    assert response.json() == {
        "said": "1 suggestion",
        "groups": [
            {
                "label": "Pages",
                "rows": [{"parts": [["Clean ", False], ["riv", True], ["ers", False]], "url": page.url, "notes": []}],
            }
        ],
    }


def test_answer_is_kept_for_a_minute_and_not_for_robots(client, homes):
    response = client.get(address(), {"q": "riv"})
    assert response["Content-Type"] == "application/json"
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert response["X-Robots-Tag"] == "noindex"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_page_of_another_language_says_so(client, homes):
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    [row] = rows(response := client.get(address("ko"), {"q": "riv"}))
    assert (row["lang"], row["notes"]) == ("en", [translation.override("ko")(lambda: str(SearchKind.PAGE.label))()])
    assert row["language"] == translate_in("ko", "English")
    assert [group["label"] for group in response.json()["groups"]] == [translate_in("ko", "In other languages")]


def translate_in(language: str, text: str) -> str:
    with translation.override(language):
        return translation.gettext(text)


def test_language_of_the_question_comes_before_others(client, homes):
    korean = make_page(homes["ko"], "COP 12 강", slug="river-ko")
    translate(korean, homes["ja"], "COP 12 강")
    commit()
    [row] = rows(client.get(address("en"), {"q": "강"}))
    assert row["lang"] == "ko"


def test_private_draft_unpublished_and_deleted_pages_are_not_suggested(client, homes):
    private = make_page(homes["en"], "Private rivers", slug="private")
    make_page(homes["en"], "Draft rivers", slug="draft", live=False)
    gone = make_page(homes["en"], "Deleted rivers", slug="deleted")
    hidden = make_page(homes["en"], "Unpublished rivers", slug="hidden")
    shown = make_page(homes["en"], "Public rivers", slug="public")
    shown.title = "Draft of other rivers"
    shown.save_revision()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    commit()
    gone.delete()
    hidden.unpublish()
    commit()
    assert names(client.get(address(), {"q": "rivers"})) == ["Public rivers"]


def test_theme_and_town_are_suggested_by_their_present_names_and_without_queries(client, homes):
    index = make_case_index(homes["en"])
    case = make_case(index, title="Clean streams", city="Suwon")
    [theme] = Theme.objects.filter(page_themes__page=case)
    theme.name_en, theme.name_ko = "Zero waste", "자원순환"
    theme.save()
    commit()
    forget_theme_names()
    client.get(address(), {"q": "zero"})
    with CaptureQueriesContext(connection) as queries:
        assert names(client.get(address(), {"q": "자원"})) == ["Zero waste"]
        assert names(client.get(address(), {"q": "수원"})) == ["Suwon"]
    assert queries.captured_queries == []
    [row] = rows(client.get(address(), {"q": "zero"}))
    assert row["notes"] == ["1 page"]
    found = client.get(row["url"]).context["results"]
    assert [result.hit.page_id for result in found.own] == [case.pk]


@pytest.mark.parametrize(
    "query",
    [b"", b"   ", b"x" * 100_000, b"\x00", b"\xed\xa0\x80", b"\xff\xfe", "…。、?!".encode(), b'"*()AND{}', b"%00%ff",
     "환".encode() * 30_000, "\u202e\u200b".encode()],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ko"])
def test_bad_input_is_answered_with_an_empty_list(client, homes, query, language):
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    response = client.get(address(language), {"q": query})
    assert response.status_code == 200
    assert response.json() == {"said": translate_in(language, "No suggestions"), "groups": []}


def test_without_a_question_nothing_is_suggested(client, homes):
    assert client.get(address()).json()["groups"] == []
    assert client.post(address(), {"q": "riv"}).status_code == 405


@pytest.mark.parametrize("language", CODES)
def test_engine_that_is_gone_suggests_nothing_and_is_asked_again(client, homes, language, monkeypatch, caplog):
    def gone(request):
        raise BackendUnavailableError("connection refused")

    monkeypatch.setattr(get_backend(), "suggest", gone, raising=True)
    response = client.get(address(language), {"q": "riv"})
    assert (response.status_code, response.json()["groups"]) == (200, [])
    assert "max-age=0" in response["Cache-Control"]
    assert [record.message for record in caplog.records if record.name == "search.answering"] == [
        "Search cannot be answered: connection refused"
    ]
