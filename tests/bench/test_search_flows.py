"""The flows of search at a size for tests: they do their work, and notice when it was not done."""

import pytest

from bench import texts
from bench.catalog import by_name
from bench.flows import rebuild_index, search_growth, search_view
from cms.languages import CODES
from search.backends.base import BackendUnavailableError
from tests.search.engine import elasticsearch_url

SIZES = {"DOCUMENTS": 200, "QUESTIONS": 20, "PAGES": 400, "ROUNDS": 1, "PUBLISHED": 20}


@pytest.fixture
def small(monkeypatch):
    """A node, and the smallest sizes that still do everything."""
    elasticsearch_url()
    for name, size in SIZES.items():
        monkeypatch.setenv(f"BENCH_{name}", str(size))


@pytest.mark.elasticsearch
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["search_view", "suggest"])
def test_view_is_measured_beside_its_request(small, name):
    flow = by_name(name)
    figures = flow.measure()
    assert flow.verify(figures) == []
    assert figures["engine_requests"] == 1
    assert figures["sql_queries"] <= 2
    assert figures["p95_ratio"] > 0
    assert ("engine_ratio" in figures) == (name == "search_view")


class TestTransactions:
    @pytest.mark.elasticsearch
    @pytest.mark.django_db(transaction=True)
    def test_rebuild_is_measured_and_loses_nothing(self, small):
        figures = rebuild_index.measure()
        assert rebuild_index.verify(figures) == []
        assert (figures["lost_updates"], figures["downtime"], figures["published"]) == (0, 0, 20)
        assert set(figures["docs_per_second"]) == {"ours", "modelsearch", "bulk"}


@pytest.mark.elasticsearch
def test_growth_is_measured(small):
    figures = search_growth.measure()
    assert search_growth.verify(figures) == []
    assert [step["documents"] for step in figures["steps"]] == [2, 20, 200]


def test_made_up_documents_are_the_same_each_time_and_translations_of_each_other():
    first, second = list(texts.documents(25)), list(texts.documents(25))
    assert first == second
    assert [document.language for document in first[:5]] == list(CODES)
    assert len({document.page_id for document in first}) == 25
    groups = {document.translation_key for document in first if document.languages == CODES}
    assert len(groups) == 3
    assert list(texts.documents(3, seed=2)) != first[:3]


VIEW = {"documents": 10, "wanted": 10, "questions": 10, "failures": 0, "answered": 9}
REBUILD = {
    "pages": 9,
    "wanted": 9,
    "lost_updates": 0,
    "downtime": 0,
    "asked": 3,
    "published": 5,
    "to_publish": 5,
}


@pytest.mark.parametrize("change", [{"documents": 9}, {"failures": 1}, {"answered": 4}])
def test_view_without_its_work_does_not_count(change):
    assert search_view.verify(VIEW) == []
    assert len(search_view.verify(VIEW | change)) == 1


@pytest.mark.parametrize("change", [{"pages": 8}, {"lost_updates": 1}, {"downtime": 1}, {"published": 4}, {"asked": 0}])
def test_rebuild_without_its_work_does_not_count(change):
    assert rebuild_index.verify(REBUILD) == []
    assert len(rebuild_index.verify(REBUILD | change)) == 1


def test_growth_without_its_work_does_not_count():
    step = {"documents": 5, "indexed": 5, "answered": 2}
    assert search_growth.verify({"steps": [step], "failures": 0}) == []
    assert len(search_growth.verify({"steps": [step | {"indexed": 4}], "failures": 0})) == 1
    assert len(search_growth.verify({"steps": [step | {"answered": 0}], "failures": 0})) == 1
    assert len(search_growth.verify({"steps": [step], "failures": 1})) == 1


def test_reader_without_an_answer_is_counted():
    class Gone:
        def search(self, request):
            raise BackendUnavailableError("cut")

    readers = rebuild_index._Readers(Gone())
    readers.ask()
    assert (readers.asked, readers.without) == (1, 1)
