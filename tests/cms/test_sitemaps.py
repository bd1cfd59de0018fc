import xml.etree.ElementTree as ET

import pytest
from django.utils.translation import override
from wagtail.models import PageViewRestriction, Site

from tests.translations.trees import add_page, make_home, translate_home
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def home():
    home = make_home()
    translate_home(home, "ko", "ja")
    return home


@pytest.fixture
def page(home):
    page = add_page(home, "About", "about")
    translate_page(page, "ko", {"About": "소개"})
    return page


def entries(client, code):
    response = client.get(f"/sitemap-{code}.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return {
        url.find("s:loc", NAMES).text: [
            (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NAMES)
        ]
        for url in ET.fromstring(response.content)
    }


def test_index_names_a_sitemap_for_every_language(client, page):
    response = client.get("/sitemap.xml")
    assert [loc.text for loc in ET.fromstring(response.content).iterfind("s:sitemap/s:loc", NAMES)] == [
        f"http://testserver/sitemap-{code}.xml" for code in ("en", "zh-hant", "ko", "ja", "zh-hans")
    ]
    assert "Vary" not in response or "Accept-Language" not in response["Vary"]


def test_entries_are_the_pages_of_the_language_with_their_translations(client, page):
    about = [
        ("en", "http://testserver/en/about/"),
        ("ko", "http://testserver/ko/about/"),
        ("x-default", "http://testserver/en/about/"),
    ]
    homes = [(tag, f"http://testserver/{tag}/") for tag in ("en", "ja", "ko")]
    homes.append(("x-default", "http://testserver/en/"))
    assert entries(client, "en") == {"http://testserver/en/": homes, "http://testserver/en/about/": about}
    assert entries(client, "ko") == {"http://testserver/ko/": homes, "http://testserver/ko/about/": about}
    assert entries(client, "ja") == {"http://testserver/ja/": homes}
    assert entries(client, "zh-hans") == {}


def test_page_in_one_language_has_no_alternates(client, home):
    add_page(home, "News", "news")
    assert entries(client, "en")["http://testserver/en/news/"] == []


def test_what_visitors_may_not_open_is_left_out(client, page, home):
    add_page(home, "Draft", "draft", live=False)
    private = add_page(home, "Private", "private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    add_page(private, "Below", "below")
    korean_home = home.get_translations().get(locale__language_code="ko")
    private.create_alias(parent=korean_home, update_locale=korean_home.locale, reset_translation_key=False)
    assert list(entries(client, "en")) == ["http://testserver/en/", "http://testserver/en/about/"]
    assert list(entries(client, "ko")) == ["http://testserver/ko/", "http://testserver/ko/about/"]


def test_queries_do_not_grow_with_pages(client, home, django_assert_num_queries):
    for number in range(4):
        add_page(home, f"Page {number}", f"page-{number}")
    client.get("/sitemap-en.xml")
    Site.get_site_root_paths()
    with django_assert_num_queries(3):  # count, pages, translations
        client.get("/sitemap-en.xml")


@pytest.mark.parametrize("path", ["/sitemap-fr.xml", "/sitemap-en.xml?p=99", "/sitemap-en.xml?p=x"])
def test_sitemap_that_is_none_is_missing(client, home, path):
    assert client.get(path).status_code == 404


def test_robots_are_told_where_the_sitemaps_are(client, home):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /zh-hant/search/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
