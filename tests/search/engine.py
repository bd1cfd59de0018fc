"""A real Elasticsearch for tests: skipped where none answers, but never in CI."""

import os
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings

from search.backends.base import BackendUnavailableError
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend


def elasticsearch_url() -> str:
    """Return the address of an engine that answers; without one skip the test, or fail it in CI."""
    url = settings.ELASTICSEARCH_URL
    missing = "no ELASTICSEARCH_URL"
    if url:
        try:
            with ElasticsearchBackend(url).asking(ADMIN_SECONDS) as client:
                client.info()
            return url
        except BackendUnavailableError as error:
            missing = str(error)
    if os.environ.get("CI"):
        pytest.fail(f"Elasticsearch has to answer in CI: {missing}")
    pytest.skip(f"Elasticsearch does not answer: {missing}")


def unique_backend() -> Iterator[ElasticsearchBackend]:
    """Yield a backend with indices of its own, so that tests may run side by side; delete them afterwards."""
    backend = ElasticsearchBackend(elasticsearch_url(), prefix=f"test-{uuid.uuid4().hex[:12]}")
    backend.prepare()
    yield backend
    with backend.asking(ADMIN_SECONDS) as client:
        for name in client.indices.get(index=f"{backend.prefix}-*", features=["aliases"]):
            client.indices.delete(index=name, ignore_unavailable=True)
