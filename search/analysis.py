"""How each language is cut into words by Elasticsearch: one row a language, one mapping for all.

Every text field is indexed twice. The field itself goes through the language's own analysis (stems, dictionary words);
its ``plain`` subfield through the same steps in every language: words as written, and pairs of neighbouring characters
where a script has no spaces. The dictionary finds what is meant, the pairs find what the dictionary cut otherwise: new
names, places, the middle of a compound (decision 0021).

Only components of Elastic's official distribution and of analysis-icu, -nori, -kuromoji and -smartcn are named here; a
test compares with the list.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from cms.languages import Language, by_code
from search.attachment_queries import attachments_mapping
from search.folding import han_forms
from search.keyboard import KEYSTROKES


@dataclass(frozen=True)
class Analysis:
    """One row: how text of a language becomes terms. Names are Elastic's, or components defined below."""

    tokenizer: str
    filters: tuple[str, ...]
    char_filters: tuple[str, ...] = ("width", "loose_accents")
    # Where words that only say how a question is asked are left out of what is asked. They stay in what is indexed: a
    # title may consist of them. Chinese, Japanese and Korean questions were found better with them (decision 0024).
    asked: tuple[str, ...] = ()
    # What comes after that: cutting off the ends of words.
    stems: tuple[str, ...] = ()
    # Whether words with a hyphen between them are also one word; the plain subfield has them so in every language.
    joins: bool = False


ANALYSES: dict[str, Analysis] = {
    # A light stemmer (cities -> city): one that cuts deeper makes organ of organization.
    "english": Analysis(
        "standard",
        ("possessive_english", "asciifolding"),
        ("width", "loose_accents", "inner_signs_but_possessive", "hyphens"),
        asked=("english_stop", "english_questions"),
        stems=("english_stem",),
        joins=True,
    ),
    # readingform: 水原 in a Korean text is read 수원. No number filter: years and codes stay as written.
    "nori": Analysis("nori_mixed", ("nori_part_of_speech", "nori_readingform", "asciifolding")),
    "kuromoji": Analysis(
        "kuromoji_search",
        ("kuromoji_baseform", "kuromoji_part_of_speech", "ja_stop", "kuromoji_stemmer", "asciifolding"),
        ("width", "loose_accents", "kuromoji_iteration_mark"),
    ),
    # smartcn's dictionary is Simplified: both ways of writing reach it in that form.
    "smartcn_hans": Analysis(
        "smartcn_tokenizer", ("smartcn_stop", "asciifolding"), ("width", "loose_accents", "han_forms")
    ),
    "smartcn_hant": Analysis(
        "smartcn_tokenizer", ("smartcn_stop", "asciifolding"), ("width", "loose_accents", "han_forms")
    ),
}

TOKENIZERS: dict[str, dict[str, Any]] = {
    # mixed keeps 자전거 beside its parts; discard would lose it.
    "nori_mixed": {"type": "nori_tokenizer", "decompound_mode": "mixed"},
    # Parts of a compound without the compound: the plain subfield has the whole, and terms stay in one row.
    "kuromoji_search": {"type": "kuromoji_tokenizer", "mode": "search", "discard_compound_token": True},
}

