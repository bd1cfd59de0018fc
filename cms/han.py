"""Which Han characters a language does not write, though another one does: 环 is not Traditional, 環 not Simplified.

Each language has a standard: GB 2312 lacks the Traditional forms, Big5 the Simplified ones, JIS X 0208 what is Chinese
alone. Each standard has a first level of common characters and a second of rare ones, and there also forms that the
language no longer or hardly writes (國 and 气 in JIS, 体 in Big5): what OpenCC's tables write otherwise counts as
lacking. What two standards share (后, 台, 里) is at home in both.
"""

from functools import cache

import opencc

# The codec of each language's standard, and the bytes with which its second level begins.
_STANDARDS = {"zh-hant": ("big5", b"\xc9"), "zh-hans": ("gb2312", b"\xd8"), "ja": ("euc_jp", b"\xd0")}
# OpenCC's steps into what is written in that language, each taken character by character.
_CONVERSIONS = {"zh-hant": ("s2t",), "zh-hans": ("t2s",), "ja": ("s2t", "t2jp")}


@cache
def is_foreign(character: str, code: str) -> bool:
    """Whether the language's own standard lacks the character, or has it as a form that the language does not write.

    ``code`` is zh-hant, zh-hans or ja.
    """
    codec, second_level = _STANDARDS[code]
    try:
        encoded = character.encode(codec)
    except UnicodeEncodeError:
        return True
    # Three bytes are JIS X 0212, a supplement that Japanese texts hardly draw on.
    return len(encoded) > 2 or (encoded >= second_level and character in rewritten(code))


@cache
def rewritten(code: str) -> frozenset[str]:
    """Return the Han characters that OpenCC writes otherwise in the language (zh-hant, zh-hans or ja)."""
    characters = [chr(number) for number in range(0x4E00, 0xA000)]
    written = characters
    for step in _CONVERSIONS[code]:
        # A line a character: OpenCC's phrases cannot match across the line break.
        written = str(opencc.OpenCC(step).convert("\n".join(written))).split("\n")
    return frozenset(before for before, after in zip(characters, written, strict=True) if before != after)
