"""Editors judge what is found for a query: the page of the admin, on both engines where search is asked."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.models import User
from home.bootstrap.groups import COORDINATORS
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from search.judging.rows import rows_to_judge
from search.models import JudgedQuery
from tests.search.engine import unique_backend
from tests.search.judging import ADDRESS, fields, judgements, log_in, make_rivers, save, show
from tests.search.pages import commit, make_homes, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(homes):
    return make_rivers(homes)


@pytest.fixture
def editor(client, homes, pages):
    log_in(client, homes)
    return client


@pytest.fixture
def broken(engine, monkeypatch):
    def fail(*args, **kwargs):
        raise BackendUnavailableError("gone")

    def break_it():
        monkeypatch.setattr(get_backend(), "search", fail)

    return break_it


def titles(rows):
    return ["".join(part.text for part in row.result.hit.title) if row.result else row.title for row in rows]


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def each_engine(request, settings, tmp_path):
    """Either engine as the site's."""
    if request.param == "embedded":
        settings.SEARCH_BACKEND = "search.backends.embedded.EmbeddedBackend"
        settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
        get_backend().prepare()
        yield get_backend()
        return
    for backend in unique_backend():
        settings.SEARCH_BACKEND = "search.backends.elasticsearch.ElasticsearchBackend"
        settings.SEARCH_INDEX_PREFIX = backend.prefix
        yield get_backend()


def test_rows_are_those_of_a_reader_their_own_language_first(each_engine):
    make_rivers(make_homes())
    get_backend().refresh()
    rows = rows_to_judge("ko", "하천", {}, {})
    assert titles(rows.own) == ["맑은 하천"]
    assert titles(rows.other) == ["Other rivers"]
    assert (rows.missing, rows.unavailable) == ([], False)


def test_judged_query_is_measured_by_the_engine_that_answers(each_engine, client):
    homes = make_homes()
    pages = make_rivers(homes)
    log_in(client, homes)
    get_backend().refresh()
    save(client, fields(pages["clean"], 2), query="맑은 하천", language="ko")
    assert JudgedQuery.objects.get().ndcg == 1


def test_page_shows_what_readers_are_shown(editor):
    text = show(editor, "하천", "ko").content.decode()
    assert "맑은 <mark>하천</mark>" in text
    assert '<span class="admin-whole" lang="en">English</span>' in text
    assert 'lang="ko">하천</h2>' in text
    assert text.count('type="radio"') == 2 * 4 + 2


def test_choices_are_kept_with_who_made_them_and_shown_again(editor, pages):
    answer = save(editor, fields(pages["clean"], 2), fields(pages["other"], 0))
    assert answer.status_code == 302
    assert judgements() == {("en", "rivers"): {pages["clean"].translation_key: 2, pages["other"].translation_key: 0}}
    assert {row.judged_by.username for row in JudgedQuery.objects.get().judgements.all()} == {"editor"}
    shown = editor.get(answer.url)
    assert {row.key: row.chosen for row in shown.context["rows"].own} == {
        pages["clean"].translation_key: "2",
        pages["other"].translation_key: "0",
    }
    assert shown.content.decode().count("judged by editor,") == 2


def test_query_written_otherwise_is_the_same_one(editor, pages):
    save(editor, fields(pages["clean"], 2))
    save(editor, fields(pages["other"], 1), query="  RIVERS ")
    assert list(judgements()) == [("en", "rivers")]
    assert show(editor, "Ｒivers").context["judged"].judgements.count() == 2


def test_sending_twice_is_sending_once(editor, pages):
    for _ in range(2):
        assert save(editor, fields(pages["clean"], 2)).status_code == 302
    assert judgements() == {("en", "rivers"): {pages["clean"].translation_key: 2}}


def test_what_another_editor_judged_meanwhile_stays(editor, pages):
    save(editor, fields(pages["other"], 1))
    save(editor, fields(pages["clean"], 2), fields(pages["other"], ""))
    assert judgements() == {("en", "rivers"): {pages["clean"].translation_key: 2, pages["other"].translation_key: 1}}


def test_query_goes_with_the_last_grade_that_is_taken_back(editor, pages):
    save(editor, fields(pages["clean"], 2))
    save(editor, fields(pages["clean"], "", shown=2))
    assert judgements() == {}


def test_nothing_chosen_keeps_nothing(editor, pages):
    answer = save(editor, fields(pages["clean"], ""))
    assert "Nothing is judged of “rivers”." in editor.get(answer.url).content.decode()
    assert judgements() == {}


def test_page_that_should_have_been_found_is_added_and_shown_as_missing(editor, homes):
    waste = make_page(homes["ko"], "쓰레기", "봉투", slug="waste")
    commit()
    answer = save(editor, page=waste.pk, page_grade="1")
    assert judgements() == {("en", "rivers"): {waste.translation_key: 1}}
    rows = editor.get(answer.url).context["rows"]
    assert [(row.chosen, row.result.language.code) for row in rows.missing] == [("1", "ko")]


@pytest.mark.parametrize("address", ["clean-rivers", "/ko/clean-rivers/", "https://example.org/en/clean-rivers/?a=1"])
def test_page_can_be_named_by_its_address(editor, pages, address):
    save(editor, address=address)
    assert judgements() == {("en", "rivers"): {pages["clean"].translation_key: 2}}


