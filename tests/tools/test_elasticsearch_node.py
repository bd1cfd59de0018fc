"""The node that tools/elasticsearch builds (or the official image, where one runs) has the components that we name."""

import copy
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch
from wagtail.search.backends.elasticsearch9 import Elasticsearch9SearchBackend

from tests.search.engine import elasticsearch_url

pytestmark = pytest.mark.elasticsearch

CHAR_FILTERS: dict[str, dict[str, Any]] = {
    "html_strip": {"escaped_tags": ["b"]},
    "icu_normalizer": {"name": "nfkc_cf", "mode": "compose"},
    "kuromoji_iteration_mark": {"normalize_kanji": True},
    "mapping": {"mappings": ["漢 => 汉", "\\u0020 => _"]},
    "pattern_replace": {"pattern": "(\\d+)-(?=\\d)", "replacement": "$1"},
}
TOKENIZERS: dict[str, dict[str, Any]] = {
    "standard": {"max_token_length": 100},
    "keyword": {},
    "whitespace": {},
    "ngram": {"min_gram": 2, "max_gram": 3, "token_chars": ["letter", "digit"]},
    "edge_ngram": {"min_gram": 2, "max_gram": 15, "token_chars": ["custom"], "custom_token_chars": "Bio-"},
    "icu_tokenizer": {},
    "smartcn_tokenizer": {},
    "nori_tokenizer": {"decompound_mode": "mixed", "user_dictionary_rules": ["엔사이넷"], "discard_punctuation": True},
    "kuromoji_tokenizer": {
        "mode": "search",
        "discard_compound_token": True,
        "user_dictionary_rules": ["環境網,環境 網,カンキョウ モウ,名詞"],
    },
}
FILTERS: dict[str, dict[str, Any]] = {
    "lowercase": {},
    "asciifolding": {"preserve_original": True},
    "stop": {"stopwords": "_english_"},
    "shingle": {"min_shingle_size": 2},
    "length": {"min": 1, "max": 40},
    "limit": {"max_token_count": 1000},
    "truncate": {"length": 40},
    "unique": {"only_on_same_position": True},
    "remove_duplicates": {},
    "flatten_graph": {},
    "word_delimiter_graph": {"preserve_original": True},
    "ngram": {"min_gram": 2, "max_gram": 3},
    "edge_ngram": {"min_gram": 1, "max_gram": 12, "preserve_original": True},
    "synonym": {"synonyms": ["sdg, sustainable development goal"], "lenient": True},
    "synonym_graph": {"synonyms": ["sdg => sustainable development goal"]},
    "stemmer": {"language": "light_english"},
    "porter_stem": {},
    "snowball": {"language": "English"},
    "cjk_width": {},
    "cjk_bigram": {"ignored_scripts": ["hangul"], "output_unigrams": True},
    "nori_part_of_speech": {"stoptags": ["EP", "EF", "JKS"]},
    "nori_readingform": {},
    "nori_number": {},
    "kuromoji_baseform": {},
    "kuromoji_part_of_speech": {"stoptags": ["助詞-格助詞-一般"]},
    "kuromoji_readingform": {"use_romaji": True},
    "kuromoji_stemmer": {"minimum_length": 4},
    "kuromoji_number": {},
    "ja_stop": {"stopwords": ["_japanese_", "ノート"]},
    "smartcn_stop": {"stopwords": ["_smartcn_"]},
    "icu_folding": {"unicode_set_filter": "[^åäö]"},
    "icu_normalizer": {"name": "nfkc"},
    "icu_transform": {"id": "Traditional-Simplified"},
}
ANALYZERS = ("english", "cjk", "nori", "kuromoji", "smartcn")


@pytest.fixture(scope="module")
def engine() -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url()) as client:
        yield client


@pytest.fixture
def create_index(engine: Elasticsearch) -> Iterator[Any]:
    """Create an index with an analysis, of a name that is returned; it is gone after the test."""
    created = []

    def create(analysis: dict[str, Any], **settings: Any) -> str:
        name = f"test-node-{uuid.uuid4().hex}"
        engine.indices.create(index=name, settings={"number_of_replicas": 0, "analysis": analysis, **settings})
        created.append(name)
        return name

    yield create
    for name in created:
        engine.indices.delete(index=name)


def tokens(engine: Elasticsearch, text: str, **analysis: Any) -> list[str]:
    return [token["token"] for token in engine.indices.analyze(text=text, **analysis)["tokens"]]


def defined(components: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"my_{name}": {"type": name, **settings} for name, settings in components.items()}


def test_an_index_may_name_every_component_with_its_settings(engine: Elasticsearch, create_index: Any) -> None:
    analyzers = {f"by_{name}": {"type": "custom", "tokenizer": f"my_{name}"} for name in TOKENIZERS}
    for name in CHAR_FILTERS:
        analyzers[f"after_{name}"] = {"type": "custom", "tokenizer": "keyword", "char_filter": [f"my_{name}"]}
    for name in FILTERS:
        analyzers[f"then_{name}"] = {"type": "custom", "tokenizer": "standard", "filter": [f"my_{name}"]}
    index = create_index(
        {
            "char_filter": defined(CHAR_FILTERS),
            "tokenizer": defined(TOKENIZERS),
            "filter": defined(FILTERS),
            "analyzer": {**analyzers, **{f"whole_{name}": {"type": name} for name in ANALYZERS}},
        }
    )

    for name in (*analyzers, *(f"whole_{name}" for name in ANALYZERS)):
        assert tokens(engine, "Biodiversity in ten cities", index=index, analyzer=name), name


