import pytest
from wagtail.models import PageViewRestriction

from tests.translations.trees import add_page, make_home, translate_home
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = make_home()
    translate_home(home, "zh-hant", "ko", "ja", "zh-hans")
    return home


@pytest.fixture
def page(home):
    page = add_page(home, "About", "about")
    translate_page(page, "ko", {"About": "소개"})
    return page


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("ja", "ja"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-MO", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh-CN", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("zh", "zh-hant"),
        ("en-GB", "en"),
        ("fr,de;q=0.5", "en"),
        ("fr,ja;q=0.5", "ja"),
        ("", "en"),
        ("*", "en"),
        (";;,,=\x00", "en"),
    ],
)
def test_root_leads_to_the_browsers_language_and_remembers_it(client, home, header, code):
    response = client.get("/", headers={"Accept-Language": header})
    assert (response.status_code, response["Location"]) == (302, f"/{code}/")
    assert response.cookies["django_language"].value == code
    assert {name.strip() for name in response["Vary"].split(",")} == {"Accept-Language", "Cookie"}


def test_cookie_goes_before_the_browsers_language(client, home):
    client.cookies["django_language"] = "ja"
    response = client.get("/?from=mail", headers={"Accept-Language": "ko"})
    assert response["Location"] == "/ja/?from=mail"
    assert "django_language" not in response.cookies


def test_unknown_cookie_is_passed_over(client, home):
    client.cookies["django_language"] = "tlh"
    assert client.get("/", headers={"Accept-Language": "ko"})["Location"] == "/ko/"


def test_root_leads_to_a_home_that_is_there(client):
    make_home()
    assert client.get("/", headers={"Accept-Language": "ko"})["Location"] == "/en/"


@pytest.mark.parametrize(
    ("path", "header", "target"), [("/about", "ko", "/ko/about/"), ("/about/", "ja", "/en/about/")]
)
def test_path_without_language_leads_to_the_page_in_the_visitors_language(client, page, path, header, target):
    assert client.get(path, headers={"Accept-Language": header})["Location"] == target


def test_regional_code_leads_to_our_code(client, page):
    assert client.get("/zh-TW/")["Location"] == "/zh-hant/"
    assert client.get("/ko-KR/about/")["Location"] == "/ko/about/"


@pytest.mark.parametrize("path", ["/fr/", "/fr/about/", "/nothing/", "/wp-login.php"])
def test_unknown_path_is_missing_in_the_visitors_language(client, page, path):
    client.raise_request_exception = False
    response = client.get(path, headers={"Accept-Language": "ko"})
    assert (response.status_code, response["Content-Language"]) == (404, "ko")
    assert "django_language" not in response.cookies


def test_private_page_is_not_led_to(client, page):
    for version in page.get_translations(inclusive=True):
        PageViewRestriction.objects.create(page=version, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/about/").status_code == 404


def test_page_does_not_vary_by_accept_language(client, page):
    response = client.get("/ko/about/", headers={"Accept-Language": "ja"})
    assert (response.status_code, response["Content-Language"]) == (200, "ko")
    assert "Accept-Language" not in response.get("Vary", "")
    assert "django_language" not in response.cookies


@pytest.mark.parametrize(
    ("referrer", "path", "remembered"),
    [
        ("http://testserver/en/about/", "/ko/about/", True),
        ("http://testserver/en/about/history/", "/ko/about/", True),
        ("http://testserver/en/cases/suwon/", "/ko/", True),
        ("http://testserver/ko/about/", "/ko/about/", False),
        ("http://testserver/ko/search/?q=about", "/en/about/", False),
        ("http://testserver/ko/", "/en/about/", False),
        ("https://elsewhere.example/en/about/", "/ko/about/", False),
        ("http://testserver/admin/", "/ko/about/", False),
        ("http://[bad", "/ko/about/", False),
    ],
)
def test_switching_is_remembered_and_following_a_link_is_not(client, page, referrer, path, remembered):
    response = client.get(path, headers={"Referer": referrer})
    assert response.status_code == 200
    assert ("django_language" in response.cookies) is remembered
    assert response.has_header("Cache-Control") is remembered


def test_login_of_the_admin_is_in_the_visitors_language(client, home):
    response = client.get("/admin/login/", headers={"Accept-Language": "ko"})
    assert 'lang="ko"' in response.content.decode()
