"""What the embedded engine does where thousands of pages match: all are counted, and those that can come first come."""

import datetime

import pytest
from django.utils import timezone

from search.backends import embedded_facets
from search.backends.base import BESIDE, Filters, Put, SearchRequest
from search.backends.embedded import EmbeddedBackend
from tests.search.backend_contract import document


@pytest.fixture
def backend(tmp_path, monkeypatch):
    """An engine that weighs ten pages, and two of each other language beside them."""
    monkeypatch.setattr(embedded_facets, "LAST_PAGE", 1)
    monkeypatch.setattr(embedded_facets, "WEIGHED_BESIDE", 2 * BESIDE)
    backend = EmbeddedBackend(tmp_path / "search.sqlite3")
    backend.prepare()
    return backend


def write(backend, *documents):
    assert backend.apply([Put(each, 1) for each in documents]) == {}


def found(backend, query="rivers", **fields):
    return [hit.page_id for hit in backend.search(SearchRequest(query, "en", **fields)).own.hits]


def test_all_matches_are_counted_and_pages_called_so_come_first(backend):
    many = [document(number, title="A page", body="Rivers.", kind="news") for number in range(10, 90)]
    write(backend, *many, document(1, title="Rivers", kind="case"), document(2, title="A page", summary="Of rivers."))
    answer = backend.search(SearchRequest("rivers", "en"))
    assert answer.own.total == 82
    assert [hit.page_id for hit in answer.own.hits] == [1, 2, 89, 88, 87, 86, 85, 84, 83, 82]
    assert {count.value: count.count for count in answer.facets if count.facet == "kinds"} == {
        "case": 1, "news": 80, "page": 1
    }  # fmt: skip


def test_rows_are_those_that_are_left_by_filters_and_come_first_by_date(backend):
    day = datetime.date(2024, 1, 1)
    write(
        backend,
        *(document(n, title="Rivers", kind="news", date=day + datetime.timedelta(n % 40)) for n in range(10, 90)),
        document(1, title="A page", body="Rivers.", kind="case", date=day),
    )
    assert found(backend, filters=Filters(kinds=("case",))) == [1]
    assert found(backend, sort="date")[:4] == [79, 39, 78, 38]


def test_next_deadline_comes_first_of_many_calls(backend):
    now = timezone.now()
    write(
        backend,
        *(
            document(n, title="Rivers", kind="call", deadlines=(now + datetime.timedelta(days=1 + n * 7 % 80),))
            for n in range(10, 90)
        ),
        document(1, title="A page", body="Rivers.", kind="call", deadlines=(now + datetime.timedelta(hours=1),)),
    )
    assert found(backend, sort="deadline")[0] == 1


def test_page_of_another_language_stands_where_its_best_version_does_in_the_reader_s_best_language(backend):
    both = {"languages": ("ja", "ko"), "kind": "case"}
    many = [
        document(10 * n + place, code, "2027", key=str(n), body="rivers", **both)
        for n in range(1, 40)
        for place, code in enumerate(("ja", "ko"))
    ]
    named = [
        document(1, "ja", "2027", key="named", body="rivers", **both),
        document(2, "ko", "Rivers", key="named", **both),
    ]
    write(backend, *many, *named)
    answer = backend.search(SearchRequest("rivers", "en", preferred=("ja",)))
    assert answer.other.total == 40
    assert answer.other.hits[0].page_id == 1
    assert {count.value: count.count for count in answer.facets if count.facet == "languages"} == {"ja": 40, "ko": 40}
    assert {count.value: count.count for count in answer.facets if count.facet == "kinds"} == {"case": 40}


def test_page_whose_versions_have_other_facts_is_counted_once_under_what_they_share(backend):
    write(
        backend,
        document(1, "ja", "rivers", key="k", languages=("ja", "ko"), kind="case", country="KR"),
        document(2, "ko", "rivers", key="k", languages=("ja", "ko"), kind="case", country="JP"),
    )
    facets = backend.search(SearchRequest("rivers", "en")).facets
    counts = {(count.facet, count.value): count.count for count in facets}
    assert counts == {
        ("kinds", "case"): 1, ("countries", "JP"): 1, ("countries", "KR"): 1, ("languages", "ja"): 1,
        ("languages", "ko"): 1,
    }  # fmt: skip


def test_facts_that_no_page_has_any_more_are_forgotten_by_a_rebuild(backend):
    write(backend, document(1, title="Rivers", country="KR"), document(2, title="Rivers", country="FR"))
    assert backend.apply([Put(document(2, title="Rivers", country="KR"), 2)]) == {}
    backend.start_rebuild("ko").abort()
    with backend.reading() as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone() == (1,)
    assert found(backend) == [2, 1]
