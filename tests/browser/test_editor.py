"""An editor makes a structured page by hand: refused, mended, previewed, published, found."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.accounts import log_in
from tests.browser.conftest import PATIENCE_MS
from tests.browser.finding import first_hit
from tests.browser.stack import Stack


def write_rich_text(area: Locator, text: str) -> None:
    """Type into a rich text editor, once it is ready, and see that the words arrived."""
    area.click()
    expect(area).to_be_focused()
    area.press_sequentially(text)
    # What the form will send follows the typing a moment later.
    field = area.locator("xpath=ancestor::*[@data-draftail-editor-wrapper]/preceding-sibling::input")
    expect(field).to_have_value(re.compile(re.escape(text[:20])))


def add_block(page: Page, field: str, label: str) -> None:
    """Open the block chooser at the end of the StreamField ``field`` and take the block called ``label``."""
    page.locator(f"[data-contentpath='{field}'] .c-sf-add-button").last.click()
    page.get_by_role("option", name=label, exact=True).click()


def open_actions(page: Page) -> None:
    """Unfold the menu beside "Save draft"."""
    page.locator("footer .w-dropdown__toggle").click()


def open_new_case(page: Page, site: Stack) -> None:
    """Go to the form for a new case as an editor does: explorer, English cases, add."""
    parent = site.manage(
        "shell",
        "-v0",
        "-c",
        "from cases.models import CaseIndexPage;print(CaseIndexPage.objects.get(locale__language_code='en').pk)",
    ).strip()
    # Wagtail compares with what the form held two seconds after it came; a robot types faster than that.
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = ''; })"
    )
    page.goto(f"/admin/pages/{parent}/")
    page.locator("a[href*='/add']").first.click()
    page.wait_for_url("**/cases/casepage/**")
    page.locator("html[data-watched]").wait_for()


def test_editor_publishes_a_case_and_the_public_finds_it(open_page: Callable[..., Page], site: Stack) -> None:
    word = f"quokka{uuid.uuid4().hex[:8]}"
    title = f"A harbour that filters its rain, {word}"
    page = open_page(viewport={"width": 1440, "height": 1000})
    log_in(page, "editor")
    open_new_case(page, site)

    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("Reed beds along the quay now clean the rain of the old town.")
    challenge = page.locator("[data-contentpath='challenge'] [role=textbox]").first
    write_rich_text(challenge, "Every storm washed oil from the streets into the harbour.")
    add_block(page, "actions", "Heading")
    page.locator("[name^='actions-'][name$='-value']").first.fill("Reeds along the quay")
    add_block(page, "actions", "Text")
    actions = page.locator("[data-contentpath='actions'] [role=textbox]")
    write_rich_text(actions.last, f"The city planted reeds, locally called {word}, along two kilometres.")

    page.get_by_role("tab", name="Facts").click()
    page.locator("[name=city]").fill("Harbour Town")
    page.locator("[name=started]").fill("2012")
    # What was typed is saved by itself; from here on the page exists as a draft.
    page.wait_for_url(re.compile(r"/edit/(#.*)?$"))
    page.locator("[name=ended]").fill("2009")

    open_actions(page)
    page.locator("[name=action-publish]").click()
    expect(page.get_by_text("The case ends before it begins. Check both years.").first).to_be_attached()
    expect(page.locator("[name=city]")).to_have_value("Harbour Town")

    page.get_by_role("tab", name="Facts").click()
    page.locator("[name=ended]").fill("2014")
    page.get_by_role("button", name="Toggle preview").first.click()
    preview = page.frame_locator("iframe#w-preview-iframe, iframe[title=Preview]").first
    expect(preview.locator("h1")).to_have_text(title)

    open_actions(page)
    page.locator("[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_contain_text(title)

    public = open_page()
    link = first_hit(public, f"/en/search/?q={word}", r"/en/cases/[a-z0-9-]+/")
    expect(public.locator(".search-results .result").first.locator("mark").first).to_have_text(word)
    link.click()
    expect(public.locator("h1")).to_have_text(title)


def test_publishing_waits_for_what_is_being_saved_by_itself(open_page: Callable[..., Page], site: Stack) -> None:
    """Sent at once, Wagtail's own saving would make the page twice, and then call itself another window."""
    title = f"A quay of reeds {uuid.uuid4().hex[:8]}"
    page = open_page(viewport={"width": 1440, "height": 1000})
    log_in(page, "editor")
    open_new_case(page, site)
    held: list[Route] = []
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    def saved_by_itself(request: Request) -> bool:
        """Tell what can be saved: the address follows the title a moment later, and the editor tries before that."""
        itself = request.method == "POST" and request.headers.get("accept") == "application/json"
        return itself and bool(re.search(r'name="slug"\r\n\r\n\S', request.post_data or ""))

    def hold(route: Route) -> None:
        """Keep what the editor saves by itself on the way until ``let_go``, as a slow line does."""
        if saved_by_itself(route.request):
            held.append(route)
        else:
            route.continue_()

    def let_go() -> None:
        for _ in range(PATIENCE_MS // 50):
            if held:
                held.pop().continue_()
                return
            page.wait_for_timeout(50)
        raise AssertionError("The editor did not save by itself.")

    def publish_meanwhile() -> None:
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator("[name=action-publish]")).to_have_attribute("aria-busy", "true")
        let_go()
        # Refused, for the case has hardly anything in it yet.
        expect(page.locator(".messages .error").first).to_contain_text("could not be saved")

    page.route(re.compile(r"/admin/pages/(add/|\d+/edit/)"), hold)
    with page.expect_request(saved_by_itself):
        page.locator("[name=title]").fill(title)
        page.keyboard.press("Tab")
    publish_meanwhile()
    expect(page).to_have_url(re.compile(r"/edit/"))
    made = f"from wagtail.models import Page;print(Page.objects.filter(title='{title}').count())"
    assert site.manage("shell", "-v0", "-c", made).strip() == "1"

    # What was refused is saved as a draft at once, and the next press comes in its midst.
    publish_meanwhile()
    let_go()
    expect(page.locator(".w-autosave-indicator[data-w-autosave-state-value=saved]")).to_be_attached()
    expect(page.get_by_text("You saved a new version in another window")).to_have_count(0)
    assert not [line for line in said if "Error connecting controller" in line]


def test_the_admin_speaks_the_editors_language(open_page: Callable[..., Page], site: Stack) -> None:
    page = open_page(viewport={"width": 1440, "height": 1000})
    log_in(page, "translator-zh-hans")
    page.goto("/admin/account/")
    page.locator("[name=locale-preferred_language]").select_option("ko")
    page.locator("form button[type=submit]").last.click()
    expect(page.locator(".messages .success")).to_be_visible()
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
