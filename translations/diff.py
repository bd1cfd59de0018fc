"""What changed between two texts, word by word; character by character where words are not written apart."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Han, kana and their iteration marks: written without spaces. Hangul is not among them, Korean has spaces.
_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Marks that belong to the character before: combining marks, variation selectors, sound marks of kana, joiners.
_MARKS = "\u0300-\u036f\u200d\ufe00-\ufe0f\u3099\u309a\U000e0100-\U000e01ef"
_TOKEN = re.compile(
    rf"<[^<>]*>"  # a tag is one thing
    rf"|[{_UNSPACED}][{_MARKS}]*"
    rf"|(?:[^\W{_UNSPACED}][{_MARKS}]*)+(?:['’][^\W{_UNSPACED}]+)*"  # a word, with its apostrophes
    rf"|\s+"
    rf"|.[{_MARKS}]*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A part of the text that both have, or that only the new or the old one has."""

    kind: Literal["equal", "insert", "delete"]
    text: str


def tokens(text: str) -> list[str]:
    """Split a text into words, characters of scripts without spaces, tags, spaces and signs; nothing is lost."""
    return _TOKEN.findall(text)


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Return what became of ``old`` in ``new``, in reading order, what went before what came.

    Spaces alone between two changes belong to the change, so that a reworded passage reads as one.
    """
    before, after = (tokens(unicodedata.normalize("NFC", text)) for text in (old, new))
    steps: list[tuple[bool, str, str]] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        gone, come = "".join(before[start:end]), "".join(after[new_start:new_end])
        equal = tag == "equal"
        bridge = equal and gone.isspace() and steps and end < len(before) and new_end < len(after)
        if steps and not steps[-1][0] and (bridge or not equal):
            steps[-1] = (False, steps[-1][1] + gone, steps[-1][2] + come)
        else:
            steps.append((equal, gone, come))
    return tuple(piece for step in steps for piece in _pieces(*step))


def _pieces(equal: bool, gone: str, come: str) -> list[Piece]:
    if equal:
        return [Piece("equal", gone)]
    return [Piece(kind, text) for kind, text in (("delete", gone), ("insert", come)) if text]  # type: ignore[arg-type]
