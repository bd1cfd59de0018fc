"""The embedded engine's matches narrowed, counted, sorted, and one a page: what is done with them beside ranking."""

import datetime
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from search.backends.base import FacetCount, SearchRequest
from search.backends.embedded_ranking import Match
from search.backends.embedded_tables import read_facts
from search.facets import FACETS, Facts, counted, keeps
from search.timeliness import timeliness

COUNTED = tuple(facet for facet in FACETS if facet != "languages")


@dataclass(frozen=True)
class Candidate:
    """A match with what it is filtered by: ``values`` of every facet, ``languages`` in which the page can be found."""

    match: Match
    facts: Facts
    values: dict[str, tuple[Any, ...]]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Narrowed:
    """What is left of the matches: rows in order, in the reader's language and the others, and the counts."""

    own: list[Match]
    other: list[Match]
    facets: tuple[FacetCount, ...]


def narrow(
    database: sqlite3.Connection,
    request: SearchRequest,
    own: Sequence[Match],
    other: Sequence[Match],
    now: datetime.datetime,
) -> Narrowed:
    """Return the rows that the request's filters leave of the matches, and the counts of every facet.

    ``other`` are all matches in other languages, also several of one page.
    """
    here = _candidates(database, own, now)
    everywhere = _candidates(database, other, now)
    shown = [one for one in everywhere if _is_shown(one, request)]
    rows = [one for one in here if keeps(one.values, request.filters, but="languages")]
    others = _best_languages([one for one in shown if keeps(one.values, request.filters, but="languages")], request)
    counts = _page_counts(shown, request)
    if request.shows_own:
        counts.update(_page_counts(here, request))
    counts.update(
        ("languages", one.facts.language)
        for one in (*here, *everywhere)
        if keeps(one.values, request.filters, but="languages")
    )
    return Narrowed(
        own=[one.match for one in _sorted(rows, request, now)] if request.leaves_own_out else [],
        other=[one.match for one in _sorted(others, request, now)],
        facets=counted(counts),
    )


def _candidates(database: sqlite3.Connection, matches: Sequence[Match], now: datetime.datetime) -> list[Candidate]:
    """Return the matches with their facts, weighed by time, best first."""
    found: list[Candidate] = []
    read: dict[str, tuple[Facts, dict[str, tuple[Any, ...]], float]] = {}
    for build, group in groupby(sorted(matches, key=lambda match: match.build), key=lambda match: match.build):
        of_build = {match.page_id: match for match in group}
        rows = database.execute(
            f"SELECT id, languages, facts FROM document_{build} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(of_build)),),
        )
        for page_id, languages, text in rows:
            # Many pages have the same facts, and there may be thousands of matches.
            if text not in read:
                facts = read_facts(text)
                read[text] = facts, facts.values(now), timeliness(facts, now)
            facts, values, factor = read[text]
            match = of_build[page_id]
            # Lower is better and below nought: a factor above 1 lifts.
            match = match if factor == 1 else replace(match, score=match.score * factor)
            found.append(Candidate(match, facts, values, tuple(languages.strip(",").split(","))))
    return sorted(found, key=lambda one: (one.match.score, -one.match.page_id))


def _is_shown(one: Candidate, request: SearchRequest) -> bool:
    """Whether the row of another language is one that the reader is shown."""
    left_out = request.leaves_own_out and request.language in one.languages
    return one.facts.language in request.other_languages and not left_out


def _page_counts(candidates: Iterable[Candidate], request: SearchRequest) -> Counter[tuple[str, str]]:
    """Return (facet, value) -> number of pages under the choices in all other facets; of languages nothing."""
    keys: dict[tuple[str, str], set[str]] = {}
    for one in candidates:
        lost = [facet for facet in COUNTED if not keeps({facet: one.values[facet]}, request.filters)]
        # All facets where every choice fits; the one that does not fit where it is the only one.
        for facet in COUNTED if not lost else lost[:1] if len(lost) == 1 else ():
            for value in one.values[facet]:
                keys.setdefault((facet, str(value)), set()).add(one.match.translation_key)
    return Counter({key: len(pages) for key, pages in keys.items()})


def _best_languages(candidates: Sequence[Candidate], request: SearchRequest) -> list[Candidate]:
    """Return one match a page, the one in the best language for the reader, with the page's best score."""
    rank = {code: place for place, code in enumerate(request.other_languages)}
    best: dict[str, Candidate] = {}
    for one in candidates:
        known = best.setdefault(one.match.translation_key, one)
        if rank[one.facts.language] < rank[known.facts.language]:
            best[one.match.translation_key] = replace(one, match=replace(one.match, score=known.match.score))
    return list(best.values())


def _sorted(candidates: Iterable[Candidate], request: SearchRequest, now: datetime.datetime) -> list[Candidate]:
    """Return the rows in the order that was asked for; of equals the newer page first."""
    found = sorted(candidates, key=lambda one: (one.match.score, -one.match.page_id))
    if request.sort == "date":
        return sorted(found, key=lambda one: -one.facts.day.toordinal() if one.facts.day else 1)
    if request.sort == "deadline":
        never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
        return sorted(found, key=lambda one: one.facts.next_deadline(now) or never)
    return found
