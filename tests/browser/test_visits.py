"""A page that was read is counted once, by a browser that allows it, and reaches the editors' report."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accounts import log_in
from tests.browser.stack import Stack

WRITTEN_SECONDS = 60
# In English only: readers of Korean find it in their list of cases.
SLUG = "ulaanbaatar-raw-coal"
ASK = (
    "from django.db.models import Sum;from visits.models import PageVisits as V;"
    f"print(V.objects.filter(page__slug='{SLUG}', language='ko').aggregate(n=Sum('number'))['n'] or 0)"
)
# The page is visible for a second before it counts.
LONG_ENOUGH_MS = 3000


def visits(site: Stack) -> int:
    """Return how often readers of Korean have visited the page."""
    return int(site.manage("shell", "-v0", "-c", ASK))


def told(page: Page) -> list[Any]:
    """Return a list that grows with each visit that the page tells."""
    requests: list[Any] = []
    page.on("request", lambda request: requests.append(request) if request.url.endswith("/visits/seen") else None)
    return requests


def test_page_that_was_read_is_counted_once_for_the_readers_language(
    open_page: Callable[..., Page], site: Stack
) -> None:
    before = visits(site)
    page = open_page("/ko/cases/")
    requests = told(page)
    page.locator(f'main a[href="/en/cases/{SLUG}/"]:visible').first.click()
    page.wait_for_url(f"**/en/cases/{SLUG}/")
    requests.clear()
    page.wait_for_timeout(LONG_ENOUGH_MS)
    # Hidden and looked at again, it is the same visit.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(LONG_ENOUGH_MS)
    [request] = requests
    assert request.method == "POST"
    assert "from=ko" in request.post_data
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"django_language"}
    deadline = time.monotonic() + WRITTEN_SECONDS
    while (found := visits(site)) == before:
        assert time.monotonic() < deadline, "the visit was not written"
    assert found == before + 1

    editor = open_page()
    log_in(editor, "editor")
    editor.goto("/admin/reports/visits/?language=ko&ordering=visits")
    row = editor.locator("#listing-results tr", has=editor.locator(f'a[href="/en/cases/{SLUG}/"]'))
    expect(row).to_contain_text("not translated")


@pytest.mark.parametrize("signal", ["doNotTrack: '1'", "globalPrivacyControl: true"])
def test_browser_that_objects_tells_nothing(open_page: Callable[..., Page], signal: str) -> None:
    page = open_page()
    name, _, value = signal.partition(": ")
    page.add_init_script(f"Object.defineProperty(Navigator.prototype, '{name}', {{ get: () => {value} }})")
    requests = told(page)
    page.goto("/en/")
    expect(page.locator("script[src*=visits]")).to_have_count(1)
    page.wait_for_timeout(LONG_ENOUGH_MS)
    assert requests == []


def test_page_that_nobody_looks_at_tells_nothing_until_somebody_does(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script(
        "window.shown = 'hidden';"
        "Object.defineProperty(Document.prototype, 'visibilityState', { get: () => window.shown })"
    )
    requests = told(page)
    page.goto("/en/")
    page.wait_for_timeout(LONG_ENOUGH_MS)
    assert requests == []
    page.evaluate("window.shown = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(LONG_ENOUGH_MS)
    assert len(requests) == 1
