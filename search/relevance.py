"""What was typed -> which pages match it, and how well. Pure; every weight has its reason beside it.

A page matches by any of several readings of the question; what it is worth is the sum of those, and of how much of what
was typed it has, near to each other and in its title. One query for all questions, keywords, beginnings and misspelled
names: a search box is not told which of them it gets (decision 0024).

What every page is asked is light: ``text_query``. How much of what was typed stands how near together is costly to
tell, and told only of the pages that may be shown: ``closeness`` (decision 0033).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from search.folding import in_other_kana
from search.kana import words_in_kana
from search.particles import without_particle

_WEIGHTS = {
    # What a page is called says most about what it is; more would drown what its text says.
    "title": 2.0,
    # What its type calls important: short names, towns, mottos.
    "important": 1.5,
    # Written to say what the page is about.
    "summary": 1.5,
    "body": 1.0,
}
FIELDS = tuple(f"{name}^{weight:g}" for name, weight in _WEIGHTS.items())
PLAIN_FIELDS = tuple(f"{name}.plain^{weight:g}" for name, weight in _WEIGHTS.items())
# Phrases are looked for in one field at a time, and weighed by it alone.
WHERE_TOGETHER = tuple(f"{name}.plain" for name in _WEIGHTS)

# Up to two terms: both. Of a question most words are how it is asked; what the dictionary keeps of them need not all be
# there.
ENOUGH = "2<30%"
# A page in a language that is not the reader's has to be more certainly what was meant.
ENOUGH_ELSEWHERE = "2<60%"
# Pairs of characters do not mean anything by themselves: most of them together do.
ENOUGH_PLAIN = "2<60%"
ENOUGH_PLAIN_ELSEWHERE = "100%"

# A fifth of what the dictionary says: pairs are many, and some of any question's are in every page. A part of it
# already decides which pages are looked at closely; no more, or there would be a step in worth where "most" begins.
AS_WRITTEN_AT_FIRST = 0.1
AS_WRITTEN = 0.2
# The beginning of a title, for who is still typing: above texts that have the unfinished word by chance.
BEGINNING = 5.0
# Of titles that begin alike, those in the characters that were typed.
BEGINNING_AS_WRITTEN = 1.0
# Nearly as if it were spelled right; a page that has the very words is worth more by all the other clauses.
MISSPELLED = 1.0
# In letters. Longer questions are no name that somebody mistyped, and each letter makes the comparison slower.
LONGEST_NAME = 60
# The question is what the page is called.
TITLE_ITSELF = 2.0
# Words as near to each other as in a sentence.
NEAR = 20
# Fewer letters begin too many words.
LEAST_KANA = 2
# A reading may be of other words than were meant: below a title that begins so, above a word or two of the text.
READ = {"title_read": 4.0, "text_read": 2.0}
# As typed between two spaces, more are a question or a text.
MOST_CHUNKS = 8

_HANGUL = re.compile("[\uac00-\ud7a3]")
_DIGIT = re.compile(r"\d")


def text_query(query: str, *, elsewhere: bool = False) -> dict[str, Any]:
    """Return the clause that decides which pages match what was typed, and about how well.

    ``elsewhere`` is asked of languages that are not the reader's: more of what was typed has to be there.
    """
    readings = [understood(query, elsewhere), most_of_it(query, elsewhere), begun(query)]
    if not elsewhere:
        readings += misspelled(query)
    readings += [*named(query), *in_kana(query), *read_aloud(query)]
    # Pages elsewhere are not looked at more closely than that.
    return {"bool": {"must": [any_of(readings)], "should": title_itself(query)}} if elsewhere else any_of(readings)


def closeness(query: str) -> dict[str, Any]:
    """Return the clause for what is added to the worth of the best pages: much of what was typed, side by side."""
    return {"bool": {"should": [*as_written(query), all_in_its_pieces(query), *near(query)]}}


def any_of(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what matches by at least one of ``clauses`` and counts all."""
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def understood(query: str, elsewhere: bool) -> dict[str, Any]:
    """Return what the language's dictionary understands: inflected forms, compounds and their parts."""
    return _together(query, FIELDS, minimum_should_match=ENOUGH_ELSEWHERE if elsewhere else ENOUGH)


def most_of_it(query: str, elsewhere: bool) -> dict[str, Any]:
    """Return what has most of the words as they are written: what the dictionary cut otherwise."""
    enough = ENOUGH_PLAIN_ELSEWHERE if elsewhere else ENOUGH_PLAIN
    return _together(query, PLAIN_FIELDS, minimum_should_match=enough, boost=AS_WRITTEN_AT_FIRST)


