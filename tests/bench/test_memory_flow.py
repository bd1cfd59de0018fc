"""The flow of the translation memory: it does its work at a small size, and notices when it was not done."""

import pytest

from bench.flows import memory

GOOD = {"entries": 10, "wanted": 10, "alike": 5, "recall": 0.97}


@pytest.mark.django_db
def test_memory_is_measured_beside_a_scan(monkeypatch):
    monkeypatch.setenv("BENCH_ENTRIES", "300")
    monkeypatch.setenv("BENCH_PAGES", "2")
    figures = memory.measure()
    assert memory.verify(figures) == []
    assert (figures["entries"], figures["sql_queries"] <= 8) == (300, True)


@pytest.mark.parametrize("wrong", [{"entries": 9}, {"alike": 0}, {"recall": 0.5}])
def test_work_that_was_not_done_is_noticed(wrong):
    assert memory.verify(GOOD) == []
    assert len(memory.verify(GOOD | wrong)) == 1
