"""Take the pictures of the translators' guide anew: ``python -m tools.pictures [--port 8000]``.

The demonstration is served there, as ``make demo`` brings it, by day: tasks that fell due say so. Each language's
pictures are what its translator sees, the English ones what the coordinator does.
"""

import argparse
import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tools.problems import Problem, say
from tools.serve import HOST, ROOT

FOLDER = ROOT / "static" / "images" / "guide"
PASSWORD = "demonstration"
WHO = {"en": "coordinator"} | {code: f"translator-{code}" for code in ("zh-hant", "ko", "ja", "zh-hans")}
SIZE = {"width": 1200, "height": 750}
# A third of the size of a full palette, and nobody sees the difference in a screen of few colours.
COLOURS = 128


def main() -> int:
    """Take all pictures and return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.pictures", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    site = f"http://{HOST}:{parser.parse_args().port}"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for code, user in WHO.items():
                _take(browser, site, code, user)
    except Error as error:
        say(f"No picture of {site}: {error.message.splitlines()[0]}")
        return 1
    except Problem as problem:
        say(str(problem))
        return 1
    return 0


def _take(browser: Browser, site: str, code: str, user: str) -> None:
    """Take the desk of a user, and the editor of the first page that lies on it."""
    page = browser.new_page(viewport=SIZE)
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.goto(f"{site}/admin/translations/")
    _save(page, FOLDER / f"desk.{code}.png")
    rows = page.locator("main table td a[href*='/edit/']")
    if not rows.count():
        raise Problem(f"Nothing lies on the desk of {user}: is this the demonstration?")
    rows.first.click()
    _save(page, FOLDER / f"editor.{code}.png")
    page.context.close()


def _save(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    say(str(path.relative_to(ROOT)))


if __name__ == "__main__":
    sys.exit(main())
