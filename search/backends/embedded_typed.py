"""Tables for what is typed: letters of names, for suggestions and spelling, and labels that pages are counted by.

``typed_<build>`` has what ``search.letters`` makes of titles, places, and of all words that a question may have meant
to spell; ``spelled_<build>`` these words as they are; ``label_<build>`` a row for each country, theme and place of a
page.
"""

import sqlite3

from search.documents import PageDocument
from search.letters import typed_text

COLUMNS = ("title", "titles", "places", "spelled")


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
        f"INSERT INTO typed_{build} (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)",
        (document.page_id, *map(typed_text, texts)),
    )
    database.execute(f"INSERT INTO spelled_{build} VALUES (?, ?)", (document.page_id, spelled))
    labels = [("country", document.country)] if document.country else []
    labels += [("theme", theme) for theme in document.themes] + [("place", place) for place in document.places]
    rows = [(document.page_id, *label) for label in labels]
    database.executemany(f"INSERT INTO label_{build} VALUES (?, ?, ?)", rows)


def drop(database: sqlite3.Connection, build: str) -> None:
    """Drop the build's tables."""
    database.execute(f"DROP TABLE IF EXISTS typed_{build}")
    database.execute(f"DROP TABLE IF EXISTS spelled_{build}")
    database.execute(f"DROP TABLE IF EXISTS label_{build}")


def _apart(names: tuple[str, ...]) -> str:
    # A word between them that nobody types: no phrase goes from one name into the next.
    return " 0x0 ".join(names)
