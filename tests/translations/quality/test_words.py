"""Untranslated texts, words that stand twice, characters and punctuation of another language."""

import pytest

from translations.quality import check
from translations.quality.catalog import CHECKS
from translations.quality.problems import Problem

pytestmark = pytest.mark.django_db


def found(source: str, text: str, language: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.detail) for problem in check(source, text, "en", language)]


@pytest.mark.parametrize(
    ("source", "text", "language", "code", "detail"),
    [
        ("Water management plan", "Water management plan", "ko", "untranslated", "Water management plan"),
        ("Water", "water ", "ja", "untranslated", "water"),
        ("The council adopted the plan.", "市議會 adopted the plan。", "zh-hant", "latin_left", "adopted the plan"),
        ("A plan for trees", "나무를 위한 plan 입니다", "ko", "latin_left", "plan"),
        ("The city of trees", "樹的的城市", "zh-hant", "repeated", "的的"),
        ("The city of trees", "树木树木城市", "zh-hans", "repeated", "树木树木"),
        ("To protect water", "水をを守る", "ja", "repeated", "をを"),
        ("The city protects water", "도시는는 물을 지킨다", "ko", "repeated", "도시는는"),
        ("Trees of the city", "도시의 나무 나무", "ko", "repeated", "나무 나무"),
        ("The environment of the city", "城市的环境", "zh-hant", "variant_characters", "环"),
        ("The environment of the city", "城市的環境", "zh-hans", "variant_characters", "環"),
        ("Environment", "环境", "ja", "variant_characters", "环"),
        ("Protecting nature", "保護自然の環境", "zh-hant", "other_script", "の"),
        ("Protecting nature", "自然 보호をする", "ja", "other_script", "보호"),
        ("Protecting nature", "자연 保護", "ko", "other_script", "保護"),
        ("Water, wind", "水,風", "zh-hant", "narrow_marks", "水,風"),
        ("It rains. It snows.", "下雨了.下雪了。", "zh-hans", "narrow_marks", "下雨了.下雪了"),
        ("Water, wind", "물、바람", "ko", "wide_marks", "물、바람"),
        ("The “green” city", "“綠色”城市", "zh-hant", "quotes", "“, ”"),
        ("The “green” city", "\"綠色\"城市", "zh-hant", "quotes", "\""),
        ("The “green” city", "「绿色」城市", "zh-hans", "quotes", "「, 」"),
        ("The “green” city", "“みどり”のまち", "ja", "quotes", "“, ”"),
        ("It rains.", "下雨了", "zh-hant", "ending", "下雨了"),
        ("It rains.", "비가 옵니다", "ko", "ending", "비가 옵니다"),
        ("It rains.", "雨が降ります", "ja", "ending", "雨が降ります"),
        ("Rain", "下雨了。", "zh-hans", "ending", "下雨了。"),
        ("Does it rain?", "下雨。", "zh-hans", "ending", "下雨。"),
        ("Rain falls", "下雨 了", "zh-hant", "spaces", "下雨 了"),
        ("Rain falls", "비가  온다", "ko", "spaces", "비가  온다"),
        ("Rain falls", " 비", "ko", "spaces_at_ends", "비"),
    ],
)  # fmt: skip
def test_problem_is_named(source, text, language, code, detail):
    assert [said for said in found(source, text, language) if said[0] == code] == [(code, detail)]


def test_places_that_hold_commas_are_told_apart():
    messages = [problem.message for problem in check("Trees", "번역  10000 ,", "en", "ko") if problem.code == "spaces"]
    assert messages == ["Spaces that do not belong there: 번역  100 · 000 ,"]


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("ICLEI", "ICLEI", "ko"),
        ("Konrad Otto-Zimmermann", "Konrad Otto-Zimmermann", "zh-hant"),
        ("2014", "2014", "ja"),
        ("https://example.org/", "https://example.org/", "zh-hans"),
        ("mail@example.org", "mail@example.org", "ko"),
        ("km²", "km²", "ko"),
        ("C40 Cities", "C40 Cities", "ja"),
        ("ICLEI – Local Governments for cities", "이클레이(ICLEI – Local Governments for cities)", "ko"),
        ("The plan “cool streets now”", "計畫「cool streets now」", "zh-hant"),
        ("By e-mail or on the web", "e-mail 또는 web", "ko"),
        ("The site encynet.example.org", "사이트 encynet.example.org", "ko"),
        ("The village in autumn", "가을을 맞은 마을을", "ko"),
        ("The author and the state", "작가가 국가가", "ko"),
        ("One by one", "하나 하나", "ko"),
        ("The subtle light", "은은한 빛", "ko"),
        ("On-line seminars", "在在线研讨会中", "zh-hans"),
        ("With participants", "与与会者", "zh-hans"),
        ("Peace and trade", "貿易和和平", "zh-hant"),
        ("Really", "的的確確", "zh-hant"),
        ("Step by step", "一步一步", "zh-hant"),
        ("Peaches", "もも", "ja"),
        ("To where", "なにに", "ja"),
        ("After that", "そののち", "ja"),
        ("Platform of the queen behind the village", "里面后台只有皇后", "zh-hans"),
        ("Behind the queen", "皇后在後面，只有一台，發展里程", "zh-hant"),
        ("Republic of Korea", "대한민국(大韓民國)", "ko"),
        ("Kim (김)", "金（김）", "ja"),
        ("Suwon", "수원(水原)", "ko"),
        ("Ratio 3:5, at 10:30", "比例3:5，10:30", "zh-hant"),
        ("Version 3.5.", "第3.5版。", "zh-hant"),
        ("The cities’ plan", "都市のプラン’", "ja"),
        ("The members’ “plan”", "회원의 “계획”", "ko"),
        ("Who asks?", "誰が尋ねるのでしょうか。", "ja"),
        ("Exchange of practice.", "実践の交流", "ja"),
        ("More than a million.", "인구 100만 명 초과", "ko"),
        ("Acme Inc.", "에이크미", "ko"),
        ("Note: see below", "주: 아래 참조", "ko"),
        ("Water (rain) now", "水（雨）と風", "ja"),
        ("Taro Yamada, mayor", "山田　太郎、市長", "ja"),
        ("In 2014 it began", "2014 年開始", "zh-hant"),
    ],
)  # fmt: skip
def test_good_translation_has_no_problem(source, text, language):
    assert found(source, text, language) == []


def test_text_wholly_in_the_other_standard_is_an_error():
    simplified = "城市应对气候变化的经验与环境保护"
    [problem] = check("What cities know of the climate", simplified, "en", "zh-hant")
    assert (problem.code, problem.severity) == ("other_variant", "error")
    assert check("What cities know of the climate", simplified, "en", "zh-hans") == ()


def test_errors_come_first_and_say_what_they_mean():
    problems = check("A {name}.", "가 {nam}", "en", "ko", max_length=5)
    assert [problem.severity for problem in problems] == sorted(problem.severity for problem in problems)
    assert Problem("too_long", "error", "The text is too long for its field: 7 / 5 characters.", "7 / 5") in problems


def test_empty_text_is_not_judged():
    assert check("A {name}.", "  ", "en", "ko") == ()


def test_checks_have_each_their_own_code():
    codes = [one.code for one in CHECKS]
    assert len(codes) == len(set(codes))
