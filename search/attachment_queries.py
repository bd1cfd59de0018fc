"""Elasticsearch's part of finding pages by the documents they offer: mapping, query, and what is shown. Pure.

Each passage of a document is an entry of its own (nested): a file's length does not make the page's own words count
less, and the engine says which part of which of a page's documents matched.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.backends.base import AttachmentHit
from search.snippets import MARK_END, MARK_START, parse
from search.wordings import WEIGHT as REWORDED

# Passages looked at for the files below a row, best first.
SHOWN_A_PAGE = 3
SNIPPET_LENGTH = 180

# Somebody who asks for a page wants the page; the files below it are a second way to it, and long: many of them hold a
# word or two of anything.
WEIGHT = 0.3
# For that reason nearly everything that was typed has to be in one passage.
ENOUGH = "2<75%"
ENOUGH_PLAIN = "4<75%"

_TEXT = ["attachments.title^2", "attachments.text"]
_PLAIN = ["attachments.title.plain^2", "attachments.text.plain"]


def attachments_mapping(text: Mapping[str, Any]) -> dict[str, Any]:
    """Return the field of a page's files; ``text`` is the mapping of a text field in the language's analysis."""
    return {
        "type": "nested",
        "dynamic": "strict",
        "properties": {
            "title": text,
            "url": {"type": "keyword", "index": False, "doc_values": False},
            "text": text,
        },
    }


def page_or_attachment(page: Mapping[str, Any], asked: Sequence[str], language_tag: str) -> dict[str, Any]:
    """Return the clause ``page``, widened to pages whose files match; files add to a page's score.

    ``asked`` is what was typed, then its other wordings. Without a ``language_tag`` (BCP 47) the files are not shown.
    """
    query, *others = asked
    files = attachments_query(query, language_tag, others=others)
    return {"bool": {"should": [page, files], "minimum_should_match": 1}}


def attachments_query(
    query: str, language_tag: str, name: str = "attachments", *, others: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the clause that finds pages by their files, or by ``others``, which are ``query`` in other words.

    ``name`` differs where a search has several such clauses.
    """
    shown = {
        "inner_hits": {
            "name": name,
            "size": SHOWN_A_PAGE,
            "_source": ["attachments.title", "attachments.url"],
            "highlight": _highlight(language_tag),
        }
    }
    return {
        "nested": {
            "path": "attachments",
            "score_mode": "max",
            "boost": WEIGHT,
            "query": {
                "bool": {
                    "should": [*_passage(query), *(clause for words in others for clause in _passage(words, REWORDED))],
                    "minimum_should_match": 1,
                }
            },
            **(shown if language_tag else {}),
        }
    }


def _passage(query: str, boost: float = 1.0) -> list[dict[str, Any]]:
    """Return the clauses of passages with nearly everything of ``query``."""
    weight = {} if boost == 1 else {"boost": boost}
    return [
        {"combined_fields": {"query": query, "fields": _TEXT, "minimum_should_match": ENOUGH, **weight}},
        # Also finds a file in another language than its page's.
        {"combined_fields": {"query": query, "fields": _PLAIN, "minimum_should_match": ENOUGH_PLAIN, **weight}},
    ]


def attachment_hits(row: Mapping[str, Any], name: str = "attachments") -> tuple[AttachmentHit, ...]:
    """Read the files of one of the engine's rows that matched, each by its best passage."""
    found = row.get("inner_hits", {}).get(name, {}).get("hits", {}).get("hits", [])
    best: dict[str, AttachmentHit] = {}
    for hit in found:
        best.setdefault(hit["_source"]["url"], _attachment_hit(hit))
    return tuple(best.values())


def _attachment_hit(hit: Mapping[str, Any]) -> AttachmentHit:
    shown = hit["_source"]
    [snippet] = hit.get("highlight", {}).get("attachments.text", [""])
    return AttachmentHit(title=shown["title"], url=shown["url"], snippet=parse(snippet))


def _highlight(language_tag: str) -> dict[str, Any]:
    part = {"number_of_fragments": 1, "fragment_size": SNIPPET_LENGTH, "no_match_size": SNIPPET_LENGTH}
    return {
        "type": "unified",
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        "boundary_scanner_locale": language_tag,
        "fields": {
            "attachments.text": {**part, "matched_fields": ["attachments.text.plain"]},
        },
    }
