"""An editor says which words mean the same and recommends a page; visitors see it at once."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accounts import log_in
from tests.browser.stack import Stack


def test_synonym_and_recommendation_hold_without_a_rebuild(open_page: Callable[..., Page], site: Stack) -> None:
    visitor = open_page("/en/search/?q=velocipede")
    expect(visitor.locator(".search-nothing")).to_be_visible()

    editor = open_page()
    log_in(editor, "editor")
    editor.goto("/admin/search_synonyms/new/?language=en")
    editor.locator("[name=words]").fill("velocipede\nbicycle")
    editor.locator("[name=direction]").select_option("both")
    editor.locator("footer button[type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_contain_text("velocipede")

    visitor.goto("/en/search/?q=velocipede")
    first = visitor.locator(".search-results .result").first
    expect(first).to_be_visible()
    expect(visitor.locator(".search-results mark").first).to_have_text("bicycle", ignore_case=True)
    expect(visitor.locator(".promoted")).to_have_count(0)

    editor.goto("/admin/search_promotions/new/?language=en&queries=velocipede")
    editor.get_by_role("button", name="Choose a page").click()
    editor.locator(".modal [name=q]").fill("Copenhagen")
    editor.locator(".modal-body a.choose-page", has_text="Copenhagen").first.click()
    editor.locator("[name=text]").fill("Start with the city that rides most.")
    editor.locator("footer button[type=submit]").first.click()
    expect(editor.locator(".messages .success")).to_contain_text("velocipede")
    expect(editor.locator(".listing")).to_contain_text("now")

    visitor.goto("/en/search/?q=velocipede")
    expect(visitor.locator(".promoted__text")).to_have_text("Start with the city that rides most.")
    expect(visitor.locator(".promoted__title")).to_have_text("Recommended by the network")
    visitor.locator(".promoted__link").click()
    expect(visitor.locator("h1")).to_contain_text("Copenhagen")


def test_term_typed_in_one_language_finds_pages_that_use_it_in_another(
    open_page: Callable[..., Page], site: Stack
) -> None:
    visitor = open_page("/en/search/?q=생물다양성", viewport={"width": 1200, "height": 900})
    expect(visitor.locator(".search-results mark", has_text="biodiversity").first).to_be_visible()
