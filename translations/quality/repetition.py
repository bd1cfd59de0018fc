"""The check of words that stand twice in a row, as they do where one typed over something."""

import re
from collections.abc import Callable, Iterator

from translations.quality.pairs import Pair

_SPACED = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+) (?P=word)(?!\w)", re.IGNORECASE)
# Good English, and names.
_TWICE_IN_ENGLISH = frozenset(
    [
        "had",
        "that",
        "bora",
        "baden",
        "walla",
        "so",
        "ha",
    ]  # fmt: skip
)
# Korean says some words twice on purpose.
_TWICE_IN_KOREAN = frozenset(
    [
        "하나",
        "서로",
        "조금",
        "차례",
        "더욱",
        "매우",
        "점점",
        "아주",
        "두고",
        "오래",
        "구석",
        "거듭",
        "마디",
        "가지",
        "알알",
    ]  # fmt: skip
)
_KOREAN_PARTICLES = re.compile(
    r"[가-힣]*(?:(?<![마가노고])을을|를를|는는|에에서?|에서에서|에게에게|으로으로|부터부터|까지까지|하는하는)(?![가-힣])"
)
_CHINESE = re.compile(
    # 在 and 是 may well meet themselves: 在在线, 问题是是否.
    "的的(?![確确士])|了了(?!解)|和和(?![平諧谐睦解氣气])|[與与][與与](?![會会])"
    "|(?P<word>(?!一)[\u4e00-\u9fff]{2,6})(?P=word)"
)
# Particles only: もも is a peach, はは a mother, and という名の のち has two of の.
_JAPANESE = re.compile(
    "をを|がが|(?<![なく])にに|でで|(?<!も)のの(?!ち)|からから|までまで|ですです|ますます(?=。)"
    "|(?P<word>[\u4e00-\u9fff\u30a1-\u30fa\u30fc]{3,8})(?P=word)"
)


def repeated(pair: Pair) -> Iterator[str]:
    """Words or particles that stand twice in a row, and do not in the source."""
    yield from _BY_SCRIPT[pair.target_language.script](pair)


def _spaced(pair: Pair, allowed: frozenset[str], shortest: int) -> Iterator[str]:
    source = {match["word"].casefold() for match in _SPACED.finditer(pair.source.prose)}
    for match in _SPACED.finditer(pair.target.prose):
        word = match["word"].casefold()
        if word not in allowed and word not in source and len(word) >= shortest:
            yield match[0]


def _english(pair: Pair) -> Iterator[str]:
    return _spaced(pair, _TWICE_IN_ENGLISH, 1)


def _korean(pair: Pair) -> Iterator[str]:
    yield from _spaced(pair, _TWICE_IN_KOREAN, 2)
    yield from (match[0] for match in _KOREAN_PARTICLES.finditer(pair.target.prose))


def _chinese(pair: Pair) -> Iterator[str]:
    return (match[0] for match in _CHINESE.finditer(pair.target.prose))


def _japanese(pair: Pair) -> Iterator[str]:
    return (match[0] for match in _JAPANESE.finditer(pair.target.prose))


_BY_SCRIPT: dict[str, Callable[[Pair], Iterator[str]]] = {
    "Latn": _english,
    "Kore": _korean,
    "Hant": _chinese,
    "Hans": _chinese,
    "Jpan": _japanese,
}
