"""Suggestions from the embedded engine: titles, places and labels in tables of their own beside each build's others."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from cms.languages import CODES
from search.backends.embedded_tables import build_in_use
from search.suggesting import (
    ELSEWHERE,
    PAGES,
    PLACE,
    THEME,
    Suggestion,
    SuggestRequest,
    arranged,
    counted,
    countries_meant,
    page,
    places_meant,
    themes_meant,
)

NOT_EXPIRED = "(expires_at IS NULL OR expires_at > ?)"


def suggest(database: sqlite3.Connection, request: SuggestRequest) -> tuple[Suggestion, ...]:
    """Return what is suggested for what was typed."""
    if not request.words:
        return ()
    own = _titles(database, request, request.language, "{title titles}")[:PAGES]
    other: dict[str, Suggestion] = {}
    for code in request.order[1:]:
        for key, suggestion in _titles(database, request, code, "{title}", lacking=request.language):
            other.setdefault(key, suggestion)
    countries, themes = countries_meant(request), themes_meant(request)
    found = _places_begun(database, request)
    places = counted(request, PLACE, places_meant(found, request.words), found)
    states = counted(request, PLACE, countries, _label_counts(database, "country", countries))
    return arranged(
        sorted([*places, *states], key=lambda each: (each.language != request.language, -each.count)),
        counted(request, THEME, themes, _label_counts(database, "theme", themes)),
        [suggestion for _, suggestion in own],
        list(other.values())[: ELSEWHERE + PAGES],
    )


def typed_match(words: Sequence[Sequence[str]], columns: str) -> str:
    """Return the FTS5 query for all the words in one of the columns, the last unit of each perhaps unfinished."""
    # Units have letters and digits only: nothing that was typed is syntax.
    return f"{columns} : ({' AND '.join(_phrase(word) for word in words)})"


def _title_match(request: SuggestRequest, columns: str) -> str:
    """Return the FTS5 query for pages that are called, or whose title is read, as was typed."""
    typed = typed_match(request.words, columns)
    read = typed_match([[word] for word in request.in_kana], "{title_read}")
    return f"({typed}) OR ({read})" if request.in_kana else typed


def _phrase(word: Sequence[str]) -> str:
    return " + ".join(f'"{unit}"' for unit in word) + "*"


def _titles(
    database: sqlite3.Connection, request: SuggestRequest, code: str, columns: str, *, lacking: str = ""
) -> list[tuple[str, Suggestion]]:
    """Return (translation key, suggestion) of the language's pages, titles that begin with what was typed first."""
    build = build_in_use(database, code)
    if build is None:
        return []
    first = " ".join(request.words[0])
    rows = database.execute(
        f"SELECT translation_key, kind, json_extract(shown, '$.title'), json_extract(shown, '$.url')"
        f" FROM typed_{build} JOIN document_{build} ON document_{build}.id = typed_{build}.rowid"
        f" JOIN shown_{build} ON shown_{build}.id = typed_{build}.rowid"
        f" WHERE typed_{build} MATCH ? AND {NOT_EXPIRED} AND (? = '' OR instr(languages, ?) = 0)"
        f" ORDER BY substr(typed_{build}.title, 1, ?) <> ?, bm25(typed_{build}, 4.0, 2.0), typed_{build}.rowid DESC"
        " LIMIT ?",
        (
            _title_match(request, columns),
            time.time(),
            lacking,
            f",{lacking},",
            len(first),
            first,
            ELSEWHERE + PAGES,
        ),
    )
    return [(key, page(request, kind=kind, language=code, title=title, url=url)) for key, kind, title, url in rows]


def _places_begun(database: sqlite3.Connection, request: SuggestRequest) -> dict[str, int]:
    """Return ``place_value`` -> number of pages, of pages with a place that was begun."""
    match = typed_match(request.words, "{places}")
    return _counts(
        database,
        lambda build: (
            f"SELECT value, translation_key FROM typed_{build}"
            f" JOIN label_{build} ON page_id = typed_{build}.rowid AND facet = 'place'"
            f" JOIN document_{build} ON id = page_id WHERE typed_{build} MATCH ? AND {NOT_EXPIRED}",
            (match, time.time()),
        ),
    )


def _label_counts(database: sqlite3.Connection, facet: str, values: Iterable[str]) -> dict[str, int]:
    """Return value -> number of pages, each group of translations once, of those values that a page has."""
    wanted = list(values)
    marks = ", ".join("?" * len(wanted))
    return _counts(
        database,
        lambda build: (
            f"SELECT value, translation_key FROM label_{build} JOIN document_{build} ON id = page_id"
            f" WHERE facet = ? AND value IN ({marks}) AND {NOT_EXPIRED}",
            (facet, *wanted, time.time()),
        ),
    )


def _counts(
    database: sqlite3.Connection, statement: Callable[[str], tuple[str, tuple[str | float, ...]]]
) -> dict[str, int]:
    """Return value -> number of translation keys, of the rows that the statement finds in all languages together."""
    found: dict[str, set[str]] = defaultdict(set)
    for build in filter(None, (build_in_use(database, code) for code in CODES)):
        for value, key in database.execute(*statement(build)):
            found[value].add(key)
    return {value: len(keys) for value, keys in found.items()}
