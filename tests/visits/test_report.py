import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.languages import by_code
from cms.models import User
from home.bootstrap.groups import EDITORS, make_groups, translators_of
from tests.translations.trees import add_page
from tests.visits.counted import visited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_on")]

REPORT = reverse("visits_report")


@pytest.fixture
def editor(client, home):
    """A client on which an editor, and nothing but an editor, is logged in."""
    make_groups(home)
    user = User.objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client


def rows(client, **query):
    response = client.get(REPORT, query)
    assert response.status_code == 200
    return [(row["title"], row["language"], row["visits"]) for row in response.context["object_list"]]


def test_most_visited_come_first_by_page_and_language(editor, water, rivers):
    visited(water, 3)
    visited(water, 4, days_ago=20)
    visited(water, 2, "ko")
    visited(rivers, 5)
    visited(rivers, 99, days_ago=30)
    assert rows(editor) == [("Water", "en", 7), ("Rivers", "en", 5), ("Water", "ko", 2)]
    assert rows(editor, ordering="title") == [("Rivers", "en", 5), ("Water", "en", 7), ("Water", "ko", 2)]


def test_language_and_days_narrow(editor, water):
    visited(water, 3)
    visited(water, 4, days_ago=7)
    visited(water, 2, "ko")
    assert rows(editor, language="ko") == [("Water", "ko", 2)]
    assert rows(editor, days="7") == [("Water", "en", 3), ("Water", "ko", 2)]
    assert len(rows(editor, language="klingon", days="-1")) == 2


def test_what_readers_lack_in_their_language_is_marked(editor, water, rivers, korean):
    visited(water, 2, "ko")
    visited(rivers, 1, "ko")
    html = " ".join(editor.get(REPORT).content.decode().split())
    assert html.count("not translated</span>") == 1
    assert f'<a href="{water.url}" lang="en">Water</a>' in html
    assert f'<a href="{korean.url}" lang="en">Rivers</a>' in html


def test_report_is_a_spreadsheet_too(editor, home):
    visited(add_page(home, "=1+1", "formula"), 1200, "ja")
    response = editor.get(REPORT, {"export": "csv"})
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["Page"], row["Readers’ language"], row["Visits"], row["Exists in that language"]) == (
        "'=1+1", "ja", "1200", "False",
    )  # fmt: skip
    assert editor.get(REPORT, {"export": "xlsx"}).status_code == 200


def test_report_takes_the_same_queries_for_few_and_for_many(editor, home, water):
    def cost():
        editor.get(REPORT)
        with CaptureQueriesContext(connection) as queries:
            editor.get(REPORT)
        return len(queries)

    visited(water)
    few = cost()
    for number in range(10):
        visited(add_page(home, f"Page {number}", f"page-{number}"), language="ko")
    assert cost() == few


def test_translators_may_read_it_and_others_may_not(client, home):
    make_groups(home)
    user = User.objects.create_user("somebody", password="x")
    client.force_login(user)
    assert client.get(REPORT).status_code == 302
    user.groups.add(Group.objects.get(name=translators_of(by_code("ko"))))
    assert client.get(REPORT).status_code == 200


def test_menu_leads_to_it_where_visits_are_counted(editor, settings):
    assert f'"{REPORT}"' in editor.get(reverse("wagtailadmin_home")).content.decode()
    settings.VISITS_DAYS = 0
    assert f'"{REPORT}"' not in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Visits are not counted on this site." in editor.get(REPORT).content.decode()
