"""Bytes of a text file -> text, whatever the encoding it was saved in.

The rule: a byte order mark says it; else what is valid UTF-8 is UTF-8; else a zero byte tells UTF-16, since text in no
other encoding has one; else that legacy encoding in which nearly all letters beyond ASCII are common ones of its
language. National standards list these first (KS X 1001, GB 2312, JIS X 0208 and Big5 level 1), and text read in a
wrong encoding mostly falls outside. Japanese has kana besides. What is left is Western European.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of the letters beyond ASCII at least this part is common in a text of the encoding's language.
COMMON_ENOUGH = 0.85
KANA_ENOUGH = 0.1
# The rule is decided on the beginning of a file.
SAMPLE = 20_000


def _two_bytes(character: str, encoding: str) -> int:
    """Return the character's two bytes in ``encoding`` as a number, 0 if it has not two."""
    try:
        data = character.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return int.from_bytes(data, "big") if len(data) == 2 else 0


def _korean(character: str) -> bool:
    return "가" <= character <= "힣" and _two_bytes(character, "euc_kr") > 0


def _kana(character: str) -> bool:
    return "ぁ" <= character <= "ヿ"


def _japanese(character: str) -> bool:
    return _kana(character) or 0x889F <= _two_bytes(character, "shift_jis") <= 0x9872


def _simplified(character: str) -> bool:
    return 0xB0A1 <= _two_bytes(character, "gb2312") <= 0xD7F9


def _traditional(character: str) -> bool:
    return 0xA440 <= _two_bytes(character, "big5") <= 0xC67E


@dataclass(frozen=True)
class _Legacy:
    encoding: str
    is_common: Callable[[str], bool]
    kana: float = 0


# In this order, since bytes of the earlier often make common characters of the later, and hardly ever the other way
# round.
_LEGACY = (
    _Legacy("cp932", _japanese, KANA_ENOUGH),
    _Legacy("euc_jp", _japanese, KANA_ENOUGH),
    _Legacy("cp949", _korean),
    _Legacy("big5hkscs", _traditional),
    _Legacy("gb18030", _simplified),
)


def decode(data: bytes) -> str:
    """Return the text of ``data``. Never fails; what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if _is_valid(data, "utf-8"):
        return data.decode("utf-8", "replace")
    if b"\x00" in data:
        return data.decode("utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le", "replace")
    return data.decode(_legacy(data[:SAMPLE]), "replace")


def _is_valid(data: bytes, encoding: str) -> bool:
    """Whether ``data`` is text in ``encoding``; its end may have been cut inside a character."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(sample: bytes) -> str:
    for legacy in _LEGACY:
        if _is_valid(sample, legacy.encoding):
            text = codecs.getincrementaldecoder(legacy.encoding)().decode(sample)
            letters = [character for character in text if character > "\x7f" and character.isalpha()]
            common, kana = sum(map(legacy.is_common, letters)), sum(map(_kana, letters))
            if letters and common >= COMMON_ENOUGH * len(letters) and kana >= legacy.kana * len(letters):
                return legacy.encoding
    return "cp1252"
