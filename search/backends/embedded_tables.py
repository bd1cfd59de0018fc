"""The embedded engine's tables: a build a language, made aside, put in use by one row, written by page and version.

``document_<build>`` holds which version of a page is there, ``shown_<build>`` what a row shows, ``terms_<build>`` what
is searched, ``file_<build>`` and ``file_terms_<build>`` likewise of the documents that pages offer; the table ``build``
says which build of a language is in use. Rows of removed pages stay as tombstones with their version.
``embedded_facts`` adds what pages are counted by, ``embedded_typed`` what is typed, ``embedded_compounds`` which words
have hyphens.
"""

import json
import secrets
import sqlite3
import time
from typing import Any

from search.backends import embedded_attachments, embedded_compounds, embedded_facts, embedded_typed
from search.backends.base import Change, Put
from search.backends.embedded_text import term_text
from search.documents import PageDocument

# Grows when tables or terms change: files of another number are rebuilt.
SCHEMA = 14
# The columns of terms, in the table's order.
COLUMNS = ("title", "important", "summary", "body", "names")
ABANDONED_AFTER = 24 * 3600


def make_build(database: sqlite3.Connection, language: str) -> str:
    """Make empty tables for the language, not yet in use; return the build's name."""
    build = secrets.token_hex(6)
    columns = ", ".join(COLUMNS)
    database.execute(
        f"CREATE TABLE document_{build} (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, present INTEGER NOT NULL,"
        " digest TEXT, translation_key TEXT, languages TEXT, kind TEXT, expires_at REAL)"
    )
    database.execute(f"CREATE TABLE shown_{build} (id INTEGER PRIMARY KEY, shown TEXT NOT NULL)")
    database.execute(
        f"CREATE VIRTUAL TABLE terms_{build} USING fts5({columns}, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    embedded_facts.make(database, build)
    embedded_attachments.make_tables(database, build)
    embedded_typed.make(database, build)
    embedded_compounds.make(database, build)
    database.execute("INSERT INTO build VALUES (?, ?, ?, 0, ?)", (build, language, SCHEMA, time.time()))
    return build


def put_in_use(database: sqlite3.Connection, language: str, build: str) -> None:
    """Put the build in the place of the language's present one, and drop that."""
    before = database.execute("SELECT name FROM build WHERE language = ? AND in_use", (language,)).fetchall()
    for (name,) in before:
        drop(database, name)
    database.execute("UPDATE build SET in_use = 1 WHERE name = ?", (build,))


def build_in_use(database: sqlite3.Connection, language: str) -> str | None:
    """Return the name of the language's build, None if there is none of today's schema."""
    row = database.execute(
        "SELECT name FROM build WHERE language = ? AND in_use AND schema = ?", (language, SCHEMA)
    ).fetchone()
    return row[0] if row else None


def every_build_in_use(database: sqlite3.Connection) -> list[str]:
    """Return the names of all languages' builds."""
    rows = database.execute("SELECT name FROM build WHERE in_use AND schema = ? ORDER BY language", (SCHEMA,))
    return [name for (name,) in rows]


def write(database: sqlite3.Connection, build: str, change: Change) -> None:
    """Write the change, unless the build has a later version of the page or of its absence."""
    document = change.document if isinstance(change, Put) else None
    known = database.execute(f"SELECT version FROM document_{build} WHERE id = ?", (change.page_id,)).fetchone()
    if known and known[0] > change.version:
        return
    database.execute(f"DELETE FROM terms_{build} WHERE rowid = ?", (change.page_id,))
    database.execute(f"DELETE FROM shown_{build} WHERE id = ?", (change.page_id,))
    embedded_facts.remove(database, build, change.page_id)
    embedded_typed.remove(database, build, change.page_id)
    database.execute(
        f"INSERT OR REPLACE INTO document_{build} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (change.page_id, change.version, document is not None, *(_row(document) if document else [None] * 5)),
    )
    embedded_attachments.write(database, build, change.page_id, document.attachments if document else ())
    if document:
        embedded_facts.add(database, build, document)
        embedded_typed.add(database, build, document)
        embedded_compounds.add(database, build, document)
        database.execute(f"INSERT INTO shown_{build} VALUES (?, ?)", (change.page_id, _shown(document)))
        terms = [
            term_text(document.title),
            term_text(document.important),
            term_text(document.summary),
            term_text(document.body),
            " ".join(term_text(name) for name in (*document.names, *document.towns)),
        ]
        database.execute(
            f"INSERT INTO terms_{build} (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)",
            (change.page_id, *terms),
        )


def _row(document: PageDocument) -> list[Any]:
    expires_at = document.expires_at.timestamp() if document.expires_at else None
    languages = f",{','.join(document.languages)},"
    return [document.digest, document.translation_key, languages, document.kind, expires_at]


def _shown(document: PageDocument) -> str:
    shown = {
        "kind": document.kind,
        "translation_key": document.translation_key,
        "language": document.language,
        "languages": document.languages,
        "url": document.url,
        "title": document.title,
        "summary": document.summary,
        "body": document.body,
        "country": document.country,
        "deadlines": [deadline.isoformat() for deadline in document.deadlines],
        **{name: value.isoformat() for name in ("date", "starts_at", "ends_at") if (value := getattr(document, name))},
    }
    return json.dumps(shown, ensure_ascii=False)


def drop(database: sqlite3.Connection, build: str) -> None:
    """Drop the build's tables, and forget it."""
    for table in ("document", "shown", "terms"):
        database.execute(f"DROP TABLE IF EXISTS {table}_{build}")
    embedded_facts.drop(database, build)
    embedded_attachments.drop_tables(database, build)
    embedded_typed.drop(database, build)
    embedded_compounds.drop(database, build)
    database.execute("DELETE FROM build WHERE name = ?", (build,))


def drop_abandoned(database: sqlite3.Connection) -> None:
    """Drop what rebuilds left behind that were killed, and facts of pages that are no more."""
    long_ago = time.time() - ABANDONED_AFTER
    for (build,) in database.execute("SELECT name FROM build WHERE NOT in_use AND made_at < ?", (long_ago,)).fetchall():
        drop(database, build)
    embedded_facts.forget_unused(database)
