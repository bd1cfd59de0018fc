"""Tables for what is typed: letters of names, for suggestions and spelling, and labels that pages are counted by.

``typed_<build>`` has what ``search.letters`` makes of titles, places, and of all words that a question may have meant
to spell, and how titles and summaries are read (``search.kana``); ``spelled_<build>`` has these words as they are,
``label_<build>`` a row for each country, theme and place of a page.
"""

import sqlite3
from collections.abc import Sequence

from search.documents import PageDocument
from search.letters import typed_text
from search.relevance import READ

COLUMNS = ("title", "titles", "places", "spelled", "title_read", "text_read")


def make(database: sqlite3.Connection, build: str) -> None:
    """Make the build's empty tables."""
    columns = ", ".join(COLUMNS)
    database.execute(
        f"CREATE VIRTUAL TABLE typed_{build} USING fts5({columns}, prefix = '1 2 3', tokenize = 'unicode61')"
    )
    database.execute(f"CREATE TABLE spelled_{build} (page_id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    database.execute(f"CREATE TABLE label_{build} (page_id INTEGER NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL)")
    database.execute(f"CREATE INDEX label_{build}_value ON label_{build} (facet, value)")
    database.execute(f"CREATE INDEX label_{build}_page ON label_{build} (page_id)")


def remove(database: sqlite3.Connection, build: str, page_id: int) -> None:
    """Take the page out."""
    database.execute(f"DELETE FROM typed_{build} WHERE rowid = ?", (page_id,))
    database.execute(f"DELETE FROM spelled_{build} WHERE page_id = ?", (page_id,))
    database.execute(f"DELETE FROM label_{build} WHERE page_id = ?", (page_id,))


def add(database: sqlite3.Connection, build: str, document: PageDocument) -> None:
    """Put the page in; it must not be there."""
    spelled = "\n".join((document.title, *document.names, document.important, document.summary))
    texts = (document.title, _apart(document.titles), _apart(document.places), spelled)
    database.execute(
        f"INSERT INTO typed_{build} (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (document.page_id, *map(typed_text, texts), " ".join(document.title_read), " ".join(document.text_read)),
    )
    database.execute(f"INSERT INTO spelled_{build} VALUES (?, ?)", (document.page_id, spelled))
    labels = [("country", document.country)] if document.country else []
    labels += [("theme", theme) for theme in document.themes] + [("place", place) for place in document.places]
    rows = [(document.page_id, *label) for label in labels]
    database.executemany(f"INSERT INTO label_{build} VALUES (?, ?, ?)", rows)


def read_scores(database: sqlite3.Connection, build: str, words: Sequence[str]) -> dict[int, float]:
    """Return page id -> score of pages of which title or summary is read as all the ``words``, in katakana.

    As ``bm25``: below nought, the lower the better.
    """
    scores: dict[int, float] = {}
    for column, weight in READ.items():
        all_words = " AND ".join(f'"{word}"*' for word in words)
        match = f"{{{column}}} : ({all_words})"
        for (page_id,) in database.execute(f"SELECT rowid FROM typed_{build} WHERE typed_{build} MATCH ?", (match,)):
            scores[page_id] = min(scores.get(page_id, 0.0), -weight)
    return scores


def drop(database: sqlite3.Connection, build: str) -> None:
    """Drop the build's tables."""
    database.execute(f"DROP TABLE IF EXISTS typed_{build}")
    database.execute(f"DROP TABLE IF EXISTS spelled_{build}")
    database.execute(f"DROP TABLE IF EXISTS label_{build}")


def _apart(names: tuple[str, ...]) -> str:
    # A word between them that nobody types: no phrase goes from one name into the next.
    return " 0x0 ".join(names)
