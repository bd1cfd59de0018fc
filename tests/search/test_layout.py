import pytest

from search.layout import as_written, unwrapped


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("城市的生物多\n樣性與水資源", "城市的生物多樣性與水資源\n"),
        ("標題\n城市的生物多\n樣性", "標題\n城市的生物多樣性\n"),
        ("한국의 도시들이 물을 지\n킨다", "한국의 도시들이 물을 지킨다\n"),
        ("Four districts share\none plan", "Four districts share\none plan\n"),
        ("東京都の計画です。\n川の計画です。", "東京都の計画です。\n川の計画です。\n"),
        ("", ""),
    ],
)
def test_lines_are_joined_where_one_was_broken_inside_a_sentence(page, text):
    assert unwrapped(page) == text


def test_radicals_become_the_characters_they_look_like():
    assert as_written("⾃治体の⽔⻑⻄⻲ ①㈱") == "自治体の水長西亀 ①㈱"


def test_characters_set_apart_are_one_word_and_words_stay_apart():
    assert as_written("水 資 源 管 理") == "水資源管理"
    assert as_written("東京 大阪") == "東京 大阪"
    assert as_written("東 京 大阪") == "東京 大阪"
