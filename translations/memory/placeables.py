"""Makes the translation of a similar text fit the text at hand: its numbers, its links."""

import re
from collections.abc import Mapping

from translations.memory.grams import numbers
from translations.quality.pairs import TAG, Text

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LINK = re.compile(r'<a id="([^"]*)">(.*?)</a>', re.DOTALL)


def fitted(text: str, old_source: str, new_source: str) -> str:
    """Return the translation ``text`` of ``old_source`` with the numbers and links of ``new_source``.

    A number is replaced where both sources have as many and the translation has it exactly once; other numbers are the
    translator's. Links that the new source does not have become plain words, so that the text can be saved.
    """
    return _with_links(_with_numbers(text, old_source, new_source), old_source, new_source)


def _with_numbers(text: str, old_source: str, new_source: str) -> str:
    old, new = numbers(old_source), numbers(new_source)
    if len(old) != len(new):
        return text
    there = numbers(text)
    wanted = {
        before: after
        for before, after in zip(old, new, strict=True)
        if before != after and there.count(before) == 1 and old.count(before) == 1
    }
    return _outside_tags(text, wanted) if wanted else text


def _outside_tags(text: str, wanted: Mapping[str, str]) -> str:
    pieces, last = [], 0
    for tag in [*TAG.finditer(text), None]:
        words = text[last : tag.start() if tag else len(text)]
        pieces.append(_NUMBER.sub(lambda number: wanted.get(number[0], number[0]), words))
        if tag:
            pieces.append(tag[0])
            last = tag.end()
    return "".join(pieces)


def _with_links(text: str, old_source: str, new_source: str) -> str:
    old, new = Text(old_source).links, Text(new_source).links
    if set(Text(text).links) <= set(new):
        return text
    names = dict(zip(old, new, strict=False))
    return _LINK.sub(
        lambda link: f'<a id="{names[link[1]]}">{link[2]}</a>' if link[1] in names else link[2],
        text,
    )
