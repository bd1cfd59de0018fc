"""The admin's own search views, on the database that the settings name: SQLite here, PostgreSQL in CI."""

import html
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Page

from cms.models import SiteDocument, SiteImage
from search.admin_backend import title_fields
from tests.search.pages import make_page

pytestmark = pytest.mark.django_db

# Language, title, and what an editor remembers of it: the middle of a compound, a word without its particle.
TITLES = [
    ("zh-hant", "城市的水資源管理", ["水資源", "資源管", "管理", "城"]),
    ("zh-hans", "城市的水资源管理", ["水资源", "资源管"]),
    ("ja", "都市における生物多様性の保全", ["生物多様性", "多様", "における"]),
    ("ko", "도시생물다양성을 지키는 조례", ["생물다양성", "다양성", "조례"]),
    ("ko", "2014년ICLEI총회", ["ICLEI", "총회"]),
    ("en", "Clean rivers of Suwon", ["rivers", "suwon", "uwo", "suwon rivers"]),
]
ASKED = [(code, title, query) for code, title, queries in TITLES for query in queries]


@pytest.fixture(autouse=True)
def no_engine(settings):
    """Elasticsearch is said to be somewhere, and is not."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"


@pytest.fixture
def pages(homes, no_engine):
    return {
        title: make_page(homes[code], title, slug=f"page-{number}") for number, (code, title, _) in enumerate(TITLES)
    }


def titles_in(answer, known) -> list[str]:
    """Return the known titles in the order in which an answer lists them."""
    text = html.unescape(re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.S))
    places = {title: text.find(f">{title}") for title in known}
    places = {title: place if place >= 0 else text.find(title) for title, place in places.items()}
    return sorted((title for title, place in places.items() if place >= 0), key=places.get)


def test_explorer_s_search_finds_any_part_of_a_title(admin_client, pages):
    for _, title, query in ASKED:
        answer = admin_client.get("/admin/pages/search/results/", {"q": query})
        found = titles_in(answer, pages)
        assert title in found, query
        assert all(term.casefold() in other.casefold() for term in query.split() for other in found), query


def test_search_inside_a_section_finds_any_part_of_a_title(admin_client, homes, pages):
    for code, title, query in ASKED:
        answer = admin_client.get(f"/admin/pages/{homes[code].pk}/results/", {"q": query})
        assert title in titles_in(answer, pages), query


def test_page_chooser_finds_any_part_of_a_title(admin_client, pages):
    for _, title, query in ASKED:
        answer = admin_client.get("/admin/choose-page/search/", {"q": query, "page_type": "wagtailcore.page"})
        assert title in titles_in(answer, pages), query


@pytest.mark.parametrize("address", ["/admin/documents/results/", "/admin/documents/chooser/results/"])
def test_documents_are_found_by_any_part_of_a_title(admin_client, settings, tmp_path, address):
    settings.MEDIA_ROOT = tmp_path
    titles = [title for _, title, _ in TITLES]
    for title in titles:
        SiteDocument.objects.create(title=title, file=ContentFile(b"1", name="a.txt"))
    for _, title, query in ASKED:
        assert title in titles_in(admin_client.get(address, {"q": query}), titles), query
    assert titles_in(admin_client.get(address, {"q": "水資源"}), titles) == ["城市的水資源管理"]


@pytest.mark.parametrize("address", ["/admin/images/results/", "/admin/images/chooser/results/"])
def test_pictures_are_found_by_any_part_of_a_title(admin_client, settings, tmp_path, address):
    settings.MEDIA_ROOT = tmp_path
    titles = [title for _, title, _ in TITLES]
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    for title in titles:
        SiteImage.objects.create(title=title, file=ImageFile(ContentFile(svg), name="a.svg"), width=1, height=1)
    for _, title, query in ASKED:
        assert title in titles_in(admin_client.get(address, {"q": query}), titles), query
    assert titles_in(admin_client.get(address, {"q": "水資源"}), titles) == ["城市的水資源管理"]


def test_title_that_is_only_a_draft_is_found(admin_client, homes, no_engine):
    page = make_page(homes["zh-hant"], "河流", slug="rivers")
    page.title = "城市的水資源管理"
    page.save_revision()
    answer = admin_client.get("/admin/pages/search/results/", {"q": "水資源"})
    assert titles_in(answer, ["城市的水資源管理"]) == ["城市的水資源管理"]


def test_exact_titles_stand_above_beginnings_and_these_above_parts(homes, no_engine):
    for number, title in enumerate(["城市的水資源管理", "水資源管理與城市", "水資源", "水資源管理"]):
        make_page(homes["zh-hant"], title, slug=f"page-{number}")
    expected = ["水資源", "水資源管理", "水資源管理與城市", "城市的水資源管理"]
    assert [page.title for page in Page.objects.autocomplete("水資源")] == expected
    assert [page.title for page in Page.objects.search("水資源")] == expected
    assert [page.title for page in Page.objects.search("水資源")[1:3]] == expected[1:3]
    assert Page.objects.search("水資源").count() == 4


def test_all_terms_are_needed_unless_one_is_asked_for(homes, no_engine):
    both = make_page(homes["ko"], "수원시하천복원", slug="both")
    one = make_page(homes["ko"], "서울시하천복원", slug="one")
    assert [page.pk for page in Page.objects.autocomplete("수원 복원")] == [both.pk]
    assert {page.pk for page in Page.objects.autocomplete("수원 복원", operator="or")} == {both.pk, one.pk}


def test_text_of_pages_is_searched_as_before(homes, no_engine):
    page = make_page(homes["en"], "Clean rivers", "Otters came back.", slug="rivers")
    assert [found.specific for found in Page.objects.search("otters")] == [page]
    assert list(Page.objects.search("tters")) == []
    assert list(Page.objects.search("riv", fields=["title"])) == []


def test_chosen_order_is_kept(homes, no_engine):
    pages = [make_page(homes["ja"], f"川の水{letter}", slug=f"page-{letter}") for letter in "bac"]
    ordered = Page.objects.order_by("title").autocomplete("の水", order_by_relevance=False)
    assert [page.title for page in ordered] == sorted(page.title for page in pages)


def test_types_of_what_was_found_are_counted(admin_client, pages):
    found = Page.objects.autocomplete("水")
    assert sum(found.facet("content_type_id").values()) == found.count() == 2


def test_anything_typed_is_answered(admin_client, pages):
    for query in ["%", "_", "\\", "'", '"', "水%", "?", "*", "()", "AND", "-", "a" * 500, "水 " * 100]:
        assert admin_client.get("/admin/pages/search/results/", {"q": query}).status_code == 200, query
    assert [page.title for page in Page.objects.autocomplete("%")] == []


def test_search_costs_one_query_however_much_it_finds(homes, no_engine, django_assert_num_queries):
    for number in range(4):
        make_page(homes["zh-hant"], "城市的水資源管理", slug=f"page-{number}")
    with django_assert_num_queries(1):
        assert len(list(Page.objects.autocomplete("水資源"))) == 4
    with django_assert_num_queries(1):
        assert Page.objects.autocomplete("水資源").count() == 4


def test_fields_of_titles():
    assert title_fields(Page) == ["title", "draft_title"]
    assert title_fields(SiteDocument) == ["title"]
