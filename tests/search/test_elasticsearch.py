from itertools import count

import pytest
from elasticsearch import Elasticsearch

from cms.languages import CODES
from search import analysis
from search.backends.base import ENGINE_SECONDS, BackendUnavailableError, Filters, Put, Remove, SearchRequest
from search.backends.elasticsearch import ADMIN_SECONDS, ElasticsearchBackend
from search.suggesting import SuggestRequest
from tests.search.backend_contract import BackendContract, document
from tests.search.engine import unique_backend
from tests.search.facet_contract import FacetContract
from tests.search.language_contract import LanguageContract
from tests.search.similar_contract import SimilarContract
from tests.search.spelling_contract import SpellingContract
from tests.search.suggest_contract import SuggestContract
from tests.search.wording_contract import WordingContract

pytestmark = pytest.mark.elasticsearch


versions = count(1000, 1000)


@pytest.fixture(scope="module")
def shared_backend():
    yield from unique_backend()


@pytest.fixture
def emptied(shared_backend, request):
    """The module's backend without pages: making five indices for every test takes longer than the tests."""
    request.instance.base = next(versions)
    left = [
        Remove(item.page_id, language, request.instance.base)
        for language in CODES
        for item in shared_backend.inventory(language)
    ]
    shared_backend.apply(left)
    shared_backend.refresh()
    return shared_backend


@pytest.fixture
def backend():
    """Fresh indices, for tests that change or delete them."""
    yield from unique_backend()


class TestElasticsearchLanguages(LanguageContract):
    """Ways of writing the same, on a real node."""

    @pytest.fixture
    def backend(self, emptied):
        return emptied


class TestElasticsearchBackend(
    BackendContract, FacetContract, SimilarContract, SpellingContract, SuggestContract, WordingContract
):
    """The contract on a real node."""

    @pytest.fixture
    def backend(self, emptied):
        return emptied


def admin(backend: ElasticsearchBackend) -> Elasticsearch:
    return backend.client.options(request_timeout=ADMIN_SECONDS)


def indices(backend: ElasticsearchBackend) -> list[str]:
    return sorted(admin(backend).indices.get(index=f"{backend.prefix}-*", features=["aliases"]))


def test_writing_makes_missing_indices_and_nothing_by_accident(backend):
    for name in indices(backend):
        admin(backend).indices.delete(index=name)
    backend.apply([Put(document(1, title="Rivers"), 1), Remove(2, "ko", 1)])
    backend.refresh()
    assert backend.outdated(["en", "ko"]) == []
    assert backend.search(SearchRequest("rivers", "en")).own.total == 1
    assert len(indices(backend)) == 5


def test_field_outside_the_mapping_is_refused(backend):
    with (
        pytest.raises(BackendUnavailableError, match="strict_dynamic_mapping"),
        backend.asking(ADMIN_SECONDS) as client,
    ):
        client.index(index=backend.alias("en"), document={"secret": "x"})


def test_refused_document_is_named_and_the_others_are_written(backend):
    broken = document(1, title="Rivers", expires_at="not a date")
    refused = backend.apply([Put(broken, 1), Put(document(2, title="Rivers"), 1)])
    assert list(refused) == [1]
    assert "date" in refused[1]
    assert [item.page_id for item in backend.inventory("en")] == [2]


def test_failed_rebuild_deletes_what_it_built(backend):
    before = indices(backend)
    rebuild = backend.start_rebuild("en")
    assert len(indices(backend)) == len(before) + 1
    rebuild.abort()
    assert indices(backend) == before


def test_committed_rebuild_deletes_the_old_index(backend):
    before = indices(backend)
    backend.start_rebuild("en").commit()
    assert len(indices(backend)) == len(before)
    assert backend.outdated(["en"]) == []


