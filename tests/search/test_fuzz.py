"""Whatever is asked is answered: never an error, never slowly, always in the reader's language."""

import json
import re
import time

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.languages import CODES, by_code
from search import answering
from search.backends.base import Filters, Put, SearchRequest
from search.backends.embedded import EmbeddedBackend
from search.forms import LONGEST_QUERY, clean_query
from search.log.recording import looks_personal
from search.suggesting import SuggestRequest
from tests.search.backend_contract import document
from tests.search.engine import unique_backend
from tests.search.nasty import FUZZ, NAMES, languages, query_strings, questions
from tests.search.pages import commit, make_page

pytestmark = pytest.mark.django_db
# Of this process, so that other work on the machine does not count; a question costs a few milliseconds.
CPU_SECONDS = 3.0
TEXTS = {
    "en": "The cities’ biodiversity strategies and clean rivers of nrg4SD at CBD COP 12. Waste-water, café. ",
    "zh-hant": "我們保護城市的生物多樣性與水資源，𠮷野家👩‍👩‍👧‍👦。",
    "ko": "이 도시의 생물다양성을 보전한다. 수원시의 맑은 하천. ",
    "ja": "都市における生物多様性の保全について。ﾊﾞｲｵﾏｽ発電を始めた。",
    "zh-hans": "我们保护城市的生物多样性和水资源。",
}


def fill(backend):
    """Write twelve pages in each language, one of them long."""
    numbers = iter(range(1, 1000))
    documents = [
        document(next(numbers), code, f"{text[:20]} {number}", body=text * (200 if number == 1 else 5), kind="case")
        for code, text in TEXTS.items()
        for number in range(12)
    ]
    assert backend.apply([Put(found, 1) for found in documents], seconds=60) == {}
    backend.refresh()
    return backend


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    backend = EmbeddedBackend(tmp_path_factory.mktemp("fuzz") / "search.sqlite3")
    backend.prepare()
    return fill(backend)


@pytest.fixture(scope="module")
def elastic():
    for backend in unique_backend():
        yield fill(backend)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def backend(request, monkeypatch):
    """Each engine; it may take its time on a busy machine, but not the process's."""
    for name in ("SEARCH_SECONDS", "ENGINE_SECONDS", "SUGGEST_SECONDS"):
        monkeypatch.setattr(f"search.backends.elasticsearch.{name}", 30.0, raising=False)
    return request.getfixturevalue(request.param)


@pytest.fixture
def site(homes, monkeypatch):
    """Pages in two languages, and an engine that is waited for."""
    monkeypatch.setattr(answering, "VIEW_SECONDS", 30.0)
    make_page(homes["en"], "Clean rivers", TEXTS["en"] * 20, slug="rivers")
    make_page(homes["ko"], "맑은 하천", TEXTS["ko"] * 20, slug="rivers-ko")
    commit()


def timed(ask):
    """Return what ``ask`` returns, and fail if it costs more than CPU_SECONDS."""
    begun = time.process_time()
    answer = ask()
    spent = time.process_time() - begun
    assert spent < CPU_SECONDS, f"took {spent:.1f} s"
    return answer


def address(name, language):
    with translation.override(language):
        return reverse(f"search:{name}")


@FUZZ
@given(text=questions)
def test_cleaned_query_is_short_and_can_be_sent(text):
    cleaned = timed(lambda: clean_query(text))
    assert len(cleaned) <= LONGEST_QUERY
    assert cleaned == cleaned.strip()
    cleaned.encode("utf-8")
    assert clean_query(cleaned) == cleaned
    assert not re.search(r"[\x00-\x1f\x7f\ue000\ue001]", cleaned)
    timed(lambda: looks_personal(text))


filters = st.builds(
    Filters,
    kinds=st.lists(st.sampled_from(["case", "news", "x" * 300, "\x00", "'"]), max_size=3).map(tuple),
    themes=st.lists(st.sampled_from(["water", '"', "\u202e"]), max_size=200).map(tuple),
    years=st.lists(st.sampled_from([0, 2014, 9999]), max_size=3).map(tuple),
    statuses=st.lists(st.sampled_from(["open", "closed"]), max_size=2).map(tuple),
    times=st.lists(st.sampled_from(["past", "now"]), max_size=2).map(tuple),
)


