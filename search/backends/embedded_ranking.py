"""Which of the embedded engine's pages match a question, best first."""

import json
import math
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from cms.languages import CODES
from search.backends import embedded_attachments
from search.backends.embedded_tables import COLUMNS, build_in_use

# What bm25 weighs each column with: a title says most, then what its type calls important, names of other languages,
# and the summary.
WEIGHTS = {"title": 8.0, "important": 4.0, "summary": 3.0, "body": 1.0, "names": 4.0}
# Where no page has all terms, a page needs at least this part of what they tell, and this part of what the best page
# has. Of a question most words say how it is asked, and those are in many pages and tell little.
LEAST_OF_ALL = 0.1
LEAST_OF_BEST = 0.4
# A term that tells less than this (about one page in eight has it) is looked up only where there are no others.
TELLING = 2.0


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
    own = matches_in(database, language, own_terms) or matches_in(database, language, own_terms, loosely=True)
    other = _matches_elsewhere(database, language, terms)
    if not (own or other):
        other = _matches_elsewhere(database, language, terms, loosely=True)
    return own, other


def matches_in(database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False) -> list[Match]:
    """Return the language's matches, best first: pages with all terms, or ``loosely`` with enough of them."""
    build = build_in_use(database, language)
    if build is None:
        return []
    if not loosely:
        by_files = embedded_attachments.page_scores(database, build, terms)
        return _select(database, build, " AND ".join(terms), by_files)
    return partial_matches(database, build, terms)


def partial_matches(
    database: sqlite3.Connection, build: str, terms: Collection[str], *, of_best: float = LEAST_OF_BEST, but: int = 0
) -> list[Match]:
    """Return the pages that hold enough of the terms, weighed by how rare those are; not the page ``but``.

    ``of_best`` says how much of what the best page has another one needs.
    """
    told_by = tells(database, build, terms)
    asked = [term for term, tell in told_by.items() if tell >= TELLING] or list(told_by)
    told: dict[int, float] = defaultdict(float)
    for term in asked:
        for (page_id,) in database.execute(f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?", (term,)):
            told[page_id] += told_by[term]
    told.pop(but, None)
    if not told:
        return []
    everything = sum(told_by.values())
    enough = max(LEAST_OF_ALL * everything, of_best * max(told.values()))
    pages = [page_id for page_id, tell in told.items() if tell >= enough]
    matches = _select(database, build, " OR ".join(asked), among=pages)
    weighed = (replace(match, score=match.score * told[match.page_id] / everything) for match in matches)
    return sorted(weighed, key=lambda match: (match.score, -match.page_id))


def tells(database: sqlite3.Connection, build: str, terms: Collection[str], *, least: int = 1) -> dict[str, float]:
    """Return how much each of the terms tells of a page that has it: the rarer the more.

    Those that fewer than ``least`` pages have are left out.
    """
    total = database.execute(f"SELECT count(*) FROM terms_{build}_docsize").fetchone()[0]
    statement = f"SELECT count(*) FROM terms_{build} WHERE terms_{build} MATCH ?"
    counts = {term: database.execute(statement, (term,)).fetchone()[0] for term in terms}
    return {
        term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items() if count >= least
    }


def _select(
    database: sqlite3.Connection,
    build: str,
    match: str,
    by_files: Mapping[int, float] | None = None,
    *,
    among: Collection[int] | None = None,
) -> list[Match]:
    """Return the pages that match, best first, or those ``among`` some.

    ``by_files`` (page id -> score) adds what their files say of them.
    """
    weights = ", ".join(str(weight) for weight in (WEIGHTS[column] for column in COLUMNS))
    # The plus keeps SQLite from asking FTS5 anew for each page.
    only = "" if among is None else f" AND +terms_{build}.rowid IN (SELECT value FROM json_each(?))"
    rows = database.execute(
        "WITH found (page, part) AS MATERIALIZED ("
        f"SELECT rowid, bm25(terms_{build}, {weights}) FROM terms_{build} WHERE terms_{build} MATCH ?{only}"
        " UNION ALL SELECT CAST(key AS INTEGER), value FROM json_each(?))"
        " SELECT id, SUM(part) AS score, kind, translation_key"
        f" FROM found JOIN document_{build} ON id = page"
        " WHERE (expires_at IS NULL OR expires_at > ?)"
        " GROUP BY id ORDER BY score, id DESC",
        (match, *([] if among is None else [json.dumps(list(among))]), json.dumps(by_files or {}), time.time()),
    )
    return [Match(page_id, score, kind, key, build) for page_id, score, kind, key in rows]


def _matches_elsewhere(
    database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False
) -> list[Match]:
    """Return the matches in every other language."""
    others = [code for code in CODES if code != language]
    return [match for code in others for match in matches_in(database, code, terms, loosely=loosely)]
