"""Searching for what was just published."""

import re
import time

from playwright.sync_api import Locator, Page

# Elasticsearch shows what it was given at its next refresh, a second later at most.
PATIENCE_SECONDS = 10


def first_hit(page: Page, address: str, leads_to: str) -> Locator:
    """Search at ``address`` until the first result leads to a path that matches ``leads_to``; return its link."""
    link = page.locator(".search-results .result__link").first
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        page.goto(address)
        href = link.get_attribute("href") if link.count() else ""
        if re.fullmatch(leads_to, href or ""):
            return link
        assert time.monotonic() < until, f"{address} leads to {href!r} first"
        page.wait_for_timeout(300)
