"""SearchRequest -> Elasticsearch's query. Pure: no client, no settings, no clock; tests compare whole dicts."""

from typing import Any

from cms.languages import CODES, by_code
from search.attachment_queries import page_or_attachment
from search.backends.base import SearchRequest
from search.narrowing import PAGES, aggregations, in_time, narrowed, order
from search.snippets import MARK_END, MARK_START
from search.wordings import any_wording

# Stored with the document and enough to show a row; the body stays in the engine.
SHOWN = [
    "page",
    "translation_key",
    "language",
    "languages",
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

# Under this name a row has its versions in those other languages that match.
VERSIONS = "versions"

# Wagtail unpublishes by a job that may run late; to a visitor a page is gone at its hour.
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}


def own_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the reader's language: one page of rows, and the counts of every facet."""
    return {
        "query": _matching(request),
        "aggs": aggregations(request.filters),
        # After counting: each facet keeps its alternatives while one of them is chosen.
        "post_filter": narrowed(request.filters),
        "track_total_hits": True,
        "sort": order(request),
        **_shown(request),
        "from": request.offset if request.shows_own else 0,
        "size": request.size if request.shows_own else 0,
    }


def other_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the other languages: one row a page, in the best language for the reader that matches.

    Pages that the reader's language has are not repeated, unless the reader chose other languages only. How many pages
    each language has is counted with them.
    """
    shown: list[dict[str, Any]] = [{"terms": {"language": list(request.other_languages)}}]
    if request.leaves_own_out:
        shown.append({"bool": {"must_not": [{"term": {"languages": request.language}}]}})
    rows = narrowed(request.filters, *shown)
    return {
        "query": _matching(request, elsewhere=True),
        "aggs": {
            **aggregations(request.filters, *shown, rows=True),
            "languages": {
                "filter": narrowed(request.filters),
                "aggs": {"values": {"terms": {"field": "language", "size": len(CODES)}}},
            },
            "rows": {"filter": rows, "aggs": {"pages": PAGES}},
        },
        "post_filter": rows,
        "track_total_hits": True,
        "sort": order(request),
        # A page's place is that of its best version; which one is shown is for the reader's languages to say.
        "_source": False,
        "collapse": {
            "field": "translation_key",
            "inner_hits": {"name": VERSIONS, "size": len(CODES) - 1, **_shown(request)},
        },
        "from": request.offset,
        "size": request.size,
    }


def _matching(request: SearchRequest, *, elsewhere: bool = False) -> dict[str, Any]:
    text = any_wording(request, elsewhere=elsewhere)
    matching = page_or_attachment(text, request.query, by_code(request.language).tag)
    return in_time({"bool": {"must": [matching], "must_not": [EXPIRED]}})


def _shown(request: SearchRequest) -> dict[str, Any]:
    return {"_source": SHOWN, "highlight": _highlight(request.language)}


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
