"""Public search on Elasticsearch: an index a language behind an alias, built and swapped by ``rebuild_search``.

One request a page of results (a multi-search: the reader's language, and the others). Writes carry an external version,
so an older one that arrives late is refused by the engine. Aliases are required, so that nothing makes an index by
accident.
"""

import contextlib
import datetime
import hashlib
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from cms.languages import CODES
from search import queries, similar_queries
from search.analysis import index_body, schema
from search.attachment_queries import attachment_hits
from search.attachments import passages
from search.backends import elasticsearch_spelling, elasticsearch_suggesting
from search.backends.base import (
    ENGINE_SECONDS,
    SIMILAR_SECONDS,
    BackendUnavailableError,
    Change,
    Hit,
    HitList,
    Indexed,
    Put,
    RefusedQuestionError,
    SearchRequest,
    SearchResults,
)
from search.documents import PageDocument
from search.facets import counted
from search.narrowing import read_counts
from search.snippets import Snippet, parse, plain
from search.suggesting import Suggestion, SuggestRequest, countries_meant, themes_meant

ADMIN_SECONDS = 30.0
ABANDONED_AFTER = datetime.timedelta(days=1)
BAD_QUESTION = 400
CONFLICT = 409


class RefusedDocumentError(Exception):
    """The engine took the request but not a document of it."""


