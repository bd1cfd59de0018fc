"""A page goes over the whole desk: requested, translated, reviewed, published, outdated, mended."""

import datetime
import json
import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accounts import log_in
from tests.browser.stack import Stack

DESKTOP = {"viewport": {"width": 1440, "height": 1000}}
MESSAGE = "The mayor of Suwon will quote it."
# A published English page with one paragraph more in its draft, and another page that has the first one in Korean.
MAKE_PAGES = """
import json
from django.contrib.auth import get_user_model
from news.models import NewsIndexPage, NewsPage
from translations.catalog import translate_page
editor = get_user_model().objects.get(username="editor")
index = NewsIndexPage.objects.get(locale__language_code="en")
shared = {"type": "paragraph", "id": "%(shared)s", "value": "<p>%(mark)s otters cross the <b>river</b> again.</p>"}
old = NewsPage(title="Otters of %(mark)s", slug="otters-%(mark)s", summary="", body=[shared])
index.add_child(instance=old)
old.save_revision(user=editor).publish(user=editor)
translate_page(old, "ko", {"Otters of %(mark)s": "%(mark)s의 수달",
    "%(mark)s otters cross the <b>river</b> again.": "%(mark)s 수달이 다시 <b>강</b>을 건넙니다."})
page = NewsPage(title="A bridge for %(mark)s", slug="journey-%(mark)s", summary="A small bridge was built.",
    body=[{"type": "heading", "id": "%(heading)s", "value": "Why it was built"}, shared])
index.add_child(instance=page)
page.save_revision(user=editor).publish(user=editor)
page.body.append(("paragraph", "<p>It is a part of the river restoration.</p>"))
page.save_revision(user=editor)
print(json.dumps(page.pk))
"""

Enter = Callable[[str], Page]


@pytest.fixture
def enter(open_page: Callable[..., Page]) -> Enter:
    """A function that opens a browser for somebody and logs them in."""

    def enter(username: str) -> Page:
        page = open_page(**DESKTOP)
        log_in(page, username)
        return page

    return enter


def test_page_goes_over_the_desk_and_stays_in_korean(enter: Enter, open_page: Callable[..., Page], site: Stack) -> None:
    mark = f"m{uuid.uuid4().hex[:8]}"
    words = {"mark": mark, "shared": uuid.uuid4(), "heading": uuid.uuid4()}
    number = int(json.loads(site.manage("shell", "-v0", "-c", MAKE_PAGES % words).splitlines()[-1]))
    coordinator, translator = enter("coordinator"), enter("translator-ko")
    public = open_page(f"/ko/news/journey-{mark}/", **DESKTOP)
    expect(public.locator("h1")).not_to_contain_text(mark)

    request_translations(coordinator, number)
    bundle_with_korean(coordinator, number)

    heap = open_desk(translator, "assigned", mark)
    expect(heap).to_contain_text(MESSAGE)
    open_notice(translator, mark)
    translate_all(translator, mark)
    comment(translator, "Why it was built", "@coordinator 다리입니까, 육교입니까?")
    hand_in(translator)

    open_desk(coordinator, "review", mark)
    open_notice(coordinator, mark)
    coordinator.locator("#te-note").fill("The bridge is small: 작은 다리.")
    press_review(coordinator, "send-back")

    open_desk(translator, "returned", mark).get_by_role("link", name=mark).click()
    expect(translator.locator(".te-notice").filter(has_text="작은 다리")).to_be_visible()
    write(translator, "A small bridge", "작은 다리를 놓았습니다.")
    hand_in(translator)

    open_desk(coordinator, "review", mark).get_by_role("link", name=mark).click()
    expect(field(coordinator, "A small bridge")).to_have_value("작은 다리를 놓았습니다.")
    press_review(coordinator, "accept")
    expect(public.locator("h1")).not_to_contain_text(mark)
    publish_bundle(coordinator, mark)

    public.goto(f"/en/news/journey-{mark}/")
    expect(public.locator("main")).to_contain_text("It is a part of the river restoration.")
    expect_in_korean(public, mark, summary="작은 다리를 놓았습니다.")

    change_source(enter("editor"), number, mark)
    public.goto(f"/en/news/journey-{mark}/")
    expect(public.locator("h1")).to_have_text(f"The bridge for {mark}")
    expect_in_korean(public, mark, summary="작은 다리를 놓았습니다.")
    expect(coverage_of_korean(coordinator, mark)).to_have_class(re.compile("tr-state-outdated"))

    open_desk(translator, "outdated", mark)
    open_notice(translator, mark)
    keep_all_but_one(translator)
    translator.locator("footer button[value=publish]").click()
    expect(translator.locator(".messages .success")).to_be_visible()
    expect(coverage_of_korean(coordinator, mark)).to_have_class(re.compile("tr-state-up_to_date"))
    expect_in_korean(public, mark, summary="작은 다리 둘을 놓았습니다.")


