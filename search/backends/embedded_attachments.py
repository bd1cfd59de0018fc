"""The embedded engine's part of finding pages by the documents they offer.

Files have tables of their own beside their build's, with a row a passage: a long file must not make its page's own
words count less.
"""

import itertools
import json
import math
import sqlite3
from collections import Counter
from collections.abc import Sequence

from search.attachments import Attachment, passages
from search.backends.base import AttachmentHit
from search.backends.embedded_text import marked_spans, term_text
from search.snippets import MARK_END, MARK_START, excerpt

# As in attachment_queries: who asks for a page wants the page, and its files are a second way to it.
WEIGHT = 0.3
SHOWN_A_PAGE = 3
SNIPPET_LENGTH = 180
# What bm25 weighs title and text of a file with.
_TITLE, _TEXT = 2.0, 1.0
# Long texts hold a word or two of anything: all of a few terms, nearly all of many have to be in one file.
FEW, ENOUGH_OF_MANY = 4, 0.75

_AMONG = "id IN (SELECT value FROM json_each(?))"


def make_tables(database: sqlite3.Connection, build: str) -> None:
    """Make the build's empty tables of files."""
    database.execute(
        f"CREATE TABLE file_{build} (id INTEGER PRIMARY KEY, page INTEGER, title TEXT, url TEXT, text TEXT)"
    )
    database.execute(f"CREATE INDEX file_page_{build} ON file_{build} (page)")
    database.execute(
        f"CREATE VIRTUAL TABLE file_terms_{build} USING fts5(title, text, tokenize = 'porter unicode61"
        " remove_diacritics 2')"
    )


def drop_tables(database: sqlite3.Connection, build: str) -> None:
    """Drop them."""
    database.execute(f"DROP TABLE IF EXISTS file_{build}")
    database.execute(f"DROP TABLE IF EXISTS file_terms_{build}")


def write(database: sqlite3.Connection, build: str, page_id: int, attachments: Sequence[Attachment]) -> None:
    """Put the page's files in the place of those it had."""
    before = [(row[0],) for row in database.execute(f"SELECT id FROM file_{build} WHERE page = ?", (page_id,))]
    database.executemany(f"DELETE FROM file_terms_{build} WHERE rowid = ?", before)
    database.execute(f"DELETE FROM file_{build} WHERE page = ?", (page_id,))
    for attachment in itertools.chain.from_iterable(map(passages, attachments)):
        number = database.execute(
            f"INSERT INTO file_{build} (page, title, url, text) VALUES (?, ?, ?, ?)",
            (page_id, attachment.title, attachment.url, attachment.text),
        ).lastrowid
        database.execute(
            f"INSERT INTO file_terms_{build} (rowid, title, text) VALUES (?, ?, ?)",
            (number, term_text(attachment.title), term_text(attachment.text)),
        )


def page_scores(database: sqlite3.Connection, build: str, terms: Sequence[str]) -> dict[int, float]:
    """Return page id -> score of its best file that matches: as bm25, the lower the better."""
    enough = _holding_enough(database, build, terms)
    scores: dict[int, float] = {}
    if enough:
        rows = database.execute(
            f"SELECT page, bm25(file_terms_{build}, {_TITLE}, {_TEXT}) FROM file_terms_{build} JOIN file_{build}"
            f" ON id = file_terms_{build}.rowid WHERE file_terms_{build} MATCH ? AND {_AMONG}",
            (" OR ".join(terms), json.dumps(enough)),
        )
        for page_id, score in rows:
            scores[page_id] = min(scores.get(page_id, 0.0), WEIGHT * score)
    return scores


def hits(
    database: sqlite3.Connection, build: str, page_id: int, questions: Sequence[Sequence[str]]
) -> tuple[AttachmentHit, ...]:
    """Return those of the page's files that match one of the questions, best first, marked; each file once."""
    own = [number for (number,) in database.execute(f"SELECT id FROM file_{build} WHERE page = ?", (page_id,))]
    best: dict[str, tuple[int, Sequence[str]]] = {}
    for terms in questions if own else ():
        enough = _holding_enough(database, build, terms, own)
        ordered = database.execute(
            f"SELECT f.id, f.url FROM file_terms_{build} JOIN file_{build} AS f ON id = file_terms_{build}.rowid"
            f" WHERE file_terms_{build} MATCH ? AND {_AMONG} ORDER BY bm25(file_terms_{build}, {_TITLE}, {_TEXT}), id",
            (" OR ".join(terms), json.dumps(enough)),
        )
        for number, url in ordered if enough else ():
            best.setdefault(url, (number, terms))
    found = list(best.values())[:SHOWN_A_PAGE]
    return tuple(_hit(database, build, number, list(terms)) for number, terms in found)


def _hit(database: sqlite3.Connection, build: str, number: int, terms: list[str]) -> AttachmentHit:
    title, url, text, highlighted = database.execute(
        f"SELECT title, url, text, ("
        f"SELECT highlight(file_terms_{build}, 1, '{MARK_START}', '{MARK_END}') FROM file_terms_{build}"
        f" WHERE file_terms_{build} MATCH ? AND rowid = ?) FROM file_{build} WHERE id = ?",
        (" OR ".join(terms), number, number),
    ).fetchone()
    return AttachmentHit(
        title=title, url=url, snippet=excerpt(text, marked_spans(text, highlighted, terms), SNIPPET_LENGTH)
    )


def _holding_enough(
    database: sqlite3.Connection, build: str, terms: Sequence[str], among: Sequence[int] | None = None
) -> list[int]:
    """Return the numbers of the passages (or of those ``among`` them) that hold nearly all of the terms."""
    if not terms:
        return []
    needed = len(terms) if len(terms) <= FEW else math.ceil(ENOUGH_OF_MANY * len(terms))
    only = f" AND {_AMONG.replace('id', 'rowid')}" if among is not None else ""
    statement = f"SELECT rowid FROM file_terms_{build} WHERE file_terms_{build} MATCH ?{only}"
    files = () if among is None else (json.dumps(list(among)),)
    asked = [" AND ".join(terms)] if needed == len(terms) else list(terms)
    found = Counter(row[0] for match in asked for row in database.execute(statement, (match, *files)))
    return [number for number, count in found.items() if count >= (1 if len(asked) == 1 else needed)]
