import sqlite3
import threading

import pytest

from search.backends import embedded_tables
from search.backends.base import BackendUnavailableError, Put, SearchRequest
from search.backends.embedded import EmbeddedBackend
from tests.search.backend_contract import BackendContract, document
from tests.search.facet_contract import FacetContract
from tests.search.language_contract import LanguageContract
from tests.search.similar_contract import SimilarContract
from tests.search.spelling_contract import SpellingContract
from tests.search.suggest_contract import SuggestContract
from tests.search.wording_contract import WordingContract


@pytest.fixture
def backend(tmp_path):
    backend = EmbeddedBackend(tmp_path / "var" / "search.sqlite3")
    backend.prepare()
    return backend


class TestEmbeddedBackend(
    BackendContract,
    FacetContract,
    LanguageContract,
    SimilarContract,
    SpellingContract,
    SuggestContract,
    WordingContract,
):
    """The contract on SQLite's FTS5."""

    @pytest.mark.parametrize(
        ("language", "text", "query"),
        [
            ("en", "Before COP11 began", "COP 11"),
            ("en", "The road to COP 13", "COP13"),
            ("ko", "당사국총회 COP12의 결과", "COP 12"),
            ("en", "Declaration of nrg4SD", "nrg 4 SD"),
        ],
    )
    def test_letters_and_figures_meet_with_and_without_a_space(self, backend, language, text, query):
        self.write(backend, document(1, language, "…", body=text), document(2, language, "…", body="2027"))
        assert self.found(backend, query, language) == [1]


def test_file_that_is_no_database_is_unavailable(tmp_path):
    path = tmp_path / "search.sqlite3"
    path.write_text("no database " * 100)
    with pytest.raises(BackendUnavailableError):
        EmbeddedBackend(path).search(SearchRequest("rivers", "en"))


def test_other_schema_is_outdated_and_rebuilt(backend, monkeypatch):
    backend.apply([Put(document(1, title="Rivers"), 1)])
    monkeypatch.setattr(embedded_tables, "SCHEMA", embedded_tables.SCHEMA + 1)
    assert backend.outdated(["en", "ko"]) == ["en", "ko"]
    rebuild = backend.start_rebuild("en")
    rebuild.write([Put(document(2, title="Rivers"), 1)])
    rebuild.commit()
    assert backend.outdated(["en", "ko"]) == ["ko"]
    assert [item.page_id for item in backend.inventory("en")] == [2]


def test_committed_rebuild_leaves_no_tables_behind(backend):
    def tables():
        with backend.reading() as database:
            return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    before = tables()
    backend.start_rebuild("en").commit()
    backend.start_rebuild("en").abort()
    assert len(tables()) == len(before)


def test_abandoned_rebuild_is_dropped_by_a_later_one(backend):
    lost = backend.start_rebuild("en")
    with backend.writing() as database:
        database.execute("UPDATE build SET made_at = 0 WHERE name = ?", (lost.build,))
    backend.start_rebuild("ko").abort()
    with backend.reading() as database, pytest.raises(sqlite3.OperationalError):
        database.execute(f"SELECT * FROM document_{lost.build}")


def test_writers_and_readers_in_threads_wait_for_each_other(backend):
    failures = []

    def work(first):
        try:
            for page_id in range(first, first + 20):
                backend.apply([Put(document(page_id, title="Rivers"), 1)])
                backend.search(SearchRequest("rivers", "en"))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number * 100,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert backend.search(SearchRequest("rivers", "en")).own.total == 80
