import pytest

from cms.languages import CODES, LANGUAGES
from search.analysis import ANALYSES, index_body, schema
from search.letters import units
from tests.search.engine import unique_backend

# What Elastic's distribution (module analysis-common and the server) and the plugins analysis-icu, -nori, -kuromoji and
# -smartcn offer, of what an index like ours could use.
OFFICIAL = {
    "tokenizer": {
        "standard", "keyword", "whitespace", "letter", "lowercase", "classic", "pattern", "ngram", "edge_ngram",
        "uax_url_email", "path_hierarchy", "char_group", "simple_pattern", "simple_pattern_split", "thai",
        "icu_tokenizer", "nori_tokenizer", "kuromoji_tokenizer", "smartcn_tokenizer",
    },
    "filter": {
        "lowercase", "uppercase", "asciifolding", "stop", "stemmer", "snowball", "porter_stem", "kstem", "edge_ngram",
        "ngram", "shingle", "length", "truncate", "trim", "unique", "remove_duplicates", "synonym", "synonym_graph",
        "word_delimiter_graph", "keyword_marker", "keyword_repeat", "pattern_replace", "pattern_capture", "elision",
        "flatten_graph", "decimal_digit", "cjk_bigram", "cjk_width", "icu_folding", "icu_normalizer", "icu_transform",
        "nori_part_of_speech", "nori_readingform", "nori_number", "kuromoji_baseform", "kuromoji_part_of_speech",
        "kuromoji_readingform", "kuromoji_stemmer", "kuromoji_number", "ja_stop", "smartcn_stop",
    },
    "char_filter": {"html_strip", "mapping", "pattern_replace", "icu_normalizer", "kuromoji_iteration_mark"},
}  # fmt: skip


def components(analysis: dict, kind: str) -> set[str]:
    """Elastic's types behind the names that the analyzers use."""
    used = set()
    for analyzer in analysis["analyzer"].values():
        names = analyzer.get(kind, [])
        used |= {names} if isinstance(names, str) else set(names)
    own = analysis.get(kind, {})
    return {own[name]["type"] if name in own else name for name in used}


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("kind", sorted(OFFICIAL))
def test_only_components_of_the_official_distribution_are_named(language, kind):
    used = components(index_body(language)["settings"]["analysis"], kind)
    assert used
    assert used <= OFFICIAL[kind]


def test_every_language_has_a_row():
    assert {language.analyzer for language in LANGUAGES} == set(ANALYSES)


def test_every_component_that_is_defined_is_used():
    analysis = [index_body(language)["settings"]["analysis"] for language in CODES]
    for kind in ("tokenizer", "filter", "char_filter"):
        defined = set(analysis[0][kind])
        used = {
            name
            for body in analysis
            for analyzer in body["analyzer"].values()
            for name in ([analyzer[kind]] if isinstance(analyzer.get(kind), str) else analyzer.get(kind, []))
        }
        assert defined <= used, kind


def test_mapping_takes_no_field_it_does_not_know():
    assert all(index_body(language)["mappings"]["dynamic"] == "strict" for language in CODES)


def test_schema_differs_between_analyses():
    assert len({schema(language) for language in CODES}) == 4  # both Chinese are cut alike
    assert schema("ko") == index_body("ko")["mappings"]["_meta"]["schema"]


@pytest.mark.elasticsearch
@pytest.mark.parametrize(
    ("language", "analyzer", "text", "terms"),
    [
        ("en", "text", "The cities’ Cafés", ["the", "city", "cafe"]),
        ("en", "text_query", "What are the cities’ Cafés?", ["city", "cafe"]),
        ("ko", "words", "환경과 발전", ["환경과", "발전"]),
        ("zh-hant", "written", "環境", ["環", "環境"]),
        ("en", "plain_query", "The Café 水资源", ["the", "cafe", "水资", "资源"]),
        ("en", "text", "on-line seminars", ["online", "on", "line", "seminar"]),
        ("en", "text", "The mayor’s 1,000 o'clock", ["the", "mayor", "1ʼ000", "oʼclock"]),
        ("ko", "plain_query", "mayor's 12.5", ["mayorʼs", "12ʼ5"]),
        ("en", "text_query", "What is on on-line?", ["online", "on", "line"]),
        ("ja", "plain_query", "T-シャツ low‑energy", ["t", "シャ", "ャツ", "lowenergy", "low", "energy"]),
        ("ko", "text", "도시의 생물다양성을 보전한다", ["도시", "생물", "다양", "보전"]),
        ("ko", "plain_query", "도시의", ["도시", "시의"]),
        ("ja", "text", "都市における生物多様性", ["都市", "生物", "多様", "性"]),
        ("zh-hans", "text", "保护城市的生物多样性", ["保护", "城市", "的", "生物", "多样性"]),
        ("zh-hant", "text", "保護城市的生物多樣性", ["保护", "城市", "的", "生物", "多样性"]),
        ("zh-hant", "plain_query", "環境與發展", ["环境", "境与", "与发", "发展"]),
        ("zh-hant", "beginning_query", "環境與發展", ["环境与发展"]),
        ("ko", "beginning_query", "환경과 발전", ["환경과", "발전"]),
    ],
)
def test_text_becomes_terms(shared_engine, language, analyzer, text, terms):
    found = shared_engine.client.options(request_timeout=30).indices.analyze(
        index=shared_engine.alias(language), analyzer=analyzer, text=text
    )
    assert [token["token"] for token in found["tokens"]] == terms


@pytest.fixture(scope="module")
def shared_engine():
    yield from unique_backend()


@pytest.mark.elasticsearch
@pytest.mark.parametrize("language", ["ko", "ja"])
@pytest.mark.parametrize(
    "text",
    [
        "경기도 수원시의 하천",
        "숭 수우 값 ㅅ",
        "Clean Cafés of São Paulo",
        "城市的生物多樣性",
        "ﾊﾞｲｵﾏｽ発電を始めた",
        "がぎぐゔ ガギグヴ",
        "й CO2 2027",
    ],
)
def test_letters_are_those_that_python_finds(shared_engine, language, text):
    found = shared_engine.client.options(request_timeout=30).indices.analyze(
        index=shared_engine.alias(language), analyzer="spelled", text=text
    )
    assert [token["token"] for token in found["tokens"]] == [unit.letters for unit in units(text)]
