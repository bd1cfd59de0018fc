"""A real Chromium on a real site: the embedded default, and PostgreSQL with Elasticsearch where they answer."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.stack import Stack, running_stack

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long a page may take to show something. Machines that run tests are slow, and two processes share them.
PATIENCE_MS = 40_000
expect.set_options(timeout=PATIENCE_MS)
SERVICES = bool(os.environ.get("DATABASE_URL") and os.environ.get("ELASTICSEARCH_URL"))
STACKS = ["embedded", "services"] if SERVICES else ["embedded"]
# Who reads and searches meets either stack's answers. All else that a browser tests, keys, input methods and the
# admin's own pages, is one code for both: it is tested on the services where they are, else on the embedded default.
ON_EVERY_STACK = {"test_visitor.py", "test_search_log.py"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and leave out what another stack tests already."""
    here = Path(__file__).parent
    kept, left = [], []
    for item in items:
        if here not in item.path.parents:
            kept.append(item)
            continue
        item.add_marker(pytest.mark.browser)
        stack = item.callspec.params.get("site") if hasattr(item, "callspec") else None
        again = stack not in (None, STACKS[-1]) and item.path.name not in ON_EVERY_STACK
        (left if again else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.fixture(scope="session", params=STACKS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demonstration site, served."""
    with running_stack(tmp_path_factory.mktemp(request.param), services=request.param == "services") as stack:
        yield stack


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. One a module: its event loop must not be open while other tests use the database."""
    path = shutil.which("chromium")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: install Debian's package chromium.")
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: Stack) -> Iterator[Callable[..., Page]]:
    """A function that opens a fresh visitor's page; fails the test if the browser saw a script error."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(path: str = "", **options: Any) -> Page:
        context = chromium.new_context(base_url=site.url, **{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page: Page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if path:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
