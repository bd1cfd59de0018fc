"""Who may move, delete, copy, reorder and withdraw pages, by every way of Wagtail's admin: role x action x language.

The ways are the ordinary view, the bulk action and the admin's API: none may do what another refuses. An action on a
source is done on its translations too, or not at all; ``done`` fails where it was done by halves.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import User
from home.bootstrap import bootstrap_site
from home.models import HomePage
from tests.rollback import rolled_back
from tests.translations.roles import ROLES, make_roles, make_water
from tests.translations.trees import add_page
from translations.catalog import translate_page

ALL = ("en", "ko", "ja")
ANYWHERE = {"admin": ALL, "coordinator": ALL}
WITHDRAWERS = {**ANYWHERE, "editor": ("en",), "korean": ("ko",), "japanese": ("ja",)}
# Action and way -> role -> the languages of the page in which it is done. Not named: refused.
RIGHTS = {
    ("move", "view"): ANYWHERE,
    ("move", "bulk"): ANYWHERE,
    ("move", "api"): ANYWHERE,
    ("delete", "view"): {**ANYWHERE, "korean": ("ko",), "japanese": ("ja",)},
    ("delete", "bulk"): {**ANYWHERE, "korean": ("ko",), "japanese": ("ja",)},
    ("delete", "api"): {**ANYWHERE, "korean": ("ko",), "japanese": ("ja",)},
    ("unpublish", "view"): WITHDRAWERS,
    ("unpublish", "bulk"): WITHDRAWERS,
    ("unpublish", "api"): WITHDRAWERS,
    ("copy", "view"): {**ANYWHERE, "editor": ("en",)},
    ("copy", "api"): {**ANYWHERE, "editor": ("en",)},
    ("reorder", "view"): {**ANYWHERE, "editor": ("en",)},
    ("reorder", "api"): {**ANYWHERE, "editor": ("en",)},
    # Earlier texts of a translation are restored one by one, in its editor.
    ("revert", "view"): {"admin": ("en",), "coordinator": ("en",), "editor": ("en",)},
    ("revert", "api"): {"admin": ("en",), "coordinator": ("en",), "editor": ("en",)},
    # Decision 0004: nobody repeats a page, here or in another language.
    ("alias", "view"): {},
    ("alias", "api"): {},
    ("copy_for_translation", "api"): {},
    ("copy_for_translation_as_alias", "api"): {},
    ("convert_alias", "view"): {},
    ("convert_alias", "api"): {},
}


class Desk:
    """Pages in three languages, a place for them in each, and one person of every role."""

    def __init__(self):
        bootstrap_site()
        self.users = {"admin": User.objects.create_superuser("admin"), **make_roles()}
        home = HomePage.objects.get(locale__language_code="en")
        place = add_page(home, "Place", "place")
        self.places = {"en": place}
        for code in ("ko", "ja"):
            self.places[code] = translate_page(place, code, {"Place": f"Place {code}"})
        self.pages, self.translations = make_water()

    def client_of(self, role):
        client = Client()
        client.force_login(self.users[role])
        return client

    def now(self, code):
        return Page.objects.filter(pk=self.pages[code].pk).first()

    def concerned(self, code):
        """The languages in which an action on a page is done: all for a source."""
        return ALL if code == "en" else (code,)

    def act(self, client, way, name, code, **data):
        page = self.now(code)
        if way == "api":
            return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, name]), data)
        if way == "bulk":
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
            return client.post(f"{url}?id={page.pk}&next=/admin/", data)
        return client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), data)


def done(facts):
    """Whether something was done, which must be so of all or of none."""
    facts = set(facts)
    assert len(facts) == 1, "done by halves"
    return facts.pop()


def move(desk, client, way, code):
    place = desk.places[code]
    if way == "view":
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[desk.pages[code].pk, place.pk]))
    elif way == "bulk":
        desk.act(client, way, "move", code, chooser=place.pk)
    else:
        desk.act(client, way, "move", code, destination_page_id=place.pk, position="last-child")
    return done(desk.now(one).get_parent().pk == desk.places[one].pk for one in desk.concerned(code))


def delete(desk, client, way, code):
    desk.act(client, way, "delete", code)
    return done(desk.now(one) is None for one in desk.concerned(code))


def unpublish(desk, client, way, code):
    desk.act(client, way, "unpublish", code)
    return done(not desk.now(one).live for one in desk.concerned(code))


def copy(desk, client, way, code):
    parent = desk.pages[code].get_parent()
    if way == "view":
        desk.act(client, way, "copy", code, new_title="C", new_slug="copied", new_parent_page=parent.pk)
    else:
        desk.act(client, way, "copy", code, slug="copied")
    copies = Page.objects.filter(slug="copied")
    assert all(copied.translation_key != desk.pages[code].translation_key for copied in copies)
    return [copied.locale_id for copied in copies] == [parent.locale_id]


def reorder(desk, client, way, code):
    first = desk.pages[code].get_parent().get_first_child()
    if way == "view":
        client.post(reverse("wagtailadmin_pages:set_page_position", args=[desk.pages[code].pk]) + "?position=0")
    else:
        desk.act(client, way, "move", code, destination_page_id=first.pk, position="first-sibling")
    return done(desk.now(one).path < Page.objects.get(pk=desk.places[one].pk).path for one in desk.concerned(code))


def revert(desk, client, way, code):
    page = desk.now(code)
    former = page.get_latest_revision()
    page.specific.save_revision()
    if way == "view":
        url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, former.pk])
        fields = {"title": "Former", "slug": page.slug, "body-count": "0", "revision": former.pk}
        for formset in ("attachments", "page_themes", "comments"):
            fields |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
        client.post(url, fields)
        return desk.now(code).get_latest_revision().content["title"] == "Former"
    before = desk.now(code).latest_revision_id
    desk.act(client, way, "revert_to_page_revision", code, revision_id=former.pk)
    return desk.now(code).latest_revision_id != before


def alias(desk, client, way, code):
    parent = desk.pages[code].get_parent()
    if way == "view":
        fields = {"new_title": "C", "new_slug": "copied", "new_parent_page": parent.pk, "alias": "on"}
        desk.act(client, way, "copy", code, **fields)
    else:
        desk.act(client, way, "create_alias", code, update_slug="copied", recursive=False)
    return Page.objects.filter(alias_of__isnull=False).exists()


def copy_for_translation(desk, client, way, code, *, as_alias=False):
    before = Page.objects.count()
    desk.act(client, way, "copy_for_translation", code, locale="zh-hant", alias=as_alias, copy_parents=True)
    return Page.objects.count() > before


def copy_for_translation_as_alias(desk, client, way, code):
    return copy_for_translation(desk, client, way, code, as_alias=True)


def convert_alias(desk, client, way, code):
    """An alias in one language of a page in another, which somebody's code made, becomes a page with its words."""
    other = "ko" if code == "en" else "en"
    page = add_page(desk.places[other], "Soil", "soil")
    place = desk.places[code]
    made = page.create_alias(parent=place, update_locale=place.locale, reset_translation_key=False)
    if way == "view":
        client.post(reverse("wagtailadmin_pages:convert_alias", args=[made.pk]))
    else:
        client.post(reverse("wagtailadmin_api:pages:action", args=[made.pk, "convert_alias"]))
    return Page.objects.get(pk=made.pk).alias_of_id is None


ACTIONS = {
    one.__name__: one
    for one in (
        move, delete, unpublish, copy, reorder, revert, alias, copy_for_translation, copy_for_translation_as_alias,
        convert_alias,
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back():
        yield Desk()


@pytest.mark.django_db
@pytest.mark.parametrize(("action", "way"), RIGHTS, ids=lambda value: value)
def test_rights_on_pages(desk, action, way):
    wrong = []
    for role in ("admin", *ROLES):
        client = desk.client_of(role)
        client.raise_request_exception = False
        for code in ALL:
            with transaction.atomic():
                try:
                    happened = ACTIONS[action](desk, client, way, code)
                except AssertionError as halves:
                    happened = str(halves)
                transaction.set_rollback(True)
            if happened is not (code in RIGHTS[action, way].get(role, ())):
                wrong.append((role, code, happened))
    assert wrong == []
