"""Translators at work in their editor: by keyboard, two at once, offline, logged out, after the source changed."""

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

# The coordinator asks for that translation.
REQUEST = """
from django.contrib.auth import get_user_model
from wagtail.models import Page
from translations import tasks
korean = Page.objects.get(pk=%(korean)s)
source = korean.get_translations().get(locale__language_code="en")
tasks.request([source], [korean.locale], user=get_user_model().objects.get(username="coordinator"))
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


def test_two_translators_see_each_other_and_overwrite_nothing(
    made: Callable[..., int], enter: Callable[..., Page]
) -> None:
    number = made()
    first, second = enter(number), enter(number, "coordinator")
    field(first, "Otters").focus()
    field(second, "Otters").fill("둘째의 <b>글</b>")
    expect(second.locator("[data-te-others]")).to_contain_text("Seo-yeon Kim", timeout=20_000)
    field(first, "Otters").fill("첫째의 <b>글</b>")
    first.keyboard.press("Control+s")
    expect(row(first, "Otters")).not_to_have_class(re.compile("is-dirty"))
    row(second, "Otters").locator("[data-te-save]").click()
    message = row(second, "Otters").locator("[data-te-message]")
    expect(message.locator("dd")).to_have_text(["둘째의 <b>글</b>", "첫째의 <b>글</b>"])
    first.reload()
    expect(field(first, "Otters")).to_have_value("첫째의 <b>글</b>")
    message.locator(".te-conflict__choice button").first.click()
    expect(row(second, "Otters")).not_to_have_class(re.compile("is-dirty"))
    first.reload()
    expect(field(first, "Otters")).to_have_value("둘째의 <b>글</b>")


def test_nothing_typed_is_lost_offline_or_logged_out(made: Callable[..., int], enter: Callable[..., Page]) -> None:
    page = enter(made())
    page.context.set_offline(True)
    field(page, "See").fill('<a id="a1">계획</a>, 연결 없이.')
    page.keyboard.press("Control+s")
    message = row(page, "See").locator("[data-te-message]")
    expect(message.locator(".te-notice--error")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-te-row][data-flags~=open]")).to_have_count(0)

    page.context.clear_cookies(name="sessionid")
    field(page, "Otters").fill("수달이 <b>강</b>을 건넙니다, 로그인 없이.")
    page.keyboard.press("Control+s")
    log_in_again = row(page, "Otters").locator("[data-te-message] a")
    expect(log_in_again).to_be_visible()
    with page.context.expect_page() as opened:
        log_in_again.click()
    login = opened.value
    login.locator("[name=username]").fill("translator-ko")
    login.locator("[name=password]").fill("demonstration")
    login.locator("button[type=submit]").click()
    # The window that was opened shows the editor, with what was typed in the other one.
    expect(field(login, "Otters")).to_have_value("수달이 <b>강</b>을 건넙니다, 로그인 없이.")
    expect(row(login, "Otters").locator("[data-te-message] .te-notice")).to_be_visible()
    row(page, "Otters").locator("[data-te-message] button").click()
    expect(row(page, "Otters")).not_to_have_class(re.compile("is-dirty"))
    page.reload()
    expect(field(page, "Otters")).to_have_value("수달이 <b>강</b>을 건넙니다, 로그인 없이.")


def test_note_and_comments_outlive_an_expired_login(
    made: Callable[..., int], enter: Callable[..., Page], site: Stack
) -> None:
    number = made()
    site.manage("shell", "-v0", "-c", REQUEST % {"korean": number})
    page = enter(number)
    page.context.clear_cookies(name="sessionid")
    page.locator("#te-note").fill("비 이야기는 맞습니까?")
    page.locator("[data-te-page-comments] textarea").fill("제목이 깁니다.")
    hand_in = page.locator("#page-review button[formaction*=hand-in]")
    hand_in.click()
    expect(page.locator("#page-review [data-te-not-sent]")).to_be_visible()
    assert page.url.endswith(f"/admin/pages/{number}/edit/")
    page.locator("[data-te-page-comments] button[type=submit]").last.click()
    expect(page.locator("[data-te-page-comments] .te-notice--error a")).to_be_visible()

    log_in(page, "translator-ko")
    page.goto(f"/admin/pages/{number}/edit/")
    expect(page.locator("#te-note")).to_have_value("비 이야기는 맞습니까?")
    expect(page.locator("[data-te-page-comments] textarea").last).to_have_value("제목이 깁니다.")
    page.locator("[data-te-page-comments] button[type=submit]").last.click()
    expect(page.locator("[data-te-page-comments] .te-comment__text")).to_have_text("제목이 깁니다.")
    field(page, "See").fill('<a id="a1">계획</a>을 보십시오.')
    hand_in.click()
    expect(page.locator(".te-notice--info").filter(has_text="비 이야기는 맞습니까?")).to_be_visible()
    expect(hand_in).to_have_count(0)
    # What arrived is not kept: neither is offered again.
    assert page.evaluate("Object.keys(localStorage).filter((name) => /:(note|comment)/.test(name))") == []

    # A change takes it back out of the review: the editor shows at once what is next.
    field(page, "Otters").fill("수달이 <b>강</b>을 다시 건넙니다.")
    page.keyboard.press("Control+s")
    expect(hand_in).to_be_visible()


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


def test_text_is_commented_on_and_its_history_read(made: Callable[..., int], enter: Callable[..., Page]) -> None:
    page = enter(made())
    otters = row(page, "Otters")
    otters.locator("[data-te-text]").focus()
    threads = otters.locator("[data-te-threads]")
    comment = threads.locator("textarea").last
    comment.press_sequentially("@re")
    expect(threads.get_by_role("option")).to_have_text(["Ana Reis @coordinator"])
    expect(page.get_by_text(re.compile("알릴 수 있는 사람: 1명"))).to_be_attached()
    comment.press("Home")
    expect(threads.get_by_role("option")).to_have_count(0)
    comment.fill("")
    comment.press_sequentially("확인＠re")
    expect(threads.get_by_role("option")).to_have_count(1)
    comment.press("Enter")
    expect(threads.get_by_role("option")).to_have_count(0)
    expect(comment).to_have_value("확인@coordinator ")
    comment.fill("@coordinator ")
    comment.press_sequentially("수달입니까?")
    threads.locator("button[type=submit]").last.click()
    expect(threads.locator(".te-comment__text")).to_have_text("@coordinator 수달입니까?")
    expect(page.locator("[data-te-filter=comments] [data-te-count]")).to_have_text("1")
    threads.locator(".te-thread__resolve button").click()
    expect(page.locator("[data-te-filter=comments] [data-te-count]")).to_have_text("0")
    otters.locator("[data-te-text]").fill("<b>강</b>의 수달")
    page.keyboard.press("Control+s")
    otters.locator("summary.te-panel__title").click()
    expect(otters.locator(".te-history__entry")).to_have_count(2)
    otters.locator("[data-te-restore] button").click()
    expect(otters.locator("[data-te-text]")).to_have_value("수달이 다시 <b>강</b>을 건넙니다.")


def test_preview_follows_the_text_in_focus(made: Callable[..., int], enter: Callable[..., Page]) -> None:
    page = enter(made())
    page.locator("[data-te-toggle-preview]").click()
    shown = page.frame_locator("[data-te-frame]").locator("[data-te-focus]")
    field(page, "Otters").focus()
    expect(shown).to_have_text("수달이 다시 강을 건넙니다.")
    field(page, "Otters").fill("수달이 <b>강</b>가에 삽니다.")
    page.keyboard.press("Control+s")
    expect(shown).to_have_text("수달이 강가에 삽니다.")
    field(page, "See").focus()
    expect(shown).to_have_text("See the plan.")
    page.frame_locator("[data-te-frame]").get_by_text("작은 다리를 놓았습니다.").first.click()
    expect(field(page, "A small")).to_be_focused()
    # What scrolls inside the frame leaves the editor where it is.
    assert page.locator("main").evaluate("(main) => main.scrollLeft") == 0


def test_bar_stands_below_the_header_while_the_texts_scroll(
    made: Callable[..., int], enter: Callable[..., Page]
) -> None:
    page = enter(made(), viewport={"width": 1440, "height": 400})
    field(page, "See").focus()
    page.mouse.move(700, 300)
    page.mouse.wheel(0, 2_000)
    expect(row(page, "A bridge for")).not_to_be_in_viewport()
    header, bar = page.locator(".w-slim-header").bounding_box(), page.locator(".te-bar").bounding_box()
    assert header
    assert bar
    assert (header["y"], bar["y"]) == (0, header["height"])


def test_menu_of_further_actions_can_be_read(made: Callable[..., int], enter: Callable[..., Page]) -> None:
    page = enter(made())
    page.locator(".te-actions [data-w-dropdown-target=toggle]").click()
    item = page.get_by_role("button", name=re.compile("페이지 초안"))
    expect(item).to_be_visible()
    background = "(item) => getComputedStyle(item).backgroundColor"
    assert item.evaluate(background) == page.locator(".te-actions [value=publish]").evaluate(background)
