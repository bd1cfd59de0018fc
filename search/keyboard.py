"""Hangul and the keys it is typed with: what a word is on the other layout, and how far apart two words are by key.

The layout is dubeolsik, the two-set layout of KS X 5002: consonants under the left hand, vowels under the right. Its
automaton: a consonant and a vowel begin a syllable; a second vowel joins the first where the two make a compound; a
consonant after the vowel is the syllable's final, and a second one joins it where the two make a compound, unless a
vowel follows, which takes the last consonant along into the next syllable.
"""

import re

_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# What is typed by two keys, one after the other.
_COMPOUNDS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED = {keys: letter for letter, keys in _COMPOUNDS.items()}

# Fewer letters are no word that somebody typed on the wrong layout without seeing it.
FEWEST_KEYS = 4

_FIRST_SYLLABLE, _SYLLABLES, _VOWELS_A_LEAD, _TAILS_A_VOWEL = 0xAC00, 11172, 588, 28


def _either(letters: str) -> str:
    """Return a pattern for one of ``letters`` as it is typed, compounds before their first key."""
    keys = sorted((_COMPOUNDS.get(letter, letter) for letter in letters), key=len, reverse=True)
    return f"(?:{'|'.join(keys)})"


_SYLLABLE = re.compile(
    f"(?P<lead>[{_LEADS}])(?P<vowel>{_either(_VOWELS)})(?:(?P<tail>{_either(_TAILS)})(?![{_VOWELS}]))?"
)
_HANGUL = re.compile("[\u1100-\u1112\u1161-\u1175\u11a8-\u11c2\u3131-\u3163\uac00-\ud7a3]+")
_LATIN = re.compile("[A-Za-z]")
# Not CO2, COP12.
_LATIN_WORD = re.compile("(?<![\\w])[A-Za-z]+(?![\\w])")
_WHOLE_SYLLABLES = re.compile("[\uac00-\ud7a3]+")


def _typed(character: str) -> str:
    code = ord(character)
    if _FIRST_SYLLABLE <= code < _FIRST_SYLLABLE + _SYLLABLES:
        at = code - _FIRST_SYLLABLE
        tail = at % _TAILS_A_VOWEL
        letters = _LEADS[at // _VOWELS_A_LEAD] + _VOWELS[at % _VOWELS_A_LEAD // _TAILS_A_VOWEL]
        letters += _TAILS[tail - 1] if tail else ""
    else:
        # Single letters, as an unfinished syllable leaves them; NFKC makes the conjoining ones of them.
        letters = character
        for first, row in ((0x1100, _LEADS), (0x1161, _VOWELS), (0x11A8, _TAILS)):
            if first <= code < first + len(row):
                letters = row[code - first]
    return "".join(_COMPOUNDS.get(letter, letter) for letter in letters)


# Every syllable and every single letter -> the letters on the keys that type it.
KEYSTROKES: dict[str, str] = {
    chr(code): _typed(chr(code))
    for first, last in ((0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2), (0x3131, 0x3163), (0xAC00, 0xD7A3))
    for code in range(first, last + 1)
}
_TRANSLATION = str.maketrans(KEYSTROKES)
_TO_LATIN = {hangul: latin for latin, hangul in _KEYS.items()}


def keystrokes(text: str) -> str:
    """Return ``text`` with Hangul as the letters of the keys that type it: what is half typed is a beginning of it.

    >>> keystrokes("수원"), keystrokes("수우"), keystrokes("숭")
    ('ㅅㅜㅇㅜㅓㄴ', 'ㅅㅜㅇㅜ', 'ㅅㅜㅇ')
    """
    return text.translate(_TRANSLATION)


def compose(letters: str) -> str:
    """Return the syllables that typing ``letters`` gives; what makes no syllable stays a letter.

    >>> compose("ㅅㅜㅇㅜㅓㄴ"), compose("ㄱㅏㅂㅅㅇㅣ"), compose("ㄱㅏㅂㅅㅣ"), compose("ㅅㅜㅋ")
    ('수원', '값이', '갑시', '숰')
    """
    return _SYLLABLE.sub(_syllable, letters)


def _syllable(match: re.Match[str]) -> str:
    vowel = _JOINED.get(match["vowel"], match["vowel"])
    tail = match["tail"] and _JOINED.get(match["tail"], match["tail"])
    at = _LEADS.index(match["lead"]) * _VOWELS_A_LEAD + _VOWELS.index(vowel) * _TAILS_A_VOWEL
    return chr(_FIRST_SYLLABLE + at + (_TAILS.index(tail) + 1 if tail else 0))


def other_layouts(query: str) -> tuple[str, ...]:
    """Return what was meant if the keyboard stood on the other layout: Hangul for Latin letters, and the other way.

    Empty where that is not plausible: Latin letters have to give whole syllables of common Korean (the 2,350 of KS X
    1001) throughout, and of Hangul only words are taken that are none, as those with half or uncommon syllables, and
    that took some keys: a single letter is where somebody stopped typing.

    >>> other_layouts("tndnjs"), other_layouts("ㅊㅑ쇼"), other_layouts("water"), other_layouts("수원")
    (('수원',), ('city',), (), ())
    """
    if _HANGUL.search(query):
        meant = _HANGUL.sub(lambda match: match[0] if _may_be_meant(match[0]) else _latin(match[0]), query)
        return () if meant == query or _LATIN.search(query) else (meant,)
    # All in capitals is the lock, not the shift key.
    typed = query.lower() if query.isupper() else query
    hangul = _LATIN_WORD.sub(lambda match: compose("".join(_key(letter) for letter in match[0])), typed)
    words = _HANGUL.findall(hangul)
    return (hangul,) if words and all(map(_is_korean, words)) and not _LATIN.search(hangul) else ()


def _key(letter: str) -> str:
    return _KEYS.get(letter) or _KEYS[letter.lower()]


def _latin(hangul: str) -> str:
    return "".join(_TO_LATIN.get(letter, letter) for letter in keystrokes(hangul))


def _may_be_meant(hangul: str) -> bool:
    return _is_korean(hangul) or len(keystrokes(hangul)) < FEWEST_KEYS


def _is_korean(word: str) -> bool:
    """Whether the Hangul is whole syllables, and common: only those of KS X 1001 take the codec two bytes."""
    return bool(_WHOLE_SYLLABLES.fullmatch(word)) and len(word.encode("euc_kr")) == 2 * len(word)
