"""Dates, times, numbers and money as readers of the active language write them, from CLDR (Babel)."""

import datetime
import decimal
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale, dates, lists, numbers
from django.utils import timezone
from django.utils.translation import get_language

from cms.languages import DEFAULT, by_code

Number = int | float | decimal.Decimal

# The site writes international English: day before month.
_LOCALES = {"en": "en_GB"}
# Between two times of one day. CLDR's own intervals spell hours and minutes out in Japanese, too long for a programme.
_TIME_DASH = {"ko": " ~ ", "ja": "～"}
_DATE_SKELETONS = {"long": "yMMMMd", "short": "yMMMd", "weekday": "yMMMMEEEEd", "day": "MMMMd", "month": "yMMMM"}


@cache
def _locale(language_code: str) -> Locale:
    return Locale.parse(_LOCALES.get(language_code, by_code(language_code).locale))


def current_locale() -> Locale:
    """Return Babel's locale for the active language."""
    return _locale(by_code(get_language()).code)


def date_text(value: datetime.date | None, style: str = "long") -> str:
    """Return a date in words; "" for None.

    ``style`` is "long" (28 September 2014), "short" (28 Sept 2014), "weekday" (Sunday, 28 September 2014), "day"
    (28 September) or "month" (September 2014). Raises KeyError for another style.
    """
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = value.date()
    skeleton = _DATE_SKELETONS[style]
    if style == "long":
        return dates.format_date(value, "long", locale=current_locale())
    return dates.format_skeleton(skeleton, value, locale=current_locale())


def date_range_text(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return "28–30 September 2014" as the active language writes it; one date where the other is missing."""
    if not start or not end or start == end:
        return date_text(start or end)
    if current_locale().language == DEFAULT.code:
        return _english_range(start, end)
    return dates.format_interval(start, end, "yMMMMd", locale=current_locale())


def _english_range(start: datetime.date, end: datetime.date) -> str:
    # CLDR has no interval with whole month names for English; it would shorten them to "Sept".
    last = date_text(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = date_text(start, "day") if start.year == end.year else date_text(start)
    return f"{first} – {last}"


@dataclass(frozen=True)
class LargeDate:
    """A date in two lines of display type: what is set large, and the rest, in the order in which it is read."""

    days: str
    rest: str
    rest_first: bool = False


def large_date(start: datetime.date, end: datetime.date | None = None) -> LargeDate:
    """Return ("28–30", "September 2014") in English, ("9月28日至30日", "2014年") where the year comes first."""
    end = end or start
    locale = current_locale()
    if locale.language == DEFAULT.code and (start.year, start.month) == (end.year, end.month):
        days = str(start.day) if start == end else f"{start.day}–{end.day}"
        return LargeDate(days, date_text(end, "month"))
    year_first = locale.language != DEFAULT.code
    years = [dates.format_skeleton("y", day, locale=locale) for day in (start, end)]
    rest = years[0] if years[0] == years[1] else " – ".join(years)
    if start == end:
        return LargeDate(dates.format_skeleton("MMMd", start, locale=locale), rest, year_first)
    return LargeDate(dates.format_interval(start, end, "MMMd", locale=locale), rest, year_first)


def list_text(words: Iterable[object]) -> str:
    """Return words as the active language lists them: "English and Korean", "英語、韓国語"."""
    return lists.format_list([str(word) for word in words], locale=current_locale())


def time_text(value: datetime.time | datetime.datetime | None) -> str:
    """Return a time on the 24-hour clock, "09:30"; "" for None."""
    return value.strftime("%H:%M") if value else ""


def time_range_text(start: datetime.time | None, end: datetime.time | None) -> str:
    """Return "09:30–11:00" as the active language joins two times; one time where the other is missing."""
    if not start or not end:
        return time_text(start or end)
    return time_text(start) + _TIME_DASH.get(by_code(get_language()).code, "–") + time_text(end)


def number_text(value: Number | None) -> str:
    """Return a number with the language's separators and without trailing zeros: 1,200.5; "" for None."""
    return "" if value is None else numbers.format_decimal(_plain(value), locale=current_locale())


def compact_text(value: Number | None) -> str:
    """Return a large number in short: "9.8M", "976만". Below ten thousand it is written out; "" for None."""
    if value is None:
        return ""
    if abs(_plain(value)) < 10_000:
        return number_text(value)
    return numbers.format_compact_decimal(_plain(value), locale=current_locale(), fraction_digits=1)


def money_text(amount: Number | None, currency: str) -> str:
    """Return an amount with its currency (ISO 4217) and no empty cents: "€1,200,000"; "" for None."""
    if amount is None:
        return ""
    locale = current_locale()
    amount = _plain(amount)
    if amount != int(amount):
        text = numbers.format_currency(amount, currency, locale=locale)
    else:
        whole = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern)
        text = numbers.format_currency(amount, currency, format=whole, locale=locale, currency_digits=False)
    # CLDR sets letters apart from digits ("DKK 11"); Babel does not.
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", text)


def days_until(date: datetime.date) -> int:
    """Return whole days from today to ``date``, for a moment on its own calendar; negative when it has passed."""
    if isinstance(date, datetime.datetime):
        return (date.date() - timezone.now().astimezone(date.tzinfo).date()).days
    return (date - timezone.localdate()).days


def _plain(value: Number) -> decimal.Decimal:
    number = decimal.Decimal(str(value))
    # normalize() would write 1200 as 1.2E+3.
    return number.quantize(decimal.Decimal(1)) if number == number.to_integral() else number.normalize()
