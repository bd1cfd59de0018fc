"""Words that pages write with hyphens: who asks for carfree finds car-free.

A page's terms have the parts only. The whole word among them would make the page longer, and all else in it count less;
so ``compound_<build>`` keeps which words there are, and a question is asked both ways. Words of removed pages stay in
it until the next build: they find nothing.
"""

import re
import sqlite3
from collections.abc import Sequence

from search.backends.embedded_text import compounds
from search.documents import PageDocument

# A way of writing that is so many times rarer than what was typed is left out: by its rareness it would stand above.
TOO_RARE = 10

_WORD = re.compile(r'"([^\W\d_]+)"\*?')


def make(database: sqlite3.Connection, build: str) -> None:
    """Make the build's empty table."""
    database.execute(
        f"CREATE TABLE compound_{build} (whole TEXT NOT NULL, parts TEXT NOT NULL, PRIMARY KEY (whole, parts))"
        " WITHOUT ROWID"
    )


def add(database: sqlite3.Connection, build: str, document: PageDocument) -> None:
    """Keep the words of the page and of its files."""
    texts = [document.title, document.important, document.summary, document.body, *document.names, *document.towns]
    for attachment in document.attachments:
        texts += [attachment.title, attachment.text]
    rows = [(_whole("".join(parts)), " ".join(parts)) for text in texts for parts in compounds(text)]
    database.executemany(f"INSERT OR IGNORE INTO compound_{build} VALUES (?, ?)", rows)


def drop(database: sqlite3.Connection, build: str) -> None:
    """Drop the build's table."""
    database.execute(f"DROP TABLE IF EXISTS compound_{build}")


def asked_both_ways(database: sqlite3.Connection, builds: Sequence[str], terms: Sequence[str]) -> list[str]:
    """Return the terms of ``query_terms``; a word that pages of the builds write with hyphens also asks for its parts.

    >>> asked_both_ways(database, ["en1"], ['"carfree"', '"day"*'])
    ['("carfree" OR "car free")', '"day"*']
    """
    return [_asked(database, builds, term) for term in terms]


def _asked(database: sqlite3.Connection, builds: Sequence[str], term: str) -> str:
    word = _WORD.fullmatch(term)
    if not word or not builds:
        return term
    kept = " UNION ".join(f"SELECT parts FROM compound_{build} WHERE whole = :whole" for build in builds)
    phrases = [f'"{row[0]}"' for row in database.execute(f"{kept} ORDER BY parts", {"whole": _whole(word[1])})]
    typed = _count(database, builds, term) if phrases else 0
    others = [phrase for phrase in phrases if typed <= TOO_RARE * _count(database, builds, phrase)]
    return f"({' OR '.join([term, *others])})" if others else term


def _count(database: sqlite3.Connection, builds: Sequence[str], term: str) -> int:
    """Return how many pages have the term."""
    counts = (f"SELECT count(*) FROM terms_{build} WHERE terms_{build} MATCH :term" for build in builds)
    return sum(count for (count,) in database.execute(" UNION ALL ".join(counts), {"term": term}))


def _whole(word: str) -> str:
    """Return the word as it is looked up: the stemmer brings its forms together, and does not see the whole."""
    return word.removesuffix("s")
