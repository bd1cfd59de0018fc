"""Builds the indices of languages aside, from what is published, and puts them in the old ones' place."""

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from search import outbox
from search.backends.base import BackendUnavailableError, Put, Rebuild, SearchBackend
from search.documents import build_groups
from search.visibility import searchable_pages

# Groups of translations that are read together.
BATCH = 100
# Requests that are on their way to the engine while the next pages are read: what bounds the memory.
WRITERS = 2
PENDING = 4

Progress = Callable[[int, int], None]


def build_aside(
    backend: SearchBackend, languages: Sequence[str], *, progress: Progress = lambda done, total: None
) -> int:
    """Build the languages' indices and swap them in; return how many documents were written.

    The old indices answer, and take changes, until the new ones are whole. A failure removes what was built, leaves
    the old ones in use and is raised. What changed meanwhile is the caller's to find (``search.status``). ``progress``
    is told how many of how many documents are written.
    """
    building: dict[str, Rebuild] = {}
    try:
        for language in languages:
            building[language] = backend.start_rebuild(language)
        # A file has one writer at a time; a server takes several requests at once.
        written = _write_all(building, progress, writers=WRITERS if backend.is_remote else 1)
        for language in languages:
            building[language].commit()
            del building[language]
    except BaseException:
        for unfinished in building.values():
            with contextlib.suppress(BackendUnavailableError):
                unfinished.abort()
        raise
    return written


def _write_all(building: Mapping[str, Rebuild], progress: Progress, *, writers: int) -> int:
    """Write every findable page of the languages; the next ones are read while the engine takes the last."""
    pages = searchable_pages().filter(locale__language_code__in=list(building))
    total = pages.count()
    written = 0
    progress(0, total)
    with ThreadPoolExecutor(writers, thread_name_prefix="search-rebuild") as threads:
        pending: deque[Future[int]] = deque()
        for puts in _batches(pages, list(building)):
            pending.append(threads.submit(_write, building[puts[0].language], puts))
            while len(pending) >= PENDING:
                written += pending.popleft().result()
                progress(written, total)
        while pending:
            written += pending.popleft().result()
            progress(written, total)
    return written


def _write(index: Rebuild, puts: list[Put]) -> int:
    index.write(puts)
    return len(puts)


def _batches(pages: QuerySet[Page], languages: Sequence[str]) -> Iterator[list[Put]]:
    """Yield the pages' documents, those of one language at a time."""
    for keys in _translation_keys(pages):
        # Versions first: a page that changes after this line has a higher one, and is written again.
        versions = outbox.versions(pages.filter(translation_key__in=keys).values_list("pk", flat=True))
        documents = build_groups(keys).values()
        for language in languages:
            puts = [Put(page, versions.get(page.page_id, 0)) for page in documents if page.language == language]
            if puts:
                yield puts


def _translation_keys(pages: QuerySet[Page]) -> Iterator[list[UUID]]:
    """Yield all the pages' translation keys in batches, each key once; by key, so that each batch is found at once."""
    keys = pages.order_by("translation_key").values_list("translation_key", flat=True).distinct()
    batch = list(keys[:BATCH])
    while batch:
        yield batch
        batch = list(keys.filter(translation_key__gt=batch[-1])[:BATCH])
