"""What editors do to a site, at random but repeatable, and what of it visitors may find, found out in another way."""

import contextlib
import datetime
import random
from collections.abc import Callable

from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Collection, Page, PageViewRestriction, Site

from cms.languages import CODES
from cms.models import PageAttachment
from home.models import HomePage, StandardPage
from tests.factories.files import make_document
from tests.search.pages import make_page, paragraph, publish
from translations.catalog import translate_page

# In the title of every page, so that one question finds them all.
COMMON = "rivers"


class Editors:
    """Editors with a seed: ``act`` does something to a page of the site, by the calls that Wagtail's admin makes."""

    def __init__(self, seed: int, homes: dict[str, HomePage]) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.homes = homes
        self.number = 0
        self.done: list[str] = []

    def begin(self) -> None:
        """Make a small tree to work on."""
        # Tests with real transactions leave an empty database behind.
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")
        for name in ("a", "b"):
            section = make_page(self.homes["en"], self.title(), slug=self.slug(name))
            make_page(section, self.title(), "Otters came back.", slug=self.slug(name))

    def act(self) -> None:
        """Do one thing, chosen at random; note it in ``done`` for whoever reads a failure."""
        action: Callable[[], None] = self.random.choice(
            [
                *(self.add, self.edit, self.edit, self.save_draft, self.unpublish, self.republish, self.move),
                *(self.change_slug, self.restrict, self.restrict, self.lift, self.delete, self.copy, self.translate),
                *(self.translate, self.make_alias, self.go_live, self.expire, self.change_site, self.attach),
                self.change_locale,
            ]
        )
        self.done.append(action.__name__)
        action()

    def title(self) -> str:
        """Return a title that no other page has."""
        self.number += 1
        return f"Clean {COMMON} number{self.number}"

    def slug(self, name: str = "page") -> str:
        """Return a slug that no other page has, nor one of editors with another seed."""
        self.number += 1
        return f"{name}-{self.seed}-{self.number}"

    def page(self, **conditions: object) -> StandardPage:
        """Return some page about the network, as the database has it now; a new one if there is none such."""
        ids = StandardPage.objects.filter(alias_of=None, **conditions).order_by("pk").values_list("pk", flat=True)
        if not ids:
            return make_page(self.homes["en"], self.title(), slug=self.slug())
        return StandardPage.objects.get(pk=self.random.choice(list(ids)))

    def add(self) -> None:
        make_page(self.page(locale__language_code="en"), self.title(), slug=self.slug())

    def edit(self) -> None:
        page = self.page()
        page.title, page.body = self.title(), paragraph(f"Herons {self.number}")
        publish(page)

    def save_draft(self) -> None:
        page = self.page()
        page.title = f"Secret {self.title()}"
        page.save_revision()

    def unpublish(self) -> None:
        self.page(live=True).unpublish()

    def republish(self) -> None:
        publish(self.page())

    def move(self) -> None:
        page = self.page(locale__language_code="en")
        target = self.page(locale__language_code="en")
        if not target.path.startswith(page.path):
            page.move(target, "last-child")

    def change_slug(self) -> None:
        page = self.page()
        page.slug = self.slug()
        publish(page)

    def restrict(self) -> None:
        page = self.page()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def lift(self) -> None:
        restriction = PageViewRestriction.objects.order_by("pk").first()
        if restriction:
            restriction.delete()

    def delete(self) -> None:
        self.page().delete()

    def copy(self) -> None:
        page = self.page(locale__language_code="en")
        page.copy(update_attrs={"slug": self.slug()}, keep_live=self.random.random() < 0.7, recursive=True)

    def translate(self) -> None:
        """By wagtail-localize, as a translator who finishes the page."""
        page = self.page(locale__language_code="en", live=True)
        language = self.random.choice(["ko", "ja", "zh-hans"])
        above = page.get_ancestors().type(StandardPage).order_by("depth").specific()
        for one in [*above, page]:
            # A page can be translated where the one above it is.
            if one.pk == page.pk or not one.has_translation(self.homes[language].locale):
                publish_it = self.random.random() < 0.8
                # A page above may have no translation all the same; the translator is refused then.
                with contextlib.suppress(ParentNotTranslatedError):
                    translate_page(one, language, {one.title: f"하천 {self.title()}"}, publish=publish_it)

    def make_alias(self) -> None:
        page = self.page(live=True)
        page.create_alias(parent=self.homes["en"], update_slug=self.slug())

    def go_live(self) -> None:
        """Scheduled an hour ago by an editor, published now by the scheduler."""
        page = self.page()
        page.title = self.title()
        page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        revision = page.save_revision()
        revision.publish()
        revision.refresh_from_db()
        earlier = timezone.now() - datetime.timedelta(minutes=1)
        revision.content = {**revision.content, "go_live_at": earlier.isoformat()}
        revision.approved_go_live_at = earlier
        revision.save()
        call_command("publish_scheduled")

    def expire(self) -> None:
        page = self.page(live=True)
        page.expire_at = timezone.now() + datetime.timedelta(hours=1)
        publish(page)
        StandardPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))
        call_command("publish_scheduled")

    def change_site(self) -> None:
        """The site's root becomes a page of it, or the home page again."""
        site = Site.objects.get()
        home = self.homes["en"]
        is_home = site.root_page_id == home.pk
        site.root_page = self.page(locale__language_code="en", live=True).page_ptr if is_home else home.page_ptr
        site.save()

    def change_locale(self) -> None:
        self.homes["ko"].locale.save()

    def attach(self) -> None:
        page = self.page()
        page.attachments.add(PageAttachment(document=make_document(f"File {self.number}"), title=self.title()))
        publish(page)


def findable() -> dict[str, set[int]]:
    """Return language code -> ids of the pages that visitors may find, page by page as one would ask by hand."""
    found: dict[str, set[int]] = {code: set() for code in CODES}
    for page in Page.objects.filter(depth__gt=1).select_related("locale"):
        private = any(step.view_restrictions.exists() for step in [page, *page.get_ancestors()])
        expired = page.expire_at is not None and page.expire_at <= timezone.now()
        site = Site.objects.get()
        roots = [site.root_page, *site.root_page.get_translations()]
        below = any(
            page.path.startswith(root.path) and page.locale_id == root.locale_id and root.alias_of_id is None
            for root in roots
        )
        if page.live and below and not (private or expired or page.alias_of_id):
            found[page.locale.language_code].add(page.pk)
    return found
