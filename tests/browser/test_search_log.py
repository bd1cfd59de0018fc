"""What a reader searches and opens reaches the editors' reports, without a cookie."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accounts import log_in
from tests.browser.stack import Stack

# Nobody else asks this in the demonstration.
QUERY = "수원 생물다양성 하천"
WRITTEN_SECONDS = 60
ASK = (
    "from search.models import SearchLogEntry as E;"
    f"print([(e.clicks, e.best_rank) for e in E.objects.filter(typed='{QUERY}')])"
)


def wait_for_log(site: Stack, expected: str) -> None:
    """Wait until the server's thread has written what the test's reader did."""
    deadline = time.monotonic() + WRITTEN_SECONDS
    while (found := site.manage("shell", "-v0", "-c", ASK).strip()) != expected:
        assert time.monotonic() < deadline, f"the log says {found}"


def test_opened_result_is_logged_for_the_editors(open_page: Callable[..., Page], site: Stack) -> None:
    page = open_page(f"/ko/search/?q={QUERY}")
    second = page.locator(".search-results__item").nth(1)
    with page.expect_request(lambda request: request.url.endswith("/ko/search/clicked")) as told:
        second.locator("a").first.click()
    assert told.value.method == "POST"
    assert page.url.startswith(f"{site.url}/")
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names <= {"django_language"}
    wait_for_log(site, "[(1, 2)]")

    editor = open_page()
    log_in(editor, "editor")
    editor.goto("/admin/search_reports/?ordering=-last_asked&language=ko")
    row = editor.locator("#listing-results tr", has_text=QUERY)
    expect(row).to_contain_text("100%")
    row.get_by_role("link", name="Add a synonym").click()
    expect(editor.locator("[name=words]")).to_have_value(QUERY)
    expect(editor.locator("[name=language]")).to_have_value("ko")


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {"extra_http_headers": {"Sec-GPC": "1"}}])
def test_search_works_where_nothing_is_told(open_page: Callable[..., Page], options: dict[str, object]) -> None:
    page = open_page("/ko/search/?q=제주", **options)
    page.locator(".search-results__item a").first.click()
    expect(page.locator("h1")).to_have_count(1)
    assert "/search/" not in page.url
