import datetime
import zoneinfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.languages import CODES, LANGUAGES
from cms.models import Theme
from search.backends import get_backend
from search.backends.base import BackendUnavailableError, Hit
from search.results import Result
from tests.search.pages import commit, make_page, translate, withdraw

pytestmark = pytest.mark.django_db

WORDS = {
    "en": ("Clean rivers", "The cities’ biodiversity grew again.", "biodiversity"),
    "zh-hant": ("乾淨的河流", "城市的生物多樣性恢復了。", "生物多樣性"),
    "ko": ("맑은 하천", "이 도시의 생물다양성이 되살아났다.", "생물다양성"),
    "ja": ("きれいな川", "都市における生物多様性が回復した。", "生物多様性"),
    "zh-hans": ("干净的河流", "城市的生物多样性恢复了。", "生物多样性"),
}


@pytest.fixture
def pages(homes):
    title, text, _ = WORDS["en"]
    page = make_page(homes["en"], title, text, slug="rivers")
    pages = {"en": page}
    for code in CODES:
        if code != "en":
            title, text, _ = WORDS[code]
            pages[code] = translate(page, homes[code], title, text)
    commit()
    return pages


def address(language: str = "en") -> str:
    with translation.override(language):
        return reverse("search:search")


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", CODES)
def test_word_inside_a_sentence_finds_the_page_in_each_language(client, pages, language):
    title, _, word = WORDS[language]
    response = client.get(address(language), {"q": word})
    assert response.status_code == 200
    [result] = response.context["results"].own
    assert result.hit.url == pages[language].url
    assert f'href="{pages[language].url}"' in text(response)
    assert "<mark>" in text(response)
    assert response.context["results"].other == []


def test_results_are_not_for_robots(client, homes):
    response = client.get(address(), {"q": "rivers"})
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text(response)


def test_empty_query_shows_how_to_search(client, homes):
    for query in ({}, {"q": ""}, {"q": "  \x00 "}):
        response = client.get(address(), query)
        assert response.status_code == 200
        assert "search-help" in text(response)


def test_no_result_says_so_and_offers_ways_on(client, homes):
    response = client.get(address(), {"q": "xylophone", "type": "case"})
    assert response.status_code == 200
    assert "search-nothing__hints" in text(response)
    assert "search-filters" in text(response)
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    response = client.get(address(), {"q": "rivers", "type": "case"})
    assert '<li><a href="?q=rivers">' in text(response)


def test_nothing_in_other_languages_leads_back(client, homes):
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    response = client.get(address(), {"q": "rivers", "in": "other"})
    assert response.context["results"].is_beyond is False
    assert '<a href="?q=rivers">' in text(response)
    assert "search-nothing" not in text(response)


def test_page_of_another_language_is_labelled_and_marked_up(client, homes):
    page = make_page(homes["en"], "Clean rivers", "Otters came back.", slug="rivers")
    commit()
    response = client.get(address("ja"), {"q": "rivers"})
    [result] = response.context["results"].other
    assert result.hit.page_id == page.pk
    assert 'lang="en"' in text(response)
    assert "result__lang" in text(response)


def test_restricted_and_draft_pages_are_not_shown(client, homes):
    private = make_page(homes["en"], "Private rivers", slug="private")
    make_page(homes["en"], "Draft rivers", slug="draft", live=False)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    commit()
    response = client.get(address(), {"q": "rivers"})
    assert response.context["results"].total == 0


@pytest.mark.parametrize("way", ["unpublished", "private", "deleted"])
def test_page_is_gone_from_results_though_the_index_is_behind(client, homes, monkeypatch, way):
    page = make_page(homes["en"], "Otters of the stream", slug="otters")
    stays = make_page(homes["en"], "Otters of the lake", slug="lake")
    commit()
    found = client.get(address(), {"q": "otters"})
    assert page.url in text(found)

    def refuse(*args, **kwargs):
        raise BackendUnavailableError("takes no writes")

    monkeypatch.setattr(get_backend(), "apply", refuse)
    url = page.url
    withdraw(page, way)
    commit()
    found = client.get(address(), {"q": "otters"})
    assert f'href="{url}"' not in text(found)
    assert stays.url in text(found)
    assert found.context["results"].total == 1


