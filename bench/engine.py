"""A scratch engine for the flows: indices of their own on the node of ELASTICSEARCH_URL, with made-up documents."""

import contextlib
import math
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unittest import mock

from django.conf import settings
from django.test.utils import override_settings

from cms.languages import CODES
from search import answering
from search.backends import get_backend
from search.backends.base import Put
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend
from search.batches import batches
from search.documents import PageDocument

BATCH = 500


def size(name: str, default: int) -> int:
    """Return a flow's size: the environment variable ``BENCH_<name>``, else ``default``."""
    return int(os.environ.get(f"BENCH_{name}", default))


def patient_client() -> contextlib.AbstractContextManager[Any]:
    """Let each question to the engine take a minute: a slow machine is measured, not given up."""
    # The default of the parameter, since that is bound when the function is made.
    return mock.patch.dict(ElasticsearchBackend._answers.__kwdefaults__, seconds=60.0)


@contextlib.contextmanager
def scratch_engine() -> Iterator[ElasticsearchBackend]:
    """Give the site an Elasticsearch engine with indices of its own, and delete them afterwards."""
    prefix = f"bench-{secrets.token_hex(4)}"
    name = "search.backends.elasticsearch.ElasticsearchBackend"
    patient = mock.patch.multiple(answering, ENGINE_SECONDS=60.0, VIEW_SECONDS=60.0)
    named = override_settings(SEARCH_BACKEND=name, SEARCH_INDEX_PREFIX=prefix, SEARCH_STANDBY=False)
    with patient, patient_client(), named:
        backend = get_backend()
        assert isinstance(backend, ElasticsearchBackend)
        try:
            backend.prepare()
            yield backend
        finally:
            with backend.asking(ADMIN_SECONDS) as client:
                for index in client.indices.get(index=f"{prefix}*", features=["aliases"]):
                    client.indices.delete(index=index, ignore_unavailable=True)


def fill(backend: ElasticsearchBackend, documents: Iterable[PageDocument]) -> int:
    """Put the documents into new indices, as a rebuild does; return how many there are."""
    rebuilds = {code: backend.start_rebuild(code) for code in CODES}
    written = 0
    for batch in batches(documents, BATCH):
        for code, rebuild in rebuilds.items():
            rebuild.write([Put(document, 1) for document in batch if document.language == code])
        written += len(batch)
    for rebuild in rebuilds.values():
        rebuild.commit()
    return written


@contextlib.contextmanager
def watched(backend: ElasticsearchBackend) -> Iterator[list[dict[str, Any]]]:
    """Give a list that grows by the arguments of each request to the engine."""
    transport = backend.client.transport
    original = transport.perform_request
    seen: list[dict[str, Any]] = []

    def perform_request(method: str, target: str, **options: Any) -> Any:
        seen.append({"method": method, "target": target, **options})
        return original(method, target, **options)

    transport.perform_request = perform_request
    try:
        yield seen
    finally:
        del transport.perform_request


def repeat(backend: ElasticsearchBackend, request: dict[str, Any]) -> Any:
    """Send a request that was ``watched`` once more: the bare engine, with nothing of ours around it."""
    return backend.client.transport.perform_request(**request)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long ``work`` took, in milliseconds, and what it returned."""
    begun = time.perf_counter()
    value = work()
    return (time.perf_counter() - begun) * 1000, value


def percentile(samples: list[float], part: float) -> float:
    """Return the sample below which ``part`` (0 to 1) of them lie."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def spread(samples: list[float]) -> dict[str, float]:
    """Return what is told of samples in milliseconds."""
    names = {"min": 0.0, "median": 0.5, "p95": 0.95, "max": 1.0}
    return {name: round(percentile(samples, part), 2) for name, part in names.items()}


def node() -> dict[str, Any]:
    """Return what the figures depend on of the node: its version, and whether it compiles thoroughly."""
    backend = ElasticsearchBackend(settings.ELASTICSEARCH_URL, prefix="bench")
    with backend.asking(ADMIN_SECONDS) as client:
        version = client.info()["version"]["number"]
        nodes = client.nodes.info(metric="jvm")["nodes"].values()
    quick = any("-XX:TieredStopAtLevel=1" in one["jvm"]["input_arguments"] for one in nodes)
    return {"elasticsearch": version, "compiler": "quick" if quick else "default"}
