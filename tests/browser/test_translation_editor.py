"""Translators at work in their editor: by keyboard, and after the source changed."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accounts import log_in
from tests.browser.stack import Stack

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
# An English page and its Korean translation, of which the last text is missing; then the page's title is changed.
MAKE_PAGE = """
import json
from news.models import NewsIndexPage, NewsPage
from translations.catalog import translate_page
from wagtail_localize.models import Translation
index = NewsIndexPage.objects.get(locale__language_code="en")
page = NewsPage(title="A bridge for %(mark)s", slug="bridge-%(mark)s", summary="A small bridge was built.",
    body=[{"type": "paragraph", "id": "%(block)s", "value":
        '<p>Otters cross the <b>river</b> again.</p><p>See <a href="https://example.org/">the plan</a>.</p>'}])
index.add_child(instance=page)
page.save_revision().publish()
korean = translate_page(page, "ko", {"A bridge for %(mark)s": "%(mark)s 다리",
    "A small bridge was built.": "작은 다리를 놓았습니다.",
    "Otters cross the <b>river</b> again.": "수달이 다시 <b>강</b>을 건넙니다."}, publish=False)
if %(changed)s:
    page = NewsPage.objects.get(pk=page.pk)
    page.summary = "A small green bridge was built."
    page.save_revision().publish()
    lookup = {"source__object_id": page.translation_key, "target_locale__language_code": "ko"}
    Translation.objects.get(**lookup).source.update_from_db()
print(json.dumps(korean.pk))
"""

Open = Callable[..., Page]


@pytest.fixture
def made(site: Stack) -> Callable[..., int]:
    """A function that makes a page and returns the number of its Korean translation."""

    def made(*, changed: bool = False) -> int:
        words = {"mark": uuid.uuid4().hex[:8], "block": str(uuid.uuid4()), "changed": changed}
        return int(json.loads(site.manage("shell", "-v0", "-c", MAKE_PAGE % words).splitlines()[-1]))

    return made


@pytest.fixture
def enter(open_page: Open) -> Callable[..., Page]:
    """A function that logs somebody in and opens the editor of a page."""

    def enter(page_id: int, username: str = "translator-ko", **options: Any) -> Page:
        page = open_page(**{**DESKTOP, **options})
        log_in(page, username)
        page.goto(f"/admin/pages/{page_id}/edit/")
        expect(page.locator("[data-te-row]")).to_have_count(4)
        return page

    return enter


def row(page: Page, source: str) -> Locator:
    """The text whose source has some words."""
    return page.locator("[data-te-row]").filter(has=page.locator(".te-row__source", has_text=source))


def field(page: Page, source: str) -> Locator:
    return row(page, source).locator("[data-te-text]")


def test_page_is_translated_by_keyboard(made: Callable[..., int], enter: Callable[..., Page]) -> None:
    number = made()
    page = enter(number)
    title = field(page, "A bridge for")
    title.focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    link = field(page, "See")
    expect(link).to_be_focused()
    page.keyboard.press("Alt+c")
    expect(link).to_have_value('See <a id="a1">the plan</a>.')
    expect(row(page, "See").locator("[data-te-look] .te-link")).to_contain_text("the plan")
    link.fill('<a id="a1">계획</a>을 보십시오.')
    page.keyboard.press("Control+s")
    expect(page.locator("[data-te-row][data-flags~=open]")).to_have_count(0)
    expect(page.locator("[data-te-live]")).not_to_be_empty()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, "Otters")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" 정말로.")
    page.keyboard.press("Control+Enter")
    expect(link).to_be_focused()
    page.reload()
    expect(field(page, "Otters")).to_have_value("수달이 다시 <b>강</b>을 건넙니다. 정말로.")
    expect(field(page, "See")).to_have_value('<a id="a1">계획</a>을 보십시오.')


def test_what_changed_is_shown_and_the_former_translation_kept(
    made: Callable[..., int], enter: Callable[..., Page]
) -> None:
    page = enter(made(changed=True))
    page.locator("[data-te-filter=changed]").click()
    expect(page.locator("[data-te-row]:visible")).to_have_count(1)
    changed = row(page, "small")
    expect(changed.locator("ins")).to_contain_text("green")
    expect(changed.locator("del")).to_have_count(0)
    changed.locator("[data-te-keep-former]").click()
    expect(changed).to_have_attribute("data-flags", re.compile("^translated"))
    expect(changed.locator("[data-te-text]")).to_have_value("작은 다리를 놓았습니다.")
    expect(changed).to_be_visible()
