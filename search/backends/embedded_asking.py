"""What a visitor's question asks of the embedded engine: its words as they stand, the last unfinished, enough of it.

Where no page has all terms, pages with a part of them answer. Pairs of characters mean nothing by themselves, and some
of any word's are in some page: so a page has to hold a word of the question, or most of one in a row.
"""

import math
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from search.backends.embedded_text import pieces, query_terms, word_term
from search.folding import fold
from search.particles import without_particle

# Of a run of Han characters or Hangul so many in a row are enough; a shorter one is a word, and has to be there.
IN_A_ROW = 3
LONGEST_WORD = 4
# Kana spell: fewer of them say nothing, and of a katakana word nearly all: コンピュータ for コンピューター.
HIRAGANA_IN_A_ROW = 4
NEARLY_ALL = 0.75
# Each is looked up; who types more has typed a text.
MOST_PHRASES = 120

_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a1-\u30fa\u30fc-\u30fe"
_KANA = re.compile(f"[{_HIRAGANA}{_KATAKANA}]")
_HANGUL = re.compile("[가-힣]+")
_IS_KATAKANA = re.compile(f"[{_KATAKANA}]+")
# Hiragana between them are particles and endings.
_JAPANESE = re.compile(f"[{_KATAKANA}]+|[^{_HIRAGANA}{_KATAKANA}]+")
# What Chinese sentences are made of, folded: 什么 and 哪 ask, 的 and 是 join.
_CHINESE_GRAMMAR = re.compile("什么|多少|[的是了在被吗呢谁哪]")
_LAST_WORD = re.compile(r"\w+(?=\W*$)")
# Final consonants that a syllable may have, and none.
_FINALS = 28


@dataclass(frozen=True)
class Way:
    """One way to ask a question: its ``terms``, which are marked, and the FTS5 query ``match``."""

    terms: tuple[str, ...]
    match: str


def as_typed(terms: Sequence[str]) -> Way:
    """Return the way that asks for all the terms, anywhere on a page."""
    return Way(tuple(terms), " AND ".join(terms))


def begun_in_title(database: sqlite3.Connection, build: str, query: str) -> Way | None:
    """Return the way that asks for all words, the last as the beginning of one in a title; None where none is begun."""
    *others, last = query_terms(query, unfinished=True)
    if not _begins_a_term(database, build, last):
        return None
    # Of such titles first those with the word itself: it counts twice.
    return as_typed([*others, f"{{title}} : ({last.rstrip('*')} OR {last})"])


def begun(database: sqlite3.Connection, build: str, query: str) -> Way | None:
    """Return the way that asks for all words, the last as the beginning of one.

    In texts each beginning is that of something: None where no page is called anything that it begins. Capitals are an
    acronym, which is finished.
    """
    *others, last = query_terms(query, unfinished=True)
    if is_acronym(query) or not _begins_a_term(database, build, last):
        return None
    named = as_typed([*others, f"{{title names}} : {last}"])
    statement = f"SELECT 1 FROM terms_{build} WHERE terms_{build} MATCH ? LIMIT 1"
    return as_typed([*others, last]) if database.execute(statement, (named.match,)).fetchone() else None


def is_acronym(query: str) -> bool:
    """Whether the last word is in capitals."""
    word = _LAST_WORD.search(query)
    return word is not None and len(word[0]) > 1 and word[0].isupper()


def _begins_a_term(database: sqlite3.Connection, build: str, last: str) -> bool:
    """Whether a term of the build begins with the last one of a question, if that may be unfinished.

    The build's terms are stems. Where none begins with the letters themselves, FTS5 would look for a shorter stem, and
    that of "bees" is a beginning of "been".
    """
    if not last.endswith("*"):
        return False
    letters = last.strip('"*').rpartition(" ")[2]
    vocabulary = f"temp.words_{build}"
    database.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING fts5vocab('main', 'terms_{build}', 'row')")
    try:
        statement = f"SELECT 1 FROM {vocabulary} WHERE term >= ? AND term < ? LIMIT 1"
        return database.execute(statement, (letters, letters + "\U0010ffff")).fetchone() is not None
    finally:
        database.execute(f"DROP TABLE {vocabulary}")


def enough(query: str, language: str) -> str:
    """Return the FTS5 query for pages that hold a word of the question, or most of one; empty where any term is enough.

    ``language`` is that of the pages.
    """
    asked = pieces(fold(query))
    if not any(piece.is_run for piece in asked):
        return ""
    found: list[str] = []
    for piece in asked:
        found += _clauses(piece.parts[0], language) if piece.is_run else [word_term(piece)]
    if asked[-1].is_run:
        found += _finished(without_particle(asked[-1].parts[0]))
    return " OR ".join(dict.fromkeys(found[:MOST_PHRASES]))


def _clauses(run: str, language: str) -> list[str]:
    """Return FTS5 queries of which one is enough: for each stretch of the run that says something."""
    if len(run) == 1:
        return [f'"{run}"*']
    if _HANGUL.fullmatch(run):
        return [*_most_of(without_particle(run)), *map(_phrase, _swapped(run))]
    if _KANA.search(run):
        stretches = [stretch for stretch in _JAPANESE.findall(run) if len(stretch) > 1]
        # お好み焼き: nothing but endings and single characters.
        return [each for stretch in stretches for each in _most_of(stretch)] or _in_a_row(run, HIRAGANA_IN_A_ROW)
    stretches = _CHINESE_GRAMMAR.split(run) if language.startswith("zh") else [run]
    said = [stretch for stretch in stretches if len(stretch) > 1]
    # What a sentence is about is what it, or a part of it, begins with: 坡鹿又叫什么 asks for 坡鹿.
    begin = [_phrase(stretch[:2]) for stretch in said] if len(stretches) > 1 else []
    return [*begin, *(each for stretch in said for each in _most_of(stretch))]


def _most_of(stretch: str) -> list[str]:
    size = len(stretch)
    if _IS_KATAKANA.fullmatch(stretch):
        return _in_a_row(stretch, 1 + math.ceil(NEARLY_ALL * (size - 1)))
    if size > LONGEST_WORD:
        return _in_a_row(stretch, IN_A_ROW)
    # Two words of two characters each may stand apart.
    halves = [f"({_phrase(stretch[:2])} AND {_phrase(stretch[2:])})"] if size == LONGEST_WORD else []
    return [_phrase(stretch), *halves]


def _in_a_row(stretch: str, size: int) -> list[str]:
    """Return phrases of ``size`` characters of the stretch, or of all where it is shorter."""
    return [_phrase(stretch[at : at + size]) for at in range(max(1, len(stretch) - size + 1))]


def _swapped(word: str) -> list[str]:
    """Return the word with two neighbouring syllables swapped."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def _finished(word: str) -> list[str]:
    """Return phrases for a Korean word whose last syllable is still open, closed by each final consonant."""
    code = ord(word[-1]) - ord("가")
    if not _HANGUL.fullmatch(word) or code % _FINALS:
        return []
    return [_phrase(word[:-1] + chr(ord(word[-1]) + final)) for final in range(1, _FINALS)]


def _phrase(text: str) -> str:
    return f'"{" ".join(text[at : at + 2] for at in range(len(text) - 1))}"'
