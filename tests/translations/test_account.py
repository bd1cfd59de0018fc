"""Whoever can be mailed by the desk says on Wagtail's account page how, and sees nothing that does not concern them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from translations import notices
from translations.models import Bundle, Delivery, Kind, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def ko(home):
    return Locale.objects.get(language_code="ko")


@pytest.fixture
def guests():
    """A group that only gets into the admin."""
    group = Group.objects.create(name="Guests")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def panel_of(user):
    """The panel of the account page in which a user says how to be told, if there is one."""
    panels = as_user(user).get(reverse("wagtailadmin_account")).context["panels_by_tab"].values()
    return next((panel for tab in panels for panel in tab if panel.name == "translation_notices"), None)


def test_who_publishes_pages_chooses_how_to_be_told_of_what_they_asked_for(staff):
    panel = panel_of(staff["editor"])
    assert set(panel.get_form().fields) == {Kind.FINISHED, Kind.BUNDLE}
    assert "Everything also stands on the first page of the admin." in panel.render()


def test_who_has_a_desk_chooses_for_every_kind_and_is_reminded_of_it(staff):
    panel = panel_of(staff["ko"])
    assert set(panel.get_form().fields) == set(Kind)
    assert "Everything also stands on your desk." in panel.render()


def test_who_can_be_mailed_can_choose_not_to_be(staff, mailoutbox, django_capture_on_commit_callbacks):
    """Editors are mailed of a failed bundle at once, until they say otherwise on the account page."""
    editor = staff["editor"]
    bundle = Bundle.objects.create(name="Water", owner=editor)
    with django_capture_on_commit_callbacks(execute=True):
        notices.about_failed_bundle(bundle)
    assert [mail.to for mail in mailoutbox] == [[editor.email]]
    form = panel_of(editor).form_class({Kind.FINISHED: "none", Kind.BUNDLE: "none"}, instance=editor)
    assert form.is_valid()
    form.save()
    with django_capture_on_commit_callbacks(execute=True):
        notices.about_failed_bundle(bundle)
    assert len(mailoutbox) == 1


def test_who_was_told_something_may_choose_though_they_publish_nothing_any_more(page, ko, staff, guests):
    editor = staff["editor"]
    Notice.objects.create(user=editor, kind=Kind.FINISHED, source=page, locale=ko)
    notices.choose(editor, {Kind.FINISHED: Delivery.NONE})
    editor.groups.set([guests])
    assert set(panel_of(editor).get_form().fields) == {Kind.FINISHED}
    notices.choose(editor, {Kind.BUNDLE: Delivery.NONE})
    assert notices.choices_of([editor.pk])[editor.pk] == {Kind.FINISHED: "none", Kind.BUNDLE: "none"}


def test_who_is_told_nothing_has_nothing_to_choose(home, guests, django_user_model):
    guest = django_user_model.objects.create_user("guest")
    guest.groups.add(guests)
    assert panel_of(guest) is None


def test_editor_who_has_read_everything_is_led_home(staff):
    response = as_user(staff["editor"]).post(reverse("translations_notices_read"))
    assert response.url == reverse("wagtailadmin_home")
