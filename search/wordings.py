"""The question and its other words as one clause of Elasticsearch's query. Pure."""

from typing import Any

from search.backends.base import SearchRequest
from search.folding import in_other_kana
from search.relevance import closeness, text_query

# What somebody typed is what they meant; other words are our guess. A page that says it in both ways is not about it
# twice: the better of the two counts.
WEIGHT = 0.8


def any_wording(request: SearchRequest, *, elsewhere: bool = False) -> dict[str, Any]:
    """Return the clause that finds pages by what was typed or by another wording of it.

    Of the alternatives those in the reader's language count, or ``elsewhere`` the others, each for its own language.
    """
    others = [
        _weaker(text_query(words, elsewhere=elsewhere), language if elsewhere else "")
        for language, words in _others(request, elsewhere=elsewhere)
    ]
    return _best([text_query(request.query, elsewhere=elsewhere), *others])


def closest_wording(request: SearchRequest) -> dict[str, Any]:
    """Return what is added to the worth of the best of the reader's pages, for the wording that they hold most of."""
    others = [_weaker(closeness(words), "") for _, words in _others(request, elsewhere=False)]
    return _best([closeness(request.query), *others])


def words(request: SearchRequest, *, elsewhere: bool = False) -> list[str]:
    """Return what was typed, also in the other kana, and its other wordings: what is marked in the pages they find."""
    others = [in_other_kana(request.query), *(words for _, words in _others(request, elsewhere=elsewhere))]
    return list(dict.fromkeys([request.query, *filter(None, others)]))


def _others(request: SearchRequest, *, elsewhere: bool) -> list[tuple[str, str]]:
    return [
        (alternative.language, alternative.query)
        for alternative in request.alternatives
        if (alternative.language != request.language) == elsewhere
    ]


def _best(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"dis_max": {"queries": clauses}} if len(clauses) > 1 else clauses[0]


def _weaker(text: dict[str, Any], language: str) -> dict[str, Any]:
    only = {"filter": [{"term": {"language": language}}]} if language else {}
    return {"bool": {"must": [text], **only, "boost": WEIGHT}}
