"""Ways of writing the same, a table a language: each question finds the text beside it, first."""

import pytest

from search.attachments import Attachment
from search.backends.base import Put, SearchRequest
from search.snippets import text_of
from tests.search.backend_contract import document

# Language -> (text of a page, what is typed).
MEETINGS: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("The wetlands were restored by volunteers.", "wetland"),
        ("A bus lane on every avenue", "avenues"),
        ("Zürich and its trams", "Zurich"),
        ("A low-emission zone in the centre", "low emission"),
        ("Rain water is kept in rain-gardens.", "rain gardens"),
        ("Declaration of nrg4SD", "NRG4SD"),
        ("The outcome of CBD COP 12", "CBD COP 12"),
        ("Mayors’ summit on biodiversity", "mayor summit"),
        ("Østerbro drains its cloudbursts", "Osterbro"),
        ("Trams of Łódź and Diyarbakır", "Lodz Diyarbakir"),
        ("Ferries of İzmir", "Izmir"),
        ("The dragon bridge of Da Nang", "Đà Nẵng"),
        ("A bio\u00addiversity strategy", "biodiversity strategy"),
        ("On-line seminars for mayors", "online"),
        ("International co-operation of towns", "cooperation"),
        ("A carfree quarter by the sea", "car-free quarter"),
        ("Low-energy houses on the hill", "lowenergy houses"),
        ("Door-to-door collection of glass", "door to door"),
        ("Composting at every school", "com\u00adposting"),
    ],
    "ko": [
        ("수원시는 자동차 없는 한 달을 열었다.", "수원시"),
        ("청계천을 되살린 이야기", "청계천"),
        ("생물다양성 협약 당사국총회", "생물 다양성"),
        ("전기 버스를 들여온 도시", "전기버스"),
        ("비무장지대에서 만난 두루미", "비무장지대의"),
        ("水原의 성곽을 걷다", "수원의 성곽"),
        ("ＩＣＬＥＩ 사무국", "iclei"),
        ("성남시의 탄천", "성\u200b남"),
        ("광\u200b명\u200b시의 동굴", "광명"),
    ],
    "ja": [
        ("サーバーの熱で温室を暖める", "サーバ"),
        ("コンピュータで川を見守る", "コンピューター"),
        ("ﾊﾞｲｵﾏｽ発電所の見学", "バイオマス"),
        ("國際会議が開かれた", "国際会議"),
        ("金澤市の用水", "金沢"),
        ("髙島屋の屋上緑化", "高島屋"),
        ("横浜の港を歩く", "橫濱"),
        ("渡邉市長の話", "渡辺市長"),
        ("葛\U000e0100城市の古道", "葛城市"),
        ("芦屋の海辺", "芦\U000e0101屋"),
        ("自転車で通う子どもたち", "自転車"),
        ("ごみを分ける暮らし", "ゴミ"),
        ("サミットの宣言文", "さみっと"),
        ("水素バスが走る", "ばす"),
        ("ＣＯ２を減らす町", "CO2"),
        ("水を汚さない工場に変わった", "汚す"),
    ],
    "zh-hans": [
        ("国家公园里的鸟类", "國家公園"),
        ("垃圾按袋收费的经验", "收費"),
        ("ＩＣＬＥＩ东亚办事处", "iclei"),
        ("海绵城市的雨水花园", "雨水花园"),
        ("发展低碳交通", "發展"),
    ],
    "zh-hant": [
        ("國家公園裡的鳥類", "国家公园"),
        ("垃圾費隨袋徵收的經驗", "征收"),
        ("臺北市的自行車道", "台北"),
        ("髮廊節約用水", "发廊"),
        ("高雄的輕軌列車", "轻轨"),
    ],
}


