"""Checks of punctuation: full width where a language has it, its own quotation marks, how a text ends, spaces."""

import re
from collections.abc import Iterable, Iterator

from translations.quality.pairs import Pair

_WIDE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Between and after characters of full width; not in 3.5, in 10:30, or in an English name.
_NARROW = re.compile(f"(?<=[{_WIDE}）」』”])[,;:!?](?=[{_WIDE}（「『“\\s]|$)|(?<=[{_WIDE}）」』”])\\.(?![A-Za-z0-9.])")
_WIDE_IN_KOREAN = re.compile("[，。！？；：、]")
_ASCII_QUOTES = re.compile(r"\"|(?<![A-Za-z0-9])'(?=\S)|(?<=[^A-Za-z0-9\s])'")
_QUOTES = {
    "Hant": re.compile(r"[“”‘](?![A-Za-z])|(?<![A-Za-z])[”]"),
    "Hans": re.compile("[「」『』]"),
    "Jpan": re.compile("[“”]"),
}
# What closes after a sentence's end.
_CLOSING = "”’\"'」』）)]】》〉›»"
_ENDS = {".": "stop", "。": "stop", "．": "stop", "｡": "stop", "?": "?", "？": "?", "!": "!", "！": "!"}
_ENDS |= {":": ":", "：": ":", "…": "…", ";": ";", "；": ";"}
# A point of these does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:etc|Inc|Ltd|Co|Corp|Dr|Mr|Ms|St|No|approx|al|ed|vol|pp|[ap]\.m|e\.g|i\.e|[A-Z]\.[A-Z]))\.$"
)
# How sentences end in languages whose lists and captions end by nouns, without a stop.
_SENTENCE = {
    "Jpan": re.compile("(?:です|ます|ました|ません|でした|ください|しょう)$"),
    "Kore": re.compile("(?:[니었았였했한된는]다|이다|니까|세요|시오)$"),
}
_SPACED_OUT = re.compile(f"(?<=[{_WIDE}]) +(?=[{_WIDE}])")
_BEFORE_MARK = re.compile(r"(?<=\S)[ \t]+(?=[,.;:!?，。、；：！？」』）)](?:\s|$|[^\w.]))")
_DOUBLE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")


def narrow_marks(pair: Pair) -> Iterator[str]:
    """Half-width marks after Chinese or Japanese characters."""
    if not pair.target_language.spaced:
        yield from (_around(pair.target.prose, match) for match in _NARROW.finditer(pair.target.prose))


def wide_marks(pair: Pair) -> Iterator[str]:
    """Full-width marks in Korean and English, which use those of half width."""
    if pair.target_language.spaced:
        yield from (_around(pair.target.prose, match) for match in _WIDE_IN_KOREAN.finditer(pair.target.prose))


def foreign_quotes(pair: Pair) -> Iterator[str]:
    """Quotation marks that the language does not use: Taiwan and Japan have 「」, the mainland has “”."""
    script = pair.target_language.script
    if script in _QUOTES:
        text = pair.target.prose
        for pattern in (_ASCII_QUOTES, _QUOTES[script]):
            yield from (match[0] for match in pattern.finditer(text))


def other_end(pair: Pair) -> Iterable[str]:
    """The mark at the end, where the source ends by another one, or by none."""
    text = pair.target.plain.rstrip()
    wanted, found = _end(pair.source.plain), _end(text)
    sentence = _SENTENCE.get(pair.target_language.script)
    if wanted == found or _ABBREVIATION.search(pair.source.plain.rstrip()):
        return []
    if wanted == "stop" and not found and sentence and not sentence.search(text.rstrip(_CLOSING)):
        # A noun, unless sentences come before it.
        return [text[-12:]] if re.search(r"。|\. ", text) else []
    return [text[-12:]]


def odd_spaces(pair: Pair) -> Iterator[str]:
    """Spaces in a row, before a mark, and between Chinese or Japanese characters."""
    text = pair.target.plain
    if not _DOUBLE.search(pair.source.plain):
        yield from (_around(text, match) for match in _DOUBLE.finditer(text))
    yield from (_around(text, match) for match in _BEFORE_MARK.finditer(text))
    if not pair.target_language.spaced:
        yield from (_around(text, match) for match in _SPACED_OUT.finditer(text))


def spaces_at_ends(pair: Pair) -> Iterable[str]:
    """Spaces before or after the text, where the source has none."""
    source, text = pair.source.plain, pair.target.plain
    before = text[:1].isspace() and not source[:1].isspace()
    after = text[-1:].isspace() and not source[-1:].isspace()
    return [text.strip()[:12]] * before + [text.strip()[-12:]] * after


def _end(text: str) -> str:
    """Return the kind of mark by which a text ends, "" for none."""
    bare = text.rstrip().rstrip(_CLOSING).rstrip()
    if bare.endswith("か。"):
        # How Japanese asks.
        return "?"
    if bare.endswith(("...", "……")):
        return "…"
    return _ENDS.get(bare[-1:], "")


def _around(text: str, match: re.Match[str]) -> str:
    """Return what was found with the characters beside it, so that it can be found in the text."""
    return text[max(0, match.start() - 3) : match.end() + 3].strip()
