"""Questions with known answers, asked through the public search: how good is the ranking?

A corpus is a folder of ``corpus.<lang>.jsonl`` (``{"id", "title", "body"}`` a line) and ``queries.<lang>.jsonl``
(``{"id", "query", ...}``), ``<lang>`` a code of ``cms.languages``. Its documents are written through the site's own
analysis, mapping and query code into scratch indices, which are removed afterwards; the site's indices are not touched.
Nothing of a query but its words is read, so that no engine can be told what kind of question it is.
"""

import contextlib
import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms.languages import CODES
from cms.pages import SearchKind
from search.backends.base import Put, SearchBackend, SearchRequest
from search.backends.elasticsearch import ElasticsearchBackend
from search.backends.embedded import EmbeddedBackend
from search.documents import PageDocument
from search.forms import clean_query

BACKENDS = ("elasticsearch", "embedded")
DEPTH = 10
BATCH = 200


class CorpusError(Exception):
    """A file of the corpus cannot be read as one; the message names file and line."""


@dataclass(frozen=True)
class Ranking:
    """What one query found: ids of the corpus, best first, at most DEPTH."""

    language: str
    query_id: str
    ranked: tuple[str, ...]


@contextlib.contextmanager
def scratch_backend(name: str) -> Iterator[SearchBackend]:
    """Give an engine with empty indices of its own, and remove them.

    ``name`` is one of BACKENDS. Raises BackendUnavailableError when the engine cannot be asked.
    """
    if name == "embedded":
        with tempfile.TemporaryDirectory(prefix="encynet-evaluation-") as folder:
            yield EmbeddedBackend(Path(folder) / "search.sqlite3")
        return
    backend = ElasticsearchBackend(prefix=f"evaluation-{secrets.token_hex(4)}")
    try:
        yield backend
    finally:
        backend.drop()


def evaluate(backend: SearchBackend, corpus: Path) -> Iterator[Ranking]:
    """Write the corpus to the engine's indices and yield what each of its queries finds, language by language.

    Raises CorpusError for a file that is not as it should be, BackendUnavailableError when the engine is gone.
    """
    languages = [code for code in CODES if (corpus / f"queries.{code}.jsonl").exists()]
    if not languages:
        raise CorpusError(f"{corpus} has no queries.<lang>.jsonl with <lang> one of {', '.join(CODES)}")
    ids = index_corpus(backend, corpus)
    for language in languages:
        for query in read_lines(corpus / f"queries.{language}.jsonl", ("id", "query")):
            found = ask(backend, language, query["query"])
            yield Ranking(language, query["id"], tuple(ids[page] for page in found))


def ask(backend: SearchBackend, language: str, query: str) -> list[int]:
    """Return the numbers of the pages that a reader of ``language`` is shown first, in the reader's own language."""
    results = backend.search(SearchRequest(query=clean_query(query), language=language, size=DEPTH))
    return [hit.page_id for hit in results.own.hits]


def index_corpus(backend: SearchBackend, corpus: Path) -> dict[int, str]:
    """Write every document of the corpus, and return the number that each one's id became."""
    backend.prepare()
    ids: dict[int, str] = {}
    for language in CODES:
        path = corpus / f"corpus.{language}.jsonl"
        if not path.exists():
            continue
        rebuild = backend.start_rebuild(language)
        try:
            batch: list[Put] = []
            for row in read_lines(path, ("id", "title", "body")):
                number = len(ids) + 1
                ids[number] = row["id"]
                batch.append(Put(document(number, language, row), version=1))
                if len(batch) == BATCH:
                    rebuild.write(batch)
                    batch = []
            rebuild.write(batch)
            rebuild.commit()
        except BaseException:
            rebuild.abort()
            raise
    backend.refresh()
    return ids


def document(number: int, language: str, row: Mapping[str, str]) -> PageDocument:
    """Return a document of the corpus as a page that stands in one language only."""
    return PageDocument(
        page_id=number,
        language=language,
        translation_key=f"{language}-{number}",
        languages=(language,),
        kind=SearchKind.PAGE,
        url=f"/{language}/{number}/",
        title=row["title"],
        body=row["body"],
        names=(row["title"],),
    )


def read_lines(path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file with one JSON object a line, each with texts under ``names``; raises CorpusError."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, names, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error


def _object(line: str, names: Sequence[str], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{where}: {error}") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in names):
        raise CorpusError(f"{where}: an object with the texts {', '.join(names)} is expected")
    return {name: row[name] for name in names}
