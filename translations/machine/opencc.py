"""OpenCC: between Traditional Chinese as in Taiwan and Simplified Chinese as on the mainland, words included."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from opencc import OpenCC

from translations.glossary import terms_in

# 軟體 becomes 软件, not only 软体: the configurations with regional phrases.
_CONFIGURATIONS = {("zh-hant", "zh-hans"): "tw2sp", ("zh-hans", "zh-hant"): "s2twp"}
# Characters of no writing, which OpenCC leaves alone: they stand for the glossary's terms.
_FIRST = 0xF0000


class OpenCCEngine:
    """Converts here and now, and uses the glossary's own words for its terms."""

    name = "opencc"
    label = "OpenCC"
    is_local = True
    most_texts = 1000
    most_characters = 1_000_000

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        pass

    def can_translate(self, source_language: str, target_language: str) -> bool:
        """Whether both are Chinese."""
        return (source_language, target_language) in _CONFIGURATIONS

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[str]:
        """Return the texts in the other writing; markup, placeholders and other languages' words stay as they are."""
        converter = _converter(_CONFIGURATIONS[source_language, target_language])
        return [_convert(converter, text, source_language, target_language) for text in texts]


@cache
def _converter(configuration: str) -> OpenCC:
    return OpenCC(configuration)


def _convert(converter: OpenCC, text: str, source_language: str, target_language: str) -> str:
    pieces: list[str] = []
    words: list[str] = []
    place = 0
    for hit in terms_in(text, source_language, target_language):
        # A term with markup inside has no one word to be replaced by.
        word = hit.source if hit.do_not_translate and not hit.preferred else hit.preferred
        if word and hit.start >= place and "<" not in text[hit.start : hit.end]:
            pieces += [text[place : hit.start], chr(_FIRST + len(words))]
            words.append(word)
            place = hit.end
    converted = converter.convert("".join([*pieces, text[place:]]))
    for number, word in enumerate(words):
        converted = converted.replace(chr(_FIRST + number), word)
    return str(converted)
