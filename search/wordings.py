"""The question and its other words as one clause of Elasticsearch's query. Pure."""

from typing import Any

from search.backends.base import SearchRequest
from search.relevance import text_query

# What somebody typed is what they meant; other words are our guess. A page that says it in both ways is not about it
# twice: the better of the two counts.
WEIGHT = 0.8


def any_wording(request: SearchRequest, *, elsewhere: bool = False) -> dict[str, Any]:
    """Return the clause that finds pages by what was typed or by another wording of it.

    Of the alternatives those in the reader's language count, or ``elsewhere`` the others, each for its own language.
    """
    typed = text_query(request.query, elsewhere=elsewhere)
    others = [
        _weaker(text_query(alternative.query, elsewhere=elsewhere), alternative.language if elsewhere else "")
        for alternative in request.alternatives
        if (alternative.language != request.language) == elsewhere
    ]
    return {"dis_max": {"queries": [typed, *others]}} if others else typed


def _weaker(text: dict[str, Any], language: str) -> dict[str, Any]:
    only = {"filter": [{"term": {"language": language}}]} if language else {}
    return {"bool": {"must": [text], **only, "boost": WEIGHT}}
