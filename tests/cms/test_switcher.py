import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import resolve, reverse
from django.utils import translation
from wagtail.models import PageViewRestriction, Site

from cms.languages import CODES
from cms.switcher import alternate_links, language_links, other_languages_of_path
from home.models import StandardPage
from tests.translations.trees import add_page, make_home, translate_home
from translations.catalog import translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = make_home()
    translate_home(home, "zh-hant", "ko", "ja", "zh-hans")
    return home


@pytest.fixture
def section(home):
    section = add_page(home, "About", "about")
    for code in ("ko", "ja"):
        translate_page(section, code, {"About": f"About {code}"})
    return section


@pytest.fixture
def page(section):
    page = add_page(section, "History", "history")
    translate_page(page, "ko", {"History": "역사"})
    return page


@pytest.fixture
def get(rf):
    def get(path, **extra):
        request = rf.get(path, **extra)
        request.user = AnonymousUser()
        translation.activate(translation.get_language_from_path(path) or "en")
        request.resolver_match = resolve(request.path)
        return request

    yield get
    translation.deactivate()


def rows(links):
    return [(link.language.code, link.url, link.is_current, link.is_translation, link.title) for link in links]


def test_page_leads_to_its_translations_and_else_to_the_nearest_page_above(page, get):
    assert rows(language_links(get("/en/about/history/"), page)) == [
        ("en", "/en/about/history/", True, True, "History"),
        ("zh-hant", "/zh-hant/", False, False, "Home *"),
        ("ko", "/ko/about/history/", False, True, "역사"),
        ("ja", "/ja/about/", False, False, "About ja"),
        ("zh-hans", "/zh-hans/", False, False, "Home *"),
    ]


def test_translated_page_leads_back(page, get):
    korean = page.get_translations().get().specific
    links = rows(language_links(get("/ko/about/history/"), korean))
    assert links[0] == ("en", "/en/about/history/", False, True, "History")
    assert links[2] == ("ko", "/ko/about/history/", True, True, "역사")


@pytest.mark.parametrize("change", ["draft", "private", "alias"])
def test_translation_that_visitors_may_not_open_is_passed_over(page, get, change):
    korean = page.get_translations().get()
    if change == "draft":
        korean.unpublish()
    if change == "private":
        PageViewRestriction.objects.create(page=korean, restriction_type=PageViewRestriction.LOGIN)
    if change == "alias":
        korean.delete()
        page.create_alias(
            parent=page.get_parent().get_translations().get(locale__language_code="ko"),
            update_locale=korean.locale,
            reset_translation_key=False,
        )
    assert rows(language_links(get("/en/about/history/"), page))[2] == ("ko", "/ko/about/", False, False, "About ko")


def test_language_without_a_home_leads_to_its_address(get):
    home = make_home()
    assert rows(language_links(get("/en/"), home))[1:3] == [
        ("zh-hant", "/zh-hant/", False, False, "繁體中文"),
        ("ko", "/ko/", False, False, "한국어"),
    ]


@pytest.mark.parametrize("depth", [1, 4])
def test_queries_do_not_grow_with_depth(section, get, depth, django_assert_max_num_queries):
    page = section
    for number in range(depth):
        page = add_page(page, f"Page {number}", f"page-{number}")
    Site.get_site_root_paths()
    request = get(page.url)
    with django_assert_max_num_queries(2):
        language_links(request, page)
        alternate_links(request, page)


def test_unsaved_page_can_be_previewed(page, get):
    draft = StandardPage(title="New", slug="new", locale=page.locale)
    draft.depth = page.depth + 1
    draft.path = page._get_children_path_interval(page.path)[1]
    draft.set_url_path(page)
    assert rows(language_links(get("/en/about/history/"), draft)) == [
        ("en", "/en/about/history/new/", True, True, "New"),
        ("zh-hant", "/zh-hant/", False, False, "Home *"),
        ("ko", "/ko/about/history/", False, False, "역사"),
        ("ja", "/ja/about/", False, False, "About ja"),
        ("zh-hans", "/zh-hans/", False, False, "Home *"),
    ]


def test_draft_translation_leads_to_itself_in_its_own_preview(page, get):
    korean = page.get_translations().get().specific
    korean.unpublish()
    assert rows(language_links(get("/ko/about/history/"), korean))[2][2:] == (True, True, "역사")


def test_view_leads_to_itself_in_every_language_with_its_question(home, get):
    links = language_links(get("/ko/search/?q=water"))
    assert [link.url for link in links] == [f"/{code}/search/?q=water" for code in CODES]
    assert [link.is_current for link in links] == [False, False, True, False, False]
    assert all(link.is_translation for link in links)


def test_missing_path_leads_to_the_languages_that_have_it(page, get):
    request = get("/ja/about/history/")
    assert rows(other_languages_of_path(request)) == [
        ("en", "/en/about/history/", False, True, "History"),
        ("ko", "/ko/about/history/", False, True, "역사"),
    ]
    assert [(link.url, link.is_translation) for link in language_links(request)] == [
        ("/en/about/history/", True),
        ("/zh-hant/", False),
        ("/ko/about/history/", True),
        ("/ja/about/history/", False),
        ("/zh-hans/", False),
    ]


def test_path_without_language_finds_the_page_too(page, get):
    request = get("/en/about/history/")
    request.path = request.path_info = "/about/history/"
    assert [link.url for link in other_languages_of_path(request)] == ["/en/about/history/", "/ko/about/history/"]


def test_private_page_is_not_told_of(page, get):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert [link.language.code for link in other_languages_of_path(get("/ja/about/history/"))] == ["ko"]


def test_missing_path_costs_two_queries_at_most(page, get, django_assert_max_num_queries):
    request = get("/ja/about/history/")
    Site.find_for_request(request)
    Site.get_site_root_paths()
    with django_assert_max_num_queries(2):
        other_languages_of_path(request)


def test_alternates_are_absolute_and_only_of_real_translations(page, get):
    assert alternate_links(get("/en/about/history/"), page) == [
        ("en", "http://testserver/en/about/history/"),
        ("ko", "http://testserver/ko/about/history/"),
        ("x-default", "http://testserver/en/about/history/"),
    ]


def test_page_in_one_language_has_no_alternates(section, get):
    assert alternate_links(get("/en/about/new/"), add_page(section, "New", "new")) == []


def test_new_page_is_previewed_with_the_switcher(page, admin_client):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["home", "standardpage", page.pk])
    empty = {
        f"{name}-{count}": "0"
        for name in ("attachments", "page_themes", "comments")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"title": "New page", "slug": "new", "summary": "", "body-count": "0", **empty}
    assert admin_client.post(url, data).json() == {"is_valid": True, "is_available": True}
    content = admin_client.get(url).content.decode()
    assert "New page" in content
    assert 'href="/zh-hant/"' in content
