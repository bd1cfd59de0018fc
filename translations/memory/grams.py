"""The marks by which similar texts are found: pairs of neighbouring words, of characters where words are not spaced.

Two texts that differ by a word still share most of their pairs. Of each text only the dozen is kept whose hashes are
smallest: which those are depends on the pair alone, so similar texts keep mostly the same ones, and a long text costs
no more than a short one (bottom-k sketches, after Broder).
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

from translations.quality.pairs import Text

SKETCH = 12

_SINGLE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U000323af"
_UNIT = re.compile(rf"[{_SINGLE}]|\d+(?:[.,]\d+)*|[^\W\d_{_SINGLE}]+")
# Pairs of these stand in every other text.
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
        "^",
        "$",
    ]  # fmt: skip
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def comparable(data: str) -> str:
    """Return inline HTML as it is compared: without tags, differences of width, case and spaces; a number is a #."""
    text = unicodedata.normalize("NFKC", Text(data).plain).casefold()
    return " ".join(_NUMBER.sub("#", text).split())


def numbers(data: str) -> list[str]:
    """Return the numbers of a text, as they are written, in order."""
    return _NUMBER.findall(unicodedata.normalize("NFKC", Text(data).plain))


def grams(data: str) -> frozenset[int]:
    """Return the marks of a text (inline HTML), at most ``SKETCH``; none for a text without words."""
    words = ["#" if unit[0].isdigit() else unit for unit in _UNIT.findall(comparable(data).replace("#", "0"))]
    if not words:
        return frozenset()
    pairs = list(zip(["^", *words], [*words, "$"], strict=True))
    telling = [pair for pair in pairs if not _COMMON.issuperset(pair)]
    return frozenset(sorted(map(_hash, set(telling or pairs)))[:SKETCH])


def _hash(pair: Iterable[str]) -> int:
    return int.from_bytes(blake2b(" ".join(pair).encode(), digest_size=8).digest(), "big", signed=True)
