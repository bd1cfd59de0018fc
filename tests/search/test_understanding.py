"""The question in other words, without a database; and where the words come from, with one."""

import pytest

from cms.terms import Concept, Wording
from search.backends.base import Alternative, SearchRequest
from search.models import SynonymGroup
from search.understanding import MOST, MOST_OWN, Vocabulary, alternatives, understand
from tests.search.pages import commit


def concept(**words: str) -> Concept:
    """Words by language, several in one language separated by a bar."""
    wordings = tuple(
        Wording(code.replace("_", "-"), word) for code, several in words.items() for word in several.split("|")
    )
    return Concept(wordings, wordings)


NEUTRALITY = concept(
    en="carbon neutrality", zh_hant="碳中和", ko="탄소중립", ja="カーボンニュートラル", zh_hans="碳中和"
)
CITY = concept(en="city", zh_hant="城市", ko="도시", ja="都市", zh_hans="城市")
BIKE = concept(en="bike|bicycle|cycle")
ONE_WAY = Concept((Wording("en", "tram"),), (Wording("en", "tram"), Wording("en", "light rail")))


def asked(query: str, language: str, *concepts: Concept, **fields: tuple[str, ...]) -> list[tuple[str, str]]:
    found = alternatives(SearchRequest(query, language, **fields), Vocabulary(concepts))
    return [(alternative.language, alternative.query) for alternative in found]


def test_question_without_terms_has_no_other_words():
    assert asked("rivers", "en", NEUTRALITY) == []


@pytest.mark.parametrize("query", ["", "!?", " ", "a" * 200, "\u202e탄소"])
def test_any_question_is_taken(query):
    assert asked(query, "en", NEUTRALITY, BIKE) == []


def test_term_is_asked_for_in_every_other_language():
    assert asked("carbon neutrality", "en", NEUTRALITY) == [
        ("zh-hant", "碳中和"),
        ("ko", "탄소중립"),
        ("ja", "カーボンニュートラル"),
        ("zh-hans", "碳中和"),
    ]


def test_question_in_another_language_is_put_into_the_readers():
    assert asked("탄소중립", "en", NEUTRALITY)[0] == ("en", "carbon neutrality")
    assert asked("カーボンニュートラル", "zh-hant", NEUTRALITY)[0] == ("zh-hant", "碳中和")


def test_japanese_term_is_known_by_how_it_is_read():
    found = asked("きこうへんどう ２０２７", "ja", concept(en="climate change", ja="気候変動", ko="기후변화"))
    assert found == [("ja", "気候変動 ２０２７"), ("en", "climate change ２０２７"), ("ko", "기후변화 ２０２７")]


@pytest.mark.parametrize("query", ["しかんきょうかい", "かん", "環きょう"])
def test_reading_inside_another_word_is_no_term(query):
    assert asked(query, "ja", concept(en="environment", ja="環境"), concept(en="publication", ja="刊")) == []


def test_particles_go_with_the_word():
    assert asked("탄소중립을 위한 도시의", "en", NEUTRALITY, CITY)[0] == ("en", "carbon neutrality city")


def test_names_and_numbers_stay_in_a_question_put_into_another_language():
    assert asked("Suwon 탄소중립 2050", "en", NEUTRALITY)[0] == ("en", "Suwon carbon neutrality 2050")
    assert asked("碳中和 COP", "ko", NEUTRALITY)[0] == ("ko", "탄소중립 COP")


def test_words_of_an_english_question_do_not_stay():
    assert dict(asked("what is carbon neutrality", "en", NEUTRALITY))["ko"] == "탄소중립"


def test_words_between_stay_where_the_other_language_may_have_them():
    assert dict(asked("碳中和示範城市", "zh-hant", NEUTRALITY, CITY))["ja"] == "カーボンニュートラル 示範 都市"


def test_same_word_in_two_ways_of_writing_is_not_asked_twice():
    assert [language for language, _ in asked("碳中和", "zh-hant", NEUTRALITY)] == ["en", "ko", "ja"]


def test_traditional_question_finds_a_simplified_term():
    climate = concept(en="climate change", zh_hans="气候变化")
    assert asked("氣候變化", "zh-hant", climate) == [("en", "climate change")]


