"""Small builders for the tests of search: a site in five languages, and pages in it, published as editors publish."""

import uuid
from typing import Any

from django.db import connection
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.languages import CODES
from cms.pages import BasePage
from home.models import HomePage, StandardPage


def commit() -> None:
    """Run what waits for the end of the transaction, as if the test's had been committed."""
    while connection.run_on_commit:
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _, run, _ in waiting:
            run()


def make_homes() -> dict[str, HomePage]:
    """Make the locales, a live home page in each language, and the site; return language code -> home page."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    # Tests with real transactions leave an empty database behind.
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["en"])
    homes: dict[str, HomePage] = {}
    key = uuid.uuid4()
    for code, locale in locales.items():
        home = HomePage(title="Home", slug=f"home-{code}", motto="Together", locale=locale, translation_key=key)
        homes[code] = root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=homes["en"], is_default_site=True)
    commit()
    return homes


def paragraph(text: str) -> list[tuple[str, Any]]:
    """Return a story of one paragraph."""
    return [("paragraph", f"<p>{text}</p>")]


def publish(page: BasePage) -> BasePage:
    """Publish the page as it stands, as the editor's button does; return it as the database has it."""
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def withdraw(page: BasePage, way: str) -> None:
    """Take a page away from visitors: ``way`` is “private”, “deleted” or “unpublished”."""
    if way == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif way == "deleted":
        page.delete()
    else:
        page.unpublish()


def make_page(parent: Page, title: str, text: str = "", *, slug: str, live: bool = True, **fields: Any) -> StandardPage:
    """Add a page about the network below ``parent``, in its language, and publish it unless it shall stay a draft."""
    page = StandardPage(title=title, slug=slug, live=False, locale=parent.locale, body=paragraph(text), **fields)
    parent.add_child(instance=page)
    return publish(page) if live else page


def translate(page: BasePage, parent: Page, title: str, text: str = "", *, live: bool = True) -> BasePage:
    """Add the page's translation into the language of ``parent``, and publish it."""
    translation = page.copy_for_translation(parent.locale)
    translation.title, translation.draft_title = title, title
    translation.body = paragraph(text)
    return publish(translation) if live else translation
