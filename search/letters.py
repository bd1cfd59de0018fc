"""Text as it is typed, letter by letter: what a half-typed word is a beginning of, and what a mistyped one is near to.

Words of scripts with spaces stay words, katakana too, and Hangul as the keys it is typed with (수우 is a beginning of
수원). Han characters and hiragana are units by themselves: words begin anywhere among them. Elasticsearch does the
same with the components ``keystrokes`` and ``typed`` of ``search.analysis``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.folding import fold_with_offsets
from search.keyboard import keystrokes

_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_SINGLE = "\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_UNIT = re.compile(f"[{_SINGLE}]|[{_KATAKANA}]+|[^\\W_{_SINGLE}{_KATAKANA}]+")
_IS_SINGLE = re.compile(f"[{_SINGLE}]")


@dataclass(frozen=True)
class Unit:
    """A word, or a Han character or hiragana by itself: its ``letters``, and where in the text it stands.

    ``ends`` has for each letter the position in the text after the character that it belongs to.
    """

    letters: str
    start: int
    end: int
    ends: tuple[int, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is a Han character or hiragana."""
        return bool(_IS_SINGLE.match(self.letters))


def units(text: str) -> list[Unit]:
    """Return the units of ``text`` in order."""
    folded, offsets = fold_with_offsets(text)
    after = [*offsets[1:], len(text)]
    # A compatibility form may be folded to several characters: all end where the original does.
    for at in range(len(after) - 2, -1, -1):
        if after[at] == offsets[at]:
            after[at] = after[at + 1]
    found: list[Unit] = []
    for match in _UNIT.finditer(folded):
        first, last = match.span()
        typed = [(letter, after[at]) for at in range(first, last) for letter in keystrokes(folded[at])]
        letters = "".join(letter for letter, _ in typed)
        found.append(Unit(letters, offsets[first], after[last - 1], tuple(end for _, end in typed)))
    return found


def typed_text(text: str) -> str:
    """Return the units' letters with spaces between them: what an engine is given to index."""
    return " ".join(unit.letters for unit in units(text))


def typed_words(query: str) -> list[list[str]]:
    """Return the letters of what was typed: for each stretch between spaces the units that have to stand in a row."""
    return [letters for word in query.split() if (letters := [unit.letters for unit in units(word)])]


def begins(text: Sequence[Unit], word: Sequence[str]) -> tuple[int, int] | None:
    """Return where in the text ``word`` is begun: its units in a row, the last of them perhaps unfinished."""
    for at in range(len(text) - len(word) + 1):
        here = text[at : at + len(word)]
        if all(unit.letters == letters for unit, letters in zip(here[:-1], word[:-1], strict=True)) and here[
            -1
        ].letters.startswith(word[-1]):
            return here[0].start, here[-1].ends[len(word[-1]) - 1]
    return None


def spans(text: str, words: Sequence[Sequence[str]]) -> list[tuple[int, int]] | None:
    """Return where in ``text`` each of the typed words is begun, in order and united; None if one of them is not."""
    found = units(text)
    places = [begins(found, word) for word in words]
    if not places or not all(places):
        return None
    united: list[tuple[int, int]] = []
    for start, end in sorted(place for place in places if place):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
