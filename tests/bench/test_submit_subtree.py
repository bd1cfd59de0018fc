"""The flow ``submit_subtree`` does not count a run that lost a page, killed nobody, or asked too much."""

import copy

import pytest

from bench.catalog import by_name
from bench.flows import submit_subtree

GOOD = {
    "pages": 10,
    "languages": 4,
    "upstream": {"sql_queries": 8000, "seconds": 9.0, "drafts": 40},
    "ours": {"sql_queries": 1600, "seconds": 3.0, "drafts": 40},
    "killed": {"done_before": 13, "state": "done", "done": 40, "failed": 0, "drafts": 40},
    "queries_ratio": 0.2,
}


def test_flow_is_in_the_catalogue():
    assert by_name("submit_subtree").verify is submit_subtree.verify


def test_complete_run_counts():
    assert submit_subtree.verify(GOOD) == []


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("ours", "drafts", 39),
        ("upstream", "drafts", 0),
        ("killed", "drafts", 41),
        ("killed", "done_before", 40),
        ("killed", "done_before", 0),
        ("killed", "state", "running"),
        ("killed", "failed", 1),
        (None, "queries_ratio", 0.26),
    ],
)
def test_faulty_run_does_not_count(part, key, value):
    figures = copy.deepcopy(GOOD)
    (figures[part] if part else figures)[key] = value
    assert len(submit_subtree.verify(figures)) == 1
