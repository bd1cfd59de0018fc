"""Pages are found by their path, and only by those who may open them."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from cms.routing import find_page
from tests.factories import pages
from tests.factories.tree import make_homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_homes(("en", "ko"))


@pytest.fixture
def session(homes):
    summit = pages.make_summit(pages.make_event_index(homes["en"], slug="events"), slug="summit")
    return pages.make_session(summit, slug="opening", title="Behind the dyke", summary="Behind the dyke, in short")


def test_deep_page_is_found_in_two_queries(session, rf):
    Site.get_site_root_paths()
    request = rf.get(session.url)
    with CaptureQueriesContext(connection) as asked:
        page = find_page(request, "events/summit/opening/")
        assert (page, page.locale.language_code, page.is_open_to_all) == (session, "en", True)
    assert len(asked) == 2


def test_path_is_of_the_active_language(session, client):
    assert client.get("/en/events/summit/opening/").status_code == 200
    assert client.get("/ko/events/summit/opening/").status_code == 404


@pytest.mark.parametrize("path", ["/en/events/summit/closing/", "/en/opening/", "/en/events/opening/"])
def test_nothing_else_is_found(session, client, path):
    assert client.get(path).status_code == 404


def test_page_that_is_not_live_is_not_found_but_what_lies_under_it_is(session, client):
    session.get_parent().specific.unpublish()
    assert client.get("/en/events/summit/").status_code == 404
    assert client.get("/en/events/summit/opening/").status_code == 200


@pytest.mark.parametrize("level", ["page", "parent"])
def test_restricted_page_asks_for_its_password(session, client, level):
    page = session if level == "page" else session.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="rain")
    html = client.get(session.url).content.decode()
    assert 'type="password"' in html
    assert "Behind the dyke" not in html


def test_page_for_a_group_sends_others_to_log_in(session, client, django_user_model):
    members = Group.objects.create(name="Members")
    restriction = PageViewRestriction.objects.create(page=session, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(members)
    assert client.get(session.url).status_code == 302
    member = django_user_model.objects.create_user("member", password="x")
    member.groups.add(members)
    client.force_login(member)
    assert client.get(session.url).status_code == 200


def test_alias_has_the_restrictions_of_its_source(session, client):
    index = session.get_parent().get_parent().specific
    alias = session.get_parent().specific.create_alias(parent=index, update_slug="again", recursive=True)
    PageViewRestriction.objects.create(page=session, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{alias.url}opening/").status_code == 302
