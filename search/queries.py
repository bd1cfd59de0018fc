"""SearchRequest -> Elasticsearch's query. Pure: no client, no settings, no clock; tests compare whole dicts."""

from typing import Any

from cms.languages import by_code
from search.attachment_queries import page_or_attachment
from search.backends.base import SearchRequest
from search.relevance import text_query
from search.snippets import MARK_END, MARK_START

# Stored with the document and enough to show a row; the body stays in the engine.
SHOWN = [
    "page",
    "translation_key",
    "language",
    "kind",
    "country",
    "date",
    "starts_at",
    "ends_at",
    "title",
    "summary",
    "url",
]

SNIPPET_LENGTH = 180

# Wagtail unpublishes by a job that may run late; to a visitor a page is gone at its hour.
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}


def own_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the reader's language: one page of rows, and how many there are of each kind."""
    return {
        "query": {"bool": {"must": [_matching(request)], "must_not": [EXPIRED]}},
        "aggs": {"kinds": {"terms": {"field": "kind", "size": 20}}},
        **_rows(request),
        "from": 0 if request.elsewhere else request.offset,
        "size": 0 if request.elsewhere else request.size,
    }


def other_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the other languages: one row for each page that the reader's language lacks."""
    elsewhere_only = {"term": {"languages": request.language}}
    pages = {"cardinality": {"field": "translation_key", "precision_threshold": 3000}}
    return {
        "query": {"bool": {"must": [_matching(request, elsewhere=True)], "must_not": [EXPIRED, elsewhere_only]}},
        "aggs": {
            "kinds": {"terms": {"field": "kind", "size": 20}, "aggs": {"pages": pages}},
            "rows": {"filter": _kind(request), "aggs": {"pages": pages}},
        },
        **_rows(request),
        "collapse": {"field": "translation_key"},
        "from": request.offset,
        "size": request.size,
    }


def _matching(request: SearchRequest, *, elsewhere: bool = False) -> dict[str, Any]:
    page = text_query(request.query, elsewhere=elsewhere)
    return page_or_attachment(page, request.query, by_code(request.language).tag)


def _kind(request: SearchRequest) -> dict[str, Any]:
    return {"terms": {"kind": list(request.filters.kinds)}} if request.filters.kinds else {"match_all": {}}


def _rows(request: SearchRequest) -> dict[str, Any]:
    return {
        # After counting: each kind keeps its number while one of them is chosen.
        "post_filter": _kind(request),
        "track_total_hits": True,
        # Of equals the newer page first, so that pages of results neither repeat nor skip a row.
        "sort": [{"_score": "desc"}, {"page": "desc"}],
        "_source": SHOWN,
        "highlight": _highlight(request.language),
    }


def _highlight(language_code: str) -> dict[str, Any]:
    """Mark what matched, in the field itself or in its plain form."""
    whole = {"number_of_fragments": 0}
    part = {"number_of_fragments": 1, "fragment_size": SNIPPET_LENGTH, "no_match_size": SNIPPET_LENGTH}
    return {
        "type": "unified",
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        # A longer page is marked as far as this; without the limit the engine refuses pages above its own.
        "max_analyzed_offset": 200_000,
        "boundary_scanner_locale": by_code(language_code).tag,
        "fields": {
            "title": {**whole, "matched_fields": ["title.plain"]},
            "summary": {**whole, "matched_fields": ["summary.plain"]},
            "body": {**part, "matched_fields": ["body.plain"]},
        },
    }
