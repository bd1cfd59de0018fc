"""Text -> the embedded engine's terms, and a visitor's words -> its query.

Words of scripts with spaces stay words; FTS5 stems the English ones. Letters and figures part, so that COP12 and COP 12
meet. Runs of Chinese, Japanese and Korean become pairs of neighbouring characters, and the last character by itself:
any two or more characters in a row are found wherever they stand, and a single one as the beginning of a pair.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.folding import fold, fold_with_offsets
from search.particles import without_particle
from search.snippets import MARK_END, MARK_START

# Han with its extensions, kana and their length mark, Hangul, the iteration mark.
_CJK = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af"
)
_LETTERS = f"[^\\W\\d_{_CJK}]+"
_RUN = re.compile(f"(?P<cjk>[{_CJK}]+)|(?P<word>\\d+|{_LETTERS})")
# The hyphen, and those that folding makes one of: that of typography, and the one where no line ends.
_COMPOUND = f"{_LETTERS}(?:[-\u2010\u2011]{_LETTERS})+"
_COMPOUNDS = re.compile(_COMPOUND)
_PIECE = re.compile(f"(?P<compound>{_COMPOUND})|{_RUN.pattern}")
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
# What hiragana leave of a Japanese run: its words without particles and endings.
_WITHOUT_ENDINGS = re.compile("[^\u3041-\u309f]+")
_HIRAGANA = re.compile("[\u3041-\u309f]")
# Words that English questions are made of and that say nothing about what is looked for.
_STOPWORDS = re.compile(
    "(?:an?|and|are|as|at|be|but|by|do|does|for|from|ha[sd]|have|how|if|in|into|is|its?|not?|of|on|or|our|such|that|the"
    "|their|then|there|these|they|this|to|was|we|were|what|when|where|which|who|why|will|with|you|your)"
)
# Beyond this a query is a text; the first terms say what it is about.
MOST_TERMS = 48


class Token(NamedTuple):
    """A term, and where in the original text it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the terms of ``text`` in order, with positions in it."""
    folded, offsets = fold_with_offsets(text)
    return [_token(folded, [*offsets, len(text)], start, end) for start, end in zip(*_places(folded), strict=True)]


def term_text(text: str) -> str:
    """Return the terms with spaces between them: what FTS5 is given to index."""
    folded = fold(text)
    return " ".join([folded[start:end] for start, end in zip(*_places(folded), strict=True)])


def _places(folded: str) -> tuple[list[int], list[int]]:
    """Return where the terms of a folded text begin, and where they end."""
    starts: list[int] = []
    ends: list[int] = []
    for match in _RUN.finditer(folded):
        first, last = match.span()
        if match["word"]:
            starts.append(first)
            ends.append(last)
        else:
            starts.extend(range(first, last))
            ends.extend(range(first + 2, last + 1))
            ends.append(last)
    return starts, ends


def _token(folded: str, offsets: Sequence[int], start: int, end: int) -> Token:
    """Return the term; ``offsets`` are those of the folded characters, and the length of the text after them."""
    return Token(folded[start:end], offsets[start], offsets[end])


def compounds(text: str) -> set[tuple[str, ...]]:
    """Return the words of ``text`` that are written with hyphens, each as its parts, folded."""
    return {tuple(fold(compound).split("-")) for compound in set(_COMPOUNDS.findall(text))}


def is_stopword(word: str) -> bool:
    """Whether the word, folded, says nothing about what a text is about."""
    return _STOPWORDS.fullmatch(word) is not None


def marked_spans(text: str, highlighted: str, terms: list[str]) -> list[tuple[int, int]]:
    """Return where in ``text`` the terms stand that FTS5 marked in ``highlighted``, its ``term_text``."""
    marked = _marked_numbers(highlighted)
    if not marked:
        return []
    whole = {term.strip('"*') for term in terms}
    folded, offsets = fold_with_offsets(text)
    offsets.append(len(text))
    starts, ends = _places(folded)
    spans: list[tuple[int, int]] = []
    for number in marked:
        token = _token(folded, offsets, starts[number], ends[number])
        # A single character was found as the beginning of a pair: only itself is marked.
        single = token.text not in whole and token.text[0] in whole and _CJK_CHARACTER.match(token.text)
        end = offsets[starts[number + 1]] if single and number + 1 < len(starts) else token.end
        if spans and (token.start <= spans[-1][1] or fold(text[spans[-1][1] : token.start]) == "-"):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((token.start, end))
    return spans


def _marked_numbers(highlighted: str) -> list[int]:
    """Return which of the terms stand between marks, counted from nought."""
    if MARK_START not in highlighted:
        return []
    marked: list[int] = []
    inside = False
    for number, piece in enumerate(highlighted.split(" ")):
        inside = inside or MARK_START in piece
        if inside:
            marked.append(number)
            inside = MARK_END not in piece
    return marked


def query_terms(query: str, *, unfinished: bool = False) -> list[str]:
    """Return what a visitor's words ask for, as FTS5 terms: quoted, so that nothing typed is syntax.

    Particles and stop words are left out. Where it may be ``unfinished``, the last word matches what begins with it.
    """
    asked = pieces(fold(query))
    found: list[str] = []
    for number, piece in enumerate(asked):
        if piece.is_run:
            found.extend(_run_terms(without_particle(piece.parts[0])))
        else:
            goes_on = "*" if unfinished and number == len(asked) - 1 and len(" ".join(piece.parts)) > 1 else ""
            found.append(word_term(piece, goes_on))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def stem_terms(query: str) -> list[str]:
    """Return the terms of a Japanese question without its particles and the endings of its words: 汚す asks for 汚.

    Nothing where there are none, or where nothing else would be left.
    """
    folded = fold(query)
    if not _HIRAGANA.search(folded):
        return []
    found: list[str] = []
    for piece in pieces(folded):
        if piece.is_run:
            for stem in _WITHOUT_ENDINGS.findall(piece.parts[0]):
                found.extend(_run_terms(stem))
        else:
            found.append(word_term(piece))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def run_phrases(query: str) -> list[str]:
    """Return a term for each run of CJK characters, two or more: all its pairs in a row, and marked only so."""
    runs = [piece.parts[0] for piece in pieces(fold(query)) if piece.is_run and len(piece.parts[0]) > 1]
    return [f'"{" ".join(run[at : at + 2] for at in range(len(run) - 1))}"' for run in runs]


@dataclass(frozen=True)
class Piece:
    """What stands together in a question: a run of CJK characters, a word as its letters and figures, or a compound.

    A compound's ``parts`` are the words between its hyphens.
    """

    parts: tuple[str, ...]
    is_run: bool
    is_compound: bool = False


def pieces(folded: str) -> list[Piece]:
    """Return the pieces of a question, without stop words unless there is nothing else."""
    found: list[Piece] = []
    end = -1
    for match in _PIECE.finditer(folded):
        is_run = match["cjk"] is not None
        if match["compound"]:
            found.append(Piece(tuple(match[0].split("-")), is_run=False, is_compound=True))
        elif found and not (is_run or found[-1].is_run or found[-1].is_compound) and match.start() == end:
            found[-1] = Piece((*found[-1].parts, match[0]), is_run=False)
        else:
            found.append(Piece((match[0],), is_run))
        end = match.end()
    return [piece for piece in found if not (len(piece.parts) == 1 and is_stopword(piece.parts[0]))] or found


def word_term(piece: Piece, unfinished: str = "") -> str:
    """Return the term for a word; a compound is asked for as its parts in a row, or as one word."""
    words = f'"{" ".join(piece.parts)}"{unfinished}'
    return f'({words} OR "{"".join(piece.parts)}"{unfinished})' if piece.is_compound else words


def _run_terms(run: str) -> list[str]:
    if len(run) == 1:
        return [f'"{run}"*']
    return [f'"{run[at : at + 2]}"' for at in range(len(run) - 1)]
