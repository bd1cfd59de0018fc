"""A match -> the row that is shown of it, for the embedded engine."""

import datetime
import json
import sqlite3
from collections.abc import Sequence

from search.backends import embedded_attachments
from search.backends.base import Hit
from search.backends.embedded_facets import Match
from search.backends.embedded_tables import COLUMNS
from search.backends.embedded_text import marked_spans
from search.snippets import MARK_END, MARK_START, excerpt, marked_at

SNIPPET_LENGTH = 180


def read_hit(database: sqlite3.Connection, match: Match, questions: Sequence[Sequence[str]] = ()) -> Hit:
    """Read what is shown of a match, with the terms of ``questions`` marked in it: what was typed, and other words."""
    build = match.build
    marked = list(dict.fromkeys(term for terms in questions for term in terms))
    shown_text, *highlighted = _marked(database, build, match.page_id, marked) or _unmarked(
        database, build, match.page_id
    )
    shown = json.loads(shown_text)
    title, summary, body = (
        (shown[name], marked_spans(shown[name], text, marked))
        for name, text in zip(("title", "summary", "body"), highlighted, strict=True)
    )
    # The summary where it holds what was asked for, else the part of the page that does, else the page's beginning.
    text, spans = summary if summary[1] or (summary[0] and not body[1]) else body
    return Hit(
        page_id=match.page_id,
        language=shown["language"],
        translation_key=shown["translation_key"],
        kind=shown["kind"],
        url=shown["url"],
        title=marked_at(*title),
        snippet=excerpt(text, spans, SNIPPET_LENGTH),
        languages=tuple(shown["languages"]),
        country=shown["country"],
        date=datetime.date.fromisoformat(shown["date"]) if "date" in shown else None,
        starts_at=datetime.datetime.fromisoformat(shown["starts_at"]) if "starts_at" in shown else None,
        ends_at=datetime.datetime.fromisoformat(shown["ends_at"]) if "ends_at" in shown else None,
        deadlines=tuple(map(datetime.datetime.fromisoformat, shown["deadlines"])),
        attachments=embedded_attachments.hits(database, build, match.page_id, questions),
    )


def _marked(database: sqlite3.Connection, build: str, page_id: int, terms: list[str]) -> Sequence[str] | None:
    """Return what is shown of a page, and title, summary and body with the terms marked; None where none is there."""
    if not terms:
        return None
    columns = ", ".join(
        f"highlight(terms_{build}, {COLUMNS.index(name)}, '{MARK_START}', '{MARK_END}')"
        for name in ("title", "summary", "body")
    )
    row: tuple[str, ...] | None = database.execute(
        f"SELECT shown, {columns} FROM terms_{build} JOIN shown_{build} ON id = terms_{build}.rowid"
        f" WHERE terms_{build} MATCH ? AND terms_{build}.rowid = ?",
        (" OR ".join(terms), page_id),
    ).fetchone()
    return row


def _unmarked(database: sqlite3.Connection, build: str, page_id: int) -> Sequence[str]:
    """Return what is shown of a page, and three times nothing marked."""
    row = database.execute(f"SELECT shown FROM shown_{build} WHERE id = ?", (page_id,)).fetchone()
    return [row[0], "", "", ""]
