import datetime
import html
import io
import re

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.languages import CODES
from cms.models import User
from home.bootstrap.groups import COORDINATORS, EDITORS, make_groups
from search.models import HiddenQuery, SearchLogEntry
from search.reports import figures
from search.reports.views import REPORTS
from tests.search.pages import make_homes
from tests.search.visits import daily, entry, keep

pytestmark = pytest.mark.django_db
NAMES = [view.name for view in REPORTS]


@pytest.fixture
def editor(client, engine):
    """A client on which an editor, and nothing but an editor, is logged in."""
    make_groups(make_homes()["en"])
    user = User.objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return client


def report(client, name="index", **parameters):
    response = client.get(reverse(f"search_reports:{name}"), parameters)
    assert response.status_code == 200
    return response


def rows(response, *names):
    return [tuple(row[name] for name in names) for row in response.context["object_list"]]


def test_most_sought_counts_by_language_and_query(editor):
    keep(
        *daily("rivers", times=3, clicks=1, best_rank=1), entry("rivers", own=7), entry("rivers", "ko", own=0),
        entry("waste", own=0),
    )  # fmt: skip
    response = report(editor)
    assert rows(response, "query", "language", "searches", "opened", "missed", "found") == [
        ("rivers", "en", 4, 3, 0, 7),
        ("waste", "en", 1, 0, 1, 0),
        ("rivers", "ko", 1, 0, 1, 0),
    ]
    assert "75%" in response.content.decode()


def test_language_and_dates_narrow(editor):
    keep(entry("rivers"), entry("강", "ko"), entry("rivers", days_ago=10), entry("old", days_ago=10))
    assert rows(report(editor, language="ko"), "query") == [("강",)]
    since = (timezone.now() - datetime.timedelta(days=5)).date().isoformat()
    assert rows(report(editor, asked_at_from=since), "query", "searches") == [("rivers", 1), ("강", 1)]
    assert rows(report(editor, asked_at_to=since), "query", "searches") == [("old", 1), ("rivers", 1)]
    assert len(rows(report(editor, language="klingon", asked_at_from="never"), "query")) == 3


def test_missed_are_those_that_the_last_reader_did_not_find(editor):
    keep(
        entry("never", own=0), entry("never", own=0), entry("elsewhere", own=0, other=4), entry("always"),
        entry("mended", own=0), entry("mended"), entry("broken"), entry("broken", own=0),
    )  # fmt: skip
    assert rows(report(editor, "missed"), "query", "missed", "elsewhere") == [
        ("never", 2, 0),
        ("broken", 1, 0),
        ("elsewhere", 1, 4),
    ]


def test_unopened_are_those_that_found_something(editor):
    keep(
        entry("opened", clicks=1, best_rank=2), entry("opened"), entry("nothing", own=0), entry("seen"),
        entry("elsewhere", own=0, other=1),
    )  # fmt: skip
    assert rows(report(editor, "unopened"), "query") == [("elsewhere",), ("seen",)]


def test_slow_are_told_with_their_95th_percentile(editor):
    keep(*(entry("rivers", milliseconds=time) for time in range(1, 101)), entry("waste", milliseconds=60))
    response = report(editor, "slow")
    assert rows(response, "query", "average", "p95", "slowest") == [("waste", 60, 60, 60), ("rivers", 50, 95, 100)]
    assert re.search(r"<td[^>]*>\s*95\s*</td>", response.content.decode())


def test_percentile_is_the_nearest_rank(db):
    keep(*(entry("a", milliseconds=time) for time in (1, 1, 1, 9)), entry("b", "ko", milliseconds=5))
    assert figures.p95_of_queries(SearchLogEntry.objects.all()) == {("en", "a"): 9, ("ko", "b"): 5}
    assert figures.p95_of_languages(SearchLogEntry.objects.all()) == {"en": 9, "ko": 5}


def test_weeks_are_counted_for_every_language(editor):
    monday = timezone.now() - datetime.timedelta(days=timezone.now().weekday())
    keep(entry("a"), entry("b", own=0, clicks=0), entry("c", "ja", clicks=1), *daily("d", times=60))
    weeks = report(editor).context["weeks"]
    assert [week.begins for week in weeks] == [
        (monday - datetime.timedelta(weeks=number)).date() for number in range(figures.WEEKS)
    ]
    assert list(weeks[0].languages) == list(CODES)
    this_week = weeks[0].languages
    assert (this_week["ja"].searches, this_week["ja"].opened_share, this_week["ko"].searches) == (1, 100, 0)
    assert this_week["en"].missed == 1


