"""What was typed -> which pages match it, and how well. Pure; every weight has its reason beside it."""

from typing import Any

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


def text_query(query: str, *, elsewhere: bool = False) -> dict[str, Any]:
    """Return the clause that decides which pages match what was typed, and how well.

    ``elsewhere`` is asked of languages that are not the reader's: more of what was typed has to be there.
    """
    enough, enough_plain = (ENOUGH_ELSEWHERE, "100%") if elsewhere else (ENOUGH, ENOUGH_PLAIN)
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
                # Its town by another name: as it was romanised, as it was called, as GeoNames has it in five scripts.
                {"match": {"towns": {"query": query, "minimum_should_match": "100%"}}},
            ],
            "minimum_should_match": 1,
        }
    }
