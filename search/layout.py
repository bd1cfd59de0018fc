"""Text as a file lays it out -> text as it was written: lines joined, characters that only a font has replaced."""

import re
import unicodedata
from itertools import pairwise

# Han, kana, Hangul: scripts in which a line may end inside a word.
_HAN_KANA = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ENDS_ANYWHERE = re.compile(f"[{_HAN_KANA}\uac00-\ud7a3]")
_SET_APART = re.compile(f"(?<![{_HAN_KANA}])[{_HAN_KANA}](?: [{_HAN_KANA}](?![{_HAN_KANA}]))+")
# A line that was broken reaches nearly as far as the longest one of its page; a heading or the end of a paragraph ends
# where it ends.
NEARLY_FULL = 0.85

# Browsers and office programs write the radicals of a font for the characters that look the same (⼈ for 人).
# Unicode's compatibility forms undo the Kangxi radicals; of the supplement it has no forms, these are in use.
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻌⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻫⻬⻭⻮⻯⻰⻲",
        "母民虎西见角贝车辶長长门青页风飞食马骨鬼鱼鸟麦黄斉齐歯齿竜龙亀",
        strict=True,
    )
)
_RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | _SUPPLEMENT
)


def as_written(text: str) -> str:
    """Return text with characters for radicals, and without the spaces of a title that is set apart: 水 資 源."""
    return _SET_APART.sub(lambda found: found[0].replace(" ", ""), text.translate(_RADICALS))


def unwrapped(page: str) -> str:
    """Return a page's lines, joined where one was broken inside a sentence that has no spaces, or few.

    Korean is broken between any two syllables by some programs, and between words by others, and the space is lost:
    joining keeps words whole, which can then be found, at the price of some space.
    """
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(_width, lines), default=0)
    joined: list[str] = []
    for line, following in pairwise([*lines, ""]):
        joined.append(line)
        broken = _ENDS_ANYWHERE.match(line[-1:]) and _ENDS_ANYWHERE.match(following)
        joined.append("" if broken and _width(line) >= NEARLY_FULL * longest else "\n")
    return "".join(joined)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
