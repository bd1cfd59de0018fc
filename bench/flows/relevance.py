"""Flow ``relevance``: what each part of the ranking adds, on both engines, one switched off at a time.

Asked of a corpus where BENCH_CORPUS names its folder (``queries.<lang>.jsonl`` with "kind" and "relevant", as well as
what ``search.evaluation`` reads), else of the demonstration by the queries in ``bench/relevance``.
"""

import contextlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any
from unittest import mock

from bench import engine
from cms.languages import CODES
from search import relevance
from search.backends import embedded_matching, embedded_proposing, embedded_ranking, embedded_text
from search.backends.base import Put, SearchBackend
from search.evaluation import ask, index_corpus, scratch_backend
from search.judged import judge, ndcg, read_judged

JUDGED = Path(__file__).parents[1] / "relevance"

Row = tuple[str, str]
# What is left out -> (module, name, what stands there instead).
Part = list[tuple[Any, str, Any]]
NOTHING: dict[str, Any] = {"match_none": {}}
PARTS: dict[str, dict[str, Part]] = {
    "elasticsearch": {
        "dictionary": [(relevance, "understood", lambda *_: NOTHING)],
        "words as written": [
            (relevance, "as_written", lambda _: []),
            (relevance, "most_of_it", lambda *_: NOTHING),
        ],
        "pieces as they stand": [(relevance, "all_in_its_pieces", lambda _: NOTHING)],
        "beginnings of titles": [(relevance, "begun", lambda _: NOTHING)],
        "misspelled names": [(relevance, "misspelled", lambda _: [])],
        "nearness": [(relevance, "near", lambda _: [])],
        "names and towns": [(relevance, "named", lambda _: [])],
    },
    "embedded": {
        "misspelled names": [(embedded_proposing, "spelling", lambda *_: "")],
        "leaving out question words": [(embedded_text, "is_stopword", lambda _: False)],
        "Japanese without endings": [(embedded_matching, "stem_terms", lambda _: [])],
        "weights of titles and names": [(embedded_ranking, "WEIGHTS", dict.fromkeys(embedded_ranking.WEIGHTS, 1.0))],
    },
}


def measure() -> dict[str, Any]:
    """Return ``tables``: by engine and row nDCG@10 of ``all`` parts together, and by what each part's absence changes.

    A row is a language and a kind of question. Raises BackendUnavailableError without ELASTICSEARCH_URL.
    """
    corpus = os.environ.get("BENCH_CORPUS")
    tables = {name: _table(name, Path(corpus) if corpus else None) for name in PARTS}
    means = {name: _mean(row["all"] for row in table.values()) for name, table in tables.items()}
    return {"corpus": "given" if corpus else "demonstration", "tables": tables, "means": means}


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: languages without figures, rows in which nothing was found."""
    problems = []
    for engine_name, rows in figures["tables"].items():
        missing = [code for code in CODES if not any(name.split()[0] == code for name in rows)]
        if figures["corpus"] == "demonstration":
            problems += [f"{engine_name}: no figures for {code}" for code in missing]
        problems += [
            f"{engine_name}: {name} found nothing that was asked for" for name, row in rows.items() if not row["all"]
        ]
    return problems


def _table(name: str, corpus: Path | None) -> dict[str, dict[str, float]]:
    with engine.patient_client(), scratch_backend(name) as backend:
        asked = _corpus(backend, corpus) if corpus else _demonstration(backend)
        whole = asked()
        without = {}
        for part, replaced in PARTS[name].items():
            with _without(replaced):
                without[part] = asked()
    return {
        " ".join(row): {
            "all": round(value, 4),
            **{f"without {part}": round(figures[row] - value, 4) for part, figures in without.items()},
        }
        for row, value in whole.items()
    }


@contextlib.contextmanager
def _without(replaced: Part) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for module, name, instead in replaced:
            stack.enter_context(mock.patch.object(module, name, instead))
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
    backend.apply([Put(document, 1) for document in demo_documents()], seconds=60)
    backend.refresh()
    queries = read_judged(JUDGED)

    def asked() -> dict[Row, float]:
        found: dict[Row, list[float]] = defaultdict(list)
        for verdict in judge(queries, backend.search):
            found[verdict.judged.language, "judged"].append(verdict.ndcg)
        return {row: sum(values) / len(values) for row, values in found.items()}

    return asked


def _mean(values: Iterable[float]) -> float:
    return round(fmean(values), 4)
