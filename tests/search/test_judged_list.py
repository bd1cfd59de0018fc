"""What editors judged: the list, how well it is answered, files of it, and the demonstration's."""

import io
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from demo.judged import FOLDER, load_judged
from search.backends import get_backend
from search.backends.base import BackendUnavailableError
from search.judged import Judged, read_judged
from search.judging import measuring
from search.judging.measuring import asked, measure
from search.judging.storing import exported, save_grades, take_in
from search.models import JudgedQuery
from tests.search.judging import judgements, log_in, make_rivers
from tests.search.pages import commit, make_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(homes):
    return make_rivers(homes)


@pytest.fixture
def keys(pages):
    return {name: page.translation_key for name, page in pages.items()}


@pytest.fixture
def editor(client, homes, pages):
    log_in(client, homes)
    return client


def measured():
    return {query: ndcg and round(ndcg, 2) for query, ndcg in JudgedQuery.objects.values_list("query", "ndcg")}


def index(client, **parameters):
    return client.get(reverse("search_judged:index"), parameters)


def test_files_name_pages_by_address_and_leave_out_what_does_not_help(homes, keys):
    below = make_page(Page.objects.get(slug="clean-rivers", locale__language_code="en"), "Banks", slug="banks")
    save_grades("en", "rivers", {keys["other"]: 0, keys["clean"]: 1, below.translation_key: 2})
    save_grades("ko", "첫 화면", {homes["en"].translation_key: 2})
    save_grades("ko", "없음", {keys["clean"]: 0})
    assert exported() == [
        Judged("en", "rivers", {"clean-rivers/banks": 2, "clean-rivers": 1}),
        Judged("ko", "첫 화면", {"/": 2}),
    ]


def test_home_page_is_the_one_at_its_languages_address(homes):
    save_grades("ko", "Together", {homes["en"].translation_key: 2})
    assert [verdict.ndcg for verdict in measure(asked, JudgedQuery.objects.all())] == [1]


def test_page_of_another_address_in_the_querys_language_is_named_by_that(homes, pages, keys):
    pages["clean_ko"].slug = "rivers-ko"
    publish(pages["clean_ko"])
    save_grades("ko", "하천", {keys["clean"]: 2})
    save_grades("ja", "川", {keys["clean"]: 2})
    assert exported() == [Judged("ko", "하천", {"rivers-ko": 2}), Judged("ja", "川", {"clean-rivers": 2})]


def test_moved_page_is_named_by_its_new_address_and_a_withdrawn_one_not_at_all(homes, pages, keys):
    save_grades("en", "rivers", {keys["clean"]: 2, keys["other"]: 1})
    target = make_page(homes["en"], "Water", slug="water")
    Page.objects.get(pk=pages["other"].pk).move(target, pos="last-child")
    for name in ("clean", "clean_ko"):
        Page.objects.get(pk=pages[name].pk).unpublish()
    assert exported() == [Judged("en", "rivers", {"water/other-rivers": 1})]
    Page.objects.get(pk=pages["other"].pk).delete()
    assert exported() == []


