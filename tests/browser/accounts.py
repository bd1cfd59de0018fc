"""The demonstration's accounts."""

from playwright.sync_api import Page

from demo.accounts import PASSWORD


def log_in(page: Page, username: str) -> None:
    """Log ``username`` in by the admin's form."""
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