@FUZZ
@given(
    text=questions,
    language=languages,
    narrowed=filters,
    sort=st.sampled_from(["relevance", "date", "deadline"]),
    page=st.sampled_from([1, 2, 100]),
    elsewhere=st.booleans(),
)
def test_engine_answers_any_question(backend, text, language, narrowed, sort, page, elsewhere):
    question = SearchRequest(
        clean_query(text) or "x", language, filters=narrowed, sort=sort, page=page, elsewhere=elsewhere
    )
    answer = timed(lambda: backend.search(question))
    assert 0 <= answer.own.total <= 12
    assert len(answer.own.hits) <= question.size
    for hit in (*answer.own.hits, *answer.other.hits):
        for part in (*hit.title, *hit.snippet):
            part.text.encode("utf-8")
            assert not re.search("[\ue000\ue001\ufffd]", part.text)


@FUZZ
@given(text=questions, language=languages)
def test_engine_suggests_for_any_beginning(backend, text, language):
    found = timed(lambda: backend.suggest(SuggestRequest(clean_query(text), language)))
    assert len(found) <= 20


@FUZZ
@given(page_id=st.one_of(st.integers(1, 60), st.sampled_from([-1, 0, 10**9, 2**62])), language=languages)
def test_engine_finds_similar_pages_of_any_page(backend, page_id, language):
    found = timed(lambda: backend.similar(page_id, language, 5, seconds=30))
    assert len(found) <= 5
    assert page_id not in [hit.page_id for hit in found]


@FUZZ
@given(query=query_strings, language=languages)
def test_page_of_results_answers_any_address(client, site, query, language):
    response = timed(lambda: client.generic("GET", address("search", language), QUERY_STRING=query))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    text = response.content.decode("utf-8")
    assert f'<html lang="{by_code(language).tag}">' in text
    assert len(text) < 400_000
    assert "<script>" not in text


@FUZZ
@given(query=query_strings, language=languages)
def test_suggestions_answer_any_address(client, site, query, language):
    response = timed(lambda: client.generic("GET", address("suggest", language), QUERY_STRING=query))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert isinstance(json.loads(response.content), dict)


@FUZZ
@given(body=st.one_of(query_strings, st.text().map(lambda text: f"token={text}&rank=1")), language=languages)
def test_clicks_take_any_body(client, settings, body, language):
    settings.SEARCH_LOG_DAYS = 30
    response = timed(
        lambda: client.generic(
            "POST",
            address("clicked", language),
            body.encode("utf-8", "surrogatepass"),
            content_type="application/x-www-form-urlencoded",
        )
    )
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 100_000,
        "q=" + "%EA%B0%80" * 30_000,
        "q=" + "%22" * 30_000,
        "q=rivers&" + "&".join(f"{name}=v{number}" for name in NAMES for number in range(200)),
        # More parameters than Django reads.
        "q=rivers&" + "a=&" * 20_000,
        "q=%ff%fe%00rivers",
        "q=rivers&page=-1",
        "q=rivers&page=1000000000",
        "q=rivers&q=forests&page=1&page=2",
    ],
    ids=["long", "hangul", "quotes", "values", "parameters", "invalid", "before", "beyond", "twice"],
)
def test_extreme_address_is_answered_in_the_readers_language(client, site, language, query):
    for name in ("search", "suggest"):
        response = timed(lambda name=name: client.generic("GET", address(name, language), QUERY_STRING=query))
        assert response.status_code == 200
        assert response.headers["Content-Language"] == language


def test_addresses_of_search_are_not_for_robots(client, db):
    text = client.get("/robots.txt").content.decode()
    assert [line for line in text.splitlines() if "search" in line] == [
        f"Disallow: /{language}/search/" for language in CODES
    ]
