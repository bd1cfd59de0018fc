"""Did you mean: what Elasticsearch is asked beside a search, in the same multi-search, and what its answers say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cms.languages import CODES
from search.keyboard import other_layouts
from search.queries import absent
from search.relevance import FIELDS, PLAIN_FIELDS
from search.scripts import query_languages
from search.spelling import FEW, LONG, SHORTEST, Piece, pieces, proposal

# The pages whose texts are read for how the words are spelled.
NEAREST = 5
SHOWN = ["title", "summary", "important", "names"]
SLIPS = f"AUTO:{SHORTEST},{LONG}"
# Of words that are near, those that are nearest; each costs a look-up.
MOST_NEAR = 30
# Runs of characters are sought by pairs: single characters are in most pages.
RUNS = "spelled.plain"
# No score of what is near comes up to it: pages with what was typed stand above, and can be told by it. Once they fill
# the rows, the engine need not look for what is near at all.
AS_TYPED = 1_000_000.0
# Beyond these numbers nothing is decided by them; see ``spelling.is_clearly_more``.
ENOUGH_TYPED = FEW + 1
ENOUGH_NEAR = 4 * FEW + 2


def spelling_searches(
    query: str, language: str, withheld: frozenset[int]
) -> list[tuple[Sequence[str], dict[str, Any]]]:
    """Return (codes of the languages to ask, search): for what is near, then one for each layout, of all languages.

    None for a question that nobody can have misspelled, as one character. ``language`` is the reader's.
    """
    near = [(query_languages(query, language), near_search(query, withheld))] if pieces(query) else []
    return [*near, *((CODES, count_search(layout, withheld)) for layout in other_layouts(query))]


def near_search(query: str, withheld: frozenset[int]) -> dict[str, Any]:
    """Return the search for pages that hold each piece of the question or what is a slip away, those as typed first."""
    near = {"bool": {"must": [_near(piece) for piece in pieces(query)]}}
    typed = {"constant_score": {"filter": as_typed(query), "boost": AS_TYPED}}
    return {
        "query": {"bool": {"should": [typed, near], "minimum_should_match": 1, "must_not": absent(withheld)}},
        "size": ENOUGH_TYPED + NEAREST,
        "_source": SHOWN,
        "track_total_hits": ENOUGH_NEAR,
    }


def count_search(query: str, withheld: frozenset[int]) -> dict[str, Any]:
    """Return the search that only counts the pages with everything that was typed, as far as the number matters."""
    return {
        "query": {"bool": {"filter": [as_typed(query)], "must_not": absent(withheld)}},
        "size": 0,
        "track_total_hits": ENOUGH_NEAR,
    }


def as_typed(query: str) -> dict[str, Any]:
    """Return the clause for pages that hold everything that was typed, as the dictionary understands it or as it is."""
    return _any(
        [
            {"combined_fields": {"query": query, "fields": list(FIELDS), "operator": "and"}},
            {"combined_fields": {"query": query, "fields": list(PLAIN_FIELDS), "operator": "and"}},
            {"match": {"names": {"query": query, "operator": "and"}}},
        ]
    )


def spelling(query: str, responses: Sequence[Mapping[str, Any]], known: Collection[str] = ()) -> str:
    """Return the question as it was probably meant, of the answers to ``spelling_searches``; empty if as it is.

    ``known`` words stay as they are.
    """
    layouts = other_layouts(query)
    near, layout_answers = (responses[0]["hits"], responses[1:]) if pieces(query) else ({"hits": []}, responses)
    typed = [hit for hit in near["hits"] if hit["_score"] >= AS_TYPED]
    shown = [hit["_source"] for hit in near["hits"][len(typed) :]]
    return proposal(
        query,
        as_typed=len(typed),
        layouts=[answer["hits"]["total"]["value"] for answer in layout_answers[: len(layouts)]],
        near=near["total"]["value"] if near["hits"] else 0,
        texts=["\n".join((text["title"], *text["names"], text["important"], text["summary"])) for text in shown],
        known=known,
    )


def _near(piece: Piece) -> dict[str, Any]:
    if piece.is_run:
        return _any(_near_runs(piece)) if piece.slips else _phrase(piece.text)
    fuzzy = {"query": piece.text, "fuzziness": SLIPS, "max_expansions": MOST_NEAR}
    clauses: list[dict[str, Any]] = [{"match": {"spelled": fuzzy}}]
    if piece.is_hangul:
        # A Korean word goes on in particles: what is near has to be a beginning of it.
        clauses.append({"match": {"title.typed": fuzzy}})
        clauses += [{"match": {"title.typed": swapped}} for swapped in piece.swapped]
    return _any(clauses)


def _near_runs(piece: Piece) -> list[dict[str, Any]]:
    """Return clauses for the run with one character wrong, missing, too many, or two swapped."""
    text, size = piece.text, len(piece.text)
    clauses = [_phrase(text[1:]), _phrase(text[:-1]), *map(_phrase, piece.swapped)]
    for at in range(1, size):
        clauses.append(_apart(text[:at], text[at:]))
        if at < size - 1:
            clauses.append(_apart(text[:at], text[at + 1 :]))
    return clauses


def _apart(left: str, right: str) -> dict[str, Any]:
    """Return the clause for the two with at most one character between them."""
    parts = [{"match": {"query": part, "ordered": True, "max_gaps": 0}} for part in (left, right)]
    # A pair stands where its first character does, so that the last one of the left part counts as between.
    gaps = 2 if len(left) > 1 else 1
    return {"intervals": {RUNS: {"all_of": {"ordered": True, "max_gaps": gaps, "intervals": parts}}}}


def _phrase(text: str) -> dict[str, Any]:
    return {"match_phrase": {RUNS: text}}


def _any(clauses: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
