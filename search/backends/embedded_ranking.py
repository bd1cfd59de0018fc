"""Which of the embedded engine's pages match a question, best first."""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cms.languages import CODES
from search.backends import embedded_attachments
from search.backends.embedded_tables import COLUMNS, build_in_use

# What bm25 weighs each column with: a title says most, then what its type calls important, names of other languages,
# and the summary.
WEIGHTS = {"title": 8.0, "important": 4.0, "summary": 3.0, "body": 1.0, "names": 4.0}
# Where not all terms are found together: half of a few of them, two of some, this part of many. Of a question most
# words say how it is asked.
ENOUGH_OF_FEW, ENOUGH_OF_SOME, ENOUGH_OF_MANY = 0.5, 2, 0.2


@dataclass(frozen=True)
class Match:
    """A page that matches; the lower ``score``, the better."""

    page_id: int
    score: float
    kind: str
    translation_key: str
    build: str


def all_matches(
    database: sqlite3.Connection, language: str, own_terms: list[str], terms: list[str]
) -> tuple[list[Match], list[Match]]:
    """Return the matches in the language, and in all others: with all terms, or where there are none with enough.

    Of a page there may be several in other languages.
    """
    own = _matches(database, language, own_terms) or _matches(database, language, own_terms, loosely=True)
    other = _matches_elsewhere(database, language, terms)
    if not (own or other):
        other = _matches_elsewhere(database, language, terms, loosely=True)
    return own, other


def _matches(database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False) -> list[Match]:
    """Return the language's matches, best first: pages with all terms, or ``loosely`` with enough of them."""
    build = build_in_use(database, language)
    if build is None:
        return []
    if not loosely:
        by_files = embedded_attachments.page_scores(database, build, terms)
        return _select(database, build, " AND ".join(terms), by_files)
    found = Counter(
        row[0]
        for term in terms
        for row in database.execute(f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?", (term,))
    )
    enough = max(min(ENOUGH_OF_FEW * len(terms), ENOUGH_OF_SOME), ENOUGH_OF_MANY * len(terms))
    return [match for match in _select(database, build, " OR ".join(terms)) if found[match.page_id] >= enough]


def _select(
    database: sqlite3.Connection, build: str, match: str, by_files: Mapping[int, float] | None = None
) -> list[Match]:
    """Return the pages that match, best first; ``by_files`` (page id -> score) adds what their files say of them."""
    weights = ", ".join(str(weight) for weight in (WEIGHTS[column] for column in COLUMNS))
    rows = database.execute(
        "WITH found (page, part) AS MATERIALIZED ("
        f"SELECT rowid, bm25(terms_{build}, {weights}) FROM terms_{build} WHERE terms_{build} MATCH ?"
        " UNION ALL SELECT CAST(key AS INTEGER), value FROM json_each(?))"
        " SELECT id, SUM(part) AS score, kind, translation_key"
        f" FROM found JOIN document_{build} ON id = page"
        " WHERE (expires_at IS NULL OR expires_at > ?)"
        " GROUP BY id ORDER BY score, id DESC",
        (match, json.dumps(by_files or {}), time.time()),
    )
    return [Match(page_id, score, kind, key, build) for page_id, score, kind, key in rows]


def _matches_elsewhere(
    database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False
) -> list[Match]:
    """Return the matches in every other language."""
    others = [code for code in CODES if code != language]
    return [match for code in others for match in _matches(database, code, terms, loosely=loosely)]
