"""How Japanese is read; that engines find by it is in the language contract."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.kana import LONGEST, reading, rows_read, words_in_kana


def test_text_is_read_from_each_word_on():
    assert rows_read("水原市の気候変動", "ja")[-2:] == ("キコウヘンドウ", "ヘンドウ")


def test_signs_and_spaces_do_not_part_a_row():
    assert rows_read("「気候」・変動", "ja") == ("キコウヘンドウ", "ヘンドウ")


def test_words_without_han_characters_are_read_as_they_are_written():
    assert rows_read("CO2排出をへらすバス", "ja") == ("ハイシュツヲヘラスバス", "ヲヘラスバス", "ヘラスバス", "バス")


def test_row_has_no_more_letters_than_are_compared():
    assert {len(row) for row in rows_read("国連気候変動枠組条約締約国会議", "ja")} <= set(range(2, LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "language"), [("氣候變遷", "zh-hant"), ("ごみのへらしかた", "ja"), ("", "ja"), ("\x00\ud800", "ja")]
)
def test_nothing_is_read_where_there_is_nothing_to_read(text, language):
    assert rows_read(text, language) == ()


@pytest.mark.parametrize(
    ("term", "read"),
    [("気候変動", "キコウヘンドウ"), ("再生可能エネルギー", "サイセイカノウエネルギー"), ("ごみ", ""), ("𠀋𪜈", "")],
)
def test_term_is_read_as_a_whole_or_not(term, read):
    assert reading(term) == read


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("きこう ﾍﾝﾄﾞｳ", ("キコウ", "ヘンドウ")),
        ("さーばー", ("サーバー",)),
        ("気候 へんどう", ()),
        ("きこう変動", ()),
        ("climate", ()),
        ("", ()),
        ("・ー", ()),
    ],
)
def test_words_are_in_kana_if_all_of_them_are(query, words):
    assert words_in_kana(query) == words


def test_short_words_say_too_little():
    assert words_in_kana("きこう を", least=2) == ()


def test_threads_read_beside_each_other():
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(reading, ["気候変動"] * 200)) == {"キコウヘンドウ"}