def test_what_is_exported_is_what_is_taken_in(homes, keys, tmp_path):
    save_grades("en", "“rivers”, \\ and more", {keys["clean"]: 2, keys["other"]: 1})
    save_grades("ko", "하천", {keys["clean"]: 2, homes["en"].translation_key: 1})
    before = judgements()
    call_command("export_judged", tmp_path / "new", stdout=StringIO())
    written = read_judged(tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["en.jsonl", "ko.jsonl"]
    JudgedQuery.objects.all().delete()
    assert (take_in(written), take_in(written)) == (2, 0)
    assert judgements() == before


def test_taking_in_keeps_what_editors_judged_and_passes_over_what_is_no_page(keys):
    save_grades("en", "rivers", {keys["clean"]: 0})
    queries = [
        Judged("en", "RIVERS", {"clean-rivers": 2}),
        Judged("en", "other", {"other-rivers": 7, "nowhere": 2}),
        Judged("en", "nothing", {"nowhere": 2}),
    ]
    assert take_in(queries) == 1
    assert judgements() == {("en", "rivers"): {keys["clean"]: 0}, ("en", "other"): {keys["other"]: 2}}


def test_export_needs_a_folder_it_can_write(keys, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("export_judged", tmp_path / "file")


def test_command_judges_by_what_editors_judged(homes, keys):
    save_grades("en", "rivers", {keys["clean"]: 2, keys["other"]: 2})
    save_grades("ko", "zzz", {keys["clean"]: 2})
    out = StringIO()
    call_command("evaluate_search", "--judged", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split() for line in lines[1:3]] == [["en", "1", "1.000"], ["ko", "1", "0.000"]]
    assert lines[3:] == ["0.00 ko “zzz”: wanted clean-rivers; shown nothing"]
    assert measured() == {"rivers": 1, "zzz": 0}


def test_command_says_that_nothing_is_judged(homes):
    out = StringIO()
    call_command("evaluate_search", "--judged", stdout=out)
    assert "No queries are judged" in out.getvalue()


def test_measure_stops_when_time_is_up_and_goes_on_with_the_rest(keys):
    for query in ("rivers", "clean rivers", "other rivers"):
        save_grades("en", query, {keys["clean"]: 2, keys["other"]: 2})
    counts = [len(measure(asked, JudgedQuery.objects.all(), seconds=0)) for _ in range(3)]
    assert counts == [1, 1, 1]
    assert None not in measured().values()


def test_what_was_measured_before_the_engine_failed_is_kept(keys):
    for query in ("rivers", "clean rivers"):
        save_grades("en", query, {keys["clean"]: 2, keys["other"]: 2})
    answers = iter([asked])

    def search(request):
        for answer in answers:
            return answer(request)
        raise BackendUnavailableError("gone")

    with pytest.raises(BackendUnavailableError):
        measure(search, JudgedQuery.objects.all())
    assert measured() == {"rivers": 1, "clean rivers": None}


def test_measure_of_changed_judgements_and_withdrawn_pages_does_not_stay(pages, keys):
    save_grades("en", "rivers", {keys["clean"]: 2})
    save_grades("en", "other rivers", {keys["other"]: 2})
    measure(asked, JudgedQuery.objects.all())
    save_grades("en", "rivers", {keys["other"]: 1})
    Page.objects.get(pk=pages["other"].pk).unpublish()
    commit()
    assert measured()["rivers"] is None
    measure(asked, JudgedQuery.objects.all())
    assert measured()["other rivers"] is None


def test_number_of_queries_does_not_grow_with_what_is_measured(keys):
    def count():
        with CaptureQueriesContext(connection) as queries:
            measure(asked, JudgedQuery.objects.all())
        return len(queries)

    save_grades("en", "rivers", {keys["clean"]: 2})
    count()
    before = count()
    for number in range(5):
        save_grades("en", f"rivers {number}", {keys["clean"]: 2, keys["other"]: 1})
    assert count() == before


def test_list_says_how_many_pages_are_judged_and_how_well_they_are_found(editor, pages, keys):
    save_grades("en", "rivers", {keys["clean"]: 2, keys["other"]: 0})
    save_grades("ko", "하천", {keys["other"]: 1})
    assert editor.post(reverse("search_judged:measure"), follow=True).status_code == 200
    Page.objects.get(pk=pages["other"].pk).delete()
    answer = index(editor)
    assert [(row.query, row.pages) for row in answer.context["object_list"]] == [("하천", 0), ("rivers", 1)]
    assert [(row["language"].code, row["queries"], row["measured"]) for row in answer.context["languages"]] == [
        ("en", 1, 1),
        ("ko", 1, 1),
    ]
    assert [row.query for row in index(editor, language="ko").context["object_list"]] == ["하천"]
    assert [row.query for row in index(editor, q="RIV").context["object_list"]] == ["rivers"]
    assert 'lang="ko"' in answer.content.decode()


@pytest.mark.parametrize("ordering", ["language", "-pages", "last_judged", "-percent", "ndcg", "-ndcg", "measured_at"])
def test_list_is_sorted_by_its_columns(editor, keys, ordering):
    save_grades("en", "rivers", {keys["clean"]: 2})
    save_grades("ko", "하천", {keys["other"]: 1})
    assert len(index(editor, ordering=ordering).context["object_list"]) == 2


def test_list_asks_no_engine_and_a_constant_number_of_queries(editor, keys, monkeypatch):
    monkeypatch.setattr(get_backend(), "search", None)

    def count():
        with CaptureQueriesContext(connection) as queries:
            index(editor)
        return len(queries)

    save_grades("en", "rivers", {keys["clean"]: 2})
    count()
    before = count()
    for number in range(20):
        save_grades("ko", f"하천 {number}", {keys["clean"]: 2, keys["other"]: 1})
    assert count() == before


def test_row_leads_to_the_page_on_which_it_is_judged(editor, keys):
    judged = save_grades("ko", "하천 & 강", {keys["clean"]: 2})
    answer = editor.get(reverse("search_judged:edit", args=[judged.pk]), follow=True)
    assert answer.context["query"] == "하천 & 강"
    assert answer.redirect_chain[0][0].replace("&", "&amp;") in index(editor).content.decode()


def test_query_is_deleted_with_its_judgements(editor, keys):
    judged = save_grades("en", "rivers", {keys["clean"]: 2})
    editor.post(reverse("search_judged:delete", args=[judged.pk]))
    assert judgements() == {}


def test_editor_is_told_that_the_engine_does_not_answer(editor, keys, monkeypatch):
    def fail(*args, **kwargs):
        raise BackendUnavailableError("gone")

    save_grades("en", "rivers", {keys["clean"]: 2})
    monkeypatch.setattr(get_backend(), "search", fail)
    answer = editor.post(reverse("search_judged:measure"), follow=True)
    assert "The search engine does not answer now." in answer.content.decode()


def test_what_the_standby_answers_is_not_measured(keys, monkeypatch):
    save_grades("en", "rivers", {keys["clean"]: 2})
    real = measuring.answer
    monkeypatch.setattr(measuring, "answer", lambda request: type(real(request))(real(request).results, standby=True))
    with pytest.raises(BackendUnavailableError):
        measure(asked, JudgedQuery.objects.all())


def test_measuring_is_asked_for_by_a_button(editor):
    assert editor.get(reverse("search_judged:measure")).status_code == 405


def test_download_is_a_file_a_language(editor, keys, tmp_path):
    save_grades("en", "rivers", {keys["clean"]: 2})
    save_grades("ko", "하천", {keys["other"]: 1})
    answer = editor.get(reverse("search_judged:export"))
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    assert read_judged(tmp_path) == [
        Judged("en", "rivers", {"clean-rivers": 2}),
        Judged("ko", "하천", {"other-rivers": 1}),
    ]


def test_demonstration_takes_in_the_queries_of_the_repository_once(homes):
    queries = read_judged(FOLDER)
    for slug in {name.rpartition("/")[2] for query in queries for name in query.pages}:
        make_page(homes["en"], slug, slug=slug)
    assert (load_judged(), load_judged()) == (len(queries), 0)