def request_translations(page: Page, number: int) -> None:
    """Ask for a page in four languages, from beside its editor, with a date and a message."""
    page.goto(f"/admin/pages/{number}/edit/")
    page.get_by_role("button", name="Toggle translations").click()
    page.get_by_role("link", name="Request translations").click()
    for language in ("繁體中文", "한국어", "日本語", "简体中文"):
        page.get_by_role("checkbox", name=language, exact=True).check()
    page.locator("[name=assignee_ko]").select_option("Seo-yeon Kim")
    page.locator("[name=message]").fill(MESSAGE)
    due = page.locator("[name=due]")
    due.fill((datetime.date.today() + datetime.timedelta(days=7)).isoformat())
    due.press("Tab")
    page.get_by_role("button", name="Request", exact=True).click()
    expect(page.locator(".messages .success")).to_contain_text("4 translations requested.")


def bundle_with_korean(page: Page, number: int) -> None:
    """Let a page go live together with its Korean translation, which gives its draft to the translators."""
    page.goto(f"/admin/translations/bundles/add/{number}/")
    for language in ("繁體中文", "日本語", "简体中文"):
        page.get_by_role("checkbox", name=language).uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main tbody tr")).to_have_count(2)
    expect(page.get_by_role("button", name="Publish all now")).to_be_disabled()


def publish_bundle(page: Page, mark: str) -> None:
    """Publish the bundle of a page from the list of bundles."""
    page.goto("/admin/translations/bundles/")
    page.get_by_role("link", name=mark).click()
    page.get_by_role("button", name="Publish all now").click()
    expect(page.locator(".messages .success")).to_be_visible()


def open_desk(page: Page, heap: str, mark: str) -> Locator:
    """Go to the desk and return the row of a page in one of its heaps."""
    page.goto("/admin/translations/")
    row = page.locator(f"[aria-labelledby=heap-{heap}] tbody tr").filter(has_text=mark)
    expect(row).to_have_count(1)
    return row


def open_notice(page: Page, mark: str) -> None:
    """Follow the newest notice about a page into the editor."""
    page.locator("[aria-labelledby=notices] li").filter(has_text=mark).first.get_by_role("link").click()
    expect(page.locator("[data-te-row]")).to_have_count(5)


def row(page: Page, source: str) -> Locator:
    """The text whose source has some words."""
    return page.locator("[data-te-row]").filter(has=page.locator(".te-row__source", has_text=source))


def field(page: Page, source: str) -> Locator:
    return row(page, source).locator("[data-te-text]")


def write(page: Page, source: str, text: str) -> None:
    """Type a translation and save it."""
    field(page, source).fill(text)
    save(page, source)


def save(page: Page, source: str) -> None:
    row(page, source).locator("[data-te-save]").click()
    expect(row(page, source)).to_have_attribute("data-flags", re.compile("^translated"))
    expect(row(page, source)).not_to_have_class(re.compile("is-dirty"))


def translate_all(page: Page, mark: str) -> None:
    """Translate every text: one from the memory, one with a term of the glossary, the others by typing."""
    write(page, "A bridge for", f"{mark} 다리")
    write(page, "A small bridge", "다리를 놓았습니다.")
    write(page, "Why it was built", "다리를 놓은 까닭")
    field(page, "otters cross").focus()
    suggestion = row(page, "otters cross").locator(".te-suggestion").filter(has_text=f"{mark} 수달이")
    suggestion.locator("[data-te-use]").click()
    expect(field(page, "otters cross")).to_have_value(f"{mark} 수달이 다시 <b>강</b>을 건넙니다.")
    save(page, "otters cross")
    field(page, "river restoration").fill("이 다리는 ")
    row(page, "river restoration").locator("[data-te-term='하천 복원']").click()
    field(page, "river restoration").press_sequentially("의 일부입니다.")
    expect(field(page, "river restoration")).to_have_value("이 다리는 하천 복원의 일부입니다.")
    save(page, "river restoration")
    expect(page.locator("[data-te-row][data-flags~=open]")).to_have_count(0)


