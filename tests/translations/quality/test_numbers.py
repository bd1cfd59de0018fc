"""The same numbers, dates and times, however each language writes them."""

from decimal import Decimal

import pytest

from translations.quality.numbers import added_numbers, missing_numbers, numbers_in
from translations.quality.numerals import words_values
from translations.quality.pairs import Pair


def problems(source: str, text: str, language: str) -> list[tuple[str, str]]:
    pair = Pair.of(source, text, "en", language)
    missing, added = missing_numbers(pair), added_numbers(pair)
    return [*(("missing", number) for number in missing), *(("added", number) for number in added)]


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("25 November 2026", "2026年11月25日", "zh-hant"),
        ("25 November 2026", "2026年11月25日", "ja"),
        ("25 November 2026", "2026년 11월 25일", "ko"),
        ("Nov. 25, 2026", "２０２６年１１月２５日", "ja"),
        ("3 Sept 2014", "二〇一四年九月三日", "zh-hans"),
        ("in 2014", "平成26年に", "ja"),
        ("in 2014", "民國103年", "zh-hant"),
        ("25 million people", "2500 萬人", "zh-hant"),
        ("25 million people", "2,500만 명", "ko"),
        ("25 million people", "25백만 명", "ko"),
        ("25 million people", "2500万人", "ja"),
        ("1.2 billion dollars", "12億ドル", "ja"),
        ("120 million euros", "1억 2,000만 유로", "ko"),
        ("120 million euros", "1億2000万ユーロ", "ja"),
        ("1.5 million", "150 万", "zh-hans"),
        ("800 thousand million yen", "8000億円", "ja"),
        ("eleven thousand million kroner", "110억 크로네", "ko"),
        ("35,200 trees", "3만 5,200그루", "ko"),
        ("35,200 trees", "3萬5200棵樹", "zh-hant"),
        ("two million tonnes", "200万トン", "ja"),
        ("twenty-five cities", "25개 도시", "ko"),
        ("three cities", "세 도시", "ko"),
        ("3 cities", "세 도시", "ko"),
        ("12 cities", "열두 도시", "ko"),
        ("12 cities", "十二座城市", "zh-hant"),
        ("the eighteenth century", "18世紀", "ja"),
        ("the 21st century", "21세기", "ko"),
        ("one third of it", "3分の1", "ja"),
        ("two thirds", "三分之二", "zh-hans"),
        ("half of them", "50%", "ko"),
        ("30 per cent", "3割", "ja"),
        ("30 %", "百分之三十", "zh-hant"),
        ("the 1990s", "90年代", "zh-hans"),
        ("2012–14", "2012年至2014年", "zh-hant"),
        ("9:00–17:30", "오전 9시~오후 5시 30분", "ko"),
        ("at 2 p.m.", "14時", "ja"),
        ("1,000.5 km²", "1,000.5平方公里", "zh-hant"),
        ("1.000,5 km", "1,000.5 km", "ko"),
        ("1 000 members", "1,000 회원", "ko"),
        ("COP27 and CO2", "제27차 당사국총회와 이산화탄소", "ko"),
        ("{0} of 5", "5개 중 {0}", "ko"),
        ("Article 3", "제3조", "ko"),
        ("a month later", "1か月後", "ja"),
        ("a dozen towns", "12个城镇", "zh-hans"),
        ("5 m high", "높이 5미터", "ko"),
        ("See https://example.org/2014/ now", "보세요", "ko"),
        ("It serves 24 hours", "二十四小時服務", "zh-hant"),
        ("1.5 °C", "攝氏 1.5 度", "zh-hant"),
    ],
)  # fmt: skip
def test_same_number_written_otherwise_is_no_problem(source, text, language):
    assert problems(source, text, language) == []


@pytest.mark.parametrize(
    ("source", "text", "language", "found"),
    [
        ("25 November 2026", "2026年11月26日", "zh-hant", [("missing", "25"), ("added", "26")]),
        ("25 November 2026", "2026년 12월 25일", "ko", [("added", "12")]),
        ("25 million people", "250만 명", "ko", [("missing", "25 million"), ("added", "250만")]),
        ("25 million people", "2500 億人", "zh-hant", [("missing", "25 million"), ("added", "2500 億")]),
        ("1,000.5 km", "10,005 km", "ja", [("missing", "1,000.5"), ("added", "10,005")]),
        ("since 1997", "自那時起", "zh-hant", [("missing", "1997")]),
        ("since then", "从1997年起", "zh-hans", [("added", "1997")]),
        ("12 cities", "十三座城市", "zh-hant", [("missing", "12")]),
        ("at 2 p.m.", "15時", "ja", [("missing", "2"), ("added", "15")]),
        ("3 cities", "도시", "ko", [("missing", "3")]),
        ("30 per cent", "4割", "ja", [("missing", "30"), ("added", "4")]),
    ],
)  # fmt: skip
def test_another_number_is_a_warning(source, text, language, found):
    assert problems(source, text, language) == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.000", [1, 1000]),
        ("1,000,000", [1_000_000]),
        ("25.11.2026", [25, 11, 2026]),
        ("1조 5,000억", [1_500_000_000_000]),
        ("COP-27", []),
        ("3.14", [Decimal("3.14")]),
        ("100만 2014년", [1_000_000, 2014]),
    ],
)
def test_digits_are_read(text, values):
    assert sorted(value for number in numbers_in(text) for value in number.values) == sorted(map(Decimal, values))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and five", 205),
        ("three million two hundred thousand", 3_200_000),
        ("twenty-first", 21),
        ("二千五百萬", 25_000_000),
        ("스물다섯", 25),
        ("오만", 50_000),
        ("八千亿", 800_000_000_000),
    ],
)
def test_words_are_read(text, value):
    assert Decimal(value) in words_values(text)