def test_old_index_outlives_the_questions_that_were_sent_to_it(backend, monkeypatch):
    backend.apply([Put(document(1, title="Rivers"), 1)])
    backend.refresh()
    (old,) = backend.client.indices.get_alias(name=backend.alias("en"))
    waits = []

    def sleep(seconds):
        waits.append((seconds, backend.client.count(index=old)["count"]))
        assert old not in backend.client.indices.get_alias(name=backend.alias("en"))

    monkeypatch.setattr("search.backends.elasticsearch.time.sleep", sleep)
    backend.start_rebuild("en").commit()
    assert waits == [(ENGINE_SECONDS, 1)]
    assert not backend.client.indices.exists(index=old)


def test_index_of_another_analysis_is_outdated(backend, monkeypatch):
    monkeypatch.setitem(analysis.FILTERS, "beginnings", {"type": "edge_ngram", "min_gram": 2, "max_gram": 5})
    analysis.index_body.cache_clear()
    try:
        assert backend.outdated(["en", "ko"]) == ["en", "ko"]
        backend.start_rebuild("en").commit()
        assert backend.outdated(["en", "ko"]) == ["ko"]
    finally:
        analysis.index_body.cache_clear()


def test_engine_that_is_not_there_is_unavailable_at_once():
    backend = ElasticsearchBackend("http://127.0.0.1:9", prefix="nobody")
    for ask in (
        lambda: backend.search(SearchRequest("rivers", "en")),
        lambda: backend.apply([Put(document(1), 1)]),
        lambda: list(backend.inventory("en")),
        lambda: backend.start_rebuild("en"),
    ):
        with pytest.raises(BackendUnavailableError):
            ask()


def test_search_before_the_first_index_is_unavailable(backend):
    for name in indices(backend):
        admin(backend).indices.delete(index=name)
    with pytest.raises(BackendUnavailableError, match="index_not_found"):
        backend.search(SearchRequest("rivers", "en"))


def test_page_of_results_is_one_request(backend, monkeypatch):
    asked = []
    transport = backend.client.transport
    perform = transport.perform_request

    def counting(method, target, **options):
        asked.append((method, target.partition("?")[0]))
        return perform(method, target, **options)

    backend.apply([Put(document(1, title="Rivers"), 1), Put(document(2, "ja", "Rivers"), 1)])
    backend.refresh()
    monkeypatch.setattr(transport, "perform_request", counting)
    filters = Filters(kinds=("page",), themes=("water",), statuses=("open",), languages=("en", "ja"))
    backend.search(SearchRequest("rivers", "en", preferred=("ja",), filters=filters, sort="deadline"))
    assert asked == [("POST", "/_msearch")]


@pytest.mark.django_db
def test_withheld_page_is_nowhere_in_an_answer(backend):
    """The index is behind: it still has a page that visitors may not find any more."""
    backend.apply([
        Put(document(1, title="Otters of the river", kind="news"), 1),
        Put(document(2, title="Otters of the lake", kind="event"), 1),
        Put(document(3, "ko", title="Otters of Suwon", kind="news"), 1),
    ])  # fmt: skip
    backend.refresh()
    found = backend.search(SearchRequest("otters", "en", withheld=frozenset({1, 3})))
    assert ([hit.page_id for hit in found.own.hits], found.own.total) == ([2], 1)
    assert (found.other.hits, found.other.total) == ((), 0)
    counts = {(one.facet, one.value): one.count for one in found.facets if one.count}
    assert {pair: number for pair, number in counts.items() if pair[0] in ("kinds", "languages")} == {
        ("kinds", "event"): 1,
        ("languages", "en"): 1,
    }
    suggestions = backend.suggest(SuggestRequest("ott", "en", withheld=frozenset({1, 3})))
    assert ["".join(part.text for part in one.title) for one in suggestions] == ["Otters of the lake"]
    assert backend.search(SearchRequest("oters rivr", "en")).spelling == "otters river"
    assert backend.search(SearchRequest("oters rivr", "en", withheld=frozenset({1}))).spelling == ""
