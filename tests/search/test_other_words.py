"""From the question to the page: a term in any language finds a page that shares no word with it, on both engines."""

import pytest

from search import indexing
from search.answering import answer
from search.backends import get_backend
from search.backends.base import SearchRequest
from search.models import SynonymGroup
from tests.search.engine import unique_backend
from tests.search.pages import commit, make_homes, make_page
from tests.translations.glossary.terms import make_term

pytestmark = pytest.mark.django_db

NEUTRALITY = {
    "en": "carbon neutrality",
    "zh-hant": "碳中和",
    "ko": "탄소중립",
    "ja": "カーボンニュートラル",
    "zh-hans": "碳中和",
}
TITLES = {
    "en": "Carbon neutrality in ten years",
    "zh-hant": "十年內達成碳中和",
    "ko": "십 년 안에 탄소중립",
    "ja": "十年でカーボンニュートラルへ",
    "zh-hans": "十年实现碳中和",
}


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def site_engine(request, settings, tmp_path):
    """Each of the engines, as the site's."""
    settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    if request.param == "embedded":
        settings.SEARCH_BACKEND = "search.backends.embedded.EmbeddedBackend"
        yield
    else:
        made = unique_backend()
        backend = next(made)
        settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"
        settings.SEARCH_INDEX_PREFIX = backend.prefix
        yield
        next(made, None)


@pytest.fixture
def homes(site_engine):
    homes = make_homes()
    indexing.drain()
    return homes


def found(query: str, language: str) -> tuple[list[int], list[int]]:
    """Return the ids of rows in the reader's language, and of those in others."""
    commit()
    indexing.drain()
    get_backend().refresh()
    results = answer(SearchRequest(query, language)).results
    return [hit.page_id for hit in results.own.hits], [hit.page_id for hit in results.other.hits]


@pytest.mark.parametrize("written", NEUTRALITY)
def test_question_in_any_language_finds_a_page_in_another(homes, written):
    make_term(NEUTRALITY)
    page = make_page(homes[written], TITLES[written], slug="neutral")
    make_page(homes[written], "2040", slug="other")
    for asked, words in NEUTRALITY.items():
        # Typed by somebody who reads that language, and by somebody who reads the page's.
        assert found(words, written)[0] == [page.pk], asked
        if asked != written:
            assert found(words, asked) == ([], [page.pk]), asked


def test_without_the_glossary_there_is_nothing(homes):
    make_page(homes["en"], TITLES["en"], slug="neutral")
    assert found("탄소중립", "en") == ([], [])


def test_synonym_finds_a_page_from_the_moment_it_is_saved(homes):
    page = make_page(homes["en"], "Bicycle lanes", slug="lanes")
    assert found("bike", "en") == ([], [])
    SynonymGroup.objects.create(language="en", words="bike\nbicycle")
    assert found("bike", "en") == ([page.pk], [])


def spelling(query: str, language: str) -> str:
    """Return what is proposed instead of the question."""
    commit()
    indexing.drain()
    get_backend().refresh()
    return answer(SearchRequest(query, language)).results.spelling


def test_name_beside_a_term_may_be_misspelled(homes):
    SynonymGroup.objects.create(language="en", words="bike\nbicycle")
    make_page(homes["en"], "By bike through Copenhagen", slug="copenhagen")
    assert spelling("bike Copenhagn", "en") == "bike Copenhagen"


def test_term_whose_other_words_found_pages_is_not_misspelled(homes):
    SynonymGroup.objects.create(language="en", words="biles\nbicycle")
    for number in range(3):
        make_page(homes["en"], f"Bicycle lanes {number}", slug=f"lanes-{number}")
    for number in range(4):
        make_page(homes["en"], f"Miles of parks {number}", slug=f"parks-{number}")
    assert spelling("biles", "en") == ""
    SynonymGroup.objects.all().delete()
    assert spelling("biles", "en") == "miles"


@pytest.mark.parametrize(("country", "language", "title"), [("대만", "ko", "대한 늬우스"), ("Niger", "en", "Tigers")])
def test_name_of_a_country_is_not_misspelled(homes, country, language, title):
    for number in range(4):
        make_page(homes[language], f"{title} {number}", slug=f"page-{number}")
    assert spelling(country, language) == ""
    # Nor answered by another word in its place.
    assert answer(SearchRequest(country, language)).results.instead == ""