@pytest.mark.parametrize("address", ["nowhere", "http://[", "/en/%00/", "rivers"])
def test_address_of_no_page_is_refused(editor, address):
    answer = save(editor, address=address)
    assert answer.context["form"].errors["address"]
    assert judgements() == {}


def test_home_page_can_be_named_too(editor, homes):
    save(editor, address="/ko/")
    assert judgements() == {("en", "rivers"): {homes["en"].translation_key: 2}}


@pytest.mark.parametrize("pk", ["999999", "9" * 30, "rivers", "-1"])
def test_unknown_page_is_refused_and_the_choices_stay(editor, pages, pk):
    answer = save(editor, fields(pages["clean"], 1), page=pk)
    assert answer.context["form"].errors["page"]
    assert {row.key: row.chosen for row in answer.context["rows"].own}[pages["clean"].translation_key] == "1"
    assert judgements() == {}


def test_page_that_is_not_public_cannot_be_added(editor, homes):
    draft = make_page(homes["en"], "Draft", slug="draft", live=False)
    answer = save(editor, page=draft.pk)
    assert answer.context["form"].errors["page"] == ["Readers cannot find this page: it is not public."]


@pytest.mark.parametrize("grade", ["3", "-1", "two", "2.0", "２"])
def test_grade_that_there_is_not_is_refused(editor, pages, grade):
    answer = save(editor, fields(pages["clean"], grade), fields(pages["other"], 1))
    assert answer.context["form"].non_field_errors() == ["There is no such grade. Choose again."]
    assert {row.key: row.chosen for row in answer.context["rows"].own} == {
        pages["clean"].translation_key: "",
        pages["other"].translation_key: "1",
    }
    assert judgements() == {}


@pytest.mark.parametrize("key", ["0" * 31 + "7", "nonsense", "", "é" * 50])
def test_page_that_does_not_exist_is_said(editor, pages, key):
    answer = save(editor, {f"grade-{key}": "2"}, fields(pages["clean"], 1))
    assert "does not exist any more" in answer.content.decode()
    assert {row.key: row.chosen for row in answer.context["rows"].own}[pages["clean"].translation_key] == "1"
    assert judgements() == {}


@pytest.mark.parametrize(
    ("query", "language"),
    [("", "en"), ("   ", "en"), ("\u200b", "en"), ("rivers", ""), ("rivers", "xx"), ("r" * 100_000, "en")],
)
def test_what_cannot_be_asked_is_asked_for_again(editor, query, language):
    for answer in (show(editor, query, language), save(editor, query=query, language=language)):
        assert answer.status_code == 200
        assert answer.templates[0].name == "search/judging/ask.html"
        assert answer.context["form"].errors
    assert JudgedQuery.objects.count() == 0


def test_without_a_question_it_is_asked_for(editor):
    answer = editor.get(reverse(ADDRESS))
    assert not answer.context["form"].is_bound


def test_while_the_engine_is_gone_it_says_so_and_keeps_what_was_judged(editor, pages, broken):
    save(editor, fields(pages["clean"], 2))
    broken()
    answer = show(editor)
    assert "The search does not answer now" in answer.content.decode()
    assert [(row.key, row.chosen) for row in answer.context["rows"].missing] == [(pages["clean"].translation_key, "2")]


def test_choices_are_saved_while_the_engine_is_gone(editor, pages, broken):
    broken()
    answer = save(editor, fields(pages["clean"], 2))
    assert "could not be measured now" in editor.get(answer.url).content.decode()
    assert judgements() == {("en", "rivers"): {pages["clean"].translation_key: 2}}
    assert JudgedQuery.objects.get().ndcg is None


def test_refused_form_keeps_its_choices_while_the_engine_is_gone(editor, pages, broken):
    broken()
    answer = save(editor, fields(pages["clean"], 1), page="999999")
    assert [(row.key, row.chosen) for row in answer.context["rows"].missing] == [(pages["clean"].translation_key, "1")]


def test_unpublished_page_is_named_and_a_deleted_one_is_gone(editor, pages):
    save(editor, fields(pages["clean"], 2), fields(pages["other"], 1))
    Page.objects.get(pk=pages["other"].pk).delete()
    for name in ("clean", "clean_ko"):
        Page.objects.get(pk=pages[name].pk).unpublish()
    commit()
    answer = show(editor)
    assert titles(answer.context["rows"].missing) == ["Clean rivers"]
    assert "not public: readers cannot find it" in answer.content.decode()


def test_number_of_queries_does_not_grow_with_rows(editor, homes):
    def count():
        with CaptureQueriesContext(connection) as queries:
            show(editor)
        return len(queries)

    count()
    before = count()
    for number in range(6):
        make_page(homes["en"], f"Rivers {number}", "rivers", slug=f"rivers-{number}")
    commit()
    # The first look after a change reads which pages were withdrawn.
    count()
    assert count() == before


def test_only_who_may_judge_does(client, editor, pages):
    for group, status in ((COORDINATORS, 200), ("Translators: 한국어", 302), (None, 302)):
        user = User.objects.create_user(f"user-{group}", password="x")
        if group:
            user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert show(client).status_code == status
        if status == 302:
            save(client, fields(pages["clean"], 2))
            client.post(reverse("search_judged:measure"))
            assert client.get(reverse("search_judged:export")).status_code == 302
            assert client.get(reverse("search_judged:index")).status_code == 302
    assert judgements() == {}
