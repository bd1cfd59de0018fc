"""Suggestions while a visitor types, in each of the five languages: keyboard, pointer, touch, input methods."""

import contextlib
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from cms.languages import CODES

# What is typed, and what a title in the demonstration content has there.
TYPED = {"en": "biodiv", "zh-hant": "生物多", "ko": "생물다", "ja": "生物多", "zh-hans": "生物多"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FIELD = "main #search-q"


class Asked:
    """The questions that the page asked for suggestions of."""

    def __init__(self, page: Page) -> None:
        self.questions: list[str] = []
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if urlsplit(url).path.endswith("/search/suggest"):
            self.questions += parse_qs(urlsplit(url).query).get("q", [""])


def options(page: Page) -> Locator:
    return page.locator("main [role=listbox] [role=option]")


def type_and_wait(page: Page, text: str) -> None:
    page.locator(FIELD).press_sequentially(text, delay=20)
    expect(options(page).first).to_be_visible()


@pytest.mark.parametrize("code", CODES)
def test_keyboard_alone_leads_to_a_page(open_page: Callable[..., Page], code: str) -> None:
    page = open_page(f"/{code}/search/")
    field = page.locator(FIELD)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.locator(FIELD).press_sequentially(TYPED[code][:-1], delay=20)
    page.locator(FIELD).press_sequentially(TYPED[code][-1])
    expect(options(page).first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("main [role=status].visually-hidden")).to_have_text(re.compile(r"\d"))

    own = page.locator(f'main [role=option][href^="/{code}/"]:not([hreflang]):not([href*="/search/"])').first
    expect(own).to_contain_text(TYPED[code][:2], ignore_case=True)
    target = own.get_attribute("id")
    for _ in range(options(page).count()):
        field.press("ArrowDown")
        if field.get_attribute("aria-activedescendant") == target:
            break
    expect(own).to_have_attribute("aria-selected", "true")
    expect(page.locator("main [aria-selected=true]")).to_have_count(1)
    href = own.get_attribute("href")
    field.press("Enter")
    page.wait_for_url(f"**{href}")


def test_keys_move_through_the_list_and_leave_it(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/")
    field = page.locator(FIELD)
    type_and_wait(page, "bio")
    first, last = options(page).first.get_attribute("id"), options(page).last.get_attribute("id")

    for key, active in (("ArrowDown", first), ("ArrowUp", None), ("ArrowUp", last), ("ArrowDown", None)):
        field.press(key)
        assert field.get_attribute("aria-activedescendant") == active, key
    field.press("ArrowDown")
    field.press("Home")
    assert field.get_attribute("aria-activedescendant") is None
    assert field.evaluate("field => field.selectionStart") == 0
    field.press("ArrowDown")
    field.press("End")
    assert field.get_attribute("aria-activedescendant") is None
    assert field.evaluate("field => field.selectionStart") == 3

    field.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field).to_have_value("bio")
    field.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    field.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(page.locator("main .search-form__button")).to_be_focused()

    field.focus()
    field.press("Escape")
    expect(field).to_have_value("")


def test_enter_without_a_choice_searches_for_what_was_typed(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/")
    type_and_wait(page, "bio")
    page.locator(FIELD).press("Enter")
    page.wait_for_url("**/en/search/?q=bio*")


def test_roles_and_names_are_those_of_a_combobox(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/")
    type_and_wait(page, "suwon")
    page.locator(FIELD).press("ArrowDown")
    expect(page.locator("main search, main [role=search]")).to_match_aria_snapshot(
        """
        - search:
          - combobox "What are you looking for?" [expanded]
          - button "Search"
          - listbox "Suggestions":
            - group "Places":
              - option /Suwon/ [selected]
          - status: /\\d+ suggestions?/
        """
    )


def test_pointer_and_touch_choose_a_row(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/")
    type_and_wait(page, "suwon")
    options(page).first.click()
    page.wait_for_url("**/search/?q=Suwon*")
    expect(page.locator(".search-results .result").first).to_be_visible()

    phone = open_page("/ko/search/", **PHONE)
    type_and_wait(phone, "수원")
    too_wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0
    options(phone).first.tap()
    phone.wait_for_url("**/ko/**")
    assert "%" in phone.url or "/ko/" in phone.url


def test_search_field_in_the_head_suggests_too(open_page: Callable[..., Page]) -> None:
    page = open_page("/ja/", viewport={"width": 1280, "height": 800})
    page.locator("header input[name=q]").press_sequentially("生物多", delay=20)
    rows = page.locator("header [role=option]")
    expect(rows.first).to_be_visible()
    box = page.locator("header [role=listbox]").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280

    phone = open_page("/ja/", **PHONE)
    phone.locator(".menu-button").first.tap()
    phone.locator("header input[name=q]").press_sequentially("生物多", delay=20)
    expect(phone.locator("header [role=option]").first).to_be_visible()


def test_late_answers_never_replace_later_ones(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/")
    held: list[Route] = []
    page.route(re.compile(r"/search/suggest\?q=bio$"), lambda route: held.append(route))
    field = page.locator(FIELD)
    field.press_sequentially("bio")
    page.wait_for_timeout(400)
    assert len(held) == 1
    field.press_sequentially("diversity")
    expect(options(page).first).to_contain_text("iodiversity")
    shown = options(page).all_inner_texts()
    # Given up already: the browser may refuse to take it at all.
    with contextlib.suppress(Error):
        held[0].fulfill(json={"said": "late", "groups": []})
    page.wait_for_timeout(300)
    assert options(page).all_inner_texts() == shown


# Input methods


def compose(page: Page, states: list[str]) -> None:
    """Type as an input method does: each state replaces the one before, in one composition under way."""
    session = page.context.new_cdp_session(page)
    for state in states:
        session.send(
            "Input.imeSetComposition", {"text": state, "selectionStart": len(state), "selectionEnd": len(state)}
        )
        page.wait_for_timeout(200)


def commit(page: Page, text: str) -> None:
    page.context.new_cdp_session(page).send("Input.insertText", {"text": text})


def test_korean_input_method_asks_with_whole_syllables_only(open_page: Callable[..., Page]) -> None:
    page = open_page("/ko/search/")
    asked = Asked(page)
    page.locator(FIELD).focus()
    # 수원: ㅅ, 수, 숭, then 수 is committed and 우, 워, 원 are composed.
    compose(page, ["ㅅ", "수", "숭"])
    assert asked.questions == []
    commit(page, "수")
    compose(page, ["우", "워", "원"])
    expect(page.locator(FIELD)).to_have_value("수원")
    assert asked.questions == ["수"]
    expect(options(page).first).to_be_visible()
    page.locator(FIELD).press("Enter")
    page.wait_for_timeout(300)
    assert "?q=" not in page.url
    commit(page, "원")
    page.wait_for_timeout(400)
    expect(options(page).first).to_contain_text("수원")
    assert asked.questions == ["수", "수원"]


def test_input_method_that_composes_a_whole_word_asks_with_all_but_its_last_syllable(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/ko/search/")
    asked = Asked(page)
    page.locator(FIELD).focus()
    compose(page, ["ㅅ", "수", "숭", "수우", "수원", "수원ㅅ", "수원시"])
    assert asked.questions == ["수", "수원"]


@pytest.mark.parametrize(
    ("code", "states", "text"),
    [
        ("ja", ["s", "せ", "せい", "せいb", "せいぶ", "せいぶつ", "生物"], "生物"),
        ("zh-hant", ["s", "sh", "sheng", "sheng'wu", "生物"], "生物"),
        ("zh-hans", ["s", "sh", "sheng", "sheng'wu", "生物"], "生物"),
    ],
)
def test_half_typed_kana_and_pinyin_ask_nothing(
    open_page: Callable[..., Page], code: str, states: list[str], text: str
) -> None:
    page = open_page(f"/{code}/search/")
    asked = Asked(page)
    page.locator(FIELD).focus()
    compose(page, states)
    assert asked.questions == []
    page.locator(FIELD).press("Enter")
    page.wait_for_timeout(300)
    assert "?q=" not in page.url
    commit(page, text)
    expect(options(page).first).to_be_visible()
    assert asked.questions == [text]


def test_composition_events_of_other_browsers_are_understood(open_page: Callable[..., Page]) -> None:
    """Safari tells the end of a composition before the Enter that ended it, which has the code 229."""
    page = open_page("/ko/search/")
    asked = Asked(page)
    field = page.locator(FIELD)
    field.focus()
    field.evaluate(
        """field => {
          const fire = (type, data) => field.dispatchEvent(new CompositionEvent(type, { data, bubbles: true }));
          fire("compositionstart", "");
          fire("compositionupdate", "수");
          field.value = "수";
          field.dispatchEvent(new InputEvent("input", { isComposing: true, data: "수", bubbles: true }));
        }"""
    )
    page.wait_for_timeout(300)
    assert asked.questions == []
    prevented = field.evaluate(
        """field => {
          field.dispatchEvent(new CompositionEvent("compositionend", { data: "수", bubbles: true }));
          const enter = new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true });
          return !field.dispatchEvent(enter);
        }"""
    )
    assert prevented
    expect(options(page).first).to_be_visible()
    assert asked.questions == ["수"]
    assert "?q=" not in page.url


# What was meant


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("en", "biodiverstiy", "biodiversity"),
        ("ko", "생물다영성", "생물다양성"),
        ("ja", "生物多様牲", "生物多様性"),
        ("zh-hant", "生物多洋性", "生物多樣性"),
        ("zh-hans", "生物多洋性", "生物多样性"),
        ("ko", "todanfekdidtjd", "생물다양성"),
        ("en", "ㅠㅑㅐ야ㅍㄷㄱ냐쇼", "biodiversity"),
    ],
)
def test_misspelled_question_leads_to_what_was_meant(
    open_page: Callable[..., Page], code: str, typed: str, meant: str
) -> None:
    page = open_page(f"/{code}/search/")
    page.locator(FIELD).fill(typed)
    page.locator(FIELD).press("Enter")
    link = page.locator(".search-meant__link")
    expect(link).to_have_text(meant)
    link.click()
    expect(page.locator(FIELD)).to_have_value(meant)
    expect(page.locator(".search-results .result mark").first).to_be_visible()


def test_question_in_another_language_offers_its_results_page(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/?q=생물다양성")
    link = page.locator(".search-languages__link")
    expect(link).to_contain_text("한국어")
    link.click()
    page.wait_for_url("**/ko/search/**")
    expect(page.locator(".search-results .result mark").first).to_be_visible()


def test_nothing_found_is_no_dead_end(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/search/?q=xylophonist quartz")
    expect(page.locator(".search-nothing")).to_be_visible()
    page.locator(".search-sections__link").first.click()
    page.wait_for_url(re.compile("/en/(?!search)"))


@pytest.mark.parametrize("code", CODES)
def test_search_works_without_javascript(open_page: Callable[..., Page], code: str) -> None:
    page = open_page(f"/{code}/search/", java_script_enabled=False)
    expect(page.locator(FIELD)).to_have_attribute("type", "search")
    expect(page.locator("[role=combobox], [role=listbox]")).to_have_count(0)
    page.locator(FIELD).fill(TYPED[code])
    page.locator(FIELD).press("Enter")
    expect(page.locator(".search-results .result").first).to_be_visible()
