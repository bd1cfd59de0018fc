"""Flow ``search_growth``: what becomes of speed and size from 1,000 to 100,000 documents."""

from typing import Any

from bench import engine, texts
from cms.languages import CODES
from search.backends.base import SearchRequest
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend

SIZES = (1_000, 10_000, 100_000)


def measure() -> dict[str, Any]:
    """Return for each number of documents: time of a question, size of the indices, documents written a second.

    ``latency_growth`` is the largest index's median over the smallest's, ``rate_growth`` likewise of the writing.
    """
    largest = engine.size("DOCUMENTS", SIZES[-1])
    sizes = [max(1, largest * size // SIZES[-1]) for size in SIZES]
    with engine.scratch_engine() as backend:
        steps = [_step(backend, size) for size in sizes]
    return {
        "steps": steps,
        "latency_growth": round(steps[-1]["milliseconds"]["median"] / steps[0]["milliseconds"]["median"], 2),
        "rate_growth": round(steps[-1]["docs_per_second"] / steps[0]["docs_per_second"], 2),
        "failures": sum(step["failures"] for step in steps),
        **engine.node(),
    }


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: documents that were not written, questions that found nothing at all."""
    problems = [
        f"{step['indexed']} documents of {step['documents']} are in the index"
        for step in figures["steps"]
        if step["indexed"] != step["documents"]
    ]
    if figures["failures"]:
        problems.append(f"{figures['failures']} questions were not answered")
    if not figures["steps"][-1]["answered"]:
        problems.append("no question found anything")
    return problems


def _step(backend: ElasticsearchBackend, size: int) -> dict[str, Any]:
    prepared = list(texts.documents(size))
    milliseconds, _ = engine.timed(lambda: engine.fill(backend, prepared))
    with backend.asking(ADMIN_SECONDS) as client:
        aliases = [backend.alias(code) for code in CODES]
        client.indices.refresh(index=aliases)
        stored = client.indices.stats(index=aliases, metric=["store", "docs"])["_all"]["primaries"]
    times: list[float] = []
    answered = failures = 0
    asked = engine.size("QUESTIONS", 200)
    questions = {code: texts.Writer(code, 1).questions(asked // len(CODES) + 1) for code in CODES}
    for number in range(asked):
        code = CODES[number % len(CODES)]
        request = SearchRequest(questions[code][number // len(CODES)], code)
        spent, results = engine.timed(lambda request=request: backend.search(request))
        times.append(spent)
        answered += bool(results.own.total or results.other.total)
    return {
        "documents": size,
        "indexed": stored["docs"]["count"],
        "milliseconds": engine.spread(times),
        "megabytes": round(stored["store"]["size_in_bytes"] / 2**20, 1),
        "docs_per_second": round(size / milliseconds * 1000, 3),
        "answered": answered,
        "failures": failures,
    }
