"""What the embedded engine counts, narrows, sorts and weighs pages by, kept small: thousands may match a question.

``counted_<build>`` has a narrow row a page, so that a word of every page costs one look at each. Most of a page's facts
are those of many others (type, country, themes, year); the table ``facts``, one for all builds, has each such set once,
under a number that is made of it. A page's group of translations is a number too, the same in all languages.
"""

import datetime
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from search.documents import PageDocument
from search.facets import Facts


class Row(NamedTuple):
    """A page that matches: its group of translations, set of facts, languages it can be found in, and day (ordinal)."""

    page_id: int
    page_group: int
    facts: int
    languages: str
    day: int | None

    def is_in(self, language: str) -> bool:
        """Whether the page can be found in the language."""
        return f",{language}," in self.languages


COLUMNS = "id, page_group, facts, languages, day"


def make_shared(database: sqlite3.Connection) -> None:
    """Make the table that all builds share, if it is missing."""
    database.execute("CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


def make(database: sqlite3.Connection, build: str) -> None:
    """Make the build's empty table."""
    database.execute(
        f"CREATE TABLE counted_{build} (id INTEGER PRIMARY KEY, page_group INTEGER NOT NULL, facts INTEGER NOT NULL,"
        " languages TEXT NOT NULL, day INTEGER, expires_at REAL)"
    )


def drop(database: sqlite3.Connection, build: str) -> None:
    """Drop the build's table."""
    database.execute(f"DROP TABLE IF EXISTS counted_{build}")


def forget_unused(database: sqlite3.Connection) -> None:
    """Delete the sets of facts that no page of any build has any more."""
    # Builds of an earlier schema have none.
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'counted_*'"
    ).fetchall()
    used = " UNION ALL ".join(f"SELECT facts FROM {table}" for (table,) in tables) or "SELECT 0"
    database.execute(f"DELETE FROM facts WHERE id NOT IN ({used})")


def remove(database: sqlite3.Connection, build: str, page_id: int) -> None:
    """Take the page out."""
    database.execute(f"DELETE FROM counted_{build} WHERE id = ?", (page_id,))


def add(database: sqlite3.Connection, build: str, document: PageDocument) -> None:
    """Put the page in; it must not be there."""
    text = _facts_text(document)
    number = _number(text)
    database.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (number, text))
    database.execute(
        f"INSERT INTO counted_{build} VALUES (?, ?, ?, ?, ?, ?)",
        (
            document.page_id,
            _number(document.translation_key),
            number,
            f",{','.join(document.languages)},",
            document.day.toordinal() if document.day else None,
            document.expires_at.timestamp() if document.expires_at else None,
        ),
    )


def rows_of(database: sqlite3.Connection, build: str, page_ids: Iterable[int]) -> list[Row]:
    """Return the rows of those of the pages that have not expired."""
    rows = database.execute(
        f"SELECT {COLUMNS} FROM counted_{build} WHERE id IN (SELECT value FROM json_each(?))"
        " AND (expires_at IS NULL OR expires_at > ?)",
        (json.dumps(list(page_ids)), time.time()),
    )
    return [Row._make(row) for row in rows]


def read_facts(database: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Facts]:
    """Return number -> facts. Of the day only the year is among them (``dated`` adds it), and no language."""
    wanted = json.dumps(list(numbers))
    rows = database.execute("SELECT id, text FROM facts WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return {number: _read(text) for number, text in rows}


def dated(facts: Facts, row: Row) -> Facts:
    """Return the facts with the row's day."""
    return replace(facts, day=datetime.date.fromordinal(row.day)) if row.day else facts


def _facts_text(document: PageDocument) -> str:
    times = (document.starts_at, document.ends_at, *document.deadlines)
    return json.dumps(
        [
            document.kind,
            document.country,
            document.themes,
            document.day.year if document.day else None,
            *(time.isoformat() if time else None for time in times),
        ]
    )


@lru_cache(maxsize=10_000)
def _read(text: str) -> Facts:
    kind, country, themes, year, *times = json.loads(text)
    starts_at, ends_at, *deadlines = (datetime.datetime.fromisoformat(time) if time else None for time in times)
    return Facts(
        kind=kind,
        country=country,
        themes=tuple(themes),
        day=datetime.date(year, 1, 1) if year else None,
        starts_at=starts_at,
        ends_at=ends_at,
        deadlines=tuple(deadline for deadline in deadlines if deadline),
    )


def _number(text: str) -> int:
    """Return a number made of the text: positive, of 63 bits, too many for two texts to meet."""
    return int.from_bytes(hashlib.blake2s(text.encode(), digest_size=8).digest()) >> 1
