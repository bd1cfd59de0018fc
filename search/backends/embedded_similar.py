"""Pages like a page, in the embedded engine: those that share its most telling words."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nlargest

from django.utils import timezone

from search.backends.embedded_facets import Match
from search.backends.embedded_facts import Row, dated, read_facts, rows_of
from search.backends.embedded_matching import matching_rows, partial_reading, tells
from search.backends.embedded_ranking import bm25
from search.backends.embedded_tables import build_in_use
from search.backends.embedded_text import is_stopword
from search.facets import Facts
from search.timeliness import timeliness

# As many as the other engine asks for.
TERMS = 25
# Of a page's words those that stand out most are looked up; each costs a look into the index.
LOOKED_UP = 80
# Of the pages that share something so many are weighed.
WEIGHED = 60
# A page is not asked for: what has some of it is worth a look where nothing has more.
LEAST_OF_BEST = 0.2
# What a word counts by where it stands: as in ranking.
COLUMNS = {"title": 8, "important": 4, "summary": 3, "body": 1}
# About the same, and about the same place.
SHARED_THEME, SHARED_COUNTRY = 1.3, 1.1

_SAYS_SOMETHING = re.compile(r"[^\W\d_]{2,}")


def like_page(database: sqlite3.Connection, page_id: int, language: str, others: Sequence[str]) -> Iterator[Match]:
    """Yield pages like the page, those of ``language`` first, then one a page of ``others`` that ``language`` lacks.

    A page that the index does not have, since visitors may not find it, is like no other.
    """
    build = build_in_use(database, language)
    if build is None:
        return
    columns = ", ".join((*COLUMNS, "names"))
    known = rows_of(database, build, [page_id])
    if not known:
        return
    row = database.execute(f"SELECT {columns} FROM terms_{build} WHERE rowid = ?", (page_id,)).fetchone()
    *texts, names = row
    page = read_facts(database, [known[0].facts])[known[0].facts]
    # What the page alone has says nothing of others.
    terms = _telling(database, build, _outstanding(texts), least=2)
    yield from (Match(row.page_id, build) for row in _alike(database, build, page, terms, but=page_id))
    seen: set[int] = set()
    for code in others:
        other = build_in_use(database, code)
        # Words of another language are not the page's; titles and places are in every document in all languages.
        words = list(dict.fromkeys(_words(names)))[:LOOKED_UP]
        terms = _telling(database, other, words, column="names") if other else []
        for row in _alike(database, other, page, terms, lacking=language) if other else ():
            if other and row.page_group not in seen:
                seen.add(row.page_group)
                yield Match(row.page_id, other)


def _words(text: str) -> list[str]:
    return [word for word in text.split() if _SAYS_SOMETHING.fullmatch(word) and not is_stopword(word)]


def _outstanding(texts: Sequence[str]) -> list[str]:
    """Return the words that stand out by how often and where they are written."""
    counts: Counter[str] = Counter()
    for text, weight in zip(texts, COLUMNS.values(), strict=True):
        for word in _words(text):
            counts[word] += weight
    return [word for word, _ in counts.most_common(LOOKED_UP)]


def _telling(
    database: sqlite3.Connection, build: str, words: Sequence[str], *, column: str = "", least: int = 1
) -> list[str]:
    """Return the FTS5 terms that tell most, of words that at least so many pages have."""
    only = f"{{{column}}} : " if column else ""
    told = tells(database, build, [f'{only}"{word}"' for word in words], least=least)
    return sorted(told, key=lambda term: -told[term])[:TERMS]


def _alike(
    database: sqlite3.Connection,
    build: str,
    page: Facts,
    terms: Sequence[str],
    *,
    but: int = 0,
    lacking: str = "",
) -> list[Row]:
    """Return the build's pages that share enough of the terms, best first.

    Not the page ``but``, and of another language those only that ``lacking`` lacks.
    """
    reading = partial_reading(database, build, terms, of_best=LEAST_OF_BEST, but=but)
    rows = matching_rows(database, build, reading) if reading else []
    rows = [row for row in rows if not (lacking and row.is_in(lacking))]
    if reading is None or not rows:
        return []
    # Those that share most are weighed closer.
    rows = nlargest(WEIGHED, rows, key=lambda row: (reading.told[row.page_id], row.page_id))
    scores = bm25(database, build, reading.match, [row.page_id for row in rows])
    facts = read_facts(database, {row.facts for row in rows})
    now = timezone.now()

    def weight(row: Row) -> tuple[float, int]:
        its = dated(facts[row.facts], row)
        factor = timeliness(its, now)
        factor *= SHARED_THEME if set(its.themes) & set(page.themes) else 1
        factor *= SHARED_COUNTRY if its.country and its.country == page.country else 1
        # Lower is better and below nought.
        return scores[row.page_id] * reading.told[row.page_id] * factor, -row.page_id

    return sorted(rows, key=weight)