def comment(page: Page, source: str, text: str) -> None:
    """Say something about a text."""
    field(page, source).focus()
    threads = row(page, source).locator("[data-te-threads]")
    threads.locator("textarea").last.fill(text)
    threads.locator("button[type=submit]").last.click()
    expect(threads.locator(".te-comment__text")).to_have_text(text)


def hand_in(page: Page) -> None:
    press_review(page, "hand-in")


def press_review(page: Page, what: str) -> None:
    """Press a button of the review below the texts, and see that it was done."""
    page.locator(f"#page-review button[formaction$='/{what}/']").click()
    expect(page.locator(".messages .success")).to_be_visible()


def change_source(page: Page, number: int, mark: str) -> None:
    """Change three texts of the English page as an editor does, and publish it."""
    # Wagtail compares with what the form held two seconds after it came; a robot types faster than that.
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = ''; })"
    )
    page.goto(f"/admin/pages/{number}/edit/")
    page.locator("html[data-watched]").wait_for()
    page.locator("[name=title]").fill(f"The bridge for {mark}")
    page.locator("[name=summary]").fill("Two small bridges were built.")
    page.locator("[name=body-0-value]").fill("Why it was needed")
    page.locator("footer .w-dropdown__toggle").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages .success")).to_contain_text(mark)


def coverage_of_korean(page: Page, mark: str) -> Locator:
    """Go to the coverage of a page and return its badge in the column of Korean."""
    page.goto(f"/admin/translations/coverage/pages/?q=bridge+for+{mark}")
    heads = page.locator("main thead th").all_inner_texts()
    column = next(number for number, head in enumerate(heads) if "한국어" in head)
    return page.locator("main tbody tr").filter(has_text=mark).locator("td").nth(column).locator(".tr-badge")


def keep_all_but_one(page: Page) -> None:
    """See what changed in three texts; keep the translations of two, and translate the third."""
    page.locator("[data-te-filter=changed]").click()
    expect(page.locator("[data-te-row]:visible")).to_have_count(3)
    for source, removed, added in (("bridge for", "A", "The"), ("Why it was", "built", "needed")):
        expect(row(page, source).locator("del")).to_have_text(re.compile(rf"\b{removed}\b"))
        expect(row(page, source).locator("ins")).to_have_text(re.compile(rf"\b{added}\b"))
        row(page, source).locator("[data-te-keep-former]").click()
        expect(row(page, source)).to_have_attribute("data-flags", re.compile("^translated"))
    expect(row(page, "bridges").locator("ins").first).to_contain_text("Two")
    write(page, "bridges", "작은 다리 둘을 놓았습니다.")


def expect_in_korean(page: Page, mark: str, *, summary: str) -> None:
    """Read the public page: wholly Korean, with this summary."""
    page.goto(f"/ko/news/journey-{mark}/")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("h1")).to_have_text(f"{mark} 다리")
    main = page.locator("main")
    for text in (
        summary,
        "다리를 놓은 까닭",
        f"{mark} 수달이 다시 강을 건넙니다.",
        "이 다리는 하천 복원의 일부입니다.",
    ):
        expect(main).to_contain_text(text)
    for text in ("bridge", "otters", "restoration"):
        expect(main).not_to_contain_text(text)


def test_screens_with_tables_can_be_read_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    log_in(page, "coordinator")
    for path in ("translations/tasks", "translations/coverage", "translations/coverage/pages", "search_reports"):
        page.goto(f"/admin/{path}/")
        expect(page.locator("main table").first).to_be_visible()
        wider = page.locator("main").evaluate("(main) => main.scrollWidth - main.clientWidth")
        assert (path, wider) == (path, 0)
