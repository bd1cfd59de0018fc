"""The network's own questions with known answers: what its readers ask, and which pages answer it.

A folder of ``<lang>.jsonl``, or one such file; a line is ``{"query": "...", "pages": {"cases/suwon": 2}}``. A page is
named by the end of its address, the same in every language, and the home page by “/”; its grade is 2 where it answers
the question, 1 where it helps. The questions are asked of the site's index, as a reader of that language asks them.
What editors judge (search.judging) is kept in the database, and written to such files.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cms.languages import CODES
from search.backends.base import SearchRequest, SearchResults
from search.forms import clean_query

DEPTH = 10
# The end of the home page's address.
HOME = "/"


class JudgedError(Exception):
    """A file of judged queries cannot be read as one; the message names file and line."""


@dataclass(frozen=True)
class Judged:
    """A question in ``language``, and the grade of each page that answers it, by the end of its address."""

    language: str
    query: str
    pages: Mapping[str, int]


@dataclass(frozen=True)
class Verdict:
    """How well a question was answered: nDCG@10 from 0 to 1, and the addresses that were shown, best first."""

    judged: Judged
    ndcg: float
    shown: tuple[str, ...]


def ndcg(gains: Sequence[int], judged: Sequence[int], depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain of a ranking, from 0 to 1.

    ``gains`` are the grades of what was shown, best first, ``judged`` those of all that could have been. After
    Järvelin and Kekäläinen, “Cumulated gain-based evaluation of IR techniques”, ACM TOIS 20 (4), 2002, with the usual
    discount of log2(rank + 1).
    """
    ideal = _gain(sorted(judged, reverse=True)[:depth])
    return _gain(gains[:depth]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def judge(queries: Iterable[Judged], search: Callable[[SearchRequest], SearchResults]) -> Iterator[Verdict]:
    """Ask each query as a reader does, own language first and then the others, and yield how well it was answered."""
    for judged in queries:
        results = search(question(judged.language, judged.query))
        shown = [hit.url for hit in (*results.own.hits, *results.other.hits)][:DEPTH]
        yield Verdict(judged, ndcg(_grades(shown, judged.pages), list(judged.pages.values())), tuple(shown))


def question(language: str, query: str) -> SearchRequest:
    """Return what is asked of the engine to judge a query: the first page of a reader's results."""
    return SearchRequest(query=clean_query(query), language=language, size=DEPTH)


def _grades(urls: Sequence[str], pages: Mapping[str, int]) -> list[int]:
    """Return the grade of each address; a page counts once, at its first place."""
    left = dict(pages)
    grades = []
    for url in urls:
        path = "/" + urlsplit(url).path.strip("/")
        found = max((end for end in left if _ends(path, "/" + end.strip("/"))), key=len, default=None)
        grades.append(left.pop(found) if found is not None else 0)
    return grades


def _ends(path: str, end: str) -> bool:
    """Whether the page at ``path`` is the one named; the home page's address is its language's alone."""
    return path.strip("/") in CODES if end == HOME else path.endswith(end)


def read_judged(path: Path) -> list[Judged]:
    """Return the judged queries of a file named ``<lang>.jsonl``, or of all such files in a folder.

    Raises JudgedError for a file that is not as it should be.
    """
    files = [path / f"{code}.jsonl" for code in CODES if (path / f"{code}.jsonl").exists()] if path.is_dir() else [path]
    if not files or any(file.stem not in CODES for file in files):
        raise JudgedError(f"{path}: a file <lang>.jsonl is expected, with <lang> one of {', '.join(CODES)}")
    return [judged for file in files for judged in _read(file)]


def _read(file: Path) -> Iterator[Judged]:
    try:
        # Not splitlines(), for which some characters that stand in texts end a line, too.
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgedError(f"{file}: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _judged(file.stem, line, f"{file}, line {number}")


def _judged(language: str, line: str, where: str) -> Judged:
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        raise JudgedError(f"{where}: {error}") from error
    query, pages = (row.get("query"), row.get("pages")) if isinstance(row, dict) else (None, None)
    if not isinstance(query, str) or not isinstance(pages, dict) or not pages:
        raise JudgedError(f'{where}: {{"query": "...", "pages": {{"address": grade}}}} is expected')
    if not all(isinstance(grade, int) and grade > 0 for grade in pages.values()):
        raise JudgedError(f"{where}: a grade is a whole number above 0")
    return Judged(language, query, pages)


def judged_lines(queries: Iterable[Judged]) -> dict[str, str]:
    """Return language -> the contents of its file, as ``read_judged`` reads it; languages without queries have none."""
    lines: dict[str, list[str]] = {}
    for judged in queries:
        line = json.dumps({"query": judged.query, "pages": dict(judged.pages)}, ensure_ascii=False)
        lines.setdefault(judged.language, []).append(line + "\n")
    return {code: "".join(lines[code]) for code in CODES if code in lines}
