"""Flow ``relevance``: what each part of the ranking adds, on Elasticsearch, one switched off at a time.

Asked of a corpus where BENCH_CORPUS names its folder (``queries.<lang>.jsonl`` with "kind" and "relevant", as well as
what ``search.evaluation`` reads), else of the demonstration by the queries in ``bench/relevance``.
"""

import contextlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from cms.languages import CODES
from search import relevance
from search.backends.base import Put, SearchBackend
from search.evaluation import ask, index_corpus, scratch_backend
from search.judged import judge, ndcg, read_judged

JUDGED = Path(__file__).parents[1] / "relevance"
# Measured is the order, not the time: a busy machine must not look like a bad ranking.
PATIENCE = 60.0

Row = tuple[str, str]
# What is left out -> functions of search.relevance and what they return instead.
NOTHING: dict[str, Any] = {"match_none": {}}
PARTS: dict[str, dict[str, Callable[..., Any]]] = {
    "dictionary": {"understood": lambda *_: NOTHING},
    "words as written": {"as_written": lambda _: [], "most_of_it": lambda *_: NOTHING},
    "pieces as they stand": {"all_in_its_pieces": lambda _: NOTHING},
    "beginnings of titles": {"begun": lambda _: NOTHING},
    "misspelled names": {"misspelled": lambda _: []},
    "nearness": {"near": lambda _: []},
    "names and towns": {"named": lambda _: []},
}


def measure() -> dict[str, Any]:
    """Return ``table``: nDCG@10 by language and kind, ``all`` parts together and by what each part's absence changes.

    Raises BackendUnavailableError without ELASTICSEARCH_URL.
    """
    corpus = os.environ.get("BENCH_CORPUS")
    with (
        mock.patch("search.backends.elasticsearch.ENGINE_SECONDS", PATIENCE),
        scratch_backend("elasticsearch") as backend,
    ):
        asked = _corpus(backend, Path(corpus)) if corpus else _demonstration(backend)
        whole = asked()
        without = {}
        for name, replaced in PARTS.items():
            with _without(replaced):
                without[name] = asked()
    rows = {
        " ".join(row): {
            "all": round(value, 4),
            **{f"without {name}": round(figures[row] - value, 4) for name, figures in without.items()},
        }
        for row, value in whole.items()
    }
    return {"corpus": "given" if corpus else "demonstration", "table": rows, "mean": _mean(whole)}


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: languages without figures, or rows in which nothing was found."""
    rows = figures["table"]
    missing = [code for code in CODES if not any(name.split()[0] == code for name in rows)]
    problems = [f"no figures for {code}" for code in missing if figures["corpus"] == "demonstration"]
    problems += [f"{name} found nothing that was asked for" for name, row in rows.items() if not row["all"]]
    return problems


@contextlib.contextmanager
def _without(replaced: dict[str, Callable[..., Any]]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for name, function in replaced.items():
            stack.enter_context(mock.patch.object(relevance, name, function))
        yield


def _corpus(backend: SearchBackend, folder: Path) -> Callable[[], dict[Row, float]]:
    ids = index_corpus(backend, folder)

    def asked() -> dict[Row, float]:
        found: dict[Row, list[float]] = defaultdict(list)
        for code in CODES:
            path = folder / f"queries.{code}.jsonl"
            for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
                query = json.loads(line)
                gains = [int(ids[page] in query["relevant"]) for page in ask(backend, code, query["query"])]
                found[code, query["kind"]].append(ndcg(gains, [1] * len(query["relevant"])))
        return {row: sum(values) / len(values) for row, values in found.items()}

    return asked


def _demonstration(backend: SearchBackend) -> Callable[[], dict[Row, float]]:
    from tests.search.demo_documents import demo_documents  # noqa: PLC0415 -- app ready

    backend.prepare()
    backend.apply([Put(document, 1) for document in demo_documents()], seconds=PATIENCE)
    backend.refresh()
    queries = read_judged(JUDGED)

    def asked() -> dict[Row, float]:
        found: dict[Row, list[float]] = defaultdict(list)
        for verdict in judge(queries, backend.search):
            found[verdict.judged.language, "judged"].append(verdict.ndcg)
        return {row: sum(values) / len(values) for row, values in found.items()}

    return asked


def _mean(rows: dict[Row, float]) -> float:
    return round(sum(rows.values()) / len(rows), 4)
