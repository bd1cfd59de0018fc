"""The ranking by language and kind of question, on the demonstration's own texts: a fall of one kind shows as such.

Questions are in ``test_judged``. Here what is asked follows from the titles: their beginnings, their words, and their
words with two letters or syllables changed places.
"""

import re
from collections import defaultdict

import opencc
import pytest

from search.backends.base import Put, SearchBackend, SearchRequest
from search.documents import PageDocument
from search.judged import ndcg
from tests.search.demo_documents import demo_documents
from tests.search.engine import unique_backend

Asked = dict[tuple[str, str], list[tuple[str, set[int]]]]

FLOORS = {
    "beginning": 0.9,
    "keyword": 0.9,
    "misspelled": 0.8,
}
SPACED = ("en", "ko")


def asked() -> Asked:
    """Return (language, kind) -> questions with the pages that answer them, the same each time."""
    pages = demo_documents()
    found: Asked = defaultdict(list)
    for language in sorted({page.language for page in pages}):
        own = [page for page in pages if page.language == language]
        for page in own[::3]:
            beginning = page.title[: 6 if language == "en" else 3]
            found[language, "beginning"].append((beginning, _ids(own, lambda title, b=beginning: title.startswith(b))))
            word = max(re.findall(r"\w+", page.title), key=len)
            keyword = word if language in SPACED else word[:5]
            found[language, "keyword"].append((keyword, _ids(own, lambda title, k=keyword: k in title)))
            if (language == "en" and len(word) > 6) or (language == "ko" and len(word) > 3):
                found[language, "misspelled"].append(
                    (word[0] + word[2] + word[1] + word[3:], _ids(own, lambda title, w=word: w in title))
                )
    return found


def _ids(pages: list[PageDocument], wanted) -> set[int]:
    return {page.page_id for page in pages if wanted(page.title)}


def reached(backend: SearchBackend, questions: Asked, change=lambda query, _language: query) -> dict[str, float]:
    values = defaultdict(list)
    for (language, kind), rows in questions.items():
        for query, wanted in rows:
            hits = backend.search(SearchRequest(change(query, language), language)).own.hits
            gains = [int(hit.page_id in wanted) for hit in hits]
            values[f"{language} {kind}"].append(ndcg(gains, [1] * len(wanted)))
    return {name: round(sum(found) / len(found), 3) for name, found in values.items()}


@pytest.fixture
def backend(monkeypatch):
    """A node that may take its time: the order is judged here."""
    monkeypatch.setattr("search.backends.elasticsearch.ENGINE_SECONDS", 30.0)
    for backend in unique_backend():
        assert backend.apply([Put(page, 1) for page in demo_documents()], seconds=60) == {}
        backend.refresh()
        yield backend


def other_characters(query: str, language: str) -> str:
    direction = {"zh-hans": "s2t", "zh-hant": "t2s"}.get(language)
    return str(opencc.OpenCC(direction).convert(query)) if direction else query


@pytest.mark.elasticsearch
def test_no_language_and_kind_falls_below_its_floor_in_either_chinese_script(backend):
    questions = asked()
    figures = reached(backend, questions)
    assert {name: value for name, value in figures.items() if value < FLOORS[name.split()[1]]} == {}
    chinese = {row: found for row, found in questions.items() if row[0].startswith("zh")}
    converted = reached(backend, chinese, other_characters)
    assert {name: value for name, value in converted.items() if value < figures[name] - 0.02} == {}


def test_every_kind_is_asked_often_enough_to_judge():
    counts = {row: len(found) for row, found in asked().items()}
    assert {kind for _, kind in counts} == set(FLOORS)
    assert [row for row, count in counts.items() if count < 5] == []
