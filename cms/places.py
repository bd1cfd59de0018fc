"""Countries and time zones by name, in the reader's language, from CLDR (Babel): no table of ours to keep."""

import zoneinfo
from functools import cache

from babel import Locale
from django.utils.translation import get_language, gettext

from cms.languages import by_code

# CLDR lists unions and placeholders beside countries; ISO 3166-1 keeps X- and ZZ codes for private use.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


@cache
def _countries(language_code: str) -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 code -> name, sorted by name in that language."""
    territories = Locale.parse(by_code(language_code).locale).territories
    names = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES and not code.startswith("X")
    }
    return dict(sorted(names.items(), key=lambda item: item[1]))


def country_name(code: str, language_code: str | None = None) -> str:
    """Return a country's name for an ISO 3166-1 alpha-2 code in ``language_code`` (default: the active language).

    An unknown code is returned as it is.
    """
    return _countries(by_code(language_code or get_language()).code).get(code, code)


def place_words(city: str, country: str) -> str:
    """Return a town and its country (ISO 3166-1 alpha-2) as one phrase of the active language; either may be empty."""
    if not (city and country):
        return city or (country_name(country) if country else "")
    return gettext("%(city)s, %(country)s") % {"city": city, "country": country_name(country)}


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs in the active language, for model fields and filters."""
    return list(_countries(by_code(get_language()).code).items())


@cache
def _time_zones() -> list[tuple[str, str]]:
    names = sorted(
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix", "right"))
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


def time_zone_choices() -> list[tuple[str, str]]:
    """Return (IANA name, readable name) pairs."""
    return _time_zones()
