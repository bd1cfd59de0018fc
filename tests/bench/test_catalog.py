"""The harness: a run that did not do its work does not count."""

import copy

import pytest

from bench.catalog import FLOWS, by_name
from bench.flows import pages


def good_figures() -> dict:
    row = {"sql_queries": 5, "cpu_ms": 2.0, "bytes": 4000, "failures": 0}
    return {
        "unit": dict(row),
        "pages": {f"Type{number}:{code}": dict(row) for number in range(15) for code in pages.CODES},
    }


def test_flow_is_found_by_name() -> None:
    assert by_name("pages") is FLOWS[0]


def test_unknown_flow_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="pages"):
        by_name("nothing")


def test_names_are_not_repeated() -> None:
    names = [flow.name for flow in FLOWS]
    assert len(names) == len(set(names))


def test_complete_run_counts() -> None:
    assert pages.verify(good_figures()) == []


@pytest.mark.parametrize("name", ["failures", "bytes"])
def test_wrong_or_empty_answers_do_not_count(name: str) -> None:
    figures = copy.deepcopy(good_figures())
    figures["pages"]["Type3:ko"][name] = 1
    problems = pages.verify(figures)
    assert len(problems) == 1
    assert "Type3:ko" in problems[0]


def test_missing_page_types_do_not_count() -> None:
    figures = good_figures()
    figures["pages"].popitem()
    assert pages.verify(figures) == [f"only {15 * len(pages.CODES) - 1} pages were measured"]
