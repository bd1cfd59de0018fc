"""Text with its matches marked: a sequence of parts, never HTML, so that a template can only escape it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.graphemes import boundary_after, boundary_before, joins, without_loose_start

# Private use characters as marks between an engine and us: no content can hold them, since documents drop them.
MARK_START = "\ue000"
MARK_END = "\ue001"

_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")


@dataclass(frozen=True)
class Part:
    """A stretch of text; ``marked`` where it is what the reader asked for."""

    text: str
    marked: bool = False


Snippet = tuple[Part, ...]


def plain(text: str) -> Snippet:
    """Return a snippet without marks."""
    return (Part(text),) if text else ()


def parse(marked: str) -> Snippet:
    """Read an engine's text with ``MARK_START`` and ``MARK_END`` in it."""
    text, spans, inside = "", [], False
    # A part of a longer text may begin in the middle of a character.
    for number, piece in enumerate(re.split(f"({MARK_START}|{MARK_END})", without_loose_start(marked))):
        if number % 2:
            inside = piece == MARK_START
        elif piece:
            if inside:
                spans.append((len(text), len(text) + len(piece)))
            text += piece
    return marked_at(text, spans)


def without_marks(text: str) -> str:
    """Drop what would be taken for a mark, and halves of surrogate pairs, which no engine takes."""
    return _MARKS.sub("", text).encode("utf-8", "ignore").decode("utf-8")


def text_of(snippet: Snippet) -> str:
    """Return the snippet's text without its marks."""
    return "".join(part.text for part in snippet)


def joined(parts: Iterable[Part]) -> Snippet:
    """Unite neighbours of one kind."""
    united: list[Part] = []
    for part in parts:
        if united and united[-1].marked == part.marked:
            united[-1] = Part(united[-1].text + part.text, part.marked)
        elif part.text:
            united.append(part)
    return tuple(united)


def marked_at(text: str, spans: Sequence[tuple[int, int]]) -> Snippet:
    """Mark ``spans`` of ``text``: (start, end) positions in order, not overlapping; characters are marked whole."""
    parts: list[Part] = []
    position = 0
    for first, last in spans:
        start, end = max(position, boundary_before(text, first)), boundary_after(text, last)
        if end > start:
            parts.extend((Part(text[position:start]), Part(text[start:end], marked=True)))
            position = end
    parts.append(Part(text[position:]))
    return joined(part for part in parts if part.text)


def excerpt(text: str, spans: Sequence[tuple[int, int]], length: int) -> Snippet:
    """Return about ``length`` characters of ``text`` where most of ``spans`` lie, marked, with … where it was cut."""
    if len(text) <= length:
        return marked_at(text, spans)
    start = _densest(spans, length) if spans else 0
    first = max(0, min(start - length // 5, len(text) - length))
    # The cut moves back to the beginning of a word; the end does not, or the last word of a text would be lost.
    start, end = _boundary(text, first), _boundary(text, min(len(text), first + length))
    inside = [
        (max(begin, start) - start, min(last, end) - start) for begin, last in spans if begin < end and last > start
    ]
    cut = marked_at(text[start:end], inside)
    return joined((Part("… " if start else ""), *cut, Part(" …" if end < len(text) else "")))


def _densest(spans: Sequence[tuple[int, int]], length: int) -> int:
    """Return the start of the span from which ``length`` characters hold the most spans."""
    best, most, last = spans[0][0], 0, 0
    for first, (start, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= start + length:
            last += 1
        if last - first > most:
            best, most = start, last - first
    return best


def _boundary(text: str, position: int) -> int:
    """Return the nearest earlier position where a text may be cut: between words, and never inside a character."""
    if position in (0, len(text)):
        return position
    for earlier in range(position, max(position - 24, 0), -1):
        if text[earlier - 1].isspace() and not joins(text, earlier):
            return earlier
    return boundary_before(text, position)
