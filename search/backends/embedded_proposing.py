"""Did you mean, from the embedded engine: near words of its vocabulary, near runs by phrases, texts that spell them."""

import sqlite3
import time
from collections.abc import Collection, Sequence

from search.backends.embedded_asking import as_typed, begun, begun_in_title
from search.backends.embedded_compounds import asked_both_ways
from search.backends.embedded_suggesting import NOT_EXPIRED
from search.backends.embedded_tables import build_in_use, every_build_in_use
from search.backends.embedded_text import query_terms
from search.keyboard import other_layouts
from search.scripts import query_languages
from search.spelling import FEW, Piece, near_word, pieces, proposal

NEAREST = 5
# As many pages as decide about a question with at most FEW: counting all of a common word takes longer than its answer.
ENOUGH = 4 * FEW + 1
# The nearest of them; each is a term of the query.
MOST_NEAR = 30


def spelling(database: sqlite3.Connection, query: str, language: str, known: Collection[str] = ()) -> str:
    """Return the question as it was probably meant, empty if as it is, for a reader of ``language``.

    ``known`` words stay as they are.
    """
    builds = [build for code in query_languages(query, language) if (build := build_in_use(database, code))]
    as_typed = _count(database, builds, query)
    if as_typed > FEW:
        return ""
    layouts = [_count(database, every_build_in_use(database), layout) for layout in other_layouts(query)]
    near, texts = 0, []
    if pieces(query):
        for build in builds:
            match = _near_match(database, build, pieces(query))
            count, found = _near_texts(database, build, match) if match else (0, [])
            near += count
            texts += found
    return proposal(query, as_typed, layouts, near, texts, known)


def _count(database: sqlite3.Connection, builds: Sequence[str], query: str) -> int:
    """Return the number of pages that hold everything that was typed, at most ENOUGH of each build."""
    return sum(_count_in(database, build, query) for build in builds)


def _count_in(database: sqlite3.Connection, build: str, query: str) -> int:
    terms = asked_both_ways(database, [build], query_terms(query))
    if not terms:
        return 0
    count = _count_matches(database, build, as_typed(terms).match)
    way = None if count else begun(database, build, query)
    way = way or begun_in_title(database, build, query)
    return max(count, _count_matches(database, build, way.match)) if way else count


def _count_matches(database: sqlite3.Connection, build: str, match: str) -> int:
    (count,) = database.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM terms_{build} JOIN counted_{build} ON id = terms_{build}.rowid"
        f" WHERE terms_{build} MATCH ? AND {NOT_EXPIRED} LIMIT ?)",
        (match, time.time(), ENOUGH),
    ).fetchone()
    return int(count)


def _near_texts(database: sqlite3.Connection, build: str, match: str) -> tuple[int, list[str]]:
    """Return how many pages match, at most ENOUGH, and the texts of the best."""
    tables = f"typed_{build} JOIN counted_{build} ON id = typed_{build}.rowid"
    where = f"typed_{build} MATCH ? AND {NOT_EXPIRED}"
    values = (match, time.time())
    counting = f"SELECT count(*) FROM (SELECT 1 FROM {tables} WHERE {where} LIMIT ?)"
    (count,) = database.execute(counting, (*values, ENOUGH)).fetchone()
    rows = database.execute(
        f"SELECT text FROM {tables} JOIN spelled_{build} ON page_id = typed_{build}.rowid WHERE {where}"
        f" ORDER BY bm25(typed_{build}, 8.0), typed_{build}.rowid DESC LIMIT ?",
        (*values, NEAREST),
    )
    return count, [text for (text,) in rows]


def _near_match(database: sqlite3.Connection, build: str, sought: Sequence[Piece]) -> str:
    """Return the FTS5 query for what is near to all the pieces; empty where one of them is near to nothing."""
    clauses = []
    for piece in sought:
        near = _near_runs(piece) if piece.is_run else _near_words(database, build, piece)
        if not near:
            return ""
        clauses.append(f"({' OR '.join(near)})")
    return " AND ".join(clauses)


def _near_words(database: sqlite3.Connection, build: str, piece: Piece) -> list[str]:
    vocabulary = f"temp.near_{build}"
    database.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING fts5vocab('main', 'typed_{build}', 'row')")
    try:
        size = len(piece.letters)
        longest = 10 * size if piece.is_hangul else size + piece.slips
        rows = database.execute(
            f"SELECT term FROM {vocabulary} WHERE length(term) BETWEEN ? AND ?", (size - piece.slips, longest)
        ).fetchall()
    finally:
        database.execute(f"DROP TABLE {vocabulary}")
    near: dict[str, int] = {}
    for (term,) in rows:
        found = near_word(piece, term)
        if found:
            slips, length = found
            unfinished = "*" if length < len(term) else ""
            near.setdefault(f'"{term[:length]}"{unfinished}', slips)
    return sorted(near, key=lambda term: near[term])[:MOST_NEAR]


def _near_runs(piece: Piece) -> list[str]:
    """Return the run, and it with one character wrong, missing, too many, or two swapped."""
    units, size = piece.letters, len(piece.letters)
    if not piece.slips:
        return [_phrase(units)]
    near = [_phrase(units[1:]), _phrase(units[:-1])]
    near += [_phrase(units[:at] + units[at + 1] + units[at] + units[at + 2 :]) for at in range(size - 1)]
    for at in range(1, size):
        near.append(f"NEAR({_phrase(units[:at])} {_phrase(units[at:])}, 1)")
        if at < size - 1:
            near.append(f"NEAR({_phrase(units[:at])} {_phrase(units[at + 1 :])}, 1)")
    return near


def _phrase(units: str) -> str:
    return f'"{" ".join(units)}"'
