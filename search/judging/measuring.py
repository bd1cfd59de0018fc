"""How well the judged queries are answered now: asked as readers ask, and kept beside each query."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db.models import F, QuerySet
from django.utils import timezone

from search.answering import answer
from search.backends.base import BackendUnavailableError, SearchRequest, SearchResults
from search.judged import Judged, Verdict, judge
from search.judging.storing import known_answers
from search.models import JudgedQuery

Search = Callable[[SearchRequest], SearchResults]

# What an editor waits for; the rest is measured by the next press, or by evaluate_search --judged.
SECONDS = 8.0
# Rows written at once.
BATCH = 200


def asked(request: SearchRequest) -> SearchResults:
    """Return what the engine answers within a visitor's time.

    Raises BackendUnavailableError also where the standby would have answered: it is not what is measured.
    """
    answered = answer(request)
    if answered.results is None or answered.standby:
        raise BackendUnavailableError("the search engine does not answer")
    return answered.results


def measure(search: Search, queries: QuerySet[JudgedQuery], *, seconds: float | None = None) -> list[Verdict]:
    """Ask the queries, those first that were measured longest ago, keep how well they were answered, and return it.

    Stops after ``seconds``, None for never. Queries to which no public page is known lose what was measured of them.
    Raises BackendUnavailableError; what was measured until then is kept.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    known = list(known_answers(queries.order_by(F("measured_at").asc(nulls_first=True), "pk")))
    answerable = [query.pk for query, _judged in known]
    queries.filter(ndcg__isnull=False).exclude(pk__in=answerable).update(ndcg=None, measured_at=None)
    verdicts: list[Verdict] = []
    with _kept(known, verdicts):
        for verdict in judge((judged for _query, judged in known), search):
            verdicts.append(verdict)
            if ends is not None and time.monotonic() >= ends:
                break
    return verdicts


@contextmanager
def _kept(known: list[tuple[JudgedQuery, Judged]], verdicts: list[Verdict]) -> Iterator[None]:
    """Write what was measured, whatever ends the measuring."""
    try:
        yield
    finally:
        measured = [query for query, _judged in known[: len(verdicts)]]
        for query, verdict in zip(measured, verdicts, strict=True):
            query.ndcg, query.measured_at = verdict.ndcg, timezone.now()
        JudgedQuery.objects.bulk_update(measured, ["ndcg", "measured_at"], batch_size=BATCH)
