"""Suggestions from Elasticsearch: one multi-search, of titles here and elsewhere, and of pages that places have."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.queries import absent
from search.relevance import read_so
from search.suggesting import (
    ELSEWHERE,
    PAGES,
    PLACE,
    THEME,
    Named,
    Suggestion,
    SuggestRequest,
    arranged,
    counted,
    page,
    places_meant,
)

SHOWN = ["kind", "language", "title", "url"]
# Of so many places that begin like that the ones with most pages are looked at.
MOST_PLACES = 30
# Beyond it a count need not be exact.
PRECISION = 200
LONGEST_LETTERS = 20


def title_search(request: SuggestRequest, *, elsewhere: bool) -> dict[str, Any]:
    """Return the search for pages whose title has what was typed: in the reader's index, or ``elsewhere``."""
    fields = {"title.typed": 2.0} if elsewhere else {"title.typed": 2.0, "titles": 1.0}
    clauses = [_all_words(request.query.split(), field, boost) for field, boost in fields.items()]
    if request.in_kana:
        clauses.append(read_so(request.in_kana, {"title_read": 1.0}))
    query: dict[str, Any] = {
        "must": [{"dis_max": {"queries": clauses}}],
        "must_not": absent(request.withheld),
        # A title that begins with what was typed stands above one that has it somewhere.
        "should": [{"span_first": {"match": _first_letters(request), "end": 1, "boost": 4.0}}],
    }
    if elsewhere:
        query["must_not"] = [*absent(request.withheld), {"term": {"languages": request.language}}]
        # In the order of the reader's languages, so that of a page's translations the best one stands for it. Scores of
        # two indices come from two statistics: between languages they must not decide.
        query["should"] += [
            {"constant_score": {"filter": {"term": {"language": code}}, "boost": 10.0 * (len(request.order) - at)}}
            for at, code in enumerate(request.order)
        ]
    return {
        "query": {"bool": query},
        "size": ELSEWHERE + PAGES if elsewhere else PAGES,
        "_source": SHOWN,
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"page": "desc"}],
        **({"collapse": {"field": "translation_key"}} if elsewhere else {}),
    }


def count_search(
    request: SuggestRequest, countries: Mapping[str, Named], themes: Mapping[str, Named]
) -> dict[str, Any]:
    """Return the count of pages, each group of translations once, of places that were begun, countries and themes."""
    places = _all_words(request.query.split(), "places.typed", 1.0)
    clauses: list[dict[str, Any]] = [places]
    pages = {"pages": {"cardinality": {"field": "translation_key", "precision_threshold": PRECISION}}}
    counts: dict[str, Any] = {
        "places": {
            "filter": places,
            "aggs": {"values": {"terms": {"field": "places", "size": MOST_PLACES}, "aggs": pages}},
        }
    }
    for field, meant in (("country", countries), ("themes", themes)):
        if meant:
            clauses.append({"terms": {field: list(meant)}})
            counts[field] = {"terms": {"field": field, "include": list(meant), "size": len(meant)}, "aggs": pages}
    return {
        "query": {
            "bool": {
                "filter": [{"bool": {"should": clauses, "minimum_should_match": 1}}],
                "must_not": absent(request.withheld),
            }
        },
        "size": 0,
        "track_total_hits": False,
        "aggs": counts,
    }


def suggestions(
    request: SuggestRequest,
    countries: Mapping[str, Named],
    themes: Mapping[str, Named],
    responses: Sequence[Mapping[str, Any]],
) -> tuple[Suggestion, ...]:
    """Return what is suggested, of the answers to the searches above in their order: own, elsewhere, counts."""
    own, other, counts = responses
    found = counts["aggregations"]
    by_value = _by_key(found["places"]["values"])
    places = counted(request, PLACE, places_meant(by_value, request.words), by_value)
    states = counted(request, PLACE, countries, _by_key(found.get("country")))
    return arranged(
        sorted([*places, *states], key=lambda each: (each.language != request.language, -each.count)),
        counted(request, THEME, themes, _by_key(found.get("themes"))),
        [_page(request, hit) for hit in own["hits"]["hits"]],
        [_page(request, hit) for hit in other["hits"]["hits"]],
    )


def _all_words(words: Sequence[str], field: str, boost: float) -> dict[str, Any]:
    """Return the clause that the field has all the words, each with its parts side by side, perhaps unfinished."""
    phrases = [{"match_phrase": {field: word}} for word in words[:6]]
    return {"bool": {"must": phrases, "boost": boost}}


def _first_letters(request: SuggestRequest) -> dict[str, Any]:
    return {"span_term": {"title.typed": request.words[0][0][:LONGEST_LETTERS]}}


def _by_key(terms: Mapping[str, Any] | None) -> dict[str, int]:
    return {bucket["key"]: bucket["pages"]["value"] for bucket in (terms or {"buckets": []})["buckets"]}


def _page(request: SuggestRequest, hit: Mapping[str, Any]) -> Suggestion:
    shown = hit["_source"]
    return page(request, kind=shown["kind"], language=shown["language"], title=shown["title"], url=shown["url"])
