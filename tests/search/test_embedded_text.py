import pytest

from search.backends.embedded_text import MOST_TERMS, Token, compounds, query_terms, stem_terms, term_text, tokens


def test_words_stay_words_and_runs_become_pairs():
    assert term_text("Clean Cafés in 水原市, 2027") == "clean cafes in 水原 原市 市 2027"


def test_words_with_hyphens_are_known_by_their_parts():
    text = "A car-free day, door‑to‑door; COP-12, 2026-2027, Đông-Á, low–high"
    assert compounds(text) == {("car", "free"), ("door", "to", "door"), ("dong", "a")}


def test_tokens_know_where_they_stand():
    assert tokens("ＡＢ 環境") == [Token("ab", 0, 2), Token("环境", 3, 5), Token("境", 4, 5)]
    assert tokens("…") == []


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("clean rivers", ['"clean"', '"rivers"']),
        ("rivers 水原", ['"rivers"', '"水原"']),
        ("生物多樣性", ['"生物"', '"物多"', '"多样"', '"样性"']),
        ("水", ['"水"*']),
        ("도시의 환경", ['"도시"', '"환경"']),
        ("나의 도시", ['"나의"', '"도시"']),
        ('NEAR("x" y) NOT *', ['"near"', '"x"', '"y"']),
        ("how the rivers of a city", ['"rivers"', '"city"']),
        ("COP12 report", ['"cop 12"', '"report"']),
        ("COP 12", ['"cop"', '"12"']),
        ("on-line seminars", ['("on line" OR "online")', '"seminars"']),
        ("seminars on-line", ['"seminars"', '("on line" OR "online")']),
        ("on - line", ['"line"']),
        ("nrg4SD", ['"nrg 4 sd"']),
        ("who is it", ['"who"', '"is"', '"it"']),
        ("?!", []),
        ("", []),
    ],
)
def test_query_asks_for_quoted_terms(query, terms):
    assert query_terms(query) == terms


@pytest.mark.parametrize(
    ("query", "last"),
    [("clean rivers", '"rivers"*'), ("COP 12", '"12"*'), ("nrg4SD", '"nrg 4 sd"*'), ("rivers 水原", '"水原"')],
)
def test_last_word_may_be_unfinished(query, last):
    assert query_terms(query, unfinished=True)[-1] == last


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("汚す", ['"汚"*']),
        ("水を汚さない工場", ['"水"*', '"汚"*', '"工场"']),
        ("バイオマスの発電 COP12", ['"バイ"', '"イオ"', '"オマ"', '"マス"', '"发电"', '"cop 12"']),
        ("都市", []),
        ("あの", []),
        ("rivers", []),
    ],
)
def test_stems_are_what_particles_and_endings_leave(query, terms):
    assert stem_terms(query) == terms


def test_long_text_asks_for_its_first_terms():
    assert len(query_terms(" ".join(f"word{number}" for number in range(500)))) == MOST_TERMS