FILTERS: dict[str, dict[str, Any]] = {
    "possessive_english": {"type": "stemmer", "language": "possessive_english"},
    "english_stop": {"type": "stop", "stopwords": "_english_"},
    "english_questions": {
        "type": "stop",
        "stopwords": ["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "do", "does", "did"],
    },
    "english_stem": {"type": "stemmer", "language": "light_english"},
    # on-line is on, line, and in the place of both online.
    "compounds": {
        "type": "word_delimiter_graph",
        "catenate_words": True,
        "split_on_case_change": False,
        "split_on_numerics": False,
        "stem_english_possessive": False,
    },
    "pairs": {"type": "cjk_bigram"},
    # At index time single characters too, so that 水 finds 水资源; at query time pairs where there are two.
    "pairs_and_singles": {"type": "cjk_bigram", "output_unigrams": True},
    "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 20},
    # What is longer than the longest beginning is found by it.
    "longest_beginning": {"type": "truncate", "length": 20},
}

# Of scripts that have hyphens between words.
_LETTER = r"[\p{IsLatin}\p{IsGreek}\p{IsCyrillic}]"
_INNER_SIGN = "(?<=\\p{L})['\u2019.:\u00b7](?=\\p{L})|(?<=\\d)['\u2019.,](?=\\d)"
# A letter to everybody, and to nobody one that is written: the modifier letter apostrophe.
_INNER = "\u02bc"
_ACCENTS = range(0x0300, 0x0370)

_WORDS = {"tokenizer": "standard", "char_filter": ["width", "loose_accents", "han_forms"]}
_PLAIN = {"tokenizer": "standard", "char_filter": ["width", "loose_accents", "han_forms", "inner_signs", "hyphens"]}
# A question's tokens may be longer than a position, and are asked for either way; those of an index may not.
_JOINED = ["compounds", "flatten_graph"]
# Letter by letter, as search.letters: words, with Hangul as its keystrokes, and Han characters one by one.
_TYPED = {"tokenizer": "standard", "char_filter": ["width", "han_forms", "taken_apart", "keystrokes"]}
_TITLE = {"char_filter": ["width", "loose_accents", "han_forms", "inner_signs", "hyphens"]}
_WRITTEN = {"char_filter": ["width", "loose_accents", "inner_signs", "hyphens"]}


def char_filters() -> dict[str, dict[str, Any]]:
    """Return the steps before words are cut: width and case, and one form of Han characters."""
    mappings = [f"{before}=>{after}" for before, after in han_forms().items()]
    return {
        "width": {"type": "icu_normalizer", "name": "nfkc_cf", "mode": "compose"},
        # What composes with no letter, which asciifolding leaves: the dot that İ keeps in lower case.
        "loose_accents": {"type": "mapping", "mappings": [f"{chr(code)}=>" for code in _ACCENTS]},
        "han_forms": {"type": "mapping", "mappings": mappings},
        # "compounds" cuts at all that is no letter. What the tokenizer leaves in words and figures stays: 1,000.
        "inner_signs": {"type": "pattern_replace", "pattern": _INNER_SIGN, "replacement": _INNER},
        # Of English words the possessive is taken off later.
        "inner_signs_but_possessive": {
            "type": "pattern_replace",
            "pattern": f"(?!['\u2019]s(?!{_LETTER}))(?:{_INNER_SIGN})",
            "replacement": _INNER,
        },
        # To what the tokenizer does not cut at, but "compounds" does.
        "hyphens": {"type": "pattern_replace", "pattern": f"(?<={_LETTER})[-\u2010](?={_LETTER})", "replacement": "_"},
        "taken_apart": {"type": "icu_normalizer", "name": "nfc", "mode": "decompose"},
        "keystrokes": {"type": "mapping", "mappings": [f"{part}=>{keys}" for part, keys in _keystrokes().items()]},
    }


def _keystrokes() -> dict[str, str]:
    """Return what ``taken_apart`` leaves -> the letters typed: of Hangul the keys, kana as they were, no accents.

    A few hundred rules instead of one for each of 11,172 syllables, which every index would carry.
    """
    kana = [chr(code) for code in range(0x3041, 0x3100)]
    joined = {apart: letter for letter in kana if (apart := unicodedata.normalize("NFD", letter)) != letter}
    hangul = {letter: keys for letter, keys in KEYSTROKES.items() if len(unicodedata.normalize("NFD", letter)) == 1}
    return {**hangul, **joined, **{chr(code): "" for code in _ACCENTS}}


def analyzers(language: Language) -> dict[str, dict[str, Any]]:
    """Return the language's analyzers, under the names that the mapping uses."""
    row = ANALYSES[language.analyzer]
    # A title's beginning is that of any of its words; where words are not spaced, that of the whole.
    words = "standard" if language.spaced else "keyword"
    joined = _JOINED if language.spaced else []
    words_of_language = {"tokenizer": row.tokenizer, "char_filter": list(row.char_filters)}
    named: dict[str, dict[str, Any]] = {
        "text": {**words_of_language, "filter": [*row.filters, *(_JOINED if row.joins else ()), *row.stems]},
        # A word is left out by itself, not as a part of another: on-line is not line.
        "text_query": {
            **words_of_language,
            "filter": [*row.filters, *row.asked, *(_JOINED[:1] if row.joins else ()), *row.stems],
        },
        "plain": {**_PLAIN, "filter": [*_JOINED, "asciifolding", "pairs_and_singles"]},
        "plain_query": {**_PLAIN, "filter": [*_JOINED[:1], "asciifolding", "pairs"]},
        # Whole words of a title or name, for those who mistype one.
        "words": {**_WORDS, "filter": ["asciifolding"]},
        # A title's beginning in its own characters: 發 is not 髮, though both are found by 发.
        "written": {**_WRITTEN, "tokenizer": words, "filter": [*joined, "asciifolding", "beginnings"]},
        "written_query": {**_WRITTEN, "tokenizer": words, "filter": [*joined[:1], "asciifolding"]},
        "beginning": {**_TITLE, "tokenizer": words, "filter": [*joined, "asciifolding", "beginnings"]},
        "beginning_query": {**_TITLE, "tokenizer": words, "filter": [*joined[:1], "asciifolding"]},
        "typed": {**_TYPED, "filter": ["asciifolding", "beginnings"]},
        "typed_query": {**_TYPED, "filter": ["asciifolding", "longest_beginning"]},
        "spelled": {**_TYPED, "filter": ["asciifolding"]},
    }
    return {name: {"type": "custom", **definition} for name, definition in named.items()}


def mapping() -> dict[str, Any]:
    """Return the fields of a document, the same in every language."""
    # Where in the text each word stands is kept, so that marking what matched need not analyse the text again.
    kept = {"type": "text", "index_options": "offsets"}
    plain = {**kept, "analyzer": "plain", "search_analyzer": "plain_query"}
    beginning = {"type": "text", "analyzer": "beginning", "search_analyzer": "beginning_query", "norms": False}
    written = {"type": "text", "analyzer": "written", "search_analyzer": "written_query", "norms": False}
    words = {"type": "text", "analyzer": "words", "norms": False}
    text = {**kept, "analyzer": "text", "search_analyzer": "text_query", "fields": {"plain": plain}}
    typed = {"type": "text", "analyzer": "typed", "search_analyzer": "typed_query"}
    # What a question may have meant to spell: as it is typed and, where words are not spaced, by pairs of characters.
    placed = {**plain, "index_options": "positions"}
    spelled = {"type": "text", "analyzer": "spelled", "norms": False}
    keyword = {"type": "keyword"}
    # Katakana from each word on, asked for by how they begin (search.kana).
    read = {"type": "keyword", "doc_values": False}
    shown = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        "properties": {
            "page": {"type": "long"},
            "translation_key": keyword,
            # A number for it, which its pages share: those are counted and brought together by it.
            "group": {"type": "long"},
            "language": keyword,
            "languages": keyword,
            "kind": keyword,
            "country": keyword,
            "themes": keyword,
            "date": {"type": "date"},
            "starts_at": {"type": "date"},
            "ends_at": {"type": "date"},
            # Each by itself, so that the next one can be told from those that passed.
            "deadlines": {"type": "nested", "properties": {"at": {"type": "date"}}},
            # What a page is sorted and narrowed by in time; both follow from its dates.
            "day": {"type": "date"},
            "year": {"type": "short"},
            "expires_at": {"type": "date"},
            "title": {
                **text,
                "fields": {"plain": plain, "beginning": beginning, "written": written, "typed": typed},
                "copy_to": "spelled",
            },
            "important": {**text, "copy_to": "spelled"},
            "summary": {**text, "copy_to": "spelled"},
            "body": text,
            "attachments": attachments_mapping(text),
            # Beside names, and not among what is suggested or taken for a spelling: half the world's forms of a town.
            "towns": placed,
            "names": {**placed, "fields": {"words": words, "spelled": spelled}, "copy_to": "spelled"},
            "titles": typed,
            "title_read": read,
            "text_read": read,
            "places": {**keyword, "fields": {"typed": typed}},
            "spelled": {**spelled, "fields": {"plain": placed}},
            "url": shown,
            "digest": shown,
        },
    }


@cache
def index_body(language_code: str) -> dict[str, Any]:
    """Return what an index of the language is created with: settings, mapping, and a mark of both in ``_meta``."""
    language = by_code(language_code)
    settings = {
        "number_of_shards": 1,
        # One copy where there is a second node, none on a single one: both are healthy.
        "auto_expand_replicas": "0-1",
        # How long the engine remembers a deleted document's version; longer than any write can be under way.
        "gc_deletes": "10m",
        "analysis": {
            "analyzer": analyzers(language),
            "tokenizer": TOKENIZERS,
            "filter": FILTERS,
            "char_filter": char_filters(),
        },
    }
    mappings = mapping()
    schema = hashlib.sha256(json.dumps([settings, mappings], sort_keys=True).encode()).hexdigest()[:16]
    return {"settings": settings, "mappings": {**mappings, "_meta": {"schema": schema, "language": language.code}}}


def schema(language_code: str) -> str:
    """Return the mark by which an index is known to have been built with today's settings and mapping."""
    mark: str = index_body(language_code)["mappings"]["_meta"]["schema"]
    return mark