class LanguageContract:
    """What readers type and authors write differs, and meets. A subclass provides ``backend``, prepared and empty."""

    base = 0

    @pytest.mark.parametrize("language", MEETINGS)
    def test_ways_of_writing_the_same_meet(self, backend, language):
        pages = [document(number, language, "…", body=text) for number, (text, _) in enumerate(MEETINGS[language], 1)]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        found = {
            query: [hit.page_id for hit in backend.search(SearchRequest(query, language)).own.hits][:1]
            for _, query in MEETINGS[language]
        }
        assert found == {query: [number] for number, (_, query) in enumerate(MEETINGS[language], 1)}

    @pytest.mark.parametrize(
        ("text", "query"),
        [
            ("気候変動への適応", "きこうへんどう"),
            ("気候変動への適応", "ヘンドウへのてき"),
            ("気候変動への適応", "ﾃｷｵｳ きこう"),
            ("国連の生物多様性会議", "せいぶつたようせい"),
            ("学校の屋上緑化", "がっこう"),
            ("ごみ袋の有料化", "ごみぶくろ"),
        ],
    )
    @pytest.mark.parametrize("field", ["title", "summary", "important"])
    @pytest.mark.parametrize("reader", ["ja", "ko"])
    def test_kana_find_what_is_read_so(self, backend, text, query, field, reader):
        pages = [document(1, "ja", **{"title": "二番目", field: text}), document(2, "ja", "図書館の開館")]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        results = backend.search(SearchRequest(query, reader))
        assert [hit.page_id for hit in (*results.own.hits, *results.other.hits)] == [1]

    @pytest.mark.parametrize("query", ["うへんどう", "きこうてきおう", "き", "きこう てきよう"])
    def test_kana_find_nothing_that_is_read_otherwise(self, backend, query):
        assert backend.apply([Put(document(1, "ja", "気候変動への適応"), self.base + 1)], seconds=30) == {}
        backend.refresh()
        assert backend.search(SearchRequest(query, "ja")).own.total == 0

    def test_page_that_is_read_so_may_offer_files(self, backend):
        programme = Attachment("Programme", "/documents/1/programme.pdf", "10時 開会")
        pages = [document(1, "ja", "気候変動", attachments=(programme,))]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        [hit] = backend.search(SearchRequest("きこうへんどう", "ja")).own.hits
        assert hit.attachments == ()

    def test_kana_mark_nothing_in_a_page_that_is_read_so(self, backend):
        page = document(1, "ja", "生物多様性", summary="どのように守るのか。")
        assert backend.apply([Put(page, self.base + 1)], seconds=30) == {}
        backend.refresh()
        [hit] = backend.search(SearchRequest("せいぶつたようせい", "ja")).own.hits
        assert not any(part.marked for part in (*hit.title, *hit.snippet))

    def test_title_that_is_read_so_stands_above_a_summary(self, backend):
        pages = [
            document(1, "ja", "報告書", summary="気候変動の影響"),
            document(2, "ja", "気候変動"),
            document(3, "ja", "年報", summary="気候変動の対策"),
        ]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        first, *others = backend.search(SearchRequest("きこうへんどう", "ja")).own.hits
        assert (first.page_id, {hit.page_id for hit in others}) == (2, {1, 3})

    @pytest.mark.parametrize(
        ("language", "title", "query", "marked"),
        [
            ("en", "A bio\u00addiversity strategy", "biodiversity", "bio\u00addiversity"),
            ("en", "Østerbro drains cloudbursts", "osterbro", "Østerbro"),
            ("en", "Ten on-line seminars", "online", "on-line"),
            ("ko", "도시의 low‐energy 주택", "lowenergy", "low‐energy"),
            ("ko", "경기도 수\u200b원시", "수원시", "수\u200b원시"),
            ("ja", "新しいゴミ処理場", "ごみ", "ゴミ"),
            ("ja", "市長は渡邉\U000e0100である", "渡辺", "渡邉\U000e0100"),
        ],
    )
    def test_marks_stand_on_the_text_as_it_was_written(self, backend, language, title, query, marked):
        assert backend.apply([Put(document(1, language, title), self.base + 1)], seconds=30) == {}
        backend.refresh()
        [hit] = backend.search(SearchRequest(query, language)).own.hits
        assert text_of(hit.title) == title
        assert [part.text for part in hit.title if part.marked] == [marked]

    @pytest.mark.parametrize("query", ["online", "on-line", "on‑line", "ON-LINE seminars", "online seminars"])
    @pytest.mark.parametrize("language", ["en", "ja"])
    def test_hyphenated_question_asks_for_the_whole_word(self, backend, language, query):
        titles = ["Online seminars", "On-line seminars", "A line of seminars", "Line fishing goes on"]
        pages = [document(number, language, title) for number, title in enumerate(titles, 1)]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        first, second, *others = backend.search(SearchRequest(query, language)).own.hits
        assert {first.page_id, second.page_id} == {1, 2}
        marked = {part.text.lower() for hit in others for part in hit.title if part.marked}
        # Dictionaries of other languages have the parts only.
        assert "line" not in marked or language != "en"

    @pytest.mark.parametrize(
        ("language", "title", "query"),
        [
            ("en", "Biodiversity of wetlands", "biodivresity"),
            ("en", "Rotterdam keeps the rain", "otterdam"),
            ("ko", "청계천 이야기", "창계천"),
            ("ko", "기타큐슈", "기큐타슈"),
            ("ko", "청계천 이야기", "창계천의"),
            ("ko", "기타큐슈 하늘", "기큐타슈에서"),
        ],
    )
    def test_misspelled_word_of_a_title_finds_it(self, backend, language, title, query):
        pages = [document(1, language, title), document(2, language, "2027")]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        assert [hit.page_id for hit in backend.search(SearchRequest(query, language)).own.hits] == [1]

    @pytest.mark.parametrize("language", MEETINGS)
    @pytest.mark.parametrize("query", ["Suwon", "수원", "水原", "suwŏn", "ＳＵＷＯＮ"])
    def test_place_is_found_by_its_name_in_any_language(self, backend, language, query):
        place = ("수원시", "Suwon", "水原市")
        pages = [document(1, language, "2026", names=("2026", *place)), document(2, language, "2027")]
        assert backend.apply([Put(page, self.base + 1) for page in pages], seconds=30) == {}
        backend.refresh()
        assert [hit.page_id for hit in backend.search(SearchRequest(query, language)).own.hits] == [1]
