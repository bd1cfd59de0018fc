import contextlib
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.languages import CODES
from search import building, indexing, outbox, status
from search.backends import get_backend
from search.backends.base import Put, SearchRequest
from search.models import OutboxEntry
from tests.search.backend_contract import document
from tests.search.engine import unique_backend
from tests.search.pages import commit, make_homes, make_page, publish, translate

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def backend(request, settings, tmp_path, monkeypatch):
    """Both engines, each empty and of this test."""
    settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.SEARCH_BACKEND = "search.backends.embedded.EmbeddedBackend"
    if request.param == "embedded":
        get_backend().prepare()
        yield get_backend()
        return
    with contextlib.contextmanager(unique_backend)() as backend:
        monkeypatch.setattr("search.indexing.get_backend", lambda: backend)
        monkeypatch.setattr("search.status.get_backend", lambda: backend)
        yield backend


@pytest.fixture
def site(db, backend):
    return make_homes()


def found(backend, query: str, language: str = "en") -> list[int]:
    backend.refresh()
    return sorted(hit.page_id for hit in backend.search(SearchRequest(query, language)).own.hits)


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def in_step() -> bool:
    return all(status.language_status(code, deep=True).in_step for code in CODES) and not outbox.waiting().exists()


def test_rebuild_writes_what_is_published_and_nothing_else(site, backend):
    page = make_page(site["en"], "Clean rivers", "Otters came back.", slug="rivers")
    korean = translate(page, site["ko"], "맑은 하천")
    make_page(site["en"], "Rivers draft", slug="draft", live=False)
    private = make_page(site["en"], "Rivers private", slug="private")
    make_page(private, "Rivers below private", slug="below")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    page.create_alias(parent=site["ja"], update_slug="alias", update_locale=site["ja"].locale)
    commit()
    # An index that says anything but that.
    backend.apply([Put(document(9999, title="Rivers of nowhere"), 1)])
    rebuild = backend.start_rebuild("ko")
    rebuild.commit()

    run("rebuild_search")
    assert found(backend, "rivers") == [page.pk]
    assert found(backend, "하천", "ko") == [korean.pk]
    assert in_step()


def test_rebuild_of_one_language_leaves_the_others(site, backend):
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    translate(page, site["ko"], "맑은 하천")
    commit()
    for code in ("en", "ko"):
        backend.start_rebuild(code).commit()
    assert run("rebuild_search", "ko").endswith("2 pages in 1 languages\n")
    assert found(backend, "rivers") == []
    assert len(found(backend, "rivers", "ko")) == 1


@pytest.mark.parametrize("moment", ["before_reading", "after_reading", "after_the_swap"])
def test_pages_published_during_a_rebuild_are_not_lost(site, backend, monkeypatch, moment):
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    gone = make_page(site["en"], "Rivers gone", slug="gone")
    commit()
    meanwhile = []

    def publish_meanwhile():
        if not meanwhile:
            page.title = "Clean lakes"
            meanwhile.append(publish(page))
            gone.delete()
            meanwhile.append(make_page(site["en"], "Lakes too", slug="lakes"))
            commit()

    build_groups, reconcile = building.build_groups, status.reconcile

    def interrupted_build(keys):
        if moment == "before_reading":
            publish_meanwhile()
        documents = build_groups(keys)
        if moment == "after_reading":
            publish_meanwhile()
        return documents

    def interrupted_reconcile(language):
        publish_meanwhile()
        return reconcile(language)

    monkeypatch.setattr(building, "build_groups", interrupted_build)
    monkeypatch.setattr(status, "reconcile", interrupted_reconcile)
    indexing.rebuild(list(CODES))
    assert found(backend, "rivers") == []
    assert found(backend, "lakes") == [page.pk for page in meanwhile]
    assert in_step()