def test_pages_of_results_are_numbered_and_linked(client, homes):
    for number in range(12):
        make_page(homes["en"], "Clean rivers", slug=f"rivers-{number}")
    commit()
    first = client.get(address(), {"q": "rivers"})
    assert len(first.context["results"].own) == 10
    assert first.context["results"].next_address == "?q=rivers&page=2"
    second = client.get(address(), {"q": "rivers", "page": "2"})
    assert len(second.context["results"].own) == 2
    assert (second.context["results"].previous_address, second.context["results"].next_address) == ("?q=rivers", "")
    assert '<ol class="search-results" start="11">' in text(second)
    beyond = client.get(address(), {"q": "rivers", "page": "9"})
    assert beyond.status_code == 200
    assert beyond.context["results"].is_beyond


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "x" * 100_000}, 1),
        ({"q": "rivers", "page": "-1"}, 1),
        ({"q": "rivers", "page": "1000000000"}, 1),
        ({"q": "rivers", "page": "two"}, 1),
        ({"q": "rivers", "type": "secret"}, 1),
        ({"q": "rivers", "type": ["page", "case"]}, 0),
        ({"q": "rivers", "type": ["page", "secret", "lost"], "theme": "x", "year": "12", "country": "XX"}, 1),
        ({"q": "rivers", "country": ["KR"] * 900}, 0),
        ({"q": "rivers", "year": [str(year) for year in range(1900, 2100)]}, 1),
        ({"q": "rivers", "sort": "colour"}, 1),
        ({"q": "rivers", "theme": ["\x00", "\ud800", "<b>", ""]}, 1),
        ({"q": "rivers", "in": "nowhere"}, 0),
        ({"q": "x" * 300, "page": "-1", "type": "secret"}, 3),
        ({"q": "\ud800 rivers \x00 \u202e"}, 0),
        ({"q": '"title:rivers^4 AND (" OR *'}, 0),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_bad_input_is_answered_with_a_message(client, homes, query, said, language):
    query = {
        name: [one.encode("utf-8", "surrogatepass") for one in (value if isinstance(value, list) else [value])]
        for name, value in query.items()
    }
    response = client.get(address(language), query)
    assert response.status_code == 200
    assert len(response.context["form"].messages) == said
    assert text(response).count('class="search__message" role="alert"') == said


def test_query_is_kept_and_escaped(client, homes):
    response = client.get(address(), {"q": "<script>alert(1)</script>", "page": "x"})
    assert "<script>alert(1)" not in text(response)
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in text(response)


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_engine_that_is_gone_is_said_to_be(client, homes, language, monkeypatch, caplog):
    def gone(request):
        raise BackendUnavailableError("connection refused")

    monkeypatch.setattr(get_backend(), "search", gone, raising=True)
    response = client.get(address(language), {"q": "rivers"})
    assert response.status_code == 503
    assert "search__unavailable" in text(response)
    assert 'value="rivers"' in text(response)
    assert [record.message for record in caplog.records if record.name == "search.answering"] == [
        "Search cannot be answered: connection refused"
    ]


def test_results_cost_the_database_at_most_two_queries(client, homes):
    for number in range(3):
        make_page(homes["en"], "Clean rivers", slug=f"rivers-{number}")
    commit()
    narrowed = {"theme": "water", "country": "KR", "type": ["page", "news"], "sort": "date"}
    questions = [{"q": "rivers"}, {"q": "rivers", **narrowed}, {"q": "rivers", "country": "KR", "in": "other"}]
    for question in questions:
        client.get(address(), question)
    for question in questions:
        with CaptureQueriesContext(connection) as asked:
            client.get(address(), question)
        assert len(asked) <= 2, [query["sql"] for query in asked]


def test_post_is_refused(client, homes):
    assert client.post(address(), {"q": "rivers"}).status_code == 405


def facet(response, name: str) -> list[tuple[str, str, int, bool]]:
    lists = {one.name: one.choices for one in response.context["results"].facets}
    return [(choice.value, choice.label, choice.count, choice.chosen) for choice in lists.get(name, ())]


