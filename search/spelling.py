"""The question as it was probably meant: words and names of the pages that are one slip away from what was typed.

A slip is Damerau's: a letter too many, one missing, another in its place, two neighbours swapped; for Hangul by the
keys it is typed with, or two syllables swapped; among Han characters and kana by the character, in three or more.
Engines find pages that are near (``pieces`` says to what), and count them; what was meant is read from their texts, so
it is spelled as the pages spell it, and it can be found.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from search.keyboard import compose, keystrokes, other_layouts
from search.letters import Unit, units
from search.particles import without_particle

# A question with so few pages may have been misspelled.
FEW = 2
# Shorter words have too many neighbours; longer ones may have two slips.
SHORTEST, LONG = 4, 9
SHORTEST_RUN, LONGEST_RUN = 3, 8
# Of a sentence most words say how it is asked, and many are near to something.
MOST_PIECES = 6
# In letters; who types more between two spaces has not mistyped a word, and each letter makes the search slower.
LONGEST_WORD = 60


@dataclass(frozen=True)
class Piece:
    """A word, or a run of Han characters and hiragana: its ``letters`` (units of a run) and place in the question."""

    text: str
    letters: str
    start: int
    end: int
    is_run: bool = False

    @property
    def slips(self) -> int:
        """How many slips it may have."""
        if self.is_run:
            return int(SHORTEST_RUN <= len(self.letters) <= LONGEST_RUN)
        return (len(self.letters) >= SHORTEST) + (len(self.letters) >= LONG)

    @property
    def is_hangul(self) -> bool:
        """Whether it is a word of whole syllables."""
        return bool(self.text) and all("\uac00" <= character <= "\ud7a3" for character in self.text)

    @property
    def swapped(self) -> list[str]:
        """The piece with two neighbours swapped, syllables of a Hangul word or characters of a run."""
        if not (self.is_hangul or self.is_run):
            return []
        text = self.text
        return [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)]


def pieces(query: str) -> list[Piece]:
    """Return the words and runs of the question; empty where it is too long to be one that was misspelled."""
    found: list[Piece] = []
    for unit in units(query):
        piece = _noun(Piece(query[unit.start : unit.end], unit.letters, unit.start, unit.end, unit.is_single))
        if piece.is_run and found and found[-1].is_run and found[-1].end == piece.start:
            run = found.pop()
            piece = replace(run, text=query[run.start : piece.end], letters=run.letters + piece.letters, end=piece.end)
        found.append(piece)
    if len(found) > MOST_PIECES or any(len(piece.letters) > LONGEST_WORD for piece in found):
        return []
    return found if any(piece.slips for piece in found) else []


def _noun(piece: Piece) -> Piece:
    """Return a Korean word without its particle: 청계천의 is misspelled where 청계천 is."""
    noun = without_particle(piece.text) if piece.is_hangul else piece.text
    if noun == piece.text:
        return piece
    return replace(piece, text=noun, letters=keystrokes(noun), end=piece.start + len(noun))


def is_clearly_more(as_typed: int, other: int) -> bool:
    """Whether a question with ``as_typed`` pages was probably meant otherwise, which has ``other`` pages."""
    return as_typed <= FEW and other > 3 * as_typed


def proposal(
    query: str, as_typed: int, layouts: Sequence[int], near: int, texts: Sequence[str], known: Collection[str] = ()
) -> str:
    """Return the question as it was probably meant, empty where it was meant as it is.

    ``as_typed`` is how many pages there are, ``layouts`` how many for each of ``keyboard.other_layouts``, ``near`` how
    many that have each word or are a slip away; ``texts`` are of the nearest of them. ``known`` words stay as they are.
    """
    for layout, count in zip(other_layouts(query), layouts, strict=True):
        if is_clearly_more(as_typed, count):
            return layout
    return corrected(query, texts, known) if is_clearly_more(as_typed, near - as_typed) else ""


def corrected(query: str, texts: Sequence[str], known: Collection[str] = ()) -> str:
    """Return the question with each piece as the first of ``texts`` that is near to it spells it; empty if alike."""
    for text in texts:
        meant, found = query, units(text)
        for piece in reversed(pieces(query)):
            if piece.text in known:
                continue
            spelled = _nearest_run(piece, text, found) if piece.is_run else _nearest_word(piece, text, found)
            meant = meant[: piece.start] + spelled + meant[piece.end :]
        if meant != query:
            return meant
    return ""


def distance(one: str, other: str, most: int) -> int:
    """Return the number of slips between two words (optimal string alignment), ``most`` + 1 where there are more.

    >>> distance("istanbhul", "istanbul", 1), distance("apotsol", "apostol", 1), distance("river", "revir", 1)
    (1, 1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for place, another in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != another))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == another:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def near_word(piece: Piece, word: str) -> tuple[int, int] | None:
    """Return (slips, letters) where the piece is near the word's first so many letters, all but of a Hangul word.

    A Hangul word goes on in particles, and in what it is composed with.
    """
    lengths: Iterable[int] = (len(word),)
    if not piece.is_hangul and len(piece.letters) <= SHORTEST and word[:1] != piece.letters[:1]:
        # Most short words are a letter away from another one; few begin with the wrong letter: snow is not know.
        return None
    if piece.is_hangul:
        swapped = (keystrokes(text) for text in piece.swapped)
        if any(word.startswith(each) for each in swapped if each != piece.letters):
            return 1, len(piece.letters)
        lengths = range(len(piece.letters) - piece.slips, min(len(word), len(piece.letters) + piece.slips) + 1)
    near = [(distance(piece.letters, word[:length], piece.slips), -length) for length in lengths if length > 0]
    slips, length = min(near, default=(piece.slips + 1, 0))
    return (slips, -length) if slips <= piece.slips else None


def _nearest_word(piece: Piece, text: str, found: Sequence[Unit]) -> str:
    best: tuple[int, str] | None = None
    for unit in found:
        near = None if unit.is_single else near_word(piece, unit.letters)
        if near and (best is None or near[0] < best[0]):
            slips, length = near
            spelled = text[unit.start : unit.ends[length - 1]]
            # A syllable that a slip leaves open is closed as in the text, or not taken.
            if piece.is_hangul and compose(unit.letters[:length]) != spelled:
                continue
            best = (slips, spelled)
    if best is None or best[0] == 0:
        return piece.text
    return best[1].lower() if piece.text.islower() else best[1]


def _nearest_run(piece: Piece, text: str, found: Sequence[Unit]) -> str:
    size = len(piece.letters)
    if not piece.slips or piece.letters in "".join(unit.letters for unit in found):
        return piece.text
    near: list[tuple[int, str]] = []
    for length in (size, size + 1, size - 1):
        for at in range(len(found) - length + 1):
            here = found[at : at + length]
            letters = "".join(unit.letters for unit in here)
            is_run = here[-1].end - here[0].start == len(letters) == length and all(unit.is_single for unit in here)
            if is_run and distance(piece.letters, letters, 1) <= 1:
                # Where the run is cut is told by its ends: 生物多性 is not 生物多样, but 生物多样性.
                ends = (letters[0] == piece.letters[0]) + (letters[-1] == piece.letters[-1])
                near.append((-ends, text[here[0].start : here[-1].end]))
    return min(near, key=lambda each: each[0], default=(0, piece.text))[1]