def test_readers_further_languages_come_first():
    found = asked("carbon neutrality", "en", NEUTRALITY, preferred=("ja", "ko"))
    assert [language for language, _ in found] == ["ja", "ko", "zh-hant", "zh-hans"]


def test_synonyms_replace_the_word_and_leave_the_rest():
    assert asked("a bike for rent", "en", BIKE) == [("en", "a bicycle for rent"), ("en", "a cycle for rent")]
    assert asked("Bikes!", "en", BIKE) == [("en", "bicycle!"), ("en", "cycle!")]


def test_korean_particle_stays_with_a_synonym_of_the_same_language():
    bike = concept(ko="자전거|따릉이")
    assert asked("자전거를 타는", "ko", bike) == [("ko", "따릉이를 타는")]


def test_synonym_in_one_direction_only():
    assert asked("tram", "en", ONE_WAY) == [("en", "light rail")]
    assert asked("light rail", "en", ONE_WAY) == []


def test_synonyms_of_one_language_do_not_count_in_another():
    gift_and_poison = concept(zh_hans="手纸|卫生纸")
    letter = concept(ja="手紙|書簡")
    assert asked("手紙", "ja", gift_and_poison, letter) == [("ja", "書簡")]


def test_longest_term_is_taken():
    change = concept(en="climate change", ko="기후변화")
    adaptation = concept(en="climate change adaptation", ko="기후변화 적응")
    assert dict(asked("climate change adaptation", "en", change, adaptation))["ko"] == "기후변화 적응"


def test_question_mostly_about_something_else_is_asked_in_its_own_language_only():
    assert asked("registration deadline for city delegates travelling by train", "en", CITY) == []
    assert asked("프로그램 위원회의 일정과 발표자 명단 그리고 도시", "en", CITY) == [("en", "city")]


def test_there_are_never_more_than_an_engine_can_bear():
    many = concept(
        en="|".join(["home", *(f"house{n}" for n in range(20))]), ko="집|주택", ja="家|住宅", zh_hans="住房|房屋"
    )
    found = asked("home", "en", many, NEUTRALITY)
    assert len(found) <= MOST
    assert [language for language, _ in found] == ["en"] * MOST_OWN + ["ko", "ja", "zh-hans"]


@pytest.mark.django_db
def test_synonyms_hold_from_the_moment_they_are_saved(settings):
    settings.SEARCH_SYNONYM_SOURCES = ["search.synonyms.groups"]
    question = SearchRequest("bike", "en")
    assert understand(question).alternatives == ()
    group = SynonymGroup.objects.create(language="en", words="bike\nbicycle")
    commit()
    assert understand(question).alternatives == (Alternative("en", "bicycle"),)
    group.direction = SynonymGroup.Direction.ONE_WAY
    group.words = "bicycle\nbike"
    group.save()
    commit()
    assert understand(question).alternatives == ()
    assert understand(SearchRequest("bicycle", "en")).alternatives == (Alternative("en", "bike"),)
    group.delete()
    commit()
    assert understand(SearchRequest("bicycle", "en")).alternatives == ()


@pytest.mark.django_db
def test_warm_process_asks_no_database(django_assert_num_queries):
    SynonymGroup.objects.create(language="en", words="bike\nbicycle")
    commit()
    understand(SearchRequest("bike", "en"))
    with django_assert_num_queries(0):
        assert understand(SearchRequest("bike", "en")).alternatives == (Alternative("en", "bicycle"),)


WASTE = concept(en="waste", ko="쓰레기", ja="ごみ")
RUBBISH = concept(en="rubbish|garbage|waste")


def test_synonym_leads_on_to_the_glossary():
    assert ("ko", "쓰레기") in asked("rubbish", "en", RUBBISH, WASTE)
    assert ("ko", "쓰레기") in asked("rubbish", "ko", RUBBISH, WASTE)
    # One step, not as far as it goes.
    bin_ = concept(en="bin|rubbish")
    assert ("ko", "쓰레기") not in asked("bin", "en", bin_, RUBBISH, WASTE)


def test_question_in_another_language_is_asked_in_several_words_of_its_own():
    assert [words for language, words in asked("rubbish", "ko", RUBBISH) if language == "en"] == ["garbage", "waste"]
