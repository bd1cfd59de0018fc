"""Public search without a server: SQLite's FTS5 in one file, for the demonstration, small sites and tests.

Each language has its own build of tables (``embedded_tables``), so that a rebuild is swapped in by one row. Several
processes may use the file: write-ahead log, a writer waits for the other. ``embedded_text`` makes terms of text,
``embedded_proposing`` mends them, ``embedded_matching`` says what matches, ``embedded_facets`` counts and sorts it as
``embedded_ranking`` weighs it, ``embedded_rows`` says what is shown of it.
"""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.languages import CODES
from search.backends import embedded_facts, embedded_proposing, embedded_suggesting
from search.backends.base import (
    SIMILAR_SECONDS,
    BackendUnavailableError,
    Change,
    Hit,
    HitList,
    Indexed,
    Put,
    SearchRequest,
    SearchResults,
)
from search.backends.embedded_facets import narrow
from search.backends.embedded_matching import all_matches
from search.backends.embedded_rows import read_hit
from search.backends.embedded_similar import like_page
from search.backends.embedded_tables import build_in_use, drop, drop_abandoned, make_build, put_in_use, write
from search.backends.embedded_text import query_terms
from search.suggesting import Suggestion, SuggestRequest

BUSY_SECONDS = 2.0
# Of SQLite's virtual machine, between two looks at the clock: well below a millisecond.
STEPS_BETWEEN_LOOKS = 10_000

_connections = threading.local()


class EmbeddedBackend:
    """See ``search.backends.base.SearchBackend``."""

    is_remote = False

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

    def similar(self, page_id: int, language: str, size: int, *, seconds: float = SIMILAR_SECONDS) -> tuple[Hit, ...]:
        others = SearchRequest("", language).others
        with self.reading(seconds=seconds) as database:
            matches = islice(like_page(database, page_id, language, others), size)
            return tuple(read_hit(database, match) for match in matches)

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
        if not query_terms(request.query):
            return SearchResults()
        with self.reading() as database:
            spelling = embedded_proposing.spelling(database, request.query, request.language, request.known)
            matches = all_matches(database, request, spelling)
            found = narrow(database, request, matches.own, matches.others, timezone.now())
            questions = {each.build: each.questions for each in (matches.own, *matches.others)}
            rows = {match: read_hit(database, match, questions[match.build]) for match in (*found.own, *found.other)}
            return SearchResults(
                own=HitList(found.own_total, tuple(rows[match] for match in found.own)),
                other=HitList(found.other_total, tuple(rows[match] for match in found.other)),
                facets=found.facets,
                spelling=spelling if request.page == 1 else "",
                instead=matches.instead,
            )

    def suggest(self, request: SuggestRequest) -> tuple[Suggestion, ...]:
        with self.reading() as database:
            return embedded_suggesting.suggest(database, request)

    @contextlib.contextmanager
    def reading(self, *, seconds: float | None = None) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file: a rebuild that is swapped in meanwhile is not seen.

        A statement that is still running after ``seconds`` is given up.
        """
        with self._transaction("BEGIN") as database:
            if seconds is not None:
                deadline = time.monotonic() + seconds
                database.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)
            try:
                yield database
            finally:
                database.set_progress_handler(None, 0)

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
            drop_abandoned(database)
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
            drop(database, self.build)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    # 16 MB a thread; the 2 MB that are usual hold less than the rows of one question.
    database.execute("PRAGMA cache_size = -16384")
    embedded_facts.make_shared(database)
    database.execute(
        "CREATE TABLE IF NOT EXISTS build (name TEXT PRIMARY KEY, language TEXT NOT NULL, schema INTEGER NOT NULL,"
        " in_use INTEGER NOT NULL, made_at REAL NOT NULL)"
    )
    return database
