"""Flow ``rebuild_index``: how fast all pages are indexed anew, and who notices while pages are published."""

import contextlib
import os
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings
from elasticsearch import Elasticsearch, helpers
from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildModelsearchIndex

from bench import engine
from bench.pages import add_pages
from cms.languages import CODES
from home.models import StandardPage
from search import building, indexing, status
from search.analysis import index_body
from search.backends.base import BackendUnavailableError, SearchRequest
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend, source
from search.batches import batches
from search.documents import build_documents

# In the title of one page that is never touched: always to be found.
BEACON = "lighthouse"


def measure() -> dict[str, Any]:
    """Return ``docs_per_second_ratio`` (ours over modelsearch's), ``bulk_ratio`` (ours over prepared documents').

    Then a rebuild while pages are published: ``lost_updates``, ``downtime`` (questions without the beacon), and
    ``memory_growth_mb`` of this process.
    """
    from tests.factories.tree import make_homes  # noqa: PLC0415 -- app ready: models need the scratch database

    wanted = engine.size("PAGES", 100_000)
    with engine.scratch_engine() as backend:
        with indexing.together():
            homes = make_homes()
        ids = add_pages(homes, wanted)
        StandardPage.objects.filter(pk=ids[0]).update(title=BEACON, draft_title=BEACON)
        connection.cursor().execute("ANALYZE")
        rates = _rates(backend, ids)
        loaded = _rebuild_under_load(backend, ids)
    median = {name: engine.percentile(samples, 0.5) for name, samples in rates.items()}
    return {
        "pages": len(ids),
        "wanted": wanted,
        "docs_per_second": {name: [round(sample) for sample in samples] for name, samples in rates.items()},
        "docs_per_second_ratio": round(median["ours"] / median["modelsearch"], 2),
        "bulk_ratio": round(median["ours"] / median["bulk"], 2),
        **loaded,
        **engine.node(),
    }


def verify(figures: dict[str, Any]) -> list[str]:
    """Return what was not done: pages that were not there, updates lost, questions unanswered, nothing published."""
    problems = []
    if figures["pages"] != figures["wanted"]:
        problems.append(f"{figures['pages']} pages of {figures['wanted']} were there")
    if figures["lost_updates"]:
        problems.append(f"{figures['lost_updates']} pages are not in the index as they are published")
    if figures["downtime"]:
        problems.append(f"{figures['downtime']} of {figures['asked']} questions found nothing")
    if figures["published"] < figures["to_publish"]:
        problems.append(f"{figures['published']} of {figures['to_publish']} pages were published meanwhile")
    if not figures["asked"]:
        problems.append("nobody asked during the rebuild")
    return problems


def _rates(backend: ElasticsearchBackend, ids: list[int]) -> dict[str, list[float]]:
    """Return documents a second, of rounds in which each way has its turn."""
    prepared = list(_prepared(ids))
    rates: dict[str, list[float]] = {"ours": [], "modelsearch": [], "bulk": []}
    for _ in range(engine.size("ROUNDS", 3)):
        rates["ours"].append(_rate(lambda: building.build_aside(backend, CODES)))
        rates["modelsearch"].append(_modelsearch_rate())
        rates["bulk"].append(_rate(lambda: _bulk(backend, prepared)))
    return rates


def _rate(work: Callable[[], int]) -> float:
    milliseconds, count = engine.timed(work)
    return count / milliseconds * 1000


