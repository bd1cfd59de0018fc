"""A visitor reads and searches in each of the five languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cms.languages import CODES, by_code

WORDS = {"en": "biodiversity", "zh-hant": "生物多樣性", "ko": "생물다양성", "ja": "生物多様性", "zh-hans": "生物多样性"}
SUMMIT = "events/biodiversity-summit-2014"
PHONE = {"viewport": {"width": 320, "height": 844}, "has_touch": True, "is_mobile": True}


def expect_language(page: Page, code: str) -> None:
    """The page says that it is written in ``code``, has one main heading, and fits the width of the screen."""
    expect(page.locator("html")).to_have_attribute("lang", by_code(code).tag)
    expect(page.locator("h1")).to_have_count(1)
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels wider than the screen"


def open_first_in(page: Page, code: str, section: str) -> None:
    """Follow the first link of a list that leads to a page in the reader's own language."""
    own = re.compile(rf"^/{code}/{section}/[a-z0-9-]+/$")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    href = next(link for link in links if link and own.match(link) and not link.endswith("/members/"))
    page.locator(f'main a[href="{href}"]:visible').first.click()
    page.wait_for_url(f"**{href}")


@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("code", CODES)
def test_visitor_reads_and_searches(open_page: Callable[..., Page], code: str, device: str) -> None:
    page = open_page(f"/{code}/", **(PHONE if device == "phone" else {}))
    expect_language(page, code)

    for section in ("partners", "cases", "research"):
        page.goto(f"/{code}/{section}/")
        expect_language(page, code)
        open_first_in(page, code, section)
        expect_language(page, code)

    page.goto(f"/{code}/{SUMMIT}/")
    expect_language(page, code)
    sessions = page.locator(f'main a[href^="/{code}/{SUMMIT}/"]')
    assert sessions.count() >= 10
    sessions.first.click()
    expect_language(page, code)

    page.goto(f"/{code}/search/")
    page.locator("main input[name=q]").fill(WORDS[code])
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**q=*")
    first = page.locator(".search-results .result").first
    expect(first.locator("mark").first).to_be_visible()
    first.locator(".result__link").click()
    page.wait_for_url(f"**/{code}/**")
    expect_language(page, code)
    assert WORDS[code].lower() in page.locator("main").inner_text().lower()


def test_header_search_works_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page("/ko/", java_script_enabled=False)
    page.locator("header input[name=q]").fill(WORDS["ko"])
    page.locator("header input[name=q]").press("Enter")
    expect(page.locator(".search-results .result").first).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("ko-KR", "ko"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-CN", "zh-hans"),
        ("ja-JP", "ja"),
        ("fr-FR", "en"),
    ],
)
def test_browsers_language_decides_on_the_first_visit(open_page: Callable[..., Page], asked: str, code: str) -> None:
    page = open_page("/", locale=asked)
    assert page.url.endswith(f"/{code}/")


def test_switcher_leads_to_the_same_page_and_is_remembered(open_page: Callable[..., Page]) -> None:
    page = open_page("/ko/partners/iclei/", locale="ko-KR")
    page.locator('.languages a[hreflang="ja"]').click()
    page.wait_for_url("**/ja/partners/iclei/")
    expect_language(page, "ja")
    page.goto("/")
    assert page.url.endswith("/ja/")


def test_untranslated_case_is_listed_in_english_and_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page("/ja/cases/")
    found: list[str] = []
    while True:
        found += page.locator('main [lang="en"] a, main a[lang="en"]').evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        following = page.locator('a[rel="next"]')
        if not following.count():
            break
        following.first.click()
    assert [link for link in found if link.startswith("/en/cases/")]
    page.goto(next(link for link in found if link.startswith("/en/cases/")))
    expect_language(page, "en")
    elsewhere = page.locator('.languages a[hreflang="ja"]')
    expect(elsewhere).to_have_class(re.compile("elsewhere"))
    elsewhere.click()
    page.wait_for_url("**/ja/cases/")


def test_missing_page_answers_in_the_visitors_language(open_page: Callable[..., Page]) -> None:
    page = open_page()
    response = page.goto("/zh-hant/nowhere/at-all/")
    assert response and response.status == 404
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("header nav").first).to_be_visible()


def test_keyboard_reaches_the_content_first(open_page: Callable[..., Page]) -> None:
    page = open_page("/ja/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("code", CODES)
def test_results_are_narrowed_and_widened_again(open_page: Callable[..., Page], code: str, scripts: bool) -> None:
    page = open_page(f"/{code}/search/?q={WORDS[code]}", java_script_enabled=scripts)
    cases = page.locator('.search-filters input[name="type"][value="case"]')
    expect(cases).to_be_visible()
    expected = page.locator('.choice:has([name="type"][value="case"]) .choice__count').inner_text()
    cases.check()
    page.locator(".search-filters .button").click()
    page.wait_for_url("**type=case*")
    expect(page.locator('.search-filters input[name="type"][value="case"]')).to_be_checked()
    assert page.locator(".search-filters input[name=type]").count() > 1
    assert expected in page.locator(".search__total").inner_text()
    kinds = set(page.locator(".result__kind").all_inner_texts())
    assert len(kinds) == 1
    page.locator(".chip").click()
    page.wait_for_url(re.compile(r"search/\?q=[^&]+$"))
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_page_that_exists_in_english_only_is_found_and_labelled(open_page: Callable[..., Page], code: str) -> None:
    page = open_page(f"/{code}/search/?q=Counting+cyclists", java_script_enabled=False)
    row = page.locator(".search-elsewhere .result", has=page.locator('a[href^="/en/cases/"]')).first
    expect(row.locator(".result__title")).to_have_attribute("lang", "en")
    expect(row.locator(".result__lang")).to_contain_text("English")
    expect(row.locator("mark").first).to_be_visible()


def test_languages_that_the_reader_also_reads_come_before_english(open_page: Callable[..., Page]) -> None:
    page = open_page("/ko/search/?q=Curitiba&in=other")
    languages = page.locator(".search-elsewhere .result__title")
    expect(languages.first).to_have_attribute("lang", "en")
    page.locator(".search-reading__summary").click()
    page.locator('.search-reading input[value="ja"]').check()
    page.locator(".search-reading .button").click()
    page.wait_for_load_state()
    expect(page.locator(".search-elsewhere .result__title").first).to_have_attribute("lang", "ja")
    expect(page.locator('.search-reading input[value="ja"]')).to_be_checked()


def test_filters_are_folded_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(f"/en/search/?q={WORDS['en']}", **PHONE)
    expect_language(page, "en")
    box = page.locator('.search-filters input[name="type"]').first
    expect(box).to_be_hidden()
    page.locator(".search-filters__summary").click()
    expect(box).to_be_visible()
    expect_language(page, "en")
