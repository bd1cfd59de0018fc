"""A question -> the query string that asks it: what is shared, bookmarked, and linked from a page of results."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from search.backends.base import Filters, SearchRequest
from search.choices import PARAMETERS


def query_string(question: SearchRequest, *, page: int = 1) -> str:
    """Return the question's query string with its question mark; the first page is not named."""
    return "?" + urlencode([*fields(question), *([("page", str(page))] if page > 1 else [])])


def fields(question: SearchRequest) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of all that the question asks for but the page of results."""
    if question.query:
        yield "q", question.query
    yield from kept_fields(question)


def kept_fields(question: SearchRequest) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of what stays when other words are asked for: filters, sorting, in other languages only."""
    for facet, name in PARAMETERS.items():
        for value in getattr(question.filters, facet):
            yield name, str(value)
    if question.sort != "relevance":
        yield "sort", question.sort
    if question.elsewhere:
        yield "in", "other"


def without(question: SearchRequest, facet: str, value: str | int) -> SearchRequest:
    """Return the question without one of the choices in a facet."""
    chosen = tuple(one for one in getattr(question.filters, facet) if one != value)
    return replace(question, filters=replace(question.filters, **{facet: chosen}))


def without_filters(question: SearchRequest) -> SearchRequest:
    """Return the question without any choice."""
    return replace(question, filters=Filters())