# A text, how it is analysed, and the tokens that the official distribution makes of it.
TEXTS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "english": ("The cities’ rivers", {"analyzer": "english"}, ["citi", "river"]),
    "korean": ("도시의 생물다양성을 지킨다", {"analyzer": "nori"}, ["도시", "생물", "다양", "지키"]),
    "japanese": ("都市の生物多様性を守る", {"analyzer": "kuromoji"}, ["都市", "生物", "多様", "性", "守る"]),
    "simplified chinese": ("保护城市的生物多样性", {"analyzer": "smartcn"}, ["保护", "城市", "的", "生物", "多样性"]),
    "traditional chinese": (
        "保護城市的樹",
        {"tokenizer": "standard", "filter": [{"type": "icu_transform", "id": "Traditional-Simplified"}, "cjk_bigram"]},
        ["保护", "护城", "城市", "市的", "的树"],
    ),
    "full width": ("ＣＯ２と", {"tokenizer": "icu_tokenizer", "filter": ["icu_normalizer"]}, ["co2", "と"]),
    "half width": ("ｶﾅ", {"tokenizer": "standard", "filter": ["cjk_width"]}, ["カナ"]),
    "html": (
        "<p>Győr &amp; Wien</p>",
        {"char_filter": ["html_strip"], "tokenizer": "whitespace", "filter": ["lowercase", "asciifolding"]},
        ["gyor", "&", "wien"],
    ),
    "mapping": (
        "漢 字",
        {"char_filter": [{"type": "mapping", "mappings": ["漢 => 汉", "\\u0020 => _"]}], "tokenizer": "keyword"},
        ["汉_字"],
    ),
    "iteration mark": ("時々", {"char_filter": ["kuromoji_iteration_mark"], "tokenizer": "keyword"}, ["時時"]),
    "korean number": (
        "삼천2백만원",
        {"tokenizer": {"type": "nori_tokenizer", "discard_punctuation": False}, "filter": ["nori_number"]},
        ["32000000", "원"],
    ),
    "hanja": ("鄕歌", {"tokenizer": "nori_tokenizer", "filter": ["nori_readingform"]}, ["향가"]),
    "katakana": ("サーバー", {"tokenizer": "kuromoji_tokenizer", "filter": ["kuromoji_stemmer"]}, ["サーバ"]),
    "reading": (
        "東京",
        {"tokenizer": "kuromoji_tokenizer", "filter": [{"type": "kuromoji_readingform", "use_romaji": True}]},
        ["tōkyō"],
    ),
    "beginnings": (
        "river",
        {"tokenizer": "keyword", "filter": [{"type": "edge_ngram", "min_gram": 2, "max_gram": 4}]},
        ["ri", "riv", "rive"],
    ),
    "parts of the text": (
        "CO2 a!",
        {"tokenizer": {"type": "ngram", "min_gram": 2, "max_gram": 3, "token_chars": ["letter", "digit"]}},
        ["CO", "CO2", "O2"],
    ),
    "parts across words": ("a b", {"tokenizer": "ngram"}, ["a", "a ", " ", " b", "b"]),
    "beginnings of the text": (
        "$10 for_me",
        {"tokenizer": {"type": "edge_ngram", "max_gram": 3, "token_chars": ["letter", "symbol", "punctuation"]}},
        ["$", "f", "fo", "for"],
    ),
    "beginnings of our own": (
        "+a-b",
        {"tokenizer": {"type": "edge_ngram", "max_gram": 9, "token_chars": ["custom"], "custom_token_chars": "+-"}},
        ["+", "-"],
    ),
    "synonyms": (
        "SDG",
        {
            "tokenizer": "standard",
            "filter": ["lowercase", {"type": "synonym_graph", "synonyms": ["sdg => sustainable goal"]}],
        },
        ["sustainable", "goal"],
    ),
    "parts of words": ("WiFi-2000", {"tokenizer": "keyword", "filter": ["word_delimiter_graph"]}, ["Wi", "Fi", "2000"]),
    "unique": ("to be to be", {"tokenizer": "whitespace", "filter": ["unique"]}, ["to", "be"]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_cut_into_the_tokens_of_its_language(engine: Elasticsearch, name: str) -> None:
    text, analysis, expected = TEXTS[name]

    assert tokens(engine, text, **analysis) == expected


def test_a_component_that_the_node_lacks_is_refused(engine: Elasticsearch, create_index: Any) -> None:
    with pytest.raises(BadRequestError, match="Unknown filter type"):
        create_index({"filter": {"mine": {"type": "no_such_filter"}}})


def test_wagtails_own_index_settings_are_taken(engine: Elasticsearch, create_index: Any) -> None:
    own = copy.deepcopy(Elasticsearch9SearchBackend.settings["settings"])

    index = create_index(own["analysis"], **own["index"])

    assert tokens(engine, "Győr", index=index, analyzer="edgengram_analyzer") == ["g", "gy", "gyo", "gyor"]
    assert tokens(engine, "Győr", index=index, analyzer="ngram_analyzer") == ["gyo", "gyor", "yor"]


@pytest.mark.parametrize(
    ("tokenizer", "reason"),
    [
        ({"type": "ngram", "min_gram": 1, "max_gram": 3}, "max_ngram_diff"),
        ({"type": "ngram", "token_chars": ["vowel"]}, "Unknown token type: 'vowel'"),
        ({"type": "edge_ngram", "token_chars": ["custom"]}, "custom_token_chars"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    engine: Elasticsearch, create_index: Any, tokenizer: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadRequestError, match=reason):
        create_index({"tokenizer": {"mine": tokenizer}})