def test_drainer_under_way_during_the_swap_loses_nothing(site, backend):
    """It claims, writes to the old index, and notes so only after the new one is in use."""
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    commit()
    rebuild = backend.start_rebuild("en")
    rebuild.write(
        [
            Put(item, outbox.versions([item.page_id])[item.page_id])
            for item in indexing.build_documents([page.pk]).values()
        ]
    )
    page.title = "Clean lakes"
    page.save()
    claimed = outbox.claim(50)
    documents, _ = indexing._read(claimed.page_ids)
    backend.apply([Put(documents[page.pk], outbox.versions([page.pk])[page.pk])])
    rebuild.commit()
    status.reconcile("en")
    outbox.settle(claimed, dict.fromkeys(claimed.page_ids, "en"))
    assert found(backend, "lakes") == []
    OutboxEntry.objects.update(claim=None, claimed_until=None)
    indexing.drain()
    assert found(backend, "lakes") == [page.pk]


def test_failed_rebuild_leaves_the_old_index_in_use(site, backend, monkeypatch):
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    commit()
    monkeypatch.setattr(building, "build_groups", lambda keys: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        indexing.rebuild(list(CODES))
    assert found(backend, "rivers") == [page.pk]


def test_rebuild_reads_pages_with_a_constant_number_of_queries(site, backend):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            indexing.rebuild(["en"])
        return len(captured)

    make_page(site["en"], "Rivers", slug="rivers")
    commit()
    queries()
    one = queries()
    for number in range(10):
        make_page(site["en"], "Rivers", slug=f"rivers-{number}")
    commit()
    assert queries() == one


def test_rebuild_refuses_a_language_it_does_not_know(site, backend):
    with pytest.raises(CommandError, match="No such language: tlh"):
        run("rebuild_search", "tlh")


def test_status_counts_missing_extra_and_stale(site, backend):
    missing = make_page(site["en"], "Rivers missing", slug="missing")
    stale = make_page(site["en"], "Rivers stale", slug="stale")
    extra = make_page(site["en"], "Rivers extra", slug="extra")
    commit()
    run("search_status", "--check")

    rebuild = backend.start_rebuild("en")
    kept = indexing.build_documents([page.pk for page in (site["en"], stale, extra)])
    versions = outbox.versions(kept)
    rebuild.write([Put(item, versions[item.page_id] - (item.page_id == stale.pk)) for item in kept.values()])
    rebuild.commit()
    type(extra).objects.filter(pk=extra.pk).update(live=False)

    english = status.language_status("en")
    assert (english.missing, english.extra, english.stale) == ((missing.pk,), (extra.pk,), (stale.pk,))
    assert (english.live, english.indexed, english.outdated) == (3, 3, False)
    row = next(line.split() for line in run("search_status").splitlines() if line.startswith("en "))
    assert row == ["en", "3", "3", "1", "1", "1", "good"]
    with pytest.raises(CommandError, match="not in step"):
        run("search_status", "--check")

    status.reconcile("en")
    indexing.drain()
    run("search_status", "--check", "--deep")


def test_deep_status_sees_contents_that_no_signal_told_of(site, backend):
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    commit()
    type(page).objects.filter(pk=page.pk).update(title="Dirty rivers")
    assert status.language_status("en").stale == ()
    assert status.language_status("en", deep=True).stale == (page.pk,)


def test_status_tells_of_changes_that_wait_and_of_outdated_indices(site, backend):
    commit()
    outbox.mark([12345], reason="test")
    claimed = outbox.claim(5)
    outbox.fail(claimed, {12345: "engine on fire"})
    assert re.search(r"outbox: 1 waiting, oldest \d+ s, 1 failing: engine on fire", run("search_status"))
    with pytest.raises(CommandError, match="not in step"):
        run("search_status", "--check")


def test_drain_command_writes_what_waits(site, backend):
    page = make_page(site["en"], "Clean rivers", slug="rivers")
    # The process died between commit and drain.
    connection.run_on_commit = []
    assert found(backend, "rivers") == []
    assert "1 written" in run("drain_search_outbox")
    assert found(backend, "rivers") == [page.pk]
    assert run("drain_search_outbox") == ""


def test_stored_document_equals_the_one_built(site, backend):
    """Nothing of a document is lost or changed on its way through the engine: its digest comes back."""
    page = make_page(site["en"], "Clean rivers", "Otters", slug="rivers", summary="“Quoted” — 水 & more")
    commit()
    [built] = indexing.build_documents([page.pk]).values()
    stored = {item.page_id: item.digest for item in backend.inventory("en")}
    assert stored[page.pk] == built.digest
