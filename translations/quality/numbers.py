"""Checks of numbers, dates and times: the same values, however each language writes them.

What is written in digits has to be in the other text, in digits or in words: 25 million is 2500 萬, 二千五百萬 or
2,500만, and the 11 of 11月 is the November of the source. Words are not looked for in the other text, since “one” need
not be a number.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from translations.quality.numerals import words_values
from translations.quality.pairs import Pair

_SMALL = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000}
_LARGE = {
    "만": 10**4, "억": 10**8, "조": 10**12,
    "萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12,
}  # fmt: skip
_ENGLISH = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9, "m": 10**6, "k": 10**3,
}  # fmt: skip
# What is only perhaps a multiple: metres, and the 조 of an article of law.
_DOUBTFUL = {"m", "k", "조", "兆", "百", "十", "백", "십"}
# Years that are counted from another one.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}

_DIGITS = r"\d+(?:[.,]\d+)*"
# Chinese and Japanese sometimes part the number from its multiple, Korean does not.
_PART = rf"{_DIGITS}(?:\s?[十百千萬万億亿兆]+|[십백천만억조]+)"
_NUMBER = re.compile(
    rf"""
    (?P<time>(?<![\d.,])\d{{1,2}}[:：]\d\d(?!\d)) |
    (?P<years>(?<!\d)(?:19|20)\d\d)\s?[-–—~～〜/]\s?(?P<last>\d\d)(?![\d.,]) |
    (?P<multiple>{_PART}(?:\s?{_PART})*(?:\s?\d+(?:,\d{{3}})*(?!\d|[.,]\d|\s?[년年]))?) |
    (?P<number>{_DIGITS})(?P<scale>(?:[\s-]?(?:hundred|thousand|million|billion|trillion|mn|bn|[mk])(?![a-z]))*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EACH_PART = re.compile(rf"({_DIGITS})\s?([십백천만억조十百千萬万億亿兆]*)")
# Exponents and indices are no numbers of the text; fractions of one character are read as words.
_NO_NUMBER = re.compile("[⁰¹²³⁴-⁹₀-₉½⅓⅔¼¾]")
# Parts words, unless the digits are as wide.
_WIDE_COMMA = re.compile("(?<![０-９])，")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_SPACE_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text, and the values that it may have there."""

    text: str
    values: frozenset[Decimal]


def missing_numbers(pair: Pair) -> Iterable[str]:
    """Numbers of the source that the translation has neither in digits nor in words."""
    return _unmatched(pair.source.prose, pair.target.prose)


def added_numbers(pair: Pair) -> Iterable[str]:
    """Numbers that the source has neither in digits nor in words."""
    return _unmatched(pair.target.prose, pair.source.prose)


def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the numbers that a text has in digits. Those within names, as in COP27 and CO2, are none.

    >>> [sorted(map(int, number.values)) for number in numbers_in("2,500만, 1億2,000万, 25 million, COP27, 1990s")]
    [[25000000], [120000000], [25000000], [90, 1990]]
    """
    text = _readable(text)
    return tuple(
        number
        for match in _NUMBER.finditer(text)
        if not re.search(r"[A-Za-z_]-?$", text[max(0, match.start() - 2) : match.start()])
        for number in _read(match, text)
    )


def _unmatched(text: str, other: str) -> list[str]:
    wanted = numbers_in(text)
    if not wanted:
        return []
    there = _values(other)
    return [number.text for number in wanted if not number.values & there]


def _values(text: str) -> frozenset[Decimal]:
    """Return every value that a text may mean, in digits or in words, within names or not."""
    found: set[Decimal] = set(words_values(text))
    readable = _readable(text)
    for match in _NUMBER.finditer(readable):
        for number in _read(match, readable):
            found |= number.values
    # A number may stand next to another one, or with a space between its thousands.
    found |= {Decimal(digits) for digits in re.findall(r"\d{1,15}", readable)}
    found |= {Decimal(re.sub(r"\s", "", digits)) for digits in re.findall(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)", readable)}
    return frozenset(found)


def _readable(text: str) -> str:
    """Return a text with plain digits, whatever their width, and without exponents."""
    text = _WIDE_COMMA.sub(", ", _NO_NUMBER.sub(" ", text))
    return _SPACE_BETWEEN_THOUSANDS.sub("", unicodedata.normalize("NFKC", text))


def _read(match: re.Match[str], text: str) -> Iterator[Number]:
    """Yield the numbers of a match: one, but two of a time or of a range of years, and more of a list."""
    if match["time"]:
        yield from _time(match["time"])
    elif match["years"]:
        yield Number(match["years"], frozenset({Decimal(match["years"])}))
        last = Decimal(match["last"])
        yield Number(match["last"], frozenset({last, last + Decimal(match["years"]) // 100 * 100}))
    elif match["multiple"]:
        yield Number(match["multiple"], _multiple(match["multiple"]))
    else:
        after = text[match.end() : match.end() + 5]
        for digits, values in _readings(match["number"]):
            said = digits + match["scale"].rstrip()
            yield Number(said, _in_context(values, match["scale"].lower(), text[: match.start()][-3:], after))


def _time(text: str) -> Iterator[Number]:
    hour, minute = map(int, re.split("[:：]", text))
    # Two in the afternoon is also fourteen o’clock, midnight also twenty-four; and the full hour has no minutes.
    hours = {hour, hour + 12, hour - 12} & set(range(25))
    yield Number(f"{hour}", frozenset(map(Decimal, hours)))
    if minute:
        yield Number(f"{minute:02}", frozenset({Decimal(minute)}))


def _multiple(text: str) -> frozenset[Decimal]:
    """Return the value of digits with Chinese, Japanese or Korean multiples: 1억 2,000만 is 120 million."""
    total = section = Decimal(0)
    parts = _EACH_PART.findall(text)
    for digits, scales in parts:
        value = max(value for _, values in _readings(digits) for value in values)
        for scale in scales:
            if scale in _SMALL:
                value *= _SMALL[scale]
            else:
                total, section, value = total + (section + value) * _LARGE[scale], Decimal(0), Decimal(0)
        section += value
    values = {(total + section).normalize()}
    if len(parts) == 1 and parts[0][1] in _DOUBTFUL:
        values |= {value for _, found in _readings(parts[0][0]) for value in found}
    return frozenset(values)


def _readings(digits: str) -> list[tuple[str, frozenset[Decimal]]]:
    """Return what digits with points and commas say: one number, or several where they cannot be one."""
    marks = re.findall("[.,]", digits)
    if not marks:
        return [(digits, frozenset({Decimal(digits)}))]
    last = marks[-1]
    whole, _, fraction = digits.rpartition(last)
    if _GROUPED.fullmatch(digits):
        values = {Decimal(re.sub("[.,]", "", digits))}
        if len(marks) == 1 and last == ".":
            values.add(Decimal(digits))
        return [(digits, frozenset(values))]
    if len(marks) == 1 or (marks.count(last) == 1 and _GROUPED.fullmatch(whole)):
        return [(digits, frozenset({Decimal(f"{re.sub('[.,]', '', whole)}.{fraction}")}))]
    return [(part, frozenset({Decimal(part)})) for part in re.split("[.,]", digits)]


def _in_context(values: frozenset[Decimal], scale: str, before: str, after: str) -> frozenset[Decimal]:
    """Return the values of a number between what stands before and after it."""
    if scale:
        factor = math.prod(_ENGLISH[word] for word in re.split(r"[\s-]", scale) if word)
        scaled = frozenset(value * factor for value in values)
        return scaled | values if scale.strip() in _DOUBTFUL else scaled
    found = set(values)
    for value in values:
        if re.match("s|年代|년대", after) and 1000 <= value <= 2999:
            found.add(value % 100)
        if after[:1] in ("割", "成", "할"):
            found.add(value * 10)
        if re.match(r"\s?[ap]\.?m\b", after, re.IGNORECASE) and value <= 12:
            found |= {value % 12, value % 12 + 12}
        found |= {value + year for era, year in _ERAS.items() if before.rstrip().endswith(era)}
    return frozenset(found)
