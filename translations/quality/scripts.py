"""Checks of the characters: those of another language, of the other Chinese standard, and words left in Latin."""

import re
from collections.abc import Iterable, Iterator

from cms.han import is_foreign, rewritten
from translations.quality.pairs import Pair
from translations.quality.sameness import words_left

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
# Runs of characters that a language, by its ISO 15924 script, does not write.
_OTHERS = {
    "Hant": re.compile(f"[{KANA}ー]*[{KANA}][{KANA}ー]*|[{HANGUL}]+"),
    "Hans": re.compile(f"[{KANA}ー]*[{KANA}][{KANA}ー]*|[{HANGUL}]+"),
    "Jpan": re.compile(f"[{HANGUL}]+"),
    "Kore": re.compile(f"[{KANA}ー]*[{KANA}][{KANA}ー]*|[{HAN}]+"),
    "Latn": re.compile(f"[{HAN}{KANA}{HANGUL}]+"),
}
# An original name may stand in brackets after its translation.
BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|〔[^〔〕]*〕|【[^【】]*】")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
# From this part of its Han characters on, counted once each, a text is written in the other standard.
_ALL = 0.2
_FEWEST = 3


def other_scripts(pair: Pair) -> Iterator[str]:
    """Kana in Chinese, Hangul in Japanese, and so on, unless the source has them or they stand in brackets."""
    text = BRACKETED.sub(" ", pair.target.prose)
    for run in _OTHERS[pair.target_language.script].findall(text):
        if run not in pair.source.plain:
            yield run


def other_variant(pair: Pair) -> Iterable[str]:
    """The characters of another Han standard, where they are so many that the text as a whole is written in it."""
    foreign, all_of_them = _variants(pair)
    return ["".join(foreign)] if _is_written_otherwise(foreign, all_of_them) else []


def variant_characters(pair: Pair) -> Iterable[str]:
    """Single characters of another Han standard: Simplified in Traditional, Traditional in Simplified or Japanese."""
    foreign, all_of_them = _variants(pair)
    return [] if _is_written_otherwise(foreign, all_of_them) else foreign


def latin_left(pair: Pair) -> Iterable[str]:
    """Words of the source that stand in a text of another script as they were; names and acronyms may."""
    return [] if pair.target_language.script == "Latn" else words_left(pair)


def _variants(pair: Pair) -> tuple[list[str], int]:
    """Return the foreign Han characters of the translation, each once, and how many different ones it has in all."""
    code = pair.target_language.code
    if code not in ("zh-hant", "zh-hans", "ja"):
        return [], 0
    # An original name in brackets is as it is written at home.
    characters = dict.fromkeys(_HAN_CHARACTER.findall(BRACKETED.sub(" ", pair.target.prose)))
    foreign = [
        character
        for character in characters
        if is_foreign(character, code) and character in rewritten(code) and character not in pair.source.plain
    ]
    return foreign, len(characters)


def _is_written_otherwise(foreign: list[str], all_of_them: int) -> bool:
    return len(foreign) >= _FEWEST and len(foreign) >= _ALL * all_of_them
