"""Flows ``search_view`` and ``suggest``: what the site adds to the bare engine, and the engine to a plain query.

The plain query is what one would ask without us: the same words of the same documents in all five indices, one
``multi_match``, ten rows as they are stored. It has no facets, marks, exact numbers, spelling, files or translations
brought together, and it may stop early, where ours has all of these: the ratio says what they cost. Both find their
indices warm; neither finds an answer kept from before.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bench import engine, texts
from cms.languages import CODES
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend

FIELDS = ["title^4", "important^2", "summary^2", "body"]


def measure_search() -> dict[str, Any]:
    """Return ``p95_ratio`` (the view's over the bare request's), ``engine_ratio`` (that over a plain multi_match's).

    ``engine_median_ratio`` is the latter's of the medians.
    """
    return _measure("search:search", _plain_search)


def measure_suggest() -> dict[str, Any]:
    """Return ``p95_ratio`` (the view's over the bare request's)."""
    return _measure("search:suggest", None)


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: questions without rows, wrong answers, too few documents."""
    problems = []
    if figures["documents"] != figures["wanted"]:
        problems.append(f"{figures['documents']} documents of {figures['wanted']} were there")
    if figures["failures"]:
        problems.append(f"{figures['failures']} answers were wrong")
    if figures["answered"] < figures["questions"] // 2:
        problems.append(f"only {figures['answered']} of {figures['questions']} questions found anything")
    return problems


def _measure(view: str, plain: Callable[[ElasticsearchBackend, str, str], Any] | None) -> dict[str, Any]:
    from tests.factories.tree import make_homes  # noqa: PLC0415 -- app ready: models need the scratch database

    wanted = engine.size("DOCUMENTS", 5 * 20_000)
    make_homes()
    with engine.scratch_engine() as backend:
        count = engine.fill(backend, texts.documents(wanted))
        samples = _Samples(backend, view, plain)
        questions = _questions(engine.size("QUESTIONS", 200), typed=plain is None)
        for language, question in questions[: min(40, len(questions))]:
            samples.warm(language, question)
        for language, question in questions:
            samples.take(language, question)
    return {"documents": count, "wanted": wanted, "questions": len(questions), **samples.figures(), **engine.node()}


def _questions(number: int, *, typed: bool) -> list[tuple[str, str]]:
    """Return questions in the languages in turn; ``typed``: their first letters."""
    each = -(-number // len(CODES))
    asked = {code: texts.Writer(code, 1).questions(each) for code in CODES}
    pairs = [(code, asked[code][place]) for place in range(each) for code in CODES][:number]
    return [(code, question[: 4 if code == "en" else 2] if typed else question) for code, question in pairs]


class _Samples:
    """Takes the view, the bare request and the plain query turn by turn, so that a noisy minute falls on all alike."""

    def __init__(
        self,
        backend: ElasticsearchBackend,
        view: str,
        plain: Callable[[ElasticsearchBackend, str, str], Any] | None,
    ) -> None:
        self.backend = backend
        self.plain = plain
        self.client = Client()
        self.addresses = {}
        for code in CODES:
            with translation.override(code):
                self.addresses[code] = reverse(view)
        self.times: dict[str, list[float]] = {"view": [], "engine": [], "plain": []}
        self.requests: list[int] = []
        self.queries: list[int] = []
        self.failures = 0
        self.answered = 0
        self.asked = 0

    def warm(self, language: str, question: str) -> None:
        """Ask without measuring."""
        self._ask(language, question)
        if self.plain:
            self.plain(self.backend, language, question)

    def take(self, language: str, question: str) -> None:
        """Measure one question in all ways."""
        with engine.watched(self.backend) as seen, CaptureQueriesContext(connection) as captured:
            self._ask(language, question)
        self.requests.append(len(seen))
        self.queries.append(len(captured))
        spent, response = engine.timed(lambda: self._ask(language, question))
        self.times["view"].append(spent)
        good = response.status_code == 200 and b"search__unavailable" not in response.content and len(seen) > 0
        self.failures += not good
        if seen:
            self._forget()
            spent, answer = engine.timed(lambda: engine.repeat(self.backend, seen[0]))
            self.times["engine"].append(spent)
            self.answered += any(part["hits"]["hits"] for part in answer.body["responses"] if "hits" in part)
        if self.plain:
            spent, _ = engine.timed(lambda: self.plain and self.plain(self.backend, language, question))
            self.times["plain"].append(spent)

    def figures(self) -> dict[str, Any]:
        """Return what was measured: times in milliseconds."""
        p95 = {name: engine.percentile(times, 0.95) for name, times in self.times.items() if times}
        figures: dict[str, Any] = {
            "p95_ratio": round(p95["view"] / p95["engine"], 2),
            "sql_queries": max(self.queries),
            "engine_requests": max(self.requests),
            "failures": self.failures,
            "answered": self.answered,
            "milliseconds": {name: engine.spread(times) for name, times in self.times.items() if times},
        }
        if self.plain:
            figures["engine_ratio"] = round(p95["engine"] / p95["plain"], 2)
            middle = {name: engine.percentile(self.times[name], 0.5) for name in ("engine", "plain")}
            figures["engine_median_ratio"] = round(middle["engine"] / middle["plain"], 2)
        return figures

    def _forget(self) -> None:
        """Drop what the engine keeps of answers: the same question was asked a moment ago."""
        with self.backend.asking(ADMIN_SECONDS) as client:
            client.indices.clear_cache(index=[self.backend.alias(code) for code in CODES], request=True)

    def _ask(self, language: str, question: str) -> Any:
        self.asked += 1
        # Visitors from everywhere: one network may not ask so often.
        network = f"10.{self.asked // 60_000}.{self.asked // 250 % 250}.{self.asked % 250 + 1}"
        return self.client.get(self.addresses[language], {"q": question}, REMOTE_ADDR=network)


def _plain_search(backend: ElasticsearchBackend, language: str, question: str) -> Any:
    """Ask for the same words in the same documents, as one would without us: all indices, one multi_match."""
    with backend.asking(ADMIN_SECONDS) as client:
        return client.search(
            index=[backend.alias(code) for code in CODES],
            query={"multi_match": {"query": question, "fields": FIELDS}},
            size=10,
        )
