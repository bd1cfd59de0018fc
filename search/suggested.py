"""Suggestions as the browser is given them: groups with a heading each, everything in the reader's words."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from cms.languages import by_code
from cms.pages import SearchKind
from search.suggesting import PLACE, THEME, Suggestion


def suggested(found: Sequence[Suggestion], reader: str) -> dict[str, Any]:
    """Return ``found`` for a reader of ``reader``, ready to be shown: ``said`` is for who cannot see the list."""
    groups = [
        {"label": label, "rows": [_row(suggestion, reader, elsewhere=elsewhere) for suggestion in rows]}
        for (elsewhere, label), rows in itertools.groupby(found, lambda each: _heading(each, reader))
    ]
    number = len(found)
    said = ngettext("%(number)d suggestion", "%(number)d suggestions", number) % {"number": number}
    return {"said": said if number else gettext("No suggestions"), "groups": groups}


def _heading(suggestion: Suggestion, reader: str) -> tuple[bool, str]:
    """Return whether the row is of another language's pages, and what such rows are."""
    if suggestion.group == PLACE:
        return False, gettext("Places")
    if suggestion.group == THEME:
        return False, gettext("Themes")
    if suggestion.language != reader:
        return True, gettext("In other languages")
    return False, str(SearchKind(suggestion.group).label)


def _row(suggestion: Suggestion, reader: str, *, elsewhere: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "parts": [[part.text, part.marked] for part in suggestion.title],
        "url": suggestion.url or _question(suggestion),
        "notes": list(_notes(suggestion, elsewhere=elsewhere)),
    }
    if suggestion.language != reader:
        language = by_code(suggestion.language)
        # The language's name for the reader, and the mark by which browsers choose its font and voice.
        row |= {"lang": language.tag, "language": str(language.described)}
    return row


def _notes(suggestion: Suggestion, *, elsewhere: bool) -> Iterable[str]:
    if suggestion.count:
        yield ngettext("%(number)d page", "%(number)d pages", suggestion.count) % {"number": suggestion.count}
    if elsewhere:
        yield str(SearchKind(suggestion.group).label)


def _question(suggestion: Suggestion) -> str:
    """Return the address of the search that a place or theme stands for."""
    return f"{reverse('search:search')}?{urlencode({'q': suggestion.query})}"
