"""Public search without a server: SQLite's FTS5 in one file, for the demonstration, small sites and tests.

Each language has its own pair of tables, named by a random build: ``document_<build>`` with what is shown,
``terms_<build>`` with what is searched. The table ``build`` says which one is in use, so a rebuild is swapped in by one
row. Several processes may use the file (write-ahead log, a writer waits for the other). Rows of removed pages stay as
tombstones with their version.
"""

import contextlib
import datetime
import json
import os
import secrets
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.languages import CODES
from search.backends.base import (
    BackendUnavailableError,
    Change,
    FacetCount,
    Hit,
    HitList,
    Indexed,
    Put,
    SearchRequest,
    SearchResults,
)
from search.backends.embedded_spelling import respelled
from search.backends.embedded_text import marked_spans, query_terms, term_text
from search.documents import PageDocument
from search.snippets import MARK_END, MARK_START, excerpt, marked_at

# Grows when tables or terms change: files of another number are rebuilt.
SCHEMA = 1
# What bm25 weighs each column with, in the table's order: a title says most, then what its type calls important, names
# of other languages, and the summary.
WEIGHTS = {"title": 8.0, "important": 4.0, "summary": 3.0, "body": 1.0, "names": 4.0}
# Where not all terms are found together: half of a few of them, two of some, this part of many. Of a question most
# words say how it is asked.
ENOUGH_OF_FEW, ENOUGH_OF_SOME, ENOUGH_OF_MANY = 0.5, 2, 0.2
BUSY_SECONDS = 2.0
SNIPPET_LENGTH = 180
ABANDONED_AFTER = 24 * 3600

_connections = threading.local()


@dataclass(frozen=True)
class _Match:
    page_id: int
    score: float
    kind: str
    translation_key: str
    build: str


