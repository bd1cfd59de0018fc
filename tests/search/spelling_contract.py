"""What every engine has to propose where a question was misspelled. A part of the contract, in a file of its own."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from search.backends.base import Alternative, SearchBackend, SearchRequest
from tests.search.backend_contract import document


class SpellingContract:
    """Did you mean; mixed into BackendContract."""

    def spelling(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> str:
        return backend.search(SearchRequest(query, language, **fields)).spelling

    @pytest.mark.parametrize(
        ("language", "title", "typed", "meant"),
        [
            ("en", "Biodiversity strategies of cities", "biodiverstiy", "biodiversity"),
            ("en", "Biodiversity strategies of cities", "Biodivercity stratgies", "Biodiversity strategies"),
            ("en", "The river of Istanbul", "istanbhul", "istanbul"),
            ("en", "The river of Istanbul", "rvier istanbul", "river istanbul"),
            ("ko", "경기도 수원시의 맑은 하천", "수언", "수원"),
            ("ko", "도시의 생물다양성을 지킨다", "생물다영성", "생물다양성"),
            ("ko", "도시의 생물다양성을 지킨다", "생물양다성", "생물다양성"),
            ("ko", "환경을 지키는 도시", "횐경 도시", "환경 도시"),
            ("ja", "バイオマス発電を始めた町", "バイオナス", "バイオマス"),
            ("ja", "きれいな川を守る", "きれえな川", "きれいな川"),
            ("ja", "生物多様性を守る", "生物多様牲", "生物多様性"),
            ("zh-hant", "城市的生物多樣性", "生物多洋性", "生物多樣性"),
            ("zh-hans", "城市的生物多样性", "生物多性", "生物多样性"),
            ("zh-hans", "城市的生物多样性", "生物样多性", "生物多样性"),
            ("zh-hans", "城市的生物多样性", "生物多样样性", "生物多样性"),
        ],
    )
    def test_near_word_of_a_title_is_proposed_and_has_results(self, backend, language, title, typed, meant):
        self.write(backend, document(1, language, title), document(2, language, "1234"))
        assert self.spelling(backend, typed, language) == meant
        assert self.found(backend, meant, language) == [1]
        assert self.spelling(backend, meant, language) == ""

    def test_name_of_another_language_is_proposed_to_any_reader(self, backend):
        names = ("Clean rivers", "Suwon", "수원시", "水原市", "Republic of Korea")
        self.write(backend, document(1, "en", "Clean rivers", names=names))
        assert self.spelling(backend, "Suwun", "ko") == "Suwon"
        assert self.spelling(backend, "Suwun", "en") == "Suwon"

    @pytest.mark.parametrize(
        ("typed", "meant", "language", "title"),
        [
            ("tndnjs", "수원", "ko", "수원시의 하천"),
            ("tndnjs gkcjs", "수원 하천", "ko", "수원시의 하천"),
            ("ㅊㅑ쇼", "city", "en", "A city and its river"),
            ("걒ㄷㄱㄴ", "rivers", "en", "Clean rivers"),
        ],
    )
    def test_words_of_the_wrong_keyboard_layout_are_proposed_to_any_reader(
        self, backend, typed, meant, language, title
    ):
        assert self.spelling(backend, typed, "en") == ""
        self.write(backend, document(1, language, title))
        assert [self.spelling(backend, typed, reader) for reader in ("en", "ko", "ja")] == [meant] * 3

    def test_question_with_enough_pages_is_left_alone(self, backend):
        near = [document(page_id, title=f"Stream {page_id}") for page_id in range(1, 40)]
        self.write(backend, *near, *(document(100 + page_id, title="Steam") for page_id in range(1, 4)))
        assert self.spelling(backend, "steam") == ""

    def test_question_with_few_pages_is_corrected_where_the_other_has_clearly_more(self, backend):
        self.write(backend, document(100, title="Steam"), *(document(each, title="Stream") for each in range(1, 4)))
        assert self.spelling(backend, "steam") == ""
        self.write(backend, *(document(each, title="Stream") for each in range(4, 9)))
        assert self.spelling(backend, "steam") == "stream"

    def test_words_as_the_language_inflects_them_are_no_mistake(self, backend):
        self.write(
            backend, document(1, title="River strategy", body="Of a city."), document(2, "ko", "도시의 하천"),
            document(3, "ko", "환경", body="도시를 지킨다"),
        )  # fmt: skip
        assert self.spelling(backend, "rivers") == ""
        assert self.spelling(backend, "strategies") == ""
        assert self.spelling(backend, "cities") == ""
        assert self.spelling(backend, "하천은", "ko") == ""

    def test_expired_removed_and_short_words_are_not_proposed(self, backend):
        gone = timezone.now() - datetime.timedelta(seconds=5)
        self.write(backend, document(1, title="Otters", expires_at=gone), document(2, title="Wetlands"))
        self.write(backend, document(3, title="Elm"), document(4, "zh-hans", "城市"))
        self.remove(backend, 2)
        self.write(backend, document(5, title="What we know"))
        for typed, language in (("oters", "en"), ("wetlnds", "en"), ("elk", "en"), ("snow", "en"), ("成市", "zh-hans")):
            assert self.spelling(backend, typed, language) == "", typed

    def test_only_the_first_page_is_corrected(self, backend):
        self.write(backend, document(1, title="Biodiversity"))
        assert self.spelling(backend, "biodiverstiy", page=2) == ""
        # What other words found is weighed against it where both are known (test_other_words.py).
        assert self.spelling(backend, "biodiverstiy", alternatives=(Alternative("en", "species"),)) == "biodiversity"

    def test_long_questions_are_answered_without_a_proposal(self, backend):
        self.write(backend, document(1, title="Rivers"))
        for typed in ("rivres " * 20, "环境" * 90, "환경 " * 60, "x" * 200):
            assert self.spelling(backend, typed) == ""
