"""A coordinator asks for a translation; the Korean translator does it, publishes it, and it is found in Korean."""

import json
import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accounts import log_in
from tests.browser.finding import first_hit
from tests.browser.stack import Stack

DESKTOP = {"viewport": {"width": 1440, "height": 1000}}
# An English page with no translation yet, made for this test, and what the test must know of the tree.
MAKE_PAGE = """
import json
from django.contrib.auth import get_user_model
from news.models import NewsIndexPage, NewsPage
index = NewsIndexPage.objects.get(locale__language_code="en")
page = NewsPage(title="A bridge for otters", slug="otters-%(mark)s", summary="A small bridge was built.",
    body=[{"type": "paragraph", "value": "<p>Otters cross the <b>river</b> again.</p>", "id": "%(block)s"}])
index.add_child(instance=page)
page.save_revision(user=get_user_model().objects.get(username="editor")).publish()
ids = {code: NewsIndexPage.objects.get(locale__language_code=code).pk for code in ("ko", "ja")}
print(json.dumps({"page": page.pk, **ids}))
"""
JAPANESE_PAGE = """
from news.models import NewsPage
print(NewsPage.objects.get(slug="otters-%(mark)s", locale__language_code="ja").pk)
"""


def fill_segments(page: Page, word: str) -> int:
    """Translate what is not translated yet, keeping the source's markup; return how many segments that were."""
    untranslated = page.locator('[data-te-row][data-flags~="open"]')
    expect(untranslated.first).to_be_visible()
    translated = 0
    while count := untranslated.count():
        segment = untranslated.first
        source = segment.locator("[data-te-source]").inner_text()
        text = f"{word} 수달이 <b>강</b>을 다시 건넙니다." if "Otters" in source else f"수달 다리 {translated}"
        segment.locator("[data-te-text]").fill(text)
        segment.locator("[data-te-save]").click()
        expect(untranslated).to_have_count(count - 1)
        translated += 1
    return translated


def test_translation_goes_live_and_is_found(open_page: Callable[..., Page], site: Stack) -> None:
    mark = uuid.uuid4().hex[:8]
    word = "도롱뇽"
    made = json.loads(
        site.manage("shell", "-v0", "-c", MAKE_PAGE % {"mark": mark, "block": uuid.uuid4()}).splitlines()[-1]
    )

    coordinator = open_page(f"/ko/news/otters-{mark}/", **DESKTOP)
    assert "otters" in coordinator.url
    expect(coordinator.locator("h1")).not_to_have_text("A bridge for otters")
    log_in(coordinator, "coordinator")
    coordinator.goto(f"/admin/localize/submit/page/{made['page']}/")
    coordinator.get_by_role("checkbox", name="한국어", exact=True).check()
    coordinator.get_by_role("checkbox", name="日本語", exact=True).check()
    coordinator.locator("main form input[type=submit]").click()
    expect(coordinator.locator(".messages .success")).to_be_visible()

    translator = open_page(**DESKTOP)
    log_in(translator, "translator-ko")
    translator.goto(f"/admin/pages/{made['ko']}/")
    translator.get_by_role("link", name="A bridge for otters").first.click()
    translator.wait_for_url("**/edit/")
    assert fill_segments(translator, word) >= 3
    translator.locator("button[name=action][value=publish]").click()
    expect(translator.locator(".messages .success")).to_be_visible()

    public = open_page()
    first_hit(public, f"/ko/search/?q={word}", f"/ko/news/otters-{mark}/").click()
    public.wait_for_url(f"**/ko/news/otters-{mark}/")
    expect(public.locator("main")).to_contain_text(f"{word} 수달이 강을 다시 건넙니다.")
    expect(public.locator("main b")).to_have_text("강")

    japanese = site.manage("shell", "-v0", "-c", JAPANESE_PAGE % {"mark": mark}).splitlines()[-1]
    response = translator.goto(f"/admin/pages/{japanese}/edit/")
    assert response
    assert "/edit/" not in translator.url or response.status == 403
    for page_id in (japanese, made["page"]):
        translator.goto(f"/admin/pages/{page_id}/edit/")
        expect(translator.locator("textarea, [name=title]")).to_have_count(0)
