"""SearchRequest -> Elasticsearch's query. Pure: no client, no settings, no clock; tests compare whole dicts."""

from typing import Any

from cms.languages import by_code
from search.backends.base import SearchRequest
from search.snippets import MARK_END, MARK_START

FIELDS = (
    # What a page is called says most about what it is.
    "title^4",
    # What its type calls important: short names, towns, mottos.
    "important^2",
    # Written to say what the page is about.
    "summary^2",
    "body",
)
PLAIN_FIELDS = ("title.plain^4", "important.plain^2", "summary.plain^2", "body.plain")

# Up to two terms: both. Of a question most words are how it is asked; what the dictionary keeps of them need not all be
# there.
ENOUGH = "2<30%"
# A page in a language that is not the reader's has to be more certainly what was meant.
ENOUGH_ELSEWHERE = "2<60%"
# Pairs of characters that do not mean anything by themselves: most of them together do.
ENOUGH_PLAIN = "2<60%"

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


def text_query(query: str, *, enough: str = ENOUGH, enough_plain: str = ENOUGH_PLAIN) -> dict[str, Any]:
    """Return the clause that decides which pages match what was typed, and how well.

    ``enough`` and ``enough_plain`` say how many of its terms a page has to hold (Elasticsearch's minimum_should_match).
    """
    return {
        "bool": {
            "should": [
                # What the language's dictionary understands: inflected forms, compounds and their parts.
                {"combined_fields": {"query": query, "fields": list(FIELDS), "minimum_should_match": enough}},
                # The same words as they are written: finds what the dictionary cut otherwise, and prefers exact forms.
                {
                    "combined_fields": {
                        "query": query,
                        "fields": list(PLAIN_FIELDS),
                        "minimum_should_match": enough_plain,
                    }
                },
                # A page with everything that was typed stands above one with a part of it.
                {"combined_fields": {"query": query, "fields": list(PLAIN_FIELDS), "operator": "and"}},
                # A title that holds the words side by side stands above one that only holds them.
                {"match_phrase": {"title.plain": {"query": query, "boost": 2}}},
                # Still typing: the beginning of each word of a title, or of an unspaced title.
                {"match": {"title.beginning": {"query": query, "operator": "and", "boost": 0.5}}},
                # Titles in the other languages, places and countries in all: a Korean name finds an English page.
                {"match": {"names": {"query": query, "minimum_should_match": "100%"}}},
            ],
            "minimum_should_match": 1,
        }
    }


def own_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the reader's language: one page of rows, and how many there are of each kind."""
    return {
        "query": {"bool": {"must": [text_query(request.query)], "must_not": [EXPIRED]}},
        "aggs": {"kinds": {"terms": {"field": "kind", "size": 20}}},
        **_rows(request),
        "from": 0 if request.elsewhere else request.offset,
        "size": 0 if request.elsewhere else request.size,
    }


def other_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the other languages: one row for each page that the reader's language lacks."""
    text = text_query(request.query, enough=ENOUGH_ELSEWHERE, enough_plain="100%")
    elsewhere_only = {"term": {"languages": request.language}}
    pages = {"cardinality": {"field": "translation_key", "precision_threshold": 3000}}
    return {
        "query": {"bool": {"must": [text], "must_not": [EXPIRED, elsewhere_only]}},
        "aggs": {
            "kinds": {"terms": {"field": "kind", "size": 20}, "aggs": {"pages": pages}},
            "rows": {"filter": _kind(request), "aggs": {"pages": pages}},
        },
        **_rows(request),
        "collapse": {"field": "translation_key"},
        "from": request.offset,
        "size": request.size,
    }


def _kind(request: SearchRequest) -> dict[str, Any]:
    return {"term": {"kind": request.kind}} if request.kind else {"match_all": {}}


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
