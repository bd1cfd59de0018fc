"""Question -> answer within a visitor's time, whatever the engine does.

``answer`` (and ``ask``, for suggestions) gives the engine ``ENGINE_SECONDS``. An engine that does not
answer in that time, or that the circuit breaker leaves alone, is replaced by the standby: the embedded index of the
same pages on this machine (search.standby), which has what is left of ``VIEW_SECONDS``. Without one, or with one that
is not ready, there is no answer, and the reader is told so.
"""

import logging
import os
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, TypeVar

from search import standby
from search.backends import get_backend
from search.backends.base import (
    ENGINE_SECONDS,
    BackendUnavailableError,
    HitList,
    SearchBackend,
    SearchRequest,
    SearchResults,
)
from search.breaker import CircuitOpenError, State, get_breaker
from search.spelling import FEW
from search.understanding import understand
from search.withdrawals import still_public, withheld

logger = logging.getLogger(__name__)

Answered = TypeVar("Answered")

# The whole view answers in about this time: by the engine, by the standby, or by saying that neither could.
VIEW_SECONDS = ENGINE_SECONDS + 0.8
# Threads that may wait for an engine; more than one process serves at once. Those that hang are not replaced.
WAITING_THREADS = 8


@dataclass(frozen=True)
class Asked(Generic[Answered]):
    """What was answered, and whether by the standby."""

    value: Answered
    standby: bool


@dataclass(frozen=True)
class Answer:
    """The results, None when nobody could be asked; ``standby`` when they are not the main engine's."""

    results: SearchResults | None
    standby: bool = False


def answer(request: SearchRequest) -> Answer:
    """Return the answer to a visitor's question, in at most about VIEW_SECONDS; never raises for an engine's sake.

    Asked in other words too, by what the glossary and the editors' synonyms know (search.understanding). Nothing else
    is proposed for what they, or the names of countries and themes, spell as it was typed.
    """
    understood = replace(understand(request), withheld=withheld())
    try:
        asked = ask(lambda backend: backend.search(understood))
    except BackendUnavailableError:
        return Answer(None)
    return Answer(_of_public_pages(_with_credible_spelling(understood, asked.value)), asked.standby)


def ask(question: Callable[[SearchBackend], Answered], *, seconds: float | None = None) -> Asked[Answered]:
    """Return what the engine answers to ``question`` within ``seconds`` (ENGINE_SECONDS), else what the standby does.

    Raises BackendUnavailableError when neither answers.
    """
    begun = time.monotonic()
    backend = get_backend()
    try:
        return Asked(
            get_breaker().call(lambda: _ask_engine(backend, question, seconds or ENGINE_SECONDS)), standby=False
        )
    except BackendUnavailableError as error:
        other = standby.ready()
        # Said once by the breaker when it opens; until then each failure has its own reason.
        if not isinstance(error, CircuitOpenError):
            logger.error("Search %s: %s", "cannot be answered" if other is None else "answered by the standby", error)
        if other is None:
            raise
    left = VIEW_SECONDS - (time.monotonic() - begun)
    return Asked(_within(left, _threads("standby"), lambda: question(other)), standby=True)


def ask_briefly(question: Callable[[SearchBackend], Answered], *, seconds: float) -> Answered:
    """Return what is answered to a question that no visitor asked: by the standby while the engine is left alone.

    That the engine took longer than such a question is worth is not held against it. Raises BackendUnavailableError.
    """
    if get_breaker().state is State.CLOSED:
        return _ask_engine(get_backend(), question, seconds)
    other = standby.ready()
    if other is None:
        raise CircuitOpenError("the engine failed a moment ago and is left alone")
    return _within(seconds, _threads("standby"), lambda: question(other))


def _with_credible_spelling(request: SearchRequest, results: SearchResults) -> SearchResults:
    """Return the results without a spelling where other words for the question found enough."""
    answered = request.alternatives and results.own.total + results.other.total > FEW
    return replace(results, spelling="") if results.spelling and answered else results


def _of_public_pages(results: SearchResults) -> SearchResults:
    """Return the results without rows of pages withdrawn a moment ago: an index that is behind may still hold them."""
    shown = (*results.own.hits, *results.other.hits)
    public = {hit.page_id for hit in still_public(shown)}
    if all(hit.page_id in public for hit in shown):
        return results
    return replace(results, own=_rows_of(results.own, public), other=_rows_of(results.other, public))


def _rows_of(found: HitList, public: Collection[int]) -> HitList:
    hits = tuple(hit for hit in found.hits if hit.page_id in public)
    return HitList(found.total - len(found.hits) + len(hits), hits)


def _ask_engine(backend: SearchBackend, question: Callable[[SearchBackend], Answered], seconds: float) -> Answered:
    if not backend.is_remote:
        return question(backend)
    return _within(seconds, _threads("engine"), lambda: question(backend))


def _within(seconds: float, threads: ThreadPoolExecutor, work: Callable[[], Answered]) -> Answered:
    """Return what ``work`` returns; raises BackendUnavailableError when that takes longer than ``seconds``.

    A client's own timeout holds for each piece that it receives: an engine that sends its answer byte by byte could
    keep a visitor for ever. Whoever hangs here does so in a thread of its own, and at most WAITING_THREADS do.
    """
    future = threads.submit(work)
    try:
        return future.result(timeout=seconds)
    except TimeoutError as error:
        future.cancel()
        raise BackendUnavailableError(f"no answer within {seconds:.1f} s") from error


@cache
def _threads(name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WAITING_THREADS, thread_name_prefix=f"search-{name}")


# Threads do not survive a fork.
os.register_at_fork(after_in_child=_threads.cache_clear)
