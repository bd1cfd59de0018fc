"""Filters, their counts and sorting as Elasticsearch's clauses. Pure; "now" is the engine's when it is asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cms.pages import SearchKind
from cms.times import CLOSING_SOON
from search import timeliness
from search.backends.base import Filters, SearchRequest

Clause = dict[str, Any]

EVERYTHING: Clause = {"match_all": {}}
_SOON = f"now+{CLOSING_SOON.days}d"
# Facet -> field, and how many values are counted at most: more than a site has.
_FIELDS = {"kinds": ("kind", 20), "themes": ("themes", 200), "countries": ("country", 300), "years": ("year", 100)}
# One row for what is several documents, one a language; a number is counted without looking up a text.
PAGES: Clause = {"cardinality": {"field": "group", "precision_threshold": 3000}}


def _is(kind: SearchKind) -> Clause:
    return {"term": {"kind": kind.value}}


def _range(field: str, **limits: str) -> Clause:
    return {"range": {field: limits}}


def _all(*clauses: Clause, but: Iterable[Clause] = ()) -> Clause:
    """Return a clause that holds where all do, and none of ``but``."""
    excluded = list(but)
    if not excluded and len(clauses) < 2:
        return clauses[0] if clauses else EVERYTHING
    return {"bool": {"filter": list(clauses), **({"must_not": excluded} if excluded else {})}}


def _any(clauses: Iterable[Clause]) -> Clause:
    several = list(clauses)
    # Without clauses the engine would take anything.
    return {"bool": {"should": several, "minimum_should_match": 1}} if several else {"match_none": {}}


_STARTED = _range("starts_at", lte="now")
_NOT_ENDED = _range("ends_at", gte="now")
_HAS_END = {"exists": {"field": "ends_at"}}

# As Facts.status and Facts.time tell them.
STATUSES: dict[str, Clause] = {
    "open": _all(_is(SearchKind.CALL), _STARTED, _range("ends_at", gt=_SOON)),
    "closing_soon": _all(_is(SearchKind.CALL), _STARTED, _range("ends_at", gte="now", lte=_SOON)),
    "upcoming": _all(_is(SearchKind.CALL), but=[_all(_STARTED, _HAS_END)]),
    "closed": _all(_is(SearchKind.CALL), _STARTED, _range("ends_at", lt="now")),
}
TIMES: dict[str, Clause] = {
    "now": _all(_is(SearchKind.EVENT), _STARTED, _NOT_ENDED),
    "upcoming": _all(_is(SearchKind.EVENT), _range("starts_at", gt="now")),
    "past": _all(_is(SearchKind.EVENT), _STARTED, but=[_NOT_ENDED]),
}
_COMPUTED = {"statuses": STATUSES, "times": TIMES}
# All their clauses hold for pages of one kind only: no other page need be compared with each of them.
_OF_KIND = {"statuses": _is(SearchKind.CALL), "times": _is(SearchKind.EVENT)}
COUNTED = (*_FIELDS, *_COMPUTED)


def conditions(filters: Filters) -> dict[str, Clause]:
    """Return facet -> clause for each facet with a choice, but the languages: those decide which index is asked."""
    named = {facet: {"terms": {field: list(getattr(filters, facet))}} for facet, (field, _) in _FIELDS.items()}
    computed = {
        facet: _any(clauses[value] for value in getattr(filters, facet) if value in clauses)
        for facet, clauses in _COMPUTED.items()
    }
    return {facet: clause for facet, clause in (named | computed).items() if getattr(filters, facet)}


def narrowed(filters: Filters, *more: Clause, but: str = "") -> Clause:
    """Return one clause of all choices and ``more``, those of the facet ``but`` set aside."""
    return _all(*(clause for facet, clause in conditions(filters).items() if facet != but), *more)


def aggregations(filters: Filters, *, rows: bool = False) -> dict[str, Any]:
    """Return the counts of every facet, each under the choices of all others.

    With ``rows`` documents of one page count as one.
    """
    inner = {"aggs": {"pages": PAGES}} if rows else {}
    counts: dict[str, Any] = {}
    for facet in COUNTED:
        if facet in _FIELDS:
            field, most = _FIELDS[facet]
            values: Clause = {"terms": {"field": field, "size": most}, **inner}
            counted = narrowed(filters, but=facet)
        else:
            values = {"filters": {"filters": _COMPUTED[facet]}, **inner}
            counted = narrowed(filters, _OF_KIND[facet], but=facet)
        counts[facet] = {"filter": counted, "aggs": {"values": values}}
    return counts


def read_counts(answer: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Return (facet, value) -> number of rows, from the answer to ``aggregations``."""
    counts: Counter[tuple[str, str]] = Counter()
    for facet in COUNTED:
        buckets = answer[facet]["values"]["buckets"]
        named = buckets.items() if isinstance(buckets, dict) else ((str(bucket["key"]), bucket) for bucket in buckets)
        for value, bucket in named:
            counts[facet, value] = bucket["pages"]["value"] if "pages" in bucket else bucket["doc_count"]
    return counts


def order(request: SearchRequest) -> list[dict[str, Any]]:
    """Return by what rows are sorted. Of equals the newer page first, so that pages neither repeat nor skip a row."""
    by_time: dict[str, list[dict[str, Any]]] = {
        "date": [{"day": {"order": "desc", "missing": "_last"}}],
        # The next one that can still be met; pages without one follow as they fit.
        "deadline": [
            {
                "deadlines.at": {
                    "order": "asc",
                    "mode": "min",
                    "missing": "_last",
                    "nested": {"path": "deadlines", "filter": _range("deadlines.at", gte="now")},
                }
            }
        ],
    }
    return [*by_time.get(request.sort, []), {"_score": "desc"}, {"page": "desc"}]


def in_time(query: Clause, years: Sequence[int] = ()) -> Clause:
    """Return ``query`` with what time makes of how well a page fits; see ``timeliness`` for the reasons.

    ``years`` are those that the question names.
    """
    event, call, news = _is(SearchKind.EVENT), _is(SearchKind.CALL), _is(SearchKind.NEWS)
    factors: list[tuple[Clause, float]] = [
        *([({"terms": {"year": list(years)}}, timeliness.NAMED_YEAR)] if years else []),
        (TIMES["past"], timeliness.PAST_EVENT),
        (_all(event, _any([_range("starts_at", gt="now"), _all(_STARTED, _NOT_ENDED)])), timeliness.COMING_EVENT),
        (_all(call, _range("ends_at", lt="now")), timeliness.CLOSED_CALL),
        (_all(call, _NOT_ENDED), timeliness.CALL_TO_ANSWER),
        (_all(news, _day(timeliness.FRESH_DAYS)), timeliness.FRESH_NEWS),
        (_all(news, _day(timeliness.RECENT_DAYS), but=[_day(timeliness.FRESH_DAYS)]), timeliness.RECENT_NEWS),
    ]
    functions = [{"filter": clause, "weight": factor} for clause, factor in factors]
    # No page meets two of them but by its year, which comes first.
    return {"function_score": {"query": query, "functions": functions, "score_mode": "first", "boost_mode": "multiply"}}


def _day(days: int) -> Clause:
    return _range("day", gt=f"now/d-{days}d")
