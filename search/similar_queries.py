"""A page -> Elasticsearch's query for pages like it. Pure, as ``queries``; the engine reads the page from its index.

A page that the index does not have, since visitors may not find it, is like no other.
"""

from typing import Any

from cms.languages import CODES
from search.narrowing import in_time
from search.queries import EXPIRED, SHOWN, SNIPPET_LENGTH

# Under this name a row has its versions in those other languages that match.
VERSIONS = "versions"

# The beginning of a page without a summary, with nothing marked in it.
_BEGINNING = {
    "number_of_fragments": 1,
    "fragment_size": SNIPPET_LENGTH,
    "no_match_size": SNIPPET_LENGTH,
    "highlight_query": {"match_none": {}},
}
_SHOWN: dict[str, Any] = {"_source": SHOWN, "highlight": {"type": "unified", "fields": {"body": _BEGINNING}}}

TEXTS = ("title", "important", "summary", "body")
# How much of the page's most telling terms another one has to share. A tenth would let any page of the same country in.
ENOUGH = "20%"
TERMS = 25
# The words of Elasticsearch's "_english_" list, which the index keeps for phrases: any two pages share them.
STOPWORDS = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "but",
    "by",
    "for",
    "if",
    "in",
    "into",
    "is",
    "it",
    "no",
    "not",
    "of",
    "on",
    "or",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "to",
    "was",
    "will",
    "with",
]
# Beside shared words, which bring some tens: about the same is worth three rare words, the same place one or two.
SHARED_THEME, SHARED_COUNTRY = 12, 5


def like_in_own_language(page_id: int, index: str, size: int) -> dict[str, Any]:
    """Return the search for pages of the page's own language, behind ``index``, that speak of the same."""
    return _search(page_id, index, TEXTS, size)


def like_in_others(page_id: int, language: str, index: str, size: int) -> dict[str, Any]:
    """Return the search for pages that ``language`` lacks: about the same places and names, one row a page.

    Words of another language are not the page's; titles and places are in every document in all languages.
    """
    search = _search(page_id, index, ("names",), size, but=[{"term": {"languages": language}}])
    versions = {"name": VERSIONS, "size": len(CODES) - 1, **_SHOWN}
    return search | {"_source": False, "collapse": {"field": "translation_key", "inner_hits": versions}}


def _search(
    page_id: int, index: str, fields: tuple[str, ...], size: int, *, but: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    like = {
        "more_like_this": {
            "fields": list(fields),
            "like": [{"_index": index, "_id": str(page_id)}],
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "stop_words": STOPWORDS,
            "max_query_terms": TERMS,
            "minimum_should_match": ENOUGH,
        }
    }
    alike = {
        "bool": {
            "must": [like],
            "should": [
                _shared("themes", page_id, index, SHARED_THEME),
                _shared("country", page_id, index, SHARED_COUNTRY),
            ],
            "must_not": [EXPIRED, {"term": {"page": page_id}}, *(but or [])],
        }
    }
    return {
        "query": in_time(alike),
        "sort": [{"_score": "desc"}, {"page": "desc"}],
        **_SHOWN,
        "size": size,
        "track_total_hits": False,
    }


def _shared(field: str, page_id: int, index: str, boost: float) -> dict[str, Any]:
    """Return the clause for pages with one of the page's own values of ``field``, which the engine looks up."""
    values = {"index": index, "id": str(page_id), "path": field}
    return {"constant_score": {"filter": {"terms": {field: values}}, "boost": boost}}
