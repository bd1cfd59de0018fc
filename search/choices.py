"""Facets as a reader meets them: their names in the query string, their labels, and which values there are."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.languages import CODES, DEFAULT, by_code
from cms.pages import SearchKind
from cms.places import country_choices, country_name
from search.facets import STATUSES, TIMES
from search.themes import theme_names

# Facet -> its name in the query string, in the order of the page.
PARAMETERS: dict[str, str] = {
    "kinds": "type",
    "themes": "theme",
    "countries": "country",
    "years": "year",
    "statuses": "status",
    "times": "time",
    "languages": "language",
}

LABELS: dict[str, Promise] = {
    "kinds": _("Type"),
    "themes": _("Theme"),
    "countries": _("Country"),
    "years": _("Year"),
    "statuses": _("Calls for research"),
    "times": _("Events"),
    "languages": _("Language"),
}

STATUS_LABELS: dict[str, Promise] = {
    "open": _("Open"),
    "closing_soon": _("Closing soon"),
    "upcoming": _("Upcoming"),
    "closed": _("Closed"),
}
TIME_LABELS: dict[str, Promise] = {"now": _("Under way"), "upcoming": _("Coming"), "past": _("Past")}

# The orders in which values are listed; those of other facets go by how often they occur.
ORDERS: dict[str, tuple[str, ...]] = {
    "kinds": tuple(SearchKind.values),
    "statuses": STATUSES,
    "times": TIMES,
    "languages": CODES,
}

_YEAR = re.compile("(?:19|20|21)[0-9]{2}")


def is_known(facet: str, value: str) -> bool:
    """Whether the facet can have the value."""
    if facet == "themes":
        return any(value == slug for slug, _ in theme_names())
    if facet == "countries":
        return value in dict(country_choices())
    if facet == "years":
        return bool(_YEAR.fullmatch(value))
    return value in ORDERS[facet]


def value_label(facet: str, value: str) -> str:
    """Return the value of a facet in the words of the active language."""
    if facet == "themes":
        names = dict(dict(theme_names()).get(value, ()))
        return names.get(by_code(get_language()).code) or names.get(DEFAULT.code, value)
    if facet == "countries":
        return country_name(value)
    if facet == "languages":
        return str(by_code(value).described)
    labels: Mapping[str, Any] = {"kinds": dict(SearchKind.choices), "statuses": STATUS_LABELS, "times": TIME_LABELS}
    return str(labels.get(facet, {}).get(value, value))
