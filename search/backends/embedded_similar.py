"""Pages like a page, in the embedded engine: those that share its most telling words."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import timezone

from search.backends.embedded_ranking import Match, partial_matches, tells
from search.backends.embedded_tables import build_in_use, read_facts
from search.backends.embedded_text import is_stopword
from search.facets import Facts
from search.timeliness import timeliness

# As many as the other engine asks for.
TERMS = 25
# Of a page's words those that stand out most are looked up; each costs a look into the index.
LOOKED_UP = 80
# Of the pages that share something so many are weighed.
WEIGHED = 60
# A page is not asked for: what has some of it is worth a look where nothing has more.
LEAST_OF_BEST = 0.2
# What a word counts by where it stands: as in ranking.
COLUMNS = {"title": 8, "important": 4, "summary": 3, "body": 1}
# About the same, and about the same place.
SHARED_THEME, SHARED_COUNTRY = 1.3, 1.1

_SAYS_SOMETHING = re.compile(r"[^\W\d_]{2,}")


def like_page(database: sqlite3.Connection, page_id: int, language: str, others: Sequence[str]) -> Iterator[Match]:
    """Yield pages like the page, those of ``language`` first, then one a page of ``others`` that ``language`` lacks.

    A page that the index does not have, since visitors may not find it, is like no other.
    """
    build = build_in_use(database, language)
    if build is None:
        return
    columns = ", ".join((*COLUMNS, "names"))
    row = database.execute(f"SELECT {columns} FROM terms_{build} WHERE rowid = ?", (page_id,)).fetchone()
    if row is None:
        return
    *texts, names = row
    page = _facts(database, build, [page_id])[page_id][0]
    # What the page alone has says nothing of others.
    terms = _telling(database, build, _outstanding(texts), least=2)
    yield from _alike(database, build, page, terms, but=page_id)
    seen: set[str] = set()
    for code in others:
        other = build_in_use(database, code)
        # Words of another language are not the page's; titles and places are in every document in all languages.
        words = list(dict.fromkeys(_words(names)))[:LOOKED_UP]
        terms = _telling(database, other, words, column="names") if other else []
        for match in _alike(database, other, page, terms, lacking=language) if other else ():
            if match.translation_key not in seen:
                seen.add(match.translation_key)
                yield match


def _words(text: str) -> list[str]:
    return [word for word in text.split() if _SAYS_SOMETHING.fullmatch(word) and not is_stopword(word)]


def _outstanding(texts: Sequence[str]) -> list[str]:
    """Return the words that stand out by how often and where they are written."""
    counts: Counter[str] = Counter()
    for text, weight in zip(texts, COLUMNS.values(), strict=True):
        for word in _words(text):
            counts[word] += weight
    return [word for word, _ in counts.most_common(LOOKED_UP)]


def _telling(
    database: sqlite3.Connection, build: str, words: Sequence[str], *, column: str = "", least: int = 1
) -> list[str]:
    """Return the FTS5 terms that tell most, of words that at least so many pages have."""
    only = f"{{{column}}} : " if column else ""
    told = tells(database, build, [f'{only}"{word}"' for word in words], least=least)
    return sorted(told, key=lambda term: -told[term])[:TERMS]


def _alike(
    database: sqlite3.Connection,
    build: str,
    page: Facts,
    terms: Sequence[str],
    *,
    but: int = 0,
    lacking: str = "",
) -> list[Match]:
    """Return the build's pages that share enough of the terms, best first.

    Not the page ``but``, and of another language those only that ``lacking`` lacks.
    """
    now = timezone.now()
    matches = partial_matches(database, build, terms, of_best=LEAST_OF_BEST, but=but)[:WEIGHED]
    known = _facts(database, build, [match.page_id for match in matches])
    weighed: list[Match] = []
    for match in matches:
        facts, languages = known[match.page_id]
        factor = timeliness(facts, now)
        factor *= SHARED_THEME if set(facts.themes) & set(page.themes) else 1
        factor *= SHARED_COUNTRY if facts.country and facts.country == page.country else 1
        if not (lacking and lacking in languages):
            weighed.append(replace(match, score=match.score * factor))
    return sorted(weighed, key=lambda match: (match.score, -match.page_id))


def _facts(database: sqlite3.Connection, build: str, page_ids: Sequence[int]) -> dict[int, tuple[Facts, set[str]]]:
    """Return page id -> what the page is weighed by, and the languages it can be found in."""
    rows = database.execute(
        f"SELECT id, facts, languages FROM document_{build} WHERE present AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(page_ids)),),
    )
    return {page_id: (read_facts(facts), set(languages.strip(",").split(","))) for page_id, facts, languages in rows}
