"""Which of the embedded engine's pages match a question: all of them, unweighed, with what they are counted by.

A question is read in one or several ways; each reading is a query of FTS5, and what its pages are worth for it is said
by ``embedded_ranking``.
"""

import math
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.backends import embedded_attachments, embedded_typed
from search.backends.base import Alternative, SearchRequest
from search.backends.embedded_asking import as_typed, begun, begun_in_title, enough, is_acronym
from search.backends.embedded_compounds import asked_both_ways
from search.backends.embedded_facts import COLUMNS, Row, rows_of
from search.backends.embedded_tables import build_in_use
from search.backends.embedded_text import query_terms, run_phrases, stem_terms
from search.folding import in_other_kana
from search.kana import LANGUAGE as JAPANESE
from search.kana import words_in_kana
from search.relevance import BEGINNING, LEAST_KANA
from search.wordings import WEIGHT

# Where no page has all terms, a page needs at least this part of what they tell, and this part of what the best page
# has. Of a question most words say how it is asked, and those are in many pages and tell little.
LEAST_OF_ALL = 0.1
LEAST_OF_BEST = 0.4
# Where fewer pages have all terms, those with a part of them are sought too: one of the words may be said otherwise in
# the page that is meant.
FEW = 10
# A term that tells less than this (about one page in eight has it) is looked up only where there are no others.
TELLING = 2.0


@dataclass(frozen=True)
class Reading:
    """One way to read a question: its ``terms``, the FTS5 query ``match``, and how much what it finds counts.

    ``told`` is for pages with a part of the terms only: page id -> the part, and no other page matches. ``besides`` has
    the scores that pages have by what is no text of theirs, a file (``embedded_attachments``) or how they are read
    (``embedded_typed``), and they match by that alone.
    """

    terms: tuple[str, ...]
    match: str
    weight: float = 1.0
    told: Mapping[int, float] = field(default_factory=dict)
    besides: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Matches:
    """All pages of a language that match, each once, in no order; ``readings`` say why."""

    language: str
    build: str
    readings: tuple[Reading, ...]
    rows: tuple[Row, ...]

    @property
    def questions(self) -> list[tuple[str, ...]]:
        """The terms of each reading, which are marked."""
        return [reading.terms for reading in self.readings]


@dataclass(frozen=True)
class Answered:
    """The matches in the reader's language, and in each of the others.

    ``instead`` is the question that they answer, where no page has what was asked.
    """

    own: Matches
    others: Sequence[Matches]
    instead: str = ""


def all_matches(database: sqlite3.Connection, request: SearchRequest, spelled: str) -> Answered:
    """Return the matches in each language: with all terms, or with enough; in the reader's with both if few have all.

    ``spelled`` is the question as it was probably meant: it is answered instead where no page of any language has what
    was asked, in these or in other words. The alternatives are asked beside the question, each in its language.
    """
    language, query = request.language, request.query
    own = _typed(database, language, query)
    if not own.rows and (kana := in_other_kana(query)):
        # Who types ゴミ also asks for ごみ; beside each other the rarer would stand above.
        own = _asked(database, language, query_terms(kana))
    if language == JAPANESE and not own.rows:
        own = _asked(database, language, stem_terms(query))
    own = _with_readings(database, own, query)
    elsewhere = [_with_readings(database, _asked(database, code, query_terms(query)), query) for code in request.others]
    if not (_has_rows(own, *elsewhere) or is_acronym(query)):
        elsewhere = [_typed(database, code, query) for code in request.others]
    worded = [_with_alternatives(database, matches, request.alternatives) for matches in (own, *elsewhere)]
    # Nobody misspells in another language than the one they read.
    if spelled and not _has_rows(*worded):
        meant = _asked(database, language, query_terms(spelled))
        if meant.rows:
            return Answered(meant, worded[1:], instead=spelled)
    if not own.rows:
        own = _nearly(database, language, query)
        worded[0] = _with_alternatives(database, own, request.alternatives)
    elif len(worded[0].rows) < FEW:
        worded[0] = _united(worded[0], _nearly(database, language, query))
    if not _has_rows(own, *elsewhere):
        elsewhere = [_nearly(database, code, query) for code in request.others]
        worded[1:] = [_with_alternatives(database, matches, request.alternatives) for matches in elsewhere]
    return Answered(worded[0], worded[1:])


