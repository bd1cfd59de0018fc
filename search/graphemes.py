"""Where a text may be cut: never inside what a reader sees as one character (extended grapheme clusters, UAX #29)."""

import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"
_ZERO_WIDTH_NON_JOINER = "\u200c"
# Signs that stand before the digits or letters they belong to.
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd")
_VIRAMA = 9


def joins(text: str, position: int) -> bool:
    """Whether ``text[position]`` belongs to the character before it; never at the text's ends."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before.isascii() and after.isascii():
        return (before, after) == ("\r", "\n")
    if unicodedata.category(before) in ("Cc", "Zl", "Zp"):
        return False
    return (
        _extends(after)
        or before in _PREPENDED
        or _hangul(before, after)
        or (before == _ZERO_WIDTH_JOINER and _is_pictograph(after))
        or (unicodedata.combining(before) == _VIRAMA and unicodedata.category(after) == "Lo")
        or (_is_flag_letter(after) and _flag_letters_before(text, position) % 2 == 1)
    )


def boundary_before(text: str, position: int) -> int:
    """Return the nearest position where the text may be cut, at ``position`` or before it."""
    while joins(text, position):
        position -= 1
    return position


def boundary_after(text: str, position: int) -> int:
    """Return the nearest position where the text may be cut, at ``position`` or after it."""
    while joins(text, position):
        position += 1
    return position


def without_loose_start(text: str) -> str:
    """Drop marks at the beginning that belong to a character which is not there."""
    start = 0
    while start < len(text) and (_extends(text[start]) or "\u1160" <= text[start] <= "\u11ff"):
        start += 1
    return text[start:]


def _extends(character: str) -> bool:
    """Whether the character never stands by itself: accents, variants, skin tones, tags, voicing marks, joiners."""
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in (_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER, "\uff9e", "\uff9f")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _hangul(before: str, after: str) -> bool:
    """Whether two parts of a Hangul syllable belong together: initials, vowels, finals, or a syllable and its final."""
    first, second = _hangul_part(before), _hangul_part(after)
    return (
        (first == "L" and second in ("L", "V", "LV", "LVT"))
        or (first in ("LV", "V") and second in ("V", "T"))
        or (first in ("LVT", "T") and second == "T")
    )


def _hangul_part(character: str) -> str:
    if "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97c":
        return "L"
    if "\u1160" <= character <= "\u11a7" or "\ud7b0" <= character <= "\ud7c6":
        return "V"
    if "\u11a8" <= character <= "\u11ff" or "\ud7cb" <= character <= "\ud7fb":
        return "T"
    if "\uac00" <= character <= "\ud7a3":
        return "LVT" if (ord(character) - 0xAC00) % 28 else "LV"
    return ""


def _is_pictograph(character: str) -> bool:
    return unicodedata.category(character) == "So" or "\U0001f000" <= character <= "\U0001faff"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, position: int) -> int:
    start = position
    while start and _is_flag_letter(text[start - 1]):
        start -= 1
    return position - start