class ElasticsearchBackend:
    """See ``search.backends.base.SearchBackend``."""

    needs_url = True
    is_remote = True

    def __init__(self, url: str = "", prefix: str = "") -> None:
        self.prefix = prefix or settings.SEARCH_INDEX_PREFIX
        # Retrying is the outbox's part, and a visitor's time is short: one attempt a request.
        self.client = Elasticsearch(
            url or settings.ELASTICSEARCH_URL,
            api_key=settings.ELASTICSEARCH_API_KEY or None,
            max_retries=0,
            retry_on_timeout=False,
            request_timeout=ENGINE_SECONDS,
        )

    def alias(self, language: str) -> str:
        """Return the name under which the language's present index is known."""
        return f"{self.prefix}-{language}"

    def prepare(self) -> None:
        with self.asking(ADMIN_SECONDS) as client:
            for language in CODES:
                alias = self.alias(language)
                if not client.indices.exists_alias(name=alias):
                    self._make_in_use(client, language, alias)

    def apply(self, changes: Sequence[Change], *, seconds: float = 10) -> dict[int, str]:
        if not changes:
            return {}
        with self.asking(seconds) as client:
            # Asked each time: a removal with an external version would make an index of the alias's name where there is
            # none.
            if not client.indices.exists_alias(name=sorted({self.alias(change.language) for change in changes})):
                self.prepare()
            operations = [line for change in changes for line in _operation(self.alias(change.language), change)]
            items = client.bulk(operations=operations, require_alias=True)["items"]
        results = ((change, next(iter(item.values()))) for change, item in zip(changes, items, strict=True))
        return {
            change.page_id: _reason(result["error"])
            for change, result in results
            if "error" in result and result["status"] != CONFLICT
        }

    def search(self, request: SearchRequest) -> SearchResults:
        own_index = {"index": self.alias(request.language), "preference": _one_copy(request.query)}
        # A language whose index is not there yet has nothing to add.
        others = {"index": [self.alias(language) for language in request.others], "ignore_unavailable": True}
        searches = [
            own_index,
            queries.own_search(request),
            others,
            queries.other_search(request),
            others,
            queries.languages_search(request),
        ]
        if request.may_find_any_version:
            searches += [others, queries.other_search(request, any_version=True)]
        asks_spelling = request.page == 1
        if asks_spelling:
            for codes, search in elasticsearch_spelling.spelling_searches(
                request.query, request.language, request.withheld
            ):
                searches += [{"index": [self.alias(code) for code in codes], "ignore_unavailable": True}, search]
        own, other, languages, *near = self._answers(searches)
        if request.may_find_any_version:
            any_version = near.pop(0)
            if not own["aggregations"]["matched"]["doc_count"]:
                other = any_version
        spelling = elasticsearch_spelling.spelling(request.query, near, request.known) if asks_spelling else ""
        return replace(_results(request, own, other, languages), spelling=spelling)

    def suggest(self, request: SuggestRequest) -> tuple[Suggestion, ...]:
        if not request.words:
            return ()
        countries, themes = countries_meant(request), themes_meant(request)
        own = self.alias(request.language)
        every = [self.alias(language) for language in CODES]
        searches = [
            {"index": own},
            elasticsearch_suggesting.title_search(request, elsewhere=False),
            {"index": [name for name in every if name != own], "ignore_unavailable": True},
            elasticsearch_suggesting.title_search(request, elsewhere=True),
            {"index": every, "ignore_unavailable": True},
            elasticsearch_suggesting.count_search(request, countries, themes),
        ]
        responses = self._answers(searches)
        return elasticsearch_suggesting.suggestions(request, countries, themes, responses)

    def similar(self, page_id: int, language: str, size: int, *, seconds: float = SIMILAR_SECONDS) -> tuple[Hit, ...]:
        request, index = SearchRequest("", language), self.alias(language)
        searches = [
            {"index": index},
            similar_queries.like_in_own_language(page_id, index, size),
            {"index": [self.alias(code) for code in request.others], "ignore_unavailable": True},
            similar_queries.like_in_others(page_id, language, index, size),
        ]
        own, other = self._answers(searches, seconds=seconds)
        rows = [*own["hits"]["hits"], *(_best_version(request, row) for row in other["hits"]["hits"])]
        return tuple(_hit(row) for row in rows[:size])

    def refresh(self) -> None:
        with self.asking(ADMIN_SECONDS) as client:
            client.indices.refresh(index=[self.alias(language) for language in CODES], ignore_unavailable=True)

    def inventory(self, language: str) -> Iterator[Indexed]:
        with self.asking(ADMIN_SECONDS) as client:
            if not client.indices.exists_alias(name=self.alias(language)):
                return
            client.indices.refresh(index=self.alias(language))
            point = client.open_point_in_time(index=self.alias(language), keep_alive="2m")["id"]
        after: list[Any] | None = None
        try:
            while True:
                with self.asking(ADMIN_SECONDS) as client:
                    hits = client.search(
                        pit={"id": point, "keep_alive": "2m"},
                        sort=[{"page": "asc"}],
                        search_after=after,
                        size=1000,
                        source_includes=["page", "digest"],
                        version=True,
                        track_total_hits=False,
                    )["hits"]["hits"]
                if not hits:
                    return
                for hit in hits:
                    yield Indexed(hit["_source"]["page"], hit["_version"], hit["_source"]["digest"])
                after = hits[-1]["sort"]
        finally:
            with contextlib.suppress(BackendUnavailableError), self.asking(ADMIN_SECONDS) as client:
                client.close_point_in_time(id=point)

    def outdated(self, languages: Iterable[str]) -> list[str]:
        stale = []
        with self.asking(ADMIN_SECONDS) as client:
            for language in languages:
                try:
                    indices = client.indices.get_mapping(index=self.alias(language))
                except NotFoundError:
                    stale.append(language)
                    continue
                marks = {index["mappings"].get("_meta", {}).get("schema") for index in indices.values()}
                if marks != {schema(language)}:
                    stale.append(language)
        return stale

    def start_rebuild(self, language: str) -> "ElasticsearchRebuild":
        return ElasticsearchRebuild(self, language)

    def drop(self) -> None:
        """Delete every index behind the engine's aliases: for those who made them for a while."""
        with self.asking(ADMIN_SECONDS) as client:
            for language in CODES:
                if client.indices.exists_alias(name=self.alias(language)):
                    for index in client.indices.get_alias(name=self.alias(language)):
                        client.indices.delete(index=index)

    def new_name(self, language: str) -> str:
        """Return a name that no index has; the time in it is for the operator who lists them."""
        return f"{self.alias(language)}-{datetime.datetime.now(datetime.UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"

    @contextlib.contextmanager
    def asking(self, seconds: float) -> Iterator[Elasticsearch]:
        """Give a client that waits at most ``seconds`` for an answer; turn its errors into BackendUnavailableError."""
        try:
            yield self.client.options(request_timeout=seconds)
        except ApiError as error:
            raise _unavailable(error.status_code, f"{type(error).__name__}: {error}") from error
        except TransportError as error:
            # The client's own words leave out what happened to the line.
            cause = f": {error.__cause__}" if error.__cause__ else ""
            raise BackendUnavailableError(f"{type(error).__name__}: {error}{cause}") from error

    def _answers(self, searches: list[dict[str, Any]], *, seconds: float = ENGINE_SECONDS) -> list[dict[str, Any]]:
        """Ask all the searches in one request; return their answers in order."""
        with self.asking(seconds) as client:
            answers: list[dict[str, Any]] = client.msearch(searches=searches)["responses"]
        for answer in answers:
            if "error" in answer:
                raise _unavailable(answer["status"], _reason(answer["error"]))
        return answers

    def _make_in_use(self, client: Elasticsearch, language: str, alias: str) -> None:
        body = index_body(language)
        try:
            client.indices.create(index=self.new_name(language), aliases={alias: {"is_write_index": True}}, **body)
        except ApiError:
            # Another process was first: the alias has its write index, and the engine made no second one.
            if not client.indices.exists_alias(name=alias):
                raise