def partial_reading(
    database: sqlite3.Connection,
    build: str,
    terms: Collection[str],
    *,
    among: str = "",
    of_best: float = LEAST_OF_BEST,
    but: int = 0,
) -> Reading | None:
    """Return the reading of pages that hold enough of the terms, by how rare those are; not the page ``but``.

    ``among`` is the FTS5 query of the pages that may be found, empty for all; ``of_best`` says how much of what the
    best page has another one needs. None where no page has any.
    """
    told_by = tells(database, build, terms)
    asked = [term for term, tell in told_by.items() if tell >= TELLING] or list(told_by)
    told: dict[int, float] = defaultdict(float)
    for term in asked:
        tell = told_by[term]
        for (page_id,) in database.execute(f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?", (term,)):
            told[page_id] += tell
    told.pop(but, None)
    if among:
        rows = database.execute(f"SELECT rowid FROM terms_{build} WHERE terms_{build} MATCH ?", (among,))
        told = {page_id: told[page_id] for (page_id,) in rows if page_id in told}
    if not told:
        return None
    everything = sum(told_by.values())
    enough = max(LEAST_OF_ALL * everything, of_best * max(told.values()))
    parts = {page_id: tell / everything for page_id, tell in told.items() if tell >= enough}
    return Reading(tuple(terms), " OR ".join(asked), told=parts)


def tells(database: sqlite3.Connection, build: str, terms: Collection[str], *, least: int = 1) -> dict[str, float]:
    """Return how much each of the terms tells of a page that has it: the rarer the more.

    Those that fewer than ``least`` pages have are left out.
    """
    total = database.execute(f"SELECT count(*) FROM terms_{build}_docsize").fetchone()[0]
    statement = f"SELECT count(*) FROM terms_{build} WHERE terms_{build} MATCH ?"
    counts = {term: database.execute(statement, (term,)).fetchone()[0] for term in terms}
    return {
        term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items() if count >= least
    }


def matching_rows(database: sqlite3.Connection, build: str, reading: Reading) -> list[Row]:
    """Return the pages that the reading finds, without those that have expired."""
    if reading.told:
        return rows_of(database, build, reading.told)
    statement = (
        f"SELECT {COLUMNS} FROM terms_{build} JOIN counted_{build} ON id = terms_{build}.rowid"
        f" WHERE terms_{build} MATCH ? AND (expires_at IS NULL OR expires_at > ?)"
    )
    rows = [Row._make(row) for row in database.execute(statement, (reading.match, time.time()))]
    if reading.besides:
        rows += rows_of(database, build, reading.besides.keys() - {row.page_id for row in rows})
    return rows


def _has_rows(*languages: Matches) -> bool:
    return any(matches.rows for matches in languages)


def _typed(database: sqlite3.Connection, language: str, query: str) -> Matches:
    """Return the pages of the language with all the words, the last perhaps unfinished.

    Beside pages with the words as they stand are titles where the last one begins a word; only where no page has them
    as they stand, it may begin a word anywhere.
    """
    found = _asked(database, language, query_terms(query))
    build = found.build
    if not build or not query_terms(query):
        return found
    way = None if found.rows else begun(database, build, query)
    if way:
        return _asked(database, language, way.terms)
    in_title = begun_in_title(database, build, query)
    return _joined(database, found, Reading(in_title.terms, in_title.match, BEGINNING)) if in_title else found


def _asked(database: sqlite3.Connection, language: str, terms: Sequence[str]) -> Matches:
    """Return the pages of the language with all the terms, themselves or in a file of theirs."""
    build = build_in_use(database, language)
    if build is None or not terms:
        return Matches(language, build or "", (), ())
    terms = asked_both_ways(database, [build], terms)
    return _matches(database, language, build, _strict_reading(database, build, terms))


def _strict_reading(database: sqlite3.Connection, build: str, terms: Sequence[str]) -> Reading:
    files = embedded_attachments.page_scores(database, build, terms)
    way = as_typed(terms)
    return Reading(way.terms, way.match, besides=files)


def _nearly(database: sqlite3.Connection, language: str, query: str) -> Matches:
    """Return the pages of the language with enough of the question."""
    build, terms = build_in_use(database, language), query_terms(query)
    reading = partial_reading(database, build, terms, among=enough(query, language)) if build else None
    if build is None or reading is None:
        return Matches(language, build or "", (), ())
    return _matches(database, language, build, reading)


def _matches(database: sqlite3.Connection, language: str, build: str, reading: Reading) -> Matches:
    return Matches(language, build, (reading,), tuple(matching_rows(database, build, reading)))


def _joined(database: sqlite3.Connection, matches: Matches, reading: Reading) -> Matches:
    """Return the matches and what the reading finds beside them."""
    return _united(matches, _matches(database, matches.language, matches.build, reading))


def _united(matches: Matches, others: Matches) -> Matches:
    """Return all of two in one build; readings of the first that found nothing mark nothing."""
    rows = {row.page_id: row for row in (*matches.rows, *others.rows)}
    before = matches.readings if matches.rows else ()
    return replace(matches, readings=(*before, *others.readings), rows=tuple(rows.values()))


def _with_readings(database: sqlite3.Connection, typed: Matches, query: str) -> Matches:
    """Return the matches joined by Japanese pages that are read as the kana that were typed."""
    if typed.language != JAPANESE or not typed.build:
        return typed
    words = words_in_kana(query, least=LEAST_KANA)
    if not words:
        return typed
    scores, way = embedded_typed.read_scores(database, typed.build, words), as_typed(run_phrases(query))
    return _joined(database, typed, Reading(way.terms, way.match, besides=scores)) if scores else typed


def _with_alternatives(database: sqlite3.Connection, typed: Matches, alternatives: Iterable[Alternative]) -> Matches:
    """Return the matches joined by those of the alternatives in their language, which count a little less."""
    found = typed
    for alternative in alternatives:
        terms = query_terms(alternative.query) if alternative.language == typed.language and typed.build else []
        if terms:
            found = _joined(database, found, replace(_strict_reading(database, typed.build, terms), weight=WEIGHT))
    return found