def test_filters_are_offered_where_they_have_something_to_say(client, homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    assert client.get(address(), {"q": "rivers"}).context["results"].facets == []
    translate(page, homes["ko"], "맑은 하천 rivers")
    commit()
    response = client.get(address(), {"q": "rivers"})
    assert facet(response, "language") == [("en", "English", 1, False), ("ko", "Korean", 1, False)]
    assert facet(response, "type") == []
    chosen = client.get(address(), {"q": "rivers", "type": "news"})
    assert facet(chosen, "type") == [("page", "Pages", 1, False), ("news", "News", 0, True)]
    assert '<input class="choice__box" type="checkbox" name="type" value="news" checked>' in text(chosen)


def test_choices_can_be_taken_off_one_by_one_and_all_at_once(client, homes):
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    asked = {"q": "rivers", "type": ["page", "news"], "country": "KR", "year": "2024", "sort": "date", "page": "1"}
    results = client.get(address("ja"), asked).context["results"]
    assert [(chip.facet, chip.label, chip.address) for chip in results.chips] == [
        ("種別", "ページ", "?q=rivers&type=news&country=KR&year=2024&sort=date"),
        ("種別", "ニュース", "?q=rivers&type=page&country=KR&year=2024&sort=date"),
        ("国", "韓国", "?q=rivers&type=page&type=news&year=2024&sort=date"),
        ("年", "2024", "?q=rivers&type=page&type=news&country=KR&sort=date"),
    ]
    assert results.without_filters_address == "?q=rivers&sort=date"


def test_themes_are_named_in_the_readers_language(client, homes):
    names = {"name_en": "Water", "name_zh_hant": "水", "name_ko": "물", "name_ja": "", "name_zh_hans": "水"}
    theme = Theme.objects.create(slug="water", **names)
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    labels = {
        code: [chip.label for chip in client.get(address(code), {"q": "x", "theme": "water"}).context["results"].chips]
        for code in ("en", "ko", "ja")
    }
    assert labels == {"en": ["Water"], "ko": ["물"], "ja": ["Water"]}
    theme.name_en = "Waters"
    theme.save()
    commit()
    assert client.get(address(), {"q": "x", "theme": "water"}).context["results"].chips[0].label == "Waters"
    theme.delete()
    commit()
    gone = client.get(address(), {"q": "x", "theme": "water"})
    assert gone.context["results"].chips == []
    assert gone.context["form"].messages == ["Some filters do not exist and were left out: water"]


def test_languages_that_the_reader_reads_are_kept_and_decide_what_is_shown(client, homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    translate(page, homes["ja"], "きれいな川 rivers")
    commit()
    asked = client.get(address("ko"), {"q": "rivers"})
    assert [row.hit.language for row in asked.context["results"].other] == ["en"]
    with translation.override("ko"):
        keep = reverse("search:also_read")
    said = {"search": "?q=rivers&type=page&page=3", "also": ["ja", "fr"]}
    response = client.post(keep, said)
    assert (response.status_code, response["Location"]) == (302, address("ko") + "?q=rivers&type=page")
    assert response.cookies["search_languages"].value == "ja"
    again = client.get(address("ko"), {"q": "rivers"})
    assert [row.hit.language for row in again.context["results"].other] == ["ja"]
    assert [language.code for language in again.context["results"].other[0].also] == ["en"]
    assert (again["Cache-Control"], "Cookie" in again["Vary"]) == ("private", True)
    client.post(keep, {"search": "//elsewhere.example/?q=x"})
    assert "search_languages" not in client.cookies or not client.cookies["search_languages"].value


def test_chosen_language_alone_is_shown_even_where_the_readers_has_the_page(client, homes):
    page = make_page(homes["en"], "Clean rivers", slug="rivers")
    translate(page, homes["ko"], "맑은 하천 rivers")
    commit()
    response = client.get(address(), {"q": "rivers", "language": "ko"})
    assert [row.hit.language for row in response.context["results"].other] == ["ko"]
    assert response.context["results"].own == []
    assert "1 page in another language for “rivers”" in text(response)


def test_rows_say_where_calls_and_events_stand(settings):
    settings.TIME_ZONE = "UTC"
    now = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
    day = datetime.timedelta(days=1)

    def row(kind: str, starts: int, ends: int) -> Result:
        hit = Hit(1, "en", "k", kind, "/", (), (), starts_at=now + starts * day, ends_at=now + ends * day)
        return Result(hit, "en", now)

    closing = row("call", -10, 5)
    assert (closing.status, closing.days_left, closing.deadline) == ("closing_soon", 5, now + 5 * day)
    assert (row("call", -10, 30).status, row("call", -10, -1).days_left) == ("open", None)
    past = row("event", -3, -1)
    assert (past.standing, past.first_day, past.last_day) == (
        "past", datetime.date(2027, 2, 26), datetime.date(2027, 2, 28),
    )  # fmt: skip
    assert (row("news", -3, -1).standing, row("news", -3, -1).status) == ("", "")


def test_rows_of_calls_name_the_next_deadline_on_its_own_clock():
    now = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
    sao_paulo, seoul = zoneinfo.ZoneInfo("America/Sao_Paulo"), zoneinfo.ZoneInfo("Asia/Seoul")
    outline = datetime.datetime(2026, 12, 8, 23, 59, tzinfo=sao_paulo)
    application = datetime.datetime(2027, 3, 5, 23, 59, tzinfo=seoul)
    opened = now - datetime.timedelta(days=3)
    hit = Hit(
        1, "en", "k", "call", "/", (), (), starts_at=opened, ends_at=application, deadlines=(outline, application)
    )
    row = Result(hit, "en", now)
    assert (row.deadline, row.days_left) == (outline, 7)
    later = Result(hit, "en", now + datetime.timedelta(days=60))
    assert (later.deadline, later.status) == (application, "open")
    over = Result(hit, "en", now + datetime.timedelta(days=120))
    assert (over.deadline, over.status, over.days_left) == (application, "closed", None)
