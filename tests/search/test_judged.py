"""Judged queries: how they are read and scored, and how the demonstration's are answered by both engines."""

import math
from collections import defaultdict
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.languages import CODES
from search.backends.base import Put, SearchBackend, SearchRequest, SearchResults
from search.judged import Judged, JudgedError, judge, ndcg, read_judged
from search.understanding import Vocabulary, alternatives
from tests.search.demo_documents import demo_concepts, demo_documents
from tests.search.engine import unique_backend

QUERIES = Path(__file__).parents[2] / "bench" / "relevance"
# About what each engine reaches: a change that loses a few queries of a language falls below.
FLOORS = {
    "embedded": {"en": 0.84, "zh-hant": 0.89, "ko": 0.8, "ja": 0.86, "zh-hans": 0.87},
    "elasticsearch": {"en": 0.88, "zh-hant": 0.93, "ko": 0.85, "ja": 0.88, "zh-hans": 0.93},
}


def write_demo(backend: SearchBackend) -> None:
    assert backend.apply([Put(document, 1) for document in demo_documents()], seconds=60) == {}
    backend.refresh()


def test_ndcg_is_one_for_the_best_order_and_less_for_a_later_place():
    assert ndcg([2, 1, 0], [1, 2]) == 1
    assert ndcg([0, 1], [1]) == pytest.approx(1 / math.log2(3))
    assert ndcg([1, 2], [1, 2]) == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg([0, 0], [1]) == 0
    assert ndcg([0] * 10 + [1], [1]) == 0


def test_every_language_has_twenty_queries_whose_pages_exist():
    judged = read_judged(QUERIES)
    urls = [document.url.rstrip("/") for document in demo_documents()]
    lost = {end for query in judged for end in query.pages if not any(url.endswith(f"/{end}") for url in urls)}
    assert lost == set()
    counts = [sum(query.language == code for query in judged) for code in CODES]
    assert [count for count in counts if count < 20] == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("en", "nonsense", "line 1"),
        ("en", '\n{"query": "rivers", "pages": {}}', "line 2"),
        ("en", '{"query": "rivers", "pages": {"cases/x": "much"}}', "whole number"),
        ("en", '["rivers"]', "expected"),
        ("fr", '{"query": "rivières", "pages": {"cases/x": 1}}', "<lang>"),
    ],
)
def test_file_that_is_not_judged_queries_is_named_with_its_line(tmp_path, name, text, message):
    (tmp_path / f"{name}.jsonl").write_text(text)
    with pytest.raises(JudgedError, match=message):
        read_judged(tmp_path / f"{name}.jsonl")


def test_page_counts_once_at_its_first_place_in_own_language_or_another(engine):
    write_demo(engine)
    judged = Judged("ko", "다시 빛을 본 하천", {"cases/seoul-cheonggyecheon": 2})
    [verdict] = judge([judged], engine.search)
    assert verdict.ndcg == 1
    assert verdict.shown[0] == "/ko/cases/seoul-cheonggyecheon/"


def means(backend: SearchBackend) -> dict[str, float]:
    words = Vocabulary(demo_concepts())
    found = defaultdict(list)

    def search(request: SearchRequest) -> SearchResults:
        # As the site asks: CBD COP 12 is in no page, what it stands for is.
        return backend.search(replace(request, alternatives=alternatives(request, words)))

    for verdict in judge(read_judged(QUERIES), search):
        found[verdict.judged.language].append(verdict.ndcg)
    return {language: round(sum(values) / len(values), 3) for language, values in found.items()}


def test_embedded_engine_answers_the_demonstrations_queries(engine):
    write_demo(engine)
    reached = means(engine)
    assert {code: value for code, value in reached.items() if value < FLOORS["embedded"][code]} == {}


@pytest.mark.elasticsearch
def test_elasticsearch_answers_the_demonstrations_queries(shared_engine):
    write_demo(shared_engine)
    reached = means(shared_engine)
    assert {code: value for code, value in reached.items() if value < FLOORS["elasticsearch"][code]} == {}


@pytest.fixture
def shared_engine():
    yield from unique_backend()


def test_command_prints_a_line_a_language_and_the_worst_queries(engine, tmp_path, db):
    write_demo(engine)
    (tmp_path / "en.jsonl").write_text(
        '{"query": "cheonggyecheon stream", "pages": {"cases/seoul-cheonggyecheon": 2}}\n'
        '{"query": "xylophone", "pages": {"cases/seoul-cheonggyecheon": 2}}\n'
    )
    out = StringIO()
    call_command("evaluate_search", judged=tmp_path, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[1].split() == ["en", "2", "0.500"]
    assert lines[2:] == ["0.00 en “xylophone”: wanted cases/seoul-cheonggyecheon; shown nothing"]


def test_command_needs_a_place_for_what_a_corpus_ranks(tmp_path):
    with pytest.raises(CommandError, match="--out"):
        call_command("evaluate_search", corpus=tmp_path)
