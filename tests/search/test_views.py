import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.languages import CODES, LANGUAGES
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from tests.search.pages import commit, make_page, translate

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
    assert "facet-list" not in text(response)
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


def test_filter_links_keep_the_query_and_their_alternatives(client, homes):
    make_page(homes["en"], "Clean rivers", slug="rivers")
    commit()
    response = client.get(address(), {"q": "rivers", "type": "news"})
    everything, page, news = response.context["results"].filters
    assert (everything.value, everything.count, everything.chosen, everything.address) == ("", 1, False, "?q=rivers")
    assert (page.value, page.count, page.chosen, page.address) == ("page", 1, False, "?q=rivers&type=page")
    assert (news.value, news.count, news.chosen) == ("news", 0, True)


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
        ({"q": "rivers", "in": "nowhere"}, 0),
        ({"q": "x" * 300, "page": "-1", "type": "secret"}, 3),
        ({"q": "\ud800 rivers \x00 \u202e"}, 0),
        ({"q": '"title:rivers^4 AND (" OR *'}, 0),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_bad_input_is_answered_with_a_message(client, homes, query, said, language):
    query = {
        name: value if isinstance(value, list) else value.encode("utf-8", "surrogatepass")
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


def test_results_cost_the_database_nothing(client, homes):
    for number in range(3):
        make_page(homes["en"], "Clean rivers", slug=f"rivers-{number}")
    commit()
    client.get(address(), {"q": "rivers"})
    with CaptureQueriesContext(connection) as none:
        client.get(address(), {})
    with CaptureQueriesContext(connection) as three:
        client.get(address(), {"q": "rivers"})
    assert len(three) == len(none)


def test_post_is_refused(client, homes):
    assert client.post(address(), {"q": "rivers"}).status_code == 405