class ElasticsearchRebuild:
    """See ``search.backends.base.Rebuild``."""

    def __init__(self, backend: ElasticsearchBackend, language: str) -> None:
        self.backend = backend
        self.language = language
        self.index = backend.new_name(language)
        body = index_body(language)
        with backend.asking(ADMIN_SECONDS) as client:
            self._delete_abandoned(client)
            # Nobody reads it yet: no refresh until it is whole.
            client.indices.create(
                index=self.index, settings={**body["settings"], "refresh_interval": "-1"}, mappings=body["mappings"]
            )

    def write(self, puts: Sequence[Put]) -> None:
        if not puts:
            return
        operations = [line for put in puts for line in _operation(self.index, put)]
        with self.backend.asking(ADMIN_SECONDS) as client:
            answer = client.bulk(operations=operations)
        for put, item in zip(puts, answer["items"], strict=True):
            if "error" in item["index"]:
                raise RefusedDocumentError(f"page {put.page_id}: {_reason(item['index']['error'])}")

    def commit(self) -> None:
        alias = self.backend.alias(self.language)
        with self.backend.asking(ADMIN_SECONDS) as client:
            client.indices.put_settings(index=self.index, settings={"refresh_interval": None})
            client.indices.refresh(index=self.index)
            before: Any = client.indices.get_alias(name=alias) if client.indices.exists_alias(name=alias) else {}
            client.indices.update_aliases(
                actions=[
                    *({"remove": {"index": index, "alias": alias}} for index in before),
                    {"add": {"index": self.index, "alias": alias, "is_write_index": True}},
                ]
            )
            self._delete_unasked(client, list(before))

    def abort(self) -> None:
        with self.backend.asking(ADMIN_SECONDS) as client:
            client.indices.delete(index=self.index, ignore_unavailable=True)

    def _delete_unasked(self, client: Elasticsearch, indices: list[str]) -> None:
        """Delete indices that were in use until now.

        A question that was sent before the swap may still be looking there: it would fail in an index that is gone.
        """
        if indices and client.count(index=indices)["count"]:
            # Nobody waits longer for an answer.
            time.sleep(ENGINE_SECONDS)
        for index in indices:
            client.indices.delete(index=index, ignore_unavailable=True)

    def _delete_abandoned(self, client: Elasticsearch) -> None:
        """Delete what rebuilds of the language left behind that were killed."""
        long_ago = (datetime.datetime.now(datetime.UTC) - ABANDONED_AFTER).timestamp() * 1000
        found = client.indices.get(index=f"{self.backend.alias(self.language)}-2*", features=["aliases", "settings"])
        for name, index in found.items():
            if not index["aliases"] and int(index["settings"]["index"]["creation_date"]) < long_ago:
                client.indices.delete(index=name, ignore_unavailable=True)


def _operation(index: str, change: Change) -> list[dict[str, Any]]:
    target = {"_index": index, "_id": str(change.page_id), "version": change.version, "version_type": "external_gte"}
    if isinstance(change, Put):
        return [{"index": target}, source(change.document)]
    return [{"delete": target}]


def _group(translation_key: str) -> int:
    """Return a number of 63 bits for the key; two keys of a million share one once in ten million such sites."""
    return int.from_bytes(hashlib.sha256(translation_key.encode()).digest()[:8]) >> 1


