"""A word that no page has -> the words of titles that are one slip of the hand away, for the embedded engine.

FTS5 keeps stems of words in scripts with spaces; a slip is looked for among those (Damerau's four: a letter too many,
one missing, another in its place, two neighbours swapped).
"""

import re
import sqlite3

# Of shorter words too many others are one letter away.
SHORTEST = 4
_WORD_TERM = re.compile(r'"([^\W\d_]+)"\*?')


def respelled(database: sqlite3.Connection, build: str, terms: list[str]) -> list[str]:
    """Return the FTS5 ``terms`` with each word that the build does not have replaced by near words of its titles.

    A term of which there is no near word either stays as it is.
    """
    return [_near_term(database, build, term) or term for term in terms]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a single slip (F. J. Damerau, 1964) makes ``other`` of ``one``; equal words are none apart.

    >>> one_slip_apart("istanbhul", "istanbul"), one_slip_apart("apotsol", "apostol"), one_slip_apart("port", "sport")
    (True, True, True)
    >>> one_slip_apart("river", "revir")
    False
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_of_other = one[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return (
        rest[1:] == rest_of_other
        or rest == rest_of_other[1:]
        or rest[1:] == rest_of_other[1:]
        or (len(rest) > 1 and swapped == rest_of_other)
    )


def _near_term(database: sqlite3.Connection, build: str, term: str) -> str | None:
    word = _WORD_TERM.fullmatch(term)
    # Han, kana and Hangul are kept as pairs of characters, not as words.
    if not word or len(word[1]) < SHORTEST or not word[1][0].isascii():
        return None
    for table in (f"terms_{build}", f"file_terms_{build}"):
        if database.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (term,)).fetchone():
            return None
    stem = _stem(database, word[1])
    near = [title for title in _title_stems(database, build, len(stem)) if one_slip_apart(stem, title)]
    alternatives = " OR ".join(f'"{title}"' for title in near)
    return f"({alternatives})" if near else None


def _stem(database: sqlite3.Connection, word: str) -> str:
    """Return the word as FTS5's own tokenizer keeps it."""
    database.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemmed"
        " USING fts5(word, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5vocab('temp', 'stemmed', 'row')")
    database.execute("DELETE FROM temp.stemmed")
    database.execute("INSERT INTO temp.stemmed (word) VALUES (?)", (word,))
    row = database.execute("SELECT term FROM temp.stem").fetchone()
    return str(row[0]) if row else word


def _title_stems(database: sqlite3.Connection, build: str, length: int) -> list[str]:
    """Return the build's words of titles that are at most one letter longer or shorter than ``length``."""
    vocabulary = f"vocabulary_{build}"
    database.execute(f"CREATE VIRTUAL TABLE temp.{vocabulary} USING fts5vocab('main', 'terms_{build}', 'col')")
    try:
        rows = database.execute(
            f"SELECT term FROM temp.{vocabulary} WHERE col = 'title' AND length(term) BETWEEN ? AND ?",
            (length - 1, length + 1),
        )
        return [term for (term,) in rows]
    finally:
        database.execute(f"DROP TABLE temp.{vocabulary}")
