"""Numbers in words, in five languages: every value that a text may mean by them, and rather one too many."""

import re
from collections.abc import Iterator
from decimal import Decimal

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SIMPLE = {name: number for number, name in enumerate(_UNITS)} | _TENS
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20,
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100,
}  # fmt: skip
_ORDINALS |= {f"{name}th": number for name, number in _SIMPLE.items() if number < 20}
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {short: number for number, name in enumerate(_MONTH_NAMES, 1) for short in (name, name[:3])} | {"sept": 9}
# Words beside these that may stand for a number, and the numbers that they may stand for.
_OTHERS: dict[str, tuple[float, ...]] = {
    "half": (0.5, 2, 30, 50, 1), "halve": (2, 50, 1), "halved": (2, 50, 1), "halves": (2,), "halving": (2, 50, 1),
    "third": (3, 1), "thirds": (3,), "quarter": (4, 1, 15, 25), "quarters": (4, 45, 75), "fifths": (5,),
    "tenths": (10,), "once": (1,), "twice": (2,), "double": (2,), "doubled": (2,), "doubling": (2,),
    "triple": (3,), "tripled": (3,), "both": (2,), "couple": (2,), "pair": (2,), "dozen": (12,),
    "dozens": (12, 10), "decade": (10,), "decades": (10,), "century": (100,), "centuries": (100,), "single": (1,),
    "a": (1,), "an": (1,), "each": (1,), "every": (1,), "per": (1,), "month": (1,), "year": (1,), "week": (1,),
    "day": (1,), "hour": (1,), "annual": (1,), "annually": (1,), "yearly": (1,), "monthly": (1,), "weekly": (1,),
    "daily": (1,), "biennial": (2,), "noon": (12,), "midnight": (0, 12, 24), "fortnight": (14, 2), "last": (1,),
    "only": (1,), "alone": (1,), "all": (100,), "hundreds": (100,), "thousands": (1000,),
    "millions": (10**6, 100 * 10**4), "billions": (10**9,), "zero-waste": (0,), "twins": (2,), "bilateral": (2,),
    "trilateral": (3,), "next": (1,), "previous": (1,), "another": (1,), "pm": (12,),
}  # fmt: skip
_ENGLISH_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)

_HAN = {
    **{character: number for number, character in enumerate("〇一二三四五六七八九")},
    "零": 0, "两": 2, "兩": 2, "廿": 20, "壹": 1, "貳": 2, "參": 3, "叁": 3, "元": 1,
}  # fmt: skip
_KOREAN = {character: number for number, character in enumerate("영일이삼사오육칠팔구")} | {"공": 0}
_MULTIPLES = {
    "十": 10, "百": 100, "千": 1000, "萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12,
    "십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12,
}  # fmt: skip
_HAN_RUN = re.compile(f"[{''.join(_HAN)}十百千萬万億亿兆]+")
# One syllable alone is hardly ever a number; with a multiple, or counted from 제, it is.
_KOREAN_RUN = re.compile(
    "[영공일이삼사오육칠팔구]*[십백천만억조][영공일이삼사오육칠팔구십백천만억조]*|(?<=제)[일이삼사오육칠팔구]"
)
_KOREAN_NATIVE = {
    "하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "첫": 1, "양": 2,
}  # fmt: skip
_KOREAN_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_KOREAN_COUNT = re.compile(f"({'|'.join(_KOREAN_TENS)})?({'|'.join(_KOREAN_NATIVE)})?")
_HALVES = re.compile("半|절반|반|½")
_PERHAPS_TENTHS = re.compile("([一二三四五六七八九])[成割]|百分之([〇零一二三四五六七八九十百]+)")
_FRACTIONS = {"½": (1, 2, 0.5), "¼": (1, 4, 0.25), "¾": (3, 4, 0.75), "⅓": (1, 3), "⅔": (2, 3)}


def words_values(text: str) -> frozenset[Decimal]:
    """Return every value that words of the text may mean: “twenty-five”, November, 二十五, 스물다섯.

    >>> sorted(map(int, words_values("twenty-five cities in November")))
    [5, 11, 20, 25]
    >>> sorted(map(int, words_values("二千五百萬"))), sorted(map(int, words_values("열두 도시")))
    ([25000000], [2, 10, 12])
    """
    return frozenset(Decimal(str(value)) for found in (_english(text), _han(text), _korean(text)) for value in found)


def _english(text: str) -> Iterator[float]:
    words = [word.lower() for word in _ENGLISH_WORD.findall(text)]
    for word in words:
        yield from _OTHERS.get(word, ())
        last = word.rpartition("-")[2]
        if last in _ORDINALS:
            yield _ORDINALS[last]
            yield _ORDINALS[last] + _TENS.get(word.partition("-")[0], 0)
        if word in _MONTHS:
            yield _MONTHS[word]
    yield from _english_runs([part for word in words for part in word.split("-")])


def _english_runs(words: list[str]) -> Iterator[float]:
    """Yield the values of number words in a row, and of each by itself."""
    total = current = 0
    for word in [*words, ""]:
        if word in _SIMPLE:
            yield _SIMPLE[word]
            current += _SIMPLE[word]
        elif word in _SCALES:
            # A thousand million is a milliard.
            if not current and total:
                total *= _SCALES[word]
                continue
            current = (current or 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word == "and" and (total or current >= 100):
            continue
        else:
            if total or current:
                yield total + current
            total = current = 0


def _han(text: str) -> Iterator[float]:
    for run in _HAN_RUN.findall(text):
        yield _spoken(run, _HAN)
        yield from (_HAN[character] for character in run if character in _HAN)
        if all(character in _HAN for character in run):
            yield int("".join(str(_HAN[character]) for character in run))
    for tenths, percent in _PERHAPS_TENTHS.findall(text):
        yield _HAN[tenths] * 10 if tenths else _spoken(percent, _HAN)
    if _HALVES.search(text):
        yield from (0.5, 2, 1, 30, 50, 6)
    for fraction, values in _FRACTIONS.items():
        if fraction in text:
            yield from values


def _korean(text: str) -> Iterator[float]:
    for run in _KOREAN_RUN.findall(text):
        yield _spoken(run, _KOREAN)
    for tens, units in _KOREAN_COUNT.findall(text):
        if tens or units:
            yield _KOREAN_TENS.get(tens, 0) + _KOREAN_NATIVE.get(units, 0)
            yield from (number for number in (_KOREAN_TENS.get(tens), _KOREAN_NATIVE.get(units)) if number)


def _spoken(run: str, digits: dict[str, int]) -> int:
    """Return the value of numerals as they are spoken: 二千五百萬 is 25,000,000."""
    total = section = current = 0
    for character in run:
        multiple = _MULTIPLES.get(character)
        if multiple is None:
            current = digits[character]
        elif multiple < 10**4:
            section, current = section + (current or 1) * multiple, 0
        else:
            total, section, current = total + (section + current or 1) * multiple, 0, 0
    return total + section + current