def source(document: PageDocument) -> dict[str, Any]:
    """Return the document as the engine stores it; the fields are those of ``analysis.mapping``."""
    return {
        "page": document.page_id,
        "translation_key": document.translation_key,
        "group": _group(document.translation_key),
        "language": document.language,
        "languages": list(document.languages),
        "kind": document.kind,
        "country": document.country or None,
        "themes": list(document.themes),
        "date": document.date,
        "starts_at": document.starts_at,
        "ends_at": document.ends_at,
        "deadlines": [{"at": deadline} for deadline in document.deadlines],
        "day": document.day,
        "year": document.day.year if document.day else None,
        "expires_at": document.expires_at,
        "title": document.title,
        "important": document.important,
        "summary": document.summary,
        "body": document.body,
        "names": list(document.names),
        "towns": list(document.towns),
        "attachments": [asdict(passage) for attachment in document.attachments for passage in passages(attachment)],
        "titles": list(document.titles),
        "title_read": list(document.title_read),
        "text_read": list(document.text_read),
        "places": list(document.places),
        "url": document.url,
        "digest": document.digest,
    }


def _one_copy(query: str) -> str:
    """Return what keeps all pages of a question's results on one copy of an index: of equals each has its own order."""
    return hashlib.sha256(query.encode()).hexdigest()[:16]


def _results(
    request: SearchRequest, own: Mapping[str, Any], other: Mapping[str, Any], languages: Mapping[str, Any]
) -> SearchResults:
    found = own["hits"]["total"]["value"]
    own_total = found if request.leaves_own_out else 0
    counts = read_counts(other["aggregations"])
    if request.shows_own:
        counts.update(read_counts(own["aggregations"]))
    each = {bucket["key"]: bucket["doc_count"] for bucket in languages["aggregations"]["languages"]["buckets"]}
    counts.update({("languages", code): number for code, number in {**each, request.language: found}.items()})
    rows = request.beside(own_total, other["hits"]["hits"])
    return SearchResults(
        own=HitList(own_total, tuple(_hit(row) for row in own["hits"]["hits"])),
        other=HitList(other["aggregations"]["rows"]["pages"]["value"], tuple(_hit(row) for row in rows)),
        facets=counted(counts),
    )


def _best_version(request: SearchRequest, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the row's version in the best language for the reader, of those that match."""
    versions: list[Mapping[str, Any]] = row["inner_hits"][similar_queries.VERSIONS]["hits"]["hits"]
    return min(versions, key=lambda version: request.others.index(version["_source"]["language"]))


def _hit(row: Mapping[str, Any]) -> Hit:
    shown = row["_source"]
    marked = {name: parse(texts[0]) for name, texts in row.get("highlight", {}).items()}
    return Hit(
        page_id=shown["page"],
        language=shown["language"],
        translation_key=shown["translation_key"],
        kind=shown["kind"],
        url=shown["url"],
        title=marked.get("title", plain(shown["title"])),
        snippet=_snippet(marked, shown["summary"]),
        languages=tuple(shown["languages"]),
        country=shown["country"] or "",
        date=datetime.date.fromisoformat(shown["date"]) if shown["date"] else None,
        starts_at=_time(shown["starts_at"]),
        ends_at=_time(shown["ends_at"]),
        deadlines=tuple(datetime.datetime.fromisoformat(deadline["at"]) for deadline in shown.get("deadlines") or ()),
        attachments=attachment_hits(row),
    )


def _snippet(marked: Mapping[str, Snippet], summary: str) -> Snippet:
    """Return the summary where it was marked or nothing was, else the marked part of the page, else its beginning."""
    body = marked.get("body", ())
    if "summary" in marked or (summary and not any(part.marked for part in body)):
        return marked.get("summary", plain(summary))
    return body


def _time(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _unavailable(status: int, reason: str) -> BackendUnavailableError:
    """Return the error for an answer other than 2xx: of these only 400 is the question's fault, not the engine's."""
    return RefusedQuestionError(reason) if status == BAD_QUESTION else BackendUnavailableError(reason)


def _reason(error: Mapping[str, Any]) -> str:
    cause = error.get("caused_by", {}).get("reason", "")
    return ": ".join(part for part in (error.get("type", ""), error.get("reason", ""), cause) if part)
