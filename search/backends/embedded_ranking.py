"""What the embedded engine's matches are worth, of those that can come first.

Weighing a page costs many times what finding it does, and a common word is in thousands. So of very many only those are
weighed that can be shown: pages that are called what was asked for, then the newest.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from search.backends.embedded_matching import Matches, Reading
from search.backends.embedded_tables import COLUMNS

# What bm25 weighs each column with: a title says most, then what its type calls important, names of other languages,
# and the summary.
WEIGHTS = {"title": 8.0, "important": 4.0, "summary": 3.0, "body": 1.0, "names": 4.0}
# A page with everything in its title is about that: none that says it often elsewhere stands above, nor does time move
# it below. bm25 cannot say so, since each further occurrence counts less: four in a text are worth one in the title.
TITLED = 1.3
# Where a page is called something.
NAMED = "{title important summary names}"


def scores(database: sqlite3.Connection, matches: Matches, among: Sequence[int], most: int) -> dict[int, float]:
    """Return page id -> score of at most ``most`` of the pages ``among``: the lower, the better, and below nought.

    ``among`` are pages of the matches, newest first.
    """
    chosen = among if len(among) <= most else _most_likely(database, matches, among, most)
    best: dict[int, float] = {}
    for reading in matches.readings:
        for page_id, score in _reading_scores(database, matches.build, reading, chosen).items():
            best[page_id] = min(best.get(page_id, 0.0), score)
    return best


def bm25(database: sqlite3.Connection, build: str, match: str, among: Collection[int]) -> dict[int, float]:
    """Return page id -> score of those of the pages ``among`` that match."""
    weights = ", ".join(str(WEIGHTS[column]) for column in COLUMNS)
    # The plus keeps SQLite from asking FTS5 anew for each page.
    statement = (
        f"SELECT rowid, bm25(terms_{build}, {weights}) FROM terms_{build} WHERE terms_{build} MATCH ?"
        f" AND +terms_{build}.rowid IN (SELECT value FROM json_each(?))"
    )
    return dict(database.execute(statement, (match, json.dumps(list(among)))).fetchall())


def _reading_scores(
    database: sqlite3.Connection, build: str, reading: Reading, among: Sequence[int]
) -> Mapping[int, float]:
    found = bm25(database, build, reading.match, among)
    for page_id in _titled(database, build, reading, found):
        found[page_id] *= TITLED
    if reading.told:
        return {page_id: score * reading.told[page_id] for page_id, score in found.items() if page_id in reading.told}
    if reading.besides:
        for page_id in reading.besides.keys() & set(among):
            found[page_id] = found.get(page_id, 0.0) + reading.besides[page_id]
    return found if reading.weight == 1 else {page_id: reading.weight * score for page_id, score in found.items()}


def _titled(database: sqlite3.Connection, build: str, reading: Reading, among: Collection[int]) -> list[int]:
    """Return those of the pages ``among`` whose title has all terms of the reading."""
    if not (reading.terms and among):
        return []
    statement = (
        f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?"
        f" AND +terms_{build}.rowid IN (SELECT value FROM json_each(?))"
    )
    match = f"{{title}} : ({' AND '.join(reading.terms)})"
    return [page_id for (page_id,) in database.execute(statement, (match, json.dumps(list(among))))]


def _most_likely(database: sqlite3.Connection, matches: Matches, among: Sequence[int], most: int) -> list[int]:
    """Return those of the pages ``among`` that are weighed: called what was asked for, then the newest others."""
    named: set[int] = set()
    for reading in matches.readings:
        statement = f"SELECT rowid FROM terms_{matches.build} WHERE terms_{matches.build} MATCH ?"
        named.update(row[0] for row in database.execute(statement, (f"{NAMED} : ({reading.match})",)))
        named.update(reading.besides)
    called = [page_id for page_id in among if page_id in named][:most]
    rest = (page_id for page_id in among if page_id not in named)
    return [*called, *(page_id for page_id, _ in zip(rest, range(most - len(called)), strict=False))]