def _prepared(ids: list[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    for batch in batches(ids, 500):
        for document in build_documents(batch).values():
            yield document.language, source(document)


def _bulk(backend: ElasticsearchBackend, prepared: list[tuple[str, dict[str, Any]]]) -> int:
    """Write documents that are ready into indices like ours, as Elastic's own helper does."""
    with backend.asking(ADMIN_SECONDS) as client:
        names = {code: backend.new_name(code) for code in CODES}
        for code, name in names.items():
            body = index_body(code)
            quiet = {**body["settings"], "refresh_interval": "-1"}
            client.indices.create(index=name, settings=quiet, mappings=body["mappings"])
        actions = ({"_index": names[code], "_id": str(row["page"]), "_source": row} for code, row in prepared)
        written, _ = helpers.bulk(client, actions)
        for name in names.values():
            client.indices.refresh(index=name)
            client.indices.delete(index=name)
    return written


def _modelsearch_rate() -> float:
    """Rebuild Wagtail's own index of the same pages on the same node."""
    prefix = f"bench-ms-{secrets.token_hex(4)}-"
    other = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": [settings.ELASTICSEARCH_URL],
        "INDEX_PREFIX": prefix,
        "AUTO_UPDATE": False,
        "TIMEOUT": 60,
    }
    backends = {**settings.WAGTAILSEARCH_BACKENDS, "bench": other}
    client = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=60)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        milliseconds, _ = engine.timed(
            lambda: call_command(RebuildModelsearchIndex(), backend_name="bench", verbosity=0)
        )
    client.indices.refresh(index=f"{prefix}*")
    count = int(client.count(index=f"{prefix}*")["count"])
    for index in client.indices.get(index=f"{prefix}*", features=["aliases"]):
        client.indices.delete(index=index)
    return count / milliseconds * 1000


def _rebuild_under_load(backend: ElasticsearchBackend, ids: list[int]) -> dict[str, Any]:
    """Rebuild while pages are published and readers ask; return what was lost and who found nothing."""
    to_publish = engine.size("PUBLISHED", 500)
    readers = _Readers(backend)
    editors = _Editors(random.Random(1).sample(ids[1:], min(to_publish, len(ids) - 1)))
    before = highest = _memory()

    def progress(done: int, total: int) -> None:
        nonlocal highest
        highest = max(highest, _memory())
        if connection.vendor == "sqlite":
            # One writer, one process: the editors have their turn between two batches.
            editors.publish_some()

    with _background(readers.ask), contextlib.ExitStack() as stack:
        if connection.vendor != "sqlite":
            stack.enter_context(_background(editors.publish_some))
        indexing.rebuild(list(CODES), progress=progress)
    while editors.waiting:
        editors.publish_some()
    indexing.drain()
    lost = sum(
        len(found.missing) + len(found.extra) + len(found.stale)
        for found in (status.language_status(code, deep=True) for code in CODES)
    )
    return {
        "to_publish": len(editors.published) if len(editors.published) < to_publish else to_publish,
        "published": len(editors.published),
        "lost_updates": lost,
        "asked": readers.asked,
        "downtime": readers.without,
        "memory_growth_mb": round(highest - before, 1),
    }


class _Readers:
    """Ask for the beacon again and again."""

    def __init__(self, backend: ElasticsearchBackend) -> None:
        self.backend = backend
        self.asked = 0
        self.without = 0

    def ask(self) -> None:
        """Ask once."""
        self.asked += 1
        try:
            if not self.backend.search(SearchRequest(BEACON, "en")).own.total:
                self.without += 1
        except BackendUnavailableError:
            self.without += 1
        time.sleep(0.1)


class _Editors:
    """Publish pages, one after another, each with a title of its own."""

    def __init__(self, ids: list[int]) -> None:
        self.waiting = list(ids)
        self.published: list[int] = []

    def publish_some(self) -> None:
        """Publish the next page, if there is one."""
        if not self.waiting:
            time.sleep(0.1)
            return
        page = StandardPage.objects.get(pk=self.waiting.pop())
        page.title = f"Published meanwhile {page.pk}"
        page.save_revision().publish()
        self.published.append(page.pk)


@contextlib.contextmanager
def _background(work: Callable[[], None]) -> Iterator[None]:
    """Do ``work`` again and again beside the block; what it raises is raised after it."""
    stopped = threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            while not stopped.is_set():
                work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
    if failures:
        raise failures[0]


def _memory() -> float:
    """Return the megabytes that this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
