"""SearchRequest -> Elasticsearch's query. Pure: no client, no settings, no clock; tests compare whole dicts.

A page of results is three searches in one request: the reader's language, the others, and how many pages each of the
others has. Each of their parts is asked of as few pages as may be (decision 0033).
"""

from typing import Any

from cms.languages import CODES, by_code
from search.attachment_queries import page_or_attachment
from search.backends.base import SearchRequest
from search.kana import words_in_kana
from search.narrowing import EVERYTHING, PAGES, aggregations, in_time, narrowed, order
from search.snippets import MARK_END, MARK_START
from search.timeliness import years_named
from search.wordings import any_wording, closest_wording, words

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
    "deadlines",
    "title",
    "summary",
    "url",
]

SNIPPET_LENGTH = 180

# So many of the best pages of the reader's language are looked at closely: as many as anybody turns pages for.
LOOKED_AT = 100
# Sets one language of the others above the next, whatever their pages' scores; those stay far below it.
LANGUAGE_STEP = 1000.0

# Wagtail unpublishes by a job that may run late; to a visitor a page is gone at its hour.
EXPIRED = {"range": {"expires_at": {"lte": "now"}}}
# Elasticsearch refuses more than 65,536 terms; so many make no question slow.
MOST_WITHHELD = 5_000


def absent(withheld: frozenset[int]) -> list[dict[str, Any]]:
    """Return the clauses for pages that visitors may not find: expired, or ``withheld`` while the index is behind.

    None of the latter where there are more than MOST_WITHHELD.
    """
    named = [{"terms": {"page": sorted(withheld)}}] if 0 < len(withheld) <= MOST_WITHHELD else []
    return [EXPIRED, *named]


def own_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search in the reader's language: one page of rows, and the counts of every facet."""
    return {
        "query": {"bool": {"must": [_matching(request)], "must_not": absent(request.withheld)}},
        "aggs": {
            **aggregations(request.filters),
            # Whatever is chosen: the alternatives to a choice are counted in the same pages.
            **({"matched": {"filter": EVERYTHING}} if request.may_find_any_version else {}),
        },
        # After counting: each facet keeps its alternatives while one of them is chosen.
        "post_filter": narrowed(request.filters),
        "track_total_hits": True,
        **(_looked_at_closely(request) if request.sort == "relevance" else {"sort": order(request)}),
        **_shown(request),
        "from": request.offset if request.shows_own else 0,
        "size": request.size if request.shows_own else 0,
    }


def other_search(request: SearchRequest, *, any_version: bool = False) -> dict[str, Any]:
    """Return the search in the other languages: one row a page, in the best language for the reader that matches.

    Pages that the reader's language has are not repeated, unless the reader chose other languages only, or it is asked
    for ``any_version``. What the reader reads better stands above: scores of two indices come from two statistics, so
    between languages they must not decide; and of a page's versions the first one stands for it.
    """
    languages = request.other_languages
    shown: list[dict[str, Any]] = [{"terms": {"language": list(languages)}}]
    if request.leaves_own_out and not any_version:
        shown.append({"bool": {"must_not": [{"term": {"languages": request.language}}]}})
    steps = [
        {"constant_score": {"filter": {"term": {"language": code}}, "boost": LANGUAGE_STEP * (len(languages) - place)}}
        for place, code in enumerate(languages)
    ]
    matching = in_time(_matching(request, elsewhere=True), years_named(request.query))
    return {
        "query": {"bool": {"must": [matching], "filter": shown, "must_not": absent(request.withheld), "should": steps}},
        "aggs": {
            **aggregations(request.filters, rows=True),
            "rows": {"filter": narrowed(request.filters), "aggs": {"pages": PAGES}},
        },
        "post_filter": narrowed(request.filters),
        "track_total_hits": False,
        "sort": order(request),
        "collapse": {"field": "group"},
        **_shown(request, elsewhere=True),
        "from": request.offset,
        "size": request.size,
    }


def languages_search(request: SearchRequest) -> dict[str, Any]:
    """Return the search that counts how many pages each of the other languages has, also of those the reader's has."""
    matching = _matching(request, elsewhere=True, with_files=False)
    kept = narrowed(request.filters)
    return {
        "query": {
            "bool": {
                "filter": [matching, *([] if kept == EVERYTHING else [kept])],
                "must_not": absent(request.withheld),
            },
        },
        "aggs": {"languages": {"terms": {"field": "language", "size": len(CODES)}}},
        "track_total_hits": False,
        "size": 0,
    }


def _matching(request: SearchRequest, *, elsewhere: bool = False, with_files: bool = True) -> dict[str, Any]:
    text = any_wording(request, elsewhere=elsewhere)
    tag = by_code(request.language).tag if with_files else ""
    return page_or_attachment(text, words(request, elsewhere=elsewhere), tag)


def _looked_at_closely(request: SearchRequest) -> dict[str, Any]:
    """Return what the best pages are ordered by: how near the words stand to each other, and what time makes of it.

    Beyond them pages follow as they match, so that turning pages neither repeats nor skips a row.
    """
    closely = {"rescore_query": closest_wording(request)}
    timely = {"rescore_query": in_time(EVERYTHING, years_named(request.query)), "score_mode": "multiply"}
    return {"rescore": [{"window_size": LOOKED_AT, "query": query} for query in (closely, timely)]}


def _shown(request: SearchRequest, *, elsewhere: bool = False) -> dict[str, Any]:
    return {"_source": SHOWN, "highlight": _highlight(request.language, words(request, elsewhere=elsewhere))}


def _highlight(language_code: str, asked: list[str]) -> dict[str, Any]:
    """Mark what was ``asked``, in the field itself or in its plain form."""
    whole = {"number_of_fragments": 0}
    part = {"number_of_fragments": 1, "fragment_size": SNIPPET_LENGTH, "no_match_size": SNIPPET_LENGTH}
    fields = ["title", "summary", "body", "title.plain", "summary.plain", "body.plain"]
    marked = [{"multi_match": {"query": text, "fields": fields, **_whole(text)}} for text in asked]
    return {
        "type": "unified",
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        # The words alone: what else a page is found by, as its names, is not in these fields.
        "highlight_query": {"bool": {"should": marked}},
        # A longer page is marked as far as this; without the limit the engine refuses pages above its own.
        "max_analyzed_offset": 200_000,
        "boundary_scanner_locale": by_code(language_code).tag,
        "fields": {
            "title": {**whole, "matched_fields": ["title.plain"]},
            "summary": {**whole, "matched_fields": ["summary.plain"]},
            "body": {**part, "matched_fields": ["body.plain"]},
        },
    }


def _whole(text: str) -> dict[str, Any]:
    """Return what has a word in kana marked as a whole or not at all: its pairs stand in every text."""
    return {"type": "phrase"} if len(words_in_kana(text)) == 1 else {}
