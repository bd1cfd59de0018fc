"""One form for characters that mean the same to a reader: width, case, accents, Traditional and Simplified.

Both engines fold the same way: the embedded one calls ``fold``, Elasticsearch gets ``han_forms()`` as a mapping beside
its own ``nfkc_cf`` and ``asciifolding``. The Chinese step goes character by character, so it neither depends on how a
text is cut into words nor moves positions, and Traditional and Simplified meet before any tokenizer sees them
(decision 0022).
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc

# Unified ideographs, extension A, compatibility ideographs, extensions B to H.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_COMBINING_LATIN = range(0x0300, 0x0370)
# What nobody sees or types: soft hyphens, joiners, marks of direction, variation selectors, fillers, tags (Unicode's
# Default_Ignorable_Code_Point).
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters of their own that keyboards elsewhere do not have, and that no decomposition takes apart: Østerbro, Łódź.
# Elasticsearch's asciifolding makes the same of them, and of others that no name of a place is written with.
_LETTERS = {
    **dict(zip("øłđħŧɨƀɍŋıȷĸðəɓɖɗɔɛǝƙƴ", "oldhtibrnijqdabddoeeky", strict=True)),
    **{"æ": "ae", "œ": "oe", "þ": "th", "\u2010": "-"},
}


# Forms that Japan's and Korea's registers keep in names of people and places, and that OpenCC's tables leave out, each
# with the usual one: 髙 is 高, 橫濱 is 横浜. 浜 is a rare word of its own in Chinese; towns are sought more often.
_NAMES = dict(
    zip(
        "髙﨑邉嶋嶌冨栁桒頴礒渕曻𠮷靑淸濵浜槗緖戸郷鄕硏",
        "高崎邊島島富柳桑穎磯淵昇吉青清濱濱橋緒戶鄉鄉研",
        strict=True,
    )
)


@cache
def han_forms() -> dict[str, str]:
    """Return Traditional and newer Japanese characters -> their Simplified form, where that differs (OpenCC's tables).

    Of the Japanese only those that Simplified Chinese does not use itself (様, 気): its dictionary knows the others.
    With them the forms of names.
    """
    characters = [chr(code) for first, last in _HAN for code in range(first, last + 1)]
    simplified = _convert("t2s", characters)
    from_japanese = _convert("t2s", _convert("jp2t", simplified))
    forms = {
        before: after if _is_used_in_china(after) else japanese
        for before, after, japanese in zip(characters, simplified, from_japanese, strict=True)
    }
    forms |= {before: forms[usual] for before, usual in _NAMES.items()}
    # What became one of these goes on to the usual form.
    return {before: forms.get(after, after) for before, after in forms.items() if before != after}


# Hiragana, with their iteration marks; katakana stand in the same order.
_HIRAGANA = "".join(map(chr, (*range(0x3041, 0x3097), 0x309D, 0x309E)))
_KATAKANA = "".join(chr(ord(letter) + 0x60) for letter in _HIRAGANA)
_OTHER_KANA = str.maketrans(_HIRAGANA + _KATAKANA, _KATAKANA + _HIRAGANA)
_TO_KATAKANA = str.maketrans(_HIRAGANA, _KATAKANA)
# A word in one kana, with the Han characters of a compound after it: ごみ収集. Elsewhere hiragana are endings.
_KANA_WORD = re.compile(f"(?<!\\S)(?:[{_HIRAGANA}ー]{{2,}}|[{_KATAKANA}ー]{{2,}})(?=[\u3400-\u9fff]*(?!\\S))")


def in_other_kana(text: str) -> str:
    """Return ``text`` with its words in one kana written in the other; empty where there are none.

    >>> in_other_kana("ごみ収集"), in_other_kana("サミット 2027"), in_other_kana("川をまもる")
    ('ゴミ収集', 'さみっと 2027', '')
    """
    full_width = unicodedata.normalize("NFKC", text)
    other = _KANA_WORD.sub(lambda word: word[0].translate(_OTHER_KANA), full_width)
    return "" if other == full_width else other


def in_katakana(text: str) -> str:
    """Return ``text`` with its hiragana as katakana."""
    return text.translate(_TO_KATAKANA)


# The codec that has the characters of each way of writing Chinese, and OpenCC's steps into it, from Japanese forms too.
_WRITTEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "zh-hant": ("big5", ("jp2t", "s2t")),
    "zh-hans": ("gb2312", ("jp2t", "t2s")),
}


def written_in(text: str, language_code: str) -> str:
    """Return ``text`` in the characters of the language, if it is Chinese and does not write all of them itself.

    >>> written_in("生物多様性", "zh-hant"), written_in("生物多様性", "zh-hans"), written_in("台北", "zh-hant")
    ('生物多樣性', '生物多样性', '台北')
    """
    codec, steps = _WRITTEN.get(language_code, ("utf-8", ()))
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        for step in steps:
            text = str(opencc.OpenCC(step).convert(text))
    return text


def _convert(direction: str, characters: list[str]) -> list[str]:
    # A line a character: OpenCC's phrases cannot match across the line break.
    return str(opencc.OpenCC(direction).convert("\n".join(characters))).split("\n")


def _is_used_in_china(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(han_forms())


def fold(text: str) -> str:
    """Return ``text`` as it is compared: compatibility forms united, lower case, plain letters, Simplified.

    What is not seen is dropped. The result may be shorter or longer than ``text``; see ``fold_with_offsets`` where
    positions matter.
    """
    seen = _IGNORABLE.sub("", text)
    folded = unicodedata.normalize("NFKC", seen).casefold().translate(_translation())
    if folded.isascii():
        return folded
    # Only accents go: taking apart kana and Hangul would make letters out of them that nobody typed.
    decomposed = "".join(_plain_letter(character) for character in folded)
    return unicodedata.normalize("NFC", decomposed)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the position in ``text`` it comes from.

    A letter and what belongs to it are folded together, so decomposed text meets composed text.
    """
    if text.isascii():
        return text.lower(), list(range(len(text)))
    # Most texts have no characters that belong to others.
    pieces = _pieces(text) if any(map(_continues, set(text))) else list(text)
    folded = list(map(_fold_piece, pieces))
    if len(pieces) == len(text) and set(map(len, folded)) == {1}:
        return "".join(folded), list(range(len(text)))
    offsets: list[int] = []
    start = 0
    for piece, form in zip(pieces, folded, strict=True):
        offsets += [start] * len(form)
        start += len(piece)
    return "".join(folded), offsets


def _pieces(text: str) -> list[str]:
    """Return the characters, each with those after it that belong to it."""
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        pieces.append(text[start:end])
        start = end
    return pieces


def _continues(character: str) -> bool:
    """Whether the character belongs to the one before: accents, Hangul vowels and finals, half-width voicing marks.

    What is not seen does too, so that an accent after it reaches its letter.
    """
    return (
        bool(unicodedata.combining(character))
        or "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
        or _IGNORABLE.match(character) is not None
    )


@lru_cache(maxsize=65_536)
def _fold_piece(piece: str) -> str:
    return fold(piece)


@cache
def _plain_letter(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    return "".join(_LETTERS.get(part, part) for part in decomposed if ord(part) not in _COMBINING_LATIN)
