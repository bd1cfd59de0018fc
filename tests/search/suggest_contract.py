"""What every engine has to suggest. A part of BackendContract, in a file of its own."""

import datetime
import itertools
from typing import Any

import pytest
from django.utils import timezone

from cms.languages import CODES
from search.backends.base import SearchBackend
from search.documents import place_value
from search.snippets import text_of
from search.suggesting import Suggestion, SuggestRequest
from search.themes import theme_names
from tests.search.backend_contract import document, marked

SUWON = place_value({"en": "Suwon", "ko": "수원시", "ja": "水原市"}, ["Suigen"])


class SuggestContract:
    """Suggestions while a question is typed; mixed into BackendContract."""

    def suggest(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> list[Suggestion]:
        return list(backend.suggest(SuggestRequest(query, language, **fields)))

    def titles(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> list[str]:
        return [text_of(suggestion.title) for suggestion in self.suggest(backend, query, language, **fields)]

    @pytest.fixture(autouse=True)
    def themes(self, monkeypatch):
        names = (("en", "Water"), ("zh-hant", "水"), ("ko", "물"), ("ja", "水"), ("zh-hans", "水"))
        monkeypatch.setattr("search.suggesting.theme_names", lambda: (("water", names),))
        assert callable(theme_names)

    def test_page_is_suggested_with_its_address_and_what_was_typed_marked(self, backend):
        self.write(backend, document(1, title="Clean Rivers of Suwon", kind="case", url="/en/cases/rivers/"))
        [suggestion] = self.suggest(backend, "riv")
        assert (suggestion.group, suggestion.language, suggestion.url) == ("case", "en", "/en/cases/rivers/")
        assert text_of(suggestion.title) == "Clean Rivers of Suwon"
        assert marked(suggestion.title) == ["Riv"]

    @pytest.mark.parametrize(
        ("language", "title", "typed"),
        [
            ("en", "Clean rivers of São Paulo", "sao pau"),
            ("en", "Clean rivers of São Paulo", "riv cl"),
            ("en", "Waste-water treatment", "waste-wa"),
            ("en", "nrg4SD at CBD COP 12", "cop 1"),
            ("en", "An internationalisationally minded town", "internationalisationally"),
            ("ko", "경기도 수원시의 맑은 하천", "수원"),
            ("ko", "경기도 수원시의 맑은 하천", "하천 수"),
            ("ja", "都市における生物多様性の保全", "生物多"),
            ("ja", "都市における生物多様性の保全", "における生"),
            ("ja", "ﾊﾞｲｵﾏｽ発電を始めた町", "バイオ"),
            ("ja", "都市における生物多様性の保全", "せいぶ"),
            ("ja", "都市における生物多様性の保全", "としに"),
            ("ja", "都市における生物多様性の保全", "ﾎｾﾞﾝ せいぶつたよう"),
            ("zh-hans", "我们保护城市的生物多样性", "城市的"),
            ("zh-hans", "我们保护城市的生物多样性", "性"),
            ("zh-hans", "我们保护城市的生物多样性", "生物多樣"),
            ("zh-hant", "我們保護城市的生物多樣性", "生物多样"),
        ],
    )
    def test_beginning_of_any_word_of_a_title_suggests_it(self, backend, language, title, typed):
        self.write(backend, document(1, language, title), document(2, language, "1234"))
        assert self.titles(backend, typed, language) == [title]

    def test_every_state_of_typing_hangul_suggests_what_is_typed(self, backend):
        self.write(backend, document(1, "ko", "경기도 수원시의 하천"), document(2, "ko", "서울의 나무"))
        for typed in ("수", "숭", "수우", "수워", "수원", "수원ㅅ", "수원시", "수원싱", "수원시의"):
            assert self.titles(backend, typed, "ko") == ["경기도 수원시의 하천"], typed
        assert sorted(self.titles(backend, "ㅅ", "ko")) == ["경기도 수원시의 하천", "서울의 나무"]
        assert self.titles(backend, "수완", "ko") == []

    def test_characters_in_another_order_suggest_nothing(self, backend):
        self.write(backend, document(1, "zh-hans", "城市的水"), document(2, title="Clean rivers"))
        assert self.titles(backend, "水城", "zh-hans") == []
        assert self.titles(backend, "ivers") == []

    def test_title_that_begins_like_that_comes_first(self, backend):
        self.write(
            backend,
            document(1, title="Rivers of the whole wide world and their water"),
            document(2, title="Old rivers"),
        )
        assert self.titles(backend, "river") == ["Rivers of the whole wide world and their water", "Old rivers"]

    def test_title_of_a_translation_suggests_the_page_in_the_readers_language(self, backend):
        both = {"key": "k", "languages": ("en", "ko")}
        self.write(
            backend,
            document(1, "en", "Clean rivers", titles=("맑은 하천",), **both),
            document(2, "ko", "맑은 하천", titles=("Clean rivers",), **both),
        )
        assert self.titles(backend, "하천", "en") == ["Clean rivers"]
        assert self.titles(backend, "clean", "ko") == ["맑은 하천"]

    def test_page_of_another_language_follows_and_translations_are_one(self, backend):
        both = {"key": "k", "languages": ("ja", "zh-hans")}
        self.write(
            backend, document(1, "en", "COP 12 in short"), document(2, "ja", "COP 12 の記録", **both),
            document(3, "zh-hans", "COP 12 记录", **both),
        )  # fmt: skip
        assert [each.language for each in self.suggest(backend, "cop", "en")] == ["en", "ja"]
        chosen = self.suggest(backend, "cop", "ko", preferred=("zh-hans", "en"))
        assert sorted(each.language for each in chosen) == ["en", "zh-hans"]

    def test_pages_of_one_kind_stand_together(self, backend):
        kinds = itertools.cycle(("case", "news", "partner"))
        self.write(backend, *(document(page_id, title=f"River {page_id}", kind=next(kinds)) for page_id in range(1, 7)))
        groups = [suggestion.group for suggestion in self.suggest(backend, "river")]
        assert len([kind for kind, _ in itertools.groupby(groups)]) == 3
        assert len(groups) == 6

    def test_city_is_suggested_once_in_the_readers_language_with_its_pages(self, backend):
        case = {"key": "k", "languages": ("en", "ko"), "places": (SUWON,)}
        self.write(
            backend, document(1, "en", "Clean streams", **case), document(2, "ko", "맑은 하천", **case),
            document(3, "en", "Green roofs", places=(SUWON,)),
            document(4, "en", "Trams", places=(place_value({"en": "Suwa"}),)),
        )  # fmt: skip
        asked = [
            ("suwo", "en", "Suwon"),
            ("수우", "en", "Suwon"),
            ("水原", "ko", "수원시"),
            ("suigen", "zh-hans", "Suwon"),
        ]
        for typed, language, name in asked:
            [suggestion] = self.suggest(backend, typed, language)
            assert (suggestion.group, text_of(suggestion.title), suggestion.count) == ("place", name, 2), typed
            assert suggestion.query == name
        assert self.titles(backend, "suw") == ["Suwon", "Suwa"]

    def test_country_and_theme_are_suggested_where_there_are_pages(self, backend):
        assert self.suggest(backend, "Kor") == []
        self.write(
            backend, document(1, title="Clean streams", country="KR", themes=("water",)),
            document(2, "ja", "きれいな川", country="KR"),
        )  # fmt: skip
        [country] = self.suggest(backend, "Kor")
        assert (country.group, text_of(country.title), country.count) == ("place", "South Korea", 2)
        assert self.titles(backend, "대한", "ja") == ["韓国"]
        [theme] = self.suggest(backend, "물", "en")
        assert (theme.group, text_of(theme.title), theme.query, theme.count) == ("theme", "Water", "Water", 1)

    def test_expired_and_removed_pages_are_suggested_nowhere(self, backend):
        gone = {"country": "KR", "themes": ("water",), "places": (SUWON,),
                "expires_at": timezone.now() - datetime.timedelta(seconds=5)}  # fmt: skip
        self.write(
            backend, document(1, title="Suwon water", **gone), document(2, "ja", "Suwon water Korea", **gone),
            document(3, title="Suwon rivers"),
        )  # fmt: skip
        self.remove(backend, 3)
        for typed in ("suwon", "wat", "kor", "riv", "水"):
            assert self.suggest(backend, typed) == [], typed

    def test_few_are_shown_of_many(self, backend):
        for code in CODES[:3]:
            first = 100 * CODES.index(code)
            self.write(backend, *(document(first + number, code, f"River {number}") for number in range(1, 15)))
        languages = [suggestion.language for suggestion in self.suggest(backend, "river", "ko")]
        assert (len(languages), languages.count("ko")) == (9, 6)
        assert len(self.suggest(backend, "river", "ja")) == 9

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "…", "'", "*", "title:riv", "{title}", "\x00", "a " * 100, "환" * 200, "环境" * 100, "x" * 200,
         "\U0001f30a", "e\u0301\u0301", "\u202eriv", "ไทย", "ㅅ" * 100, "ー", '"', "riv-", "^riv", "NEAR(a b)"],
    )  # fmt: skip
    def test_any_text_is_taken(self, backend, typed):
        self.write(backend, document(1, title="Rivers"))
        assert len(self.suggest(backend, typed)) <= 1