@pytest.mark.parametrize("name", NAMES)
def test_number_of_queries_does_not_grow(editor, name):
    keep(*daily("rivers", own=0, other=1))
    report(editor, name)
    with CaptureQueriesContext(connection) as few:
        report(editor, name)
    keep(*(entry(f"rivers {number}", CODES[number % 5], own=number % 2, other=1) for number in range(40)))
    with CaptureQueriesContext(connection) as many:
        report(editor, name)
    assert len(many) == len(few)


@pytest.mark.parametrize("name", NAMES)
def test_report_is_for_editors_and_coordinators(client, editor, name):
    keep(entry("rivers"))
    report(editor, name)
    for group, status in ((COORDINATORS, 200), ("Translators: 한국어", 302), (None, 302)):
        user = User.objects.create_user(f"user-{group}", password="x")
        if group:
            user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert client.get(reverse(f"search_reports:{name}")).status_code == status


@pytest.mark.parametrize("name", NAMES)
def test_sorting_by_each_column_and_filters_alone_work(editor, name):
    keep(entry("rivers", own=0, other=1), entry("waste"))
    view = next(view for view in REPORTS if view.name == name)
    for key in [column.sort_key for column in view.columns if column.sort_key]:
        up, down = (rows(report(editor, name, ordering=f"{sign}{key}"), "query") for sign in ("", "-"))
        assert sorted(up) == sorted(down)
    results = editor.get(reverse(f"search_reports:{name}_results"), {"language": "en"})
    assert results.status_code == 200
    assert "<html" not in results.content.decode()


# Where the actions of a row lead, and what of the query is in the form there.
FORMS = {
    "search_synonyms:add": {"language": "ko", "words": "쓰레기종량제"},
    "search_promotions:add": {"language": "ko", "queries": "쓰레기종량제"},
    "search_hidden:add": {"language": "ko", "query": "쓰레기종량제"},
    "search_judged:add": {"language": "ko", "query": "쓰레기종량제"},
    "glossary:add": {"ko_preferred": "쓰레기종량제"},
}


def test_every_action_of_a_row_leads_to_a_form_that_holds_the_query(client, editor):
    coordinator = User.objects.create_user("coordinator", password="x")
    coordinator.groups.add(Group.objects.get(name=COORDINATORS))
    client.force_login(coordinator)
    keep(entry("쓰레기종량제", "ko", own=0, other=3))
    addresses = set()
    for name in NAMES:
        text = report(client, name).content.decode()
        assert 'lang="ko"' in text
        addresses |= {html.unescape(found) for found in re.findall(r'href="([^"]+\?language=ko&[^"]+)"', text)}
    filled = {}
    for address in addresses:
        url_name = resolve(address.partition("?")[0]).view_name
        form = client.get(address).context["form"]
        filled[url_name] = {name: form[name].value() for name in FORMS[url_name]}
    assert filled == FORMS


def test_editor_hides_a_query(editor):
    answer = editor.post(reverse("search_hidden:add"), {"language": "en", "query": "rivers"})
    assert answer.status_code == 302
    assert [(hidden.language, hidden.query) for hidden in HiddenQuery.objects.all()] == [("en", "rivers")]
    assert "rivers" in editor.get(reverse("search_hidden:index")).content.decode()


FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", " =1"]


@pytest.mark.parametrize("name", NAMES)
def test_csv_is_for_spreadsheets_in_any_script_and_holds_no_formula(editor, name):
    keep(*(entry(text, own=0, other=1) for text in [*FORMULAS, "水原", "safe"]))
    response = report(editor, name, export="csv")
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    cells = {line.split(",")[0].strip('"') for line in content.decode("utf-8-sig").splitlines()[1:]}
    assert cells == {*(f"'{text}" for text in FORMULAS), "水原", "safe"}


@pytest.mark.parametrize("name", NAMES)
def test_xlsx_holds_texts_and_numbers(editor, name):
    keep(entry("=1+1", own=0, other=1), entry("水原", "ko", own=0, other=2))
    response = report(editor, name, export="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][:4] == ("Query", "As typed", "Language", "Searches")
    assert sorted(row[:4] for row in table[1:]) == [("=1+1", "=1+1", "en", 1), ("水原", "水原", "ko", 1)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("code", CODES)
def test_empty_report_is_shown_in_the_editors_language(editor, code):
    profile = UserProfile.get_for_user(User.objects.get(username="editor"))
    profile.preferred_language = code
    profile.save()
    for name in NAMES:
        response = report(editor, name)
        assert response.context["object_list"].count() == 0
        assert f'<html lang="{code}"' in response.content.decode()