class EmbeddedBackend:
    """See ``search.backends.base.SearchBackend``."""

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path or settings.SEARCH_EMBEDDED_PATH)

    def prepare(self) -> None:
        with self.writing() as database:
            for language in CODES:
                if build_in_use(database, language) is None:
                    put_in_use(database, language, make_build(database, language))

    def apply(self, changes: Sequence[Change], *, seconds: float = 10) -> dict[int, str]:
        self.prepare()
        with self.writing() as database:
            for change in changes:
                build = build_in_use(database, change.language)
                if build:
                    write(database, build, change)
        return {}

    def refresh(self) -> None:
        """Nothing to do: what is committed is found."""

    def inventory(self, language: str) -> Iterator[Indexed]:
        last, rows = -1, [(0, 0, "")]
        while rows:
            with self.reading() as database:
                build = build_in_use(database, language)
                statement = (
                    f"SELECT id, version, digest FROM document_{build} WHERE present AND id > ? ORDER BY id LIMIT 1000"
                )
                rows = database.execute(statement, (last,)).fetchall() if build else []
            for row in rows:
                yield Indexed(*row)
                last = row[0]

    def outdated(self, languages: Iterable[str]) -> list[str]:
        with self.reading() as database:
            return [language for language in languages if build_in_use(database, language) is None]

    def start_rebuild(self, language: str) -> "EmbeddedRebuild":
        return EmbeddedRebuild(self, language)

    def search(self, request: SearchRequest) -> SearchResults:
        terms = query_terms(request.query)
        if not terms:
            return SearchResults()
        with self.reading() as database:
            build = build_in_use(database, request.language)
            # Nobody misspells in another language than the one they read.
            own_terms = respelled(database, build, terms) if build else terms
            own, other = _all_matches(database, request.language, own_terms, terms)
            kinds = Counter(match.kind for match in ([] if request.elsewhere else own) + other)
            own, other = ([row for row in rows if request.kind in ("", row.kind)] for rows in (own, other))
            here = slice(request.offset, request.offset + request.size)
            own_here = [] if request.elsewhere else own[here]
            other_here = request.beside(len(own), other[here])
            return SearchResults(
                own=HitList(len(own), tuple(_hit(database, match, own_terms) for match in own_here)),
                other=HitList(len(other), tuple(_hit(database, match, terms) for match in other_here)),
                kinds=tuple(FacetCount(kind, count) for kind, count in sorted(kinds.items())),
            )

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file: a rebuild that is swapped in meanwhile is not seen."""
        with self._transaction("BEGIN") as database:
            yield database

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; another writer is waited for, BUSY_SECONDS at most."""
        with self._transaction("BEGIN IMMEDIATE") as database:
            yield database

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            database = self._connection()
            database.execute(begin)
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.execute("COMMIT")
        except sqlite3.Error as error:
            raise BackendUnavailableError(f"{self.path}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection; a forked process opens its own."""
        key = (os.getpid(), str(self.path))
        opened: dict[tuple[int, str], sqlite3.Connection] = _connections.__dict__.setdefault("opened", {})
        if key in opened and not self.path.exists():
            opened.pop(key).close()
        if key not in opened:
            opened[key] = _open(self.path)
        return opened[key]


class EmbeddedRebuild:
    """See ``search.backends.base.Rebuild``."""

    def __init__(self, backend: EmbeddedBackend, language: str) -> None:
        self.backend = backend
        self.language = language
        with backend.writing() as database:
            _drop_abandoned(database)
            self.build = make_build(database, language)

    def write(self, puts: Sequence[Put]) -> None:
        with self.backend.writing() as database:
            for put in puts:
                write(database, self.build, put)

    def commit(self) -> None:
        with self.backend.writing() as database:
            put_in_use(database, self.language, self.build)

    def abort(self) -> None:
        with self.backend.writing() as database:
            _drop(database, self.build)


def make_build(database: sqlite3.Connection, language: str) -> str:
    """Make empty tables for the language, not yet in use; return the build's name."""
    build = secrets.token_hex(6)
    columns = ", ".join(WEIGHTS)
    database.execute(
        f"CREATE TABLE document_{build} (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, present INTEGER NOT NULL,"
        " digest TEXT, translation_key TEXT, languages TEXT, kind TEXT, expires_at REAL, shown TEXT)"
    )
    database.execute(
        f"CREATE VIRTUAL TABLE terms_{build} USING fts5({columns}, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO build VALUES (?, ?, ?, 0, ?)", (build, language, SCHEMA, time.time()))
    return build


def put_in_use(database: sqlite3.Connection, language: str, build: str) -> None:
    """Put the build in the place of the language's present one, and drop that."""
    before = database.execute("SELECT name FROM build WHERE language = ? AND in_use", (language,)).fetchall()
    for (name,) in before:
        _drop(database, name)
    database.execute("UPDATE build SET in_use = 1 WHERE name = ?", (build,))


def build_in_use(database: sqlite3.Connection, language: str) -> str | None:
    """Return the name of the language's build, None if there is none of today's schema."""
    row = database.execute(
        "SELECT name FROM build WHERE language = ? AND in_use AND schema = ?", (language, SCHEMA)
    ).fetchone()
    return row[0] if row else None


def write(database: sqlite3.Connection, build: str, change: Change) -> None:
    """Write the change, unless the build has a later version of the page or of its absence."""
    document = change.document if isinstance(change, Put) else None
    known = database.execute(f"SELECT version FROM document_{build} WHERE id = ?", (change.page_id,)).fetchone()
    if known and known[0] > change.version:
        return
    database.execute(f"DELETE FROM terms_{build} WHERE rowid = ?", (change.page_id,))
    database.execute(
        f"INSERT OR REPLACE INTO document_{build} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (change.page_id, change.version, document is not None, *(_row(document) if document else [None] * 6)),
    )
    if document:
        terms = [
            term_text(document.title),
            term_text(document.important),
            term_text(document.summary),
            term_text(document.body),
            " ".join(term_text(name) for name in document.names),
        ]
        database.execute(
            f"INSERT INTO terms_{build} (rowid, {', '.join(WEIGHTS)}) VALUES (?, ?, ?, ?, ?, ?)",
            (change.page_id, *terms),
        )


def _row(document: PageDocument) -> list[Any]:
    shown = {
        "language": document.language,
        "url": document.url,
        "title": document.title,
        "summary": document.summary,
        "body": document.body,
        "country": document.country,
        **{name: value.isoformat() for name in ("date", "starts_at", "ends_at") if (value := getattr(document, name))},
    }
    expires_at = document.expires_at.timestamp() if document.expires_at else None
    languages = f",{','.join(document.languages)},"
    return [
        document.digest,
        document.translation_key,
        languages,
        document.kind,
        expires_at,
        json.dumps(shown, ensure_ascii=False),
    ]


def _all_matches(
    database: sqlite3.Connection, language: str, own_terms: list[str], terms: list[str]
) -> tuple[list[_Match], list[_Match]]:
    """Return the matches in the language, and elsewhere: pages with all terms, or where there are none with enough."""
    own = _matches(database, language, own_terms) or _matches(database, language, own_terms, loosely=True)
    other = _matches_elsewhere(database, language, terms)
    if not (own or other):
        other = _matches_elsewhere(database, language, terms, loosely=True)
    return own, other


def _matches(
    database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False, lacking: str = ""
) -> list[_Match]:
    """Return the language's matches, best first: pages with all terms, or ``loosely`` with enough of them.

    With ``lacking`` only pages that are not there in that language.
    """
    build = build_in_use(database, language)
    if build is None:
        return []
    if not loosely:
        return _select(database, build, " AND ".join(terms), lacking)
    found = Counter(
        row[0]
        for term in terms
        for row in database.execute(f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?", (term,))
    )
    enough = max(min(ENOUGH_OF_FEW * len(terms), ENOUGH_OF_SOME), ENOUGH_OF_MANY * len(terms))
    return [match for match in _select(database, build, " OR ".join(terms), lacking) if found[match.page_id] >= enough]


def _select(database: sqlite3.Connection, build: str, match: str, lacking: str) -> list[_Match]:
    weights = ", ".join(str(weight) for weight in WEIGHTS.values())
    rows = database.execute(
        f"SELECT id, bm25(terms_{build}, {weights}) AS score, kind, translation_key"
        f" FROM terms_{build} JOIN document_{build} ON id = terms_{build}.rowid"
        f" WHERE terms_{build} MATCH ? AND (expires_at IS NULL OR expires_at > ?)"
        " AND (? = '' OR instr(languages, ?) = 0)"
        " ORDER BY score, id DESC",
        (match, time.time(), lacking, f",{lacking},"),
    )
    return [_Match(page_id, score, kind, key, build) for page_id, score, kind, key in rows]


def _matches_elsewhere(
    database: sqlite3.Connection, language: str, terms: list[str], *, loosely: bool = False
) -> list[_Match]:
    """Return the other languages' matches that this one lacks, the best of each group of translations."""
    others = [code for code in CODES if code != language]
    matches = [match for code in others for match in _matches(database, code, terms, loosely=loosely, lacking=language)]
    best: dict[str, _Match] = {}
    for match in sorted(matches, key=lambda match: match.score):
        best.setdefault(match.translation_key, match)
    return list(best.values())


def _hit(database: sqlite3.Connection, match: _Match, terms: list[str]) -> Hit:
    """Read what is shown of a match, with the terms marked in it."""
    build, names = match.build, list(WEIGHTS)
    columns = ", ".join(
        f"highlight(terms_{build}, {names.index(name)}, '{MARK_START}', '{MARK_END}')"
        for name in ("title", "summary", "body")
    )
    shown_text, *highlighted = database.execute(
        f"SELECT shown, {columns} FROM terms_{build} JOIN document_{build} ON id = terms_{build}.rowid"
        f" WHERE terms_{build} MATCH ? AND terms_{build}.rowid = ?",
        (" OR ".join(terms), match.page_id),
    ).fetchone()
    shown = json.loads(shown_text)
    title, summary, body = (
        (shown[name], marked_spans(shown[name], text, terms))
        for name, text in zip(("title", "summary", "body"), highlighted, strict=True)
    )
    # The summary where it holds what was asked for, else the part of the page that does, else the page's beginning.
    text, spans = summary if summary[1] or (summary[0] and not body[1]) else body
    return Hit(
        page_id=match.page_id,
        language=shown["language"],
        translation_key=match.translation_key,
        kind=match.kind,
        url=shown["url"],
        title=marked_at(*title),
        snippet=excerpt(text, spans, SNIPPET_LENGTH),
        country=shown["country"],
        date=datetime.date.fromisoformat(shown["date"]) if "date" in shown else None,
        starts_at=datetime.datetime.fromisoformat(shown["starts_at"]) if "starts_at" in shown else None,
        ends_at=datetime.datetime.fromisoformat(shown["ends_at"]) if "ends_at" in shown else None,
    )


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(
        "CREATE TABLE IF NOT EXISTS build (name TEXT PRIMARY KEY, language TEXT NOT NULL, schema INTEGER NOT NULL,"
        " in_use INTEGER NOT NULL, made_at REAL NOT NULL)"
    )
    return database


def _drop(database: sqlite3.Connection, build: str) -> None:
    database.execute(f"DROP TABLE IF EXISTS document_{build}")
    database.execute(f"DROP TABLE IF EXISTS terms_{build}")
    database.execute("DELETE FROM build WHERE name = ?", (build,))


def _drop_abandoned(database: sqlite3.Connection) -> None:
    """Drop what rebuilds left behind that were killed."""
    long_ago = time.time() - ABANDONED_AFTER
    for (build,) in database.execute("SELECT name FROM build WHERE NOT in_use AND made_at < ?", (long_ago,)).fetchall():
        _drop(database, build)
