"""The question's other words in the embedded engine: what they find joins what was typed, a little weaker."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.backends.base import Alternative
from search.backends.embedded_ranking import Match, matches_in
from search.backends.embedded_text import query_terms
from search.wordings import WEIGHT


def with_alternatives(
    database: sqlite3.Connection, typed: Sequence[Match], alternatives: Iterable[Alternative]
) -> list[Match]:
    """Return the matches of what was typed and of the alternatives, each page once, best first."""
    found = list(typed)
    for alternative in alternatives:
        terms = query_terms(alternative.query)
        if not terms:
            continue
        # Lower is better, and all scores are negative.
        found += [
            replace(match, score=match.score * WEIGHT) for match in matches_in(database, alternative.language, terms)
        ]
    best: dict[int, Match] = {}
    for match in sorted(found, key=lambda match: (match.score, -match.page_id)):
        best.setdefault(match.page_id, match)
    return list(best.values())


def all_terms(alternatives: Iterable[Alternative]) -> list[str]:
    """Return the terms of all alternatives, for marking them."""
    return list(dict.fromkeys(term for alternative in alternatives for term in query_terms(alternative.query)))
