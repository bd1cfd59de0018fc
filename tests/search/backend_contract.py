"""What every engine of public search must do. A subclass provides the fixture ``backend``, prepared and empty."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from cms.languages import CODES
from search.attachments import Attachment
from search.backends.base import BESIDE, Filters, Put, Remove, SearchBackend, SearchRequest, SearchResults
from search.documents import PageDocument
from search.snippets import Snippet, text_of

LONG = "The river was clean again. " * 40


def document(page_id: int, language: str = "en", title: str = "A page", **fields: Any) -> PageDocument:
    key = fields.pop("key", f"00000000-0000-0000-0000-{page_id:012d}")
    fields = {
        "languages": (language,),
        "kind": "page",
        "url": f"/{language}/page-{page_id}/",
        "names": (title,),
    } | fields
    return PageDocument(page_id=page_id, language=language, translation_key=key, title=title, **fields)


def marked(snippet: Snippet) -> list[str]:
    return [part.text for part in snippet if part.marked]


class ContractTools:
    """What the contracts ask an engine with."""

    # Versions start above those of tests before, where these left their traces in one engine.
    base = 0

    def put(self, document: PageDocument, version: int) -> Put:
        return Put(document, self.base + version)

    def write(self, backend: SearchBackend, *documents: PageDocument, version: int = 1) -> None:
        assert backend.apply([self.put(document, version) for document in documents]) == {}
        backend.refresh()

    def remove(self, backend: SearchBackend, page_id: int, language: str = "en", version: int = 2) -> None:
        assert backend.apply([Remove(page_id, language, self.base + version)]) == {}
        backend.refresh()

    def ask(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> SearchResults:
        return backend.search(SearchRequest(query, language, **fields))

    def counts(self, backend: SearchBackend, query: str, facet: str, **fields: Any) -> dict[str, int]:
        facets = self.ask(backend, query, **fields).facets
        return {count.value: count.count for count in facets if count.facet == facet}

    def found(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> list[int]:
        return [hit.page_id for hit in self.ask(backend, query, language, **fields).own.hits]

    def found_elsewhere(self, backend: SearchBackend, query: str, language: str = "en", **fields: Any) -> list[int]:
        return [hit.page_id for hit in self.ask(backend, query, language, **fields).other.hits]


class BackendContract(ContractTools):
    """Behaviour, not scores: what is found, for whom, in which order where that is certain, and how it is shown."""

    # Writing

    def test_written_page_is_found_with_all_that_is_shown(self, backend):
        # In Seoul; it is still the day before in UTC.
        starts = datetime.datetime(2027, 5, 3, 5, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
        page = document(
            1, title="Clean rivers", summary="How a town did it.", kind="event", country="KR", starts_at=starts,
            ends_at=starts + datetime.timedelta(hours=2), date=datetime.date(2027, 5, 3), deadlines=(starts,),
        )  # fmt: skip
        self.write(backend, page)
        [hit] = self.ask(backend, "rivers").own.hits
        assert text_of(hit.title) == "Clean rivers"
        assert text_of(hit.snippet) == "How a town did it."
        assert (hit.page_id, hit.language, hit.kind, hit.url, hit.country) == (1, "en", "event", "/en/page-1/", "KR")
        assert (hit.date, hit.starts_at, hit.ends_at) == (page.date, page.starts_at, page.ends_at)
        assert [time.isoformat() for time in (hit.starts_at, *hit.deadlines)] == ["2027-05-03T05:30:00+09:00"] * 2
        assert hit.translation_key == page.translation_key

    def test_rewritten_page_is_found_by_its_new_text_only(self, backend):
        self.write(backend, document(1, title="Rivers"), version=1)
        self.write(backend, document(1, title="Forests"), version=2)
        assert self.found(backend, "rivers") == []
        assert self.found(backend, "forests") == [1]

    def test_removed_page_is_not_found(self, backend):
        self.write(backend, document(1, title="Rivers"), document(2, title="Rivers and lakes"))
        self.remove(backend, 1)
        assert self.found(backend, "rivers") == [2]

    def test_removing_an_unknown_page_is_no_error(self, backend):
        self.remove(backend, 404)

    def test_older_version_never_replaces_a_newer_one(self, backend):
        self.write(backend, document(1, title="Rivers"), version=5)
        self.write(backend, document(1, title="Forests"), version=4)
        assert self.found(backend, "rivers") == [1]
        assert self.found(backend, "forests") == []

    def test_late_write_does_not_undo_a_removal(self, backend):
        self.write(backend, document(1, title="Rivers"), version=5)
        self.remove(backend, 1, version=6)
        self.write(backend, document(1, title="Rivers"), version=5)
        assert self.found(backend, "rivers") == []

    def test_late_removal_does_not_undo_a_write(self, backend):
        self.write(backend, document(1, title="Rivers"), version=7)
        self.remove(backend, 1, version=6)
        assert self.found(backend, "rivers") == [1]

    def test_same_version_may_be_written_again(self, backend):
        self.write(backend, document(1, title="Rivers"), version=3)
        self.write(backend, document(1, title="Forests"), version=3)
        assert self.found(backend, "forests") == [1]

    def test_removed_page_may_come_back(self, backend):
        self.write(backend, document(1, title="Rivers"), version=1)
        self.remove(backend, 1, version=2)
        self.write(backend, document(1, title="Rivers"), version=3)
        assert self.found(backend, "rivers") == [1]

    def test_inventory_lists_pages_versions_and_digests_in_order(self, backend):
        second, first = document(20, title="Rivers"), document(3, title="Forests")
        self.write(backend, second, version=7)
        self.write(backend, first, document(4, "ko", "숲"), document(5), version=1)
        self.remove(backend, 5)
        listed = [(item.page_id, item.version - self.base, item.digest) for item in backend.inventory("en")]
        assert listed == [(3, 1, first.digest), (20, 7, second.digest)]
        assert [item.page_id for item in backend.inventory("ja")] == []

    def test_prepared_backend_is_not_outdated(self, backend):
        assert backend.outdated(CODES) == []
        backend.prepare()
        assert backend.outdated(CODES) == []

    # Rebuilding

    def test_rebuild_is_unseen_before_commit_and_replaces_all_at_once(self, backend):
        self.write(backend, document(1, title="Rivers old"), document(2, title="Rivers gone"))
        rebuild = backend.start_rebuild("en")
        rebuild.write([self.put(document(1, title="Rivers new"), 1), self.put(document(3, title="Rivers too"), 0)])
        backend.refresh()
        assert sorted(self.found(backend, "rivers")) == [1, 2]
        rebuild.commit()
        assert sorted(self.found(backend, "rivers")) == [1, 3]
        assert [item.version - self.base for item in backend.inventory("en")] == [1, 0]

    def test_aborted_rebuild_leaves_the_old_index(self, backend):
        self.write(backend, document(1, title="Rivers"))
        rebuild = backend.start_rebuild("en")
        rebuild.write([self.put(document(2, title="Rivers"), 1)])
        rebuild.abort()
        assert self.found(backend, "rivers") == [1]
        assert backend.outdated(["en"]) == []

    def test_rebuilt_index_takes_changes(self, backend):
        rebuild = backend.start_rebuild("en")
        rebuild.write([self.put(document(1, title="Rivers"), 4)])
        rebuild.commit()
        self.write(backend, document(2, title="Rivers"))
        self.remove(backend, 1, version=5)
        assert self.found(backend, "rivers") == [2]

    # Words of each language

    @pytest.mark.parametrize(
        ("language", "text", "query"),
        [
            ("en", "The cities’ biodiversity strategies were adopted.", "city strategy"),
            ("en", "The café on the quay", "CAFE"),
            ("en", "Declaration of nrg4SD at CBD COP 12", "cop 12"),
            ("en", "Waste-water treatment", "waste water"),
            ("ko", "이 도시의 생물다양성을 보전한다", "도시"),
            ("ko", "이 도시의 생물다양성을 보전한다", "생물다양성"),
            ("ko", "이 도시는 물을 아낀다", "도시의"),
            ("ko", "어린이가 자전거로 학교에 간다", "자전거"),
            ("ja", "都市における生物多様性の保全について", "生物多様性"),
            ("ja", "関西国際空港の環境対策", "空港"),
            ("ja", "ﾊﾞｲｵﾏｽ発電を始めた", "バイオマス"),
            ("zh-hans", "我们保护城市的生物多样性和水资源", "生物多样性"),
            ("zh-hans", "我们保护城市的生物多样性和水资源", "水资源"),
            ("zh-hans", "我们保护城市的生物多样性和水资源", "水"),
            ("zh-hant", "我們保護城市的生物多樣性與水資源", "生物多樣性"),
            ("zh-hant", "我們保護城市的生物多樣性與水資源", "城市"),
        ],
    )
    def test_word_is_found_inside_a_sentence(self, backend, language, text, query):
        self.write(backend, document(1, language, "…", body=text), document(2, language, "…", body="1234"))
        assert self.found(backend, query, language) == [1]

    @pytest.mark.parametrize(
        ("language", "text", "query"),
        [
            ("zh-hans", "城市的生物多样性与环境保护", "生物多樣性"),
            ("zh-hant", "城市的生物多樣性與環境保護", "环境保护"),
            ("zh-hant", "國際組織", "国际"),
            ("zh-hans", "发展与头发", "發展"),
        ],
    )
    def test_traditional_and_simplified_meet(self, backend, language, text, query):
        self.write(backend, document(1, language, "…", body=text))
        assert self.found(backend, query, language) == [1]

    def test_unfinished_word_finds_a_title(self, backend):
        self.write(backend, document(1, title="Biodiversity in towns"), document(2, "ko", "수원시의 하천"))
        assert self.found(backend, "biodiv") == [1]
        assert self.found(backend, "수원", "ko") == [2]

    def test_title_stands_above_text(self, backend):
        self.write(
            backend,
            document(1, title="Water", body="Of rivers, forests and soil."),
            document(2, title="Rivers", body="Of soil, forests and water."),
        )
        assert self.found(backend, "rivers") == [2, 1]
        assert self.found(backend, "water") == [1, 2]

    # Languages side by side

    def test_own_language_is_answered_first_and_others_apart(self, backend):
        self.write(
            backend, document(1, "en", "Suwon"), document(2, "ko", "수원", names=("수원", "Suwon")),
            document(3, "ja", "水原", names=("水原", "Suwon")),
        )  # fmt: skip
        answer = self.ask(backend, "Suwon", "ko")
        assert [hit.language for hit in answer.own.hits] == ["ko"]
        assert sorted(hit.language for hit in answer.other.hits) == ["en", "ja"]
        assert (answer.own.total, answer.other.total) == (1, 2)

    def test_name_in_another_language_finds_the_page(self, backend):
        self.write(backend, document(1, "en", "Clean rivers", names=("Clean rivers", "수원", "大韓民国")))
        assert self.found(backend, "수원", "en") == [1]
        assert self.found(backend, "大韩民国", "en") == [1]
        assert self.found_elsewhere(backend, "수원", "ko") == [1]

    @pytest.mark.parametrize("query", ["Suigen", "水原", "수원시", "suwŏn", "鳥取", "鸟取"])
    def test_other_name_of_its_town_finds_a_page(self, backend, query):
        towns = ("Suigen", "Suwŏn", "수원시", "水原", "鳥取")
        self.write(backend, document(1, "en", "Clean rivers", towns=towns), document(2, "en", "Clean lakes"))
        assert self.found(backend, query, "en") == [1]
        assert self.found_elsewhere(backend, query, "ko") == [1]

    def test_page_of_own_language_is_not_repeated_in_others(self, backend):
        both = {"key": "k", "languages": ("en", "ko"), "names": ("Rivers", "강")}
        self.write(backend, document(1, "en", "Rivers", **both), document(2, "ko", "강", **both))
        assert self.found(backend, "rivers", "ko") == [2]
        assert self.found_elsewhere(backend, "rivers", "ko") == []

    @pytest.mark.parametrize(("reader", "query"), [("en", "빗물 저류"), ("ko", "stormwater")])
    def test_page_that_matches_in_another_language_only_is_shown_in_it(self, backend, reader, query):
        both = {"key": "k", "languages": ("en", "ko"), "names": ("Rivers", "강"), "kind": "case"}
        english = document(1, "en", "Rivers", body="The city holds stormwater back.", **both)
        self.write(backend, english, document(2, "ko", "강", body="도시가 빗물 저류 시설을 둔다.", **both))
        answer = self.ask(backend, query, reader)
        (row,) = answer.other.hits
        assert (answer.own.total, answer.other.total, row.page_id) == (0, 1, 1 if reader == "ko" else 2)
        assert "".join(marked(row.snippet)).replace(" ", "") == query.replace(" ", "")
        assert self.found_elsewhere(backend, query, reader, elsewhere=True) == [row.page_id]
        assert self.counts(backend, query, "kinds", language=reader) == {"case": 1}

    def test_version_of_an_own_page_is_not_shown_where_the_own_language_has_any(self, backend):
        both = {"key": "k", "languages": ("en", "ko"), "names": ("Rivers", "강")}
        english = document(1, "en", "Rivers", body="The city holds stormwater back.", **both)
        own = document(3, "ko", "Stormwater", kind="news")
        self.write(backend, english, document(2, "ko", "강", body="도시가 물을 둔다.", **both), own)
        assert self.found(backend, "stormwater", "ko") == [3]
        assert self.found_elsewhere(backend, "stormwater", "ko") == []
        # Not even where what was chosen leaves nothing of the own: the counts are those of the same pages.
        assert self.found_elsewhere(backend, "stormwater", "ko", filters=Filters(kinds=("page",))) == []

    def test_version_of_an_own_page_is_not_shown_for_a_question_in_the_own_language(self, backend):
        both = {"key": "k", "languages": ("ja", "zh-hant"), "names": ("川",)}
        self.write(backend, document(1, "ja", "川", **both), document(2, "zh-hant", "川", body="雨水", **both))
        assert self.found_elsewhere(backend, "雨水", "ja") == []

    def test_translations_make_one_row(self, backend):
        both = {"key": "k", "languages": ("en", "ja"), "names": ("Rivers", "川")}
        self.write(backend, document(1, "en", "Rivers", **both), document(2, "ja", "川", **both))
        answer = self.ask(backend, "rivers", "ko")
        assert answer.own.total == 0
        assert answer.other.total == 1
        assert [hit.translation_key for hit in answer.other.hits] == ["k"]

    def test_few_rows_of_others_stand_beside_own_and_all_by_themselves(self, backend):
        pages = [document(page_id, "en", "Rivers") for page_id in range(1, 13)]
        self.write(backend, *pages, document(20, "ko", "강", names=("강", "rivers")))
        assert len(self.found_elsewhere(backend, "rivers", "ko")) == BESIDE
        assert self.found_elsewhere(backend, "rivers", "ko", page=2) == []
        assert self.ask(backend, "rivers", "ko").other.total == 12
        first = self.found_elsewhere(backend, "rivers", "ko", elsewhere=True)
        second = self.found_elsewhere(backend, "rivers", "ko", elsewhere=True, page=2)
        assert (len(first), len(second), len({*first, *second})) == (10, 2, 12)
        assert self.found(backend, "rivers", "ko", elsewhere=True) == []
        assert len(self.found_elsewhere(backend, "rivers", "ja")) == 10

    # Narrowing and paging

    def test_pages_of_results_hold_every_row_once(self, backend):
        self.write(backend, *(document(page_id, title="Rivers") for page_id in range(1, 26)))
        pages = [self.found(backend, "rivers", page=page) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert sorted(page_id for page in pages for page_id in page) == list(range(1, 26))
        assert self.ask(backend, "rivers", page=3).own.total == 25

    def test_expired_page_is_not_found_even_before_it_is_removed(self, backend):
        now = timezone.now()
        self.write(
            backend,
            document(1, title="Rivers", expires_at=now - datetime.timedelta(seconds=5)),
            document(2, title="Rivers", expires_at=now + datetime.timedelta(hours=1)),
            document(3, "ja", "Rivers", expires_at=now - datetime.timedelta(seconds=5)),
        )
        answer = self.ask(backend, "rivers")
        assert [hit.page_id for hit in answer.own.hits] == [2]
        assert answer.other.total == 0
        assert self.counts(backend, "rivers", "kinds") == {"page": 1}

    # Marks

    @pytest.mark.parametrize(
        ("language", "title", "body", "query", "marks"),
        [
            ("en", "Clean rivers", LONG + "Then the biodiversity of cities grew.", "biodiversity", ["biodiversity"]),
            ("en", "Clean rivers", LONG + "Then the cities grew.", "city", ["cities"]),
            ("ko", "맑은 물", "이곳의 강. " * 60 + "도시의 생물다양성을 지킨다.", "생물다양성", ["생물다양성"]),
            ("ja", "川", "川はきれいになった。" * 40 + "都市の生物多様性を守る。", "生物多様性", ["生物多様性"]),
            ("zh-hans", "河流", "河水又清了。" * 60 + "保护城市的生物多样性。", "生物多样性", ["生物多样性"]),
            ("zh-hant", "河流", "河水又清了。" * 60 + "保護城市的生物多樣性。", "生物多样性", ["生物多樣性"]),
        ],
    )
    def test_snippet_shows_and_marks_what_matched(self, backend, language, title, body, query, marks):
        self.write(backend, document(1, language, title, body=body))
        [hit] = self.ask(backend, query, language).own.hits
        found = marked(hit.snippet)
        assert "".join(found).startswith(marks[0][:2])
        assert set("".join(found)) <= set(marks[0])
        assert len(text_of(hit.snippet)) < 320

    def test_title_is_marked(self, backend):
        self.write(backend, document(1, title="Clean Rivers of Suwon"), document(2, "zh-hant", "城市的生物多樣性"))
        assert marked(self.ask(backend, "rivers").own.hits[0].title) == ["Rivers"]
        assert "".join(marked(self.ask(backend, "生物多样性", "zh-hant").own.hits[0].title)) == "生物多樣性"
        assert "".join(marked(self.ask(backend, "城市", "zh-hant").own.hits[0].title)) == "城市"

    def test_summary_is_shown_unless_the_text_alone_matches(self, backend):
        self.write(backend, document(1, title="Pure rivers", summary="How a town did it.", body=LONG + "Otters came."))
        assert text_of(self.ask(backend, "pure").own.hits[0].snippet) == "How a town did it."
        assert marked(self.ask(backend, "otters").own.hits[0].snippet) == ["Otters"]
        assert marked(self.ask(backend, "town").own.hits[0].snippet) == ["town"]

    def test_content_that_looks_like_html_stays_text(self, backend):
        self.write(backend, document(1, title="<b>Rivers</b> & <script>", body="1 < 2 rivers > 0"))
        [hit] = self.ask(backend, "rivers").own.hits
        assert text_of(hit.title) == "<b>Rivers</b> & <script>"
        assert marked(hit.title) == ["Rivers"]

    def test_characters_outside_the_basic_plane_stay_whole(self, backend):
        body = "𠮷野家の𩸽👩‍👩‍👧‍👦🇰🇷" * 60 + "で川を守る" + "𠮷野家の𩸽👩‍👩‍👧‍👦" * 60
        self.write(backend, document(1, "ja", "𠮷野の川", body=body))
        [hit] = self.ask(backend, "川を守る", "ja").own.hits
        for text in (text_of(hit.title), text_of(hit.snippet)):
            text.encode("utf-8")
            assert "\ufffd" not in text

    # Files of a page

    def test_file_finds_its_page_and_is_shown_below_it(self, backend):
        checklist = Attachment("Checklist (PDF)", "/documents/7/checklist.pdf", LONG + "Bring sturdy shoes.")
        programme = Attachment("Programme", "/documents/8/programme.docx", "Mayors meet.")
        self.write(
            backend,
            document(1, title="Study visits", summary="Who may come.", attachments=(checklist, programme)),
            document(2, title="Other visits"),
        )
        [hit] = self.ask(backend, "sturdy shoes").own.hits
        assert (hit.page_id, text_of(hit.title), text_of(hit.snippet)) == (1, "Study visits", "Who may come.")
        [file] = hit.attachments
        assert (file.title, file.url) == ("Checklist (PDF)", "/documents/7/checklist.pdf")
        assert "".join(marked(file.snippet)).replace(" ", "") == "sturdyshoes"
        assert len(text_of(file.snippet)) < 320

    def test_title_of_a_file_is_searched(self, backend):
        self.write(backend, document(1, attachments=(Attachment("Budget figures", "/documents/1/b.csv", "1,2"),)))
        [hit] = self.ask(backend, "budget").own.hits
        assert [file.title for file in hit.attachments] == ["Budget figures"]

    def test_page_that_matches_itself_shows_no_other_files(self, backend):
        self.write(
            backend, document(1, title="Clean rivers", attachments=(Attachment("Budget", "/documents/1/b.csv", "1"),))
        )
        assert [hit.attachments for hit in self.ask(backend, "rivers").own.hits] == [()]

    def test_page_of_its_own_words_stands_above_one_of_its_files(self, backend):
        file = Attachment("Otters", "/documents/1/o.pdf", "Otters. " * 50)
        self.write(
            backend, document(3, title="Forests", attachments=(file,)), document(2, title="Lakes", body="Otters live."),
            document(1, title="Otters"),
        )  # fmt: skip
        assert self.found(backend, "otters") == [1, 2, 3]

    def test_long_file_does_not_weaken_its_page(self, backend):
        file = Attachment("Report", "/documents/1/r.pdf", "Of soil and forests. " * 2000)
        self.write(
            backend, document(2, title="Otters", body="They came.", attachments=(file,)),
            document(1, title="Lakes", body="Otters came."),
        )  # fmt: skip
        assert self.found(backend, "otters") == [2, 1]

    @pytest.mark.parametrize(
        ("language", "text", "query", "marks"),
        [
            ("ko", "도시의 생물다양성을 지킨다.", "생물다양성", "생물다양성"),
            ("ja", "都市の生物多様性を守る。", "生物多様性", "生物多様性"),
            ("zh-hant", "保護城市的生物多樣性。", "生物多样性", "生物多樣性"),
            ("zh-hans", "保护城市的生物多样性。", "生物多樣性", "生物多样性"),
            ("en", "보고서: 도시의 생물다양성을 지킨다.", "생물다양성", "생물다양성"),
            ("en", "報告書：都市の生物多様性を守る。", "生物多様性", "生物多様性"),
            ("ko", "The biodiversity of cities.", "biodiversity", "biodiversity"),
        ],
    )
    def test_file_is_found_in_its_language_whatever_that_of_its_page(self, backend, language, text, query, marks):
        file = Attachment("1", "/documents/1/r.pdf", text)
        self.write(backend, document(1, language, "…", attachments=(file,)), document(2, language, "…"))
        [hit] = self.ask(backend, query, language).own.hits
        assert hit.page_id == 1
        assert ["".join(marked(file.snippet)) for file in hit.attachments] == [marks]

    def test_file_of_another_language_s_page_is_shown_there(self, backend):
        file = Attachment("Report", "/documents/1/r.pdf", "Otters came back.")
        self.write(backend, document(1, "en", "Lakes", attachments=(file,)), document(2, "ko", "호수"))
        [hit] = self.ask(backend, "otters", "ko").other.hits
        assert (hit.page_id, [file.url for file in hit.attachments]) == (1, ["/documents/1/r.pdf"])

    def test_file_that_holds_a_part_of_a_question_is_no_match(self, backend):
        file = Attachment("Report", "/documents/1/r.pdf", "Otters came back to the lake.")
        self.write(backend, document(1, title="…", attachments=(file,)))
        assert self.found(backend, "otters bicycles") == []
        assert self.found(backend, "otters bicycles trams budgets mayors schools") == []

    def test_file_that_a_page_lost_finds_it_no_longer(self, backend):
        file = Attachment("Report", "/documents/1/r.pdf", "Otters came back.")
        self.write(backend, document(1, title="Lakes", attachments=(file,)))
        self.write(backend, document(1, title="Lakes"), version=2)
        assert self.found(backend, "otters") == []
        self.write(backend, document(1, title="Lakes", attachments=(file,)), version=3)
        assert self.found(backend, "otters") == [1]
        self.remove(backend, 1, version=4)
        assert self.found(backend, "otters") == []

    def test_best_passage_of_a_long_file_is_shown_and_the_file_once(self, backend):
        text = "Otters. " + "The river was clean again. " * 300 + "Otters came back to Suwon. " + LONG
        file = Attachment("Report", "/documents/1/r.pdf", text)
        self.write(backend, document(1, title="Lakes", attachments=(file,)))
        [hit] = self.ask(backend, "otters suwon").own.hits
        assert [item.url for item in hit.attachments] == ["/documents/1/r.pdf"]
        assert "".join(marked(hit.attachments[0].snippet)).replace(" ", "") == "OttersSuwon"
        [hit] = self.ask(backend, "otters").own.hits
        assert [item.url for item in hit.attachments] == ["/documents/1/r.pdf"]

    def test_few_files_are_shown_of_a_page_that_has_many(self, backend):
        files = tuple(Attachment(f"Part {n}", f"/documents/{n}/p.pdf", "Otters came back.") for n in range(9))
        self.write(backend, document(1, title="Lakes", attachments=files))
        [hit] = self.ask(backend, "otters").own.hits
        assert len(hit.attachments) == 3
        assert self.ask(backend, "otters").own.total == 1

    # Whatever is typed

    @pytest.mark.parametrize(
        "query",
        [
            '"', "'", "*", "(", "rivers)", "AND", "OR NOT", "NEAR(a b)", "title:rivers", "a^b", "-rivers", "+", "%",
            "_", "\\", "rivers; DROP TABLE build", "<script>alert(1)</script>", "{}[]", "/.*/", "~", "…。、", "🎉",
            "\u202erivers", "가나다" * 60, "环境" * 90, "x" * 200, "a " * 100, "١٢٣", "ไทย", "ﷺ",
            "e\u0301\u0301\u0301", "\u200b",
        ],
    )  # fmt: skip
    def test_any_text_is_answered(self, backend, query):
        self.write(backend, document(1, title="Rivers"))
        answer = self.ask(backend, query)
        assert answer.own.total in (0, 1)

    def test_unknown_words_find_nothing(self, backend):
        self.write(backend, document(1, title="Rivers"))
        answer = self.ask(backend, "xylophone")
        assert answer == SearchResults()