def title_itself(query: str) -> list[dict[str, Any]]:
    """Return titles where all that was typed stands side by side."""
    return [_phrase("title.plain", query, boost=TITLE_ITSELF)]


def all_in_its_pieces(query: str) -> dict[str, Any]:
    """Return what has each piece between spaces as it stands.

    Where words are not spaced, a piece is a run of pairs: all of them in a row is the name or the compound itself.
    """
    pieces = query.split()[:MOST_CHUNKS] or [query]
    phrases = [{"multi_match": {"query": piece, "fields": list(WHERE_TOGETHER), "type": "phrase"}} for piece in pieces]
    return {"bool": {"must": phrases}}


def begun(query: str) -> dict[str, Any]:
    """Return titles of which what was typed is the beginning: of a word each, or of the whole where it is unspaced."""
    return any_of(
        [
            _match("title.beginning", query, operator="and", boost=BEGINNING),
            _match("title.written", query, operator="and", boost=BEGINNING_AS_WRITTEN),
        ]
    )


def misspelled(query: str) -> list[dict[str, Any]]:
    """Return titles and names with words that differ by a letter or two; codes and years are meant as they are typed.

    A Hangul syllable is several letters, compared by their keys; two syllables that changed places differ in most of
    their keys, so syllables are compared too.
    """
    if _DIGIT.search(query) or len(query) > LONGEST_NAME:
        return []
    # A particle is no part of what is misspelled: 창계천의 is 청계천의. Yet many a name ends like one.
    bare = " ".join(map(without_particle, query.split())) or query
    ways: list[dict[str, Any]] = []
    for words in dict.fromkeys((query, bare)):
        ways.append(_match("names.spelled", words, fuzziness="AUTO:4,9", max_expansions=30, operator="and"))
        if _HANGUL.search(words):
            ways.append(_match("names.words", words, fuzziness="AUTO:3,6", max_expansions=30, operator="and"))
    return [{"dis_max": {"queries": ways, "tie_breaker": 0.5, "boost": MISSPELLED}}]


def named(query: str) -> list[dict[str, Any]]:
    """Return titles in the other languages, places and countries in all: a Korean name finds an English page."""
    return [
        _match("names", query, minimum_should_match="100%"),
        # Its town under any other name; apart, since a hundred of them would make each of the names count less.
        _match("towns", query, minimum_should_match="100%"),
    ]


def in_kana(query: str) -> list[dict[str, Any]]:
    """Return pages that write the words in the other kana: ごみ and ゴミ. Below those that have them as they are typed.

    Asked for, not folded when indexing: トキ is a bird, and とき is in every text.
    """
    other = in_other_kana(query)
    return [_together(other, PLAIN_FIELDS, operator="and", boost=AS_WRITTEN_AT_FIRST)] if other else []


def read_aloud(query: str) -> list[dict[str, Any]]:
    """Return Japanese pages whose title, or else summary, is read as the kana that were typed: きこう and 気候."""
    words = words_in_kana(query, least=LEAST_KANA)
    return [read_so(words, READ)] if words else []


def read_so(words: Sequence[str], fields: Mapping[str, float]) -> dict[str, Any]:
    """Return the clause that all the ``words``, in katakana, are read in one of ``fields``, which count so much."""
    each = [
        {
            "dis_max": {
                "queries": [{"prefix": {field: {"value": word, "boost": boost}}} for field, boost in fields.items()]
            }
        }
        for word in words
    ]
    return {"bool": {"must": each}}


def as_written(query: str) -> list[dict[str, Any]]:
    """Return what the words are worth as they are written; a page with all of them stands above one with a part."""
    return [
        _together(query, PLAIN_FIELDS, minimum_should_match="1", boost=AS_WRITTEN),
        _together(query, PLAIN_FIELDS, operator="and"),
    ]


def near(query: str) -> list[dict[str, Any]]:
    """Return pages where all the words stand near each other, and titles where they stand side by side."""
    return [*title_itself(query), _phrase("body.plain", query, slop=NEAR)]


def _together(query: str, fields: tuple[str, ...], **options: Any) -> dict[str, Any]:
    # As if the fields were one text: a word in the title and one in the body are two words of the page.
    return {"combined_fields": {"query": query, "fields": list(fields), **options}}


def _match(field: str, query: str, **options: Any) -> dict[str, Any]:
    clause: Mapping[str, Any] = {"query": query, **options}
    return {"match": {field: dict(clause)}}


def _phrase(field: str, query: str, **options: Any) -> dict[str, Any]:
    return {"match_phrase": {field: {"query": query, **options}}}
