"""What every engine must do with other words for a question."""

import pytest

from search.attachments import Attachment
from search.backends.base import Alternative, SearchBackend, SearchResults
from tests.search.backend_contract import ContractTools, document, marked


class WordingContract(ContractTools):
    """Which pages alternatives find, for whom, and that their words are marked."""

    def worded(self, backend: SearchBackend, query: str, language: str, *others: tuple[str, str]) -> SearchResults:
        alternatives = tuple(Alternative(code, words) for code, words in others)
        return self.ask(backend, query, language, alternatives=alternatives)

    def test_page_is_found_by_another_word_for_the_question(self, backend):
        self.write(backend, document(1, title="Bicycle lanes"), document(2, title="Bike lanes"))
        found = self.worded(backend, "bike lanes", "en", ("en", "bicycle lanes")).own
        # What was typed comes first.
        assert [hit.page_id for hit in found.hits] == [2, 1]
        assert found.total == 2

    def test_page_with_both_words_is_found_once(self, backend):
        self.write(backend, document(1, title="Bike and bicycle"))
        found = self.worded(backend, "bike", "en", ("en", "bicycle")).own
        assert ([hit.page_id for hit in found.hits], found.total) == ([1], 1)

    def test_words_of_the_other_wording_are_marked(self, backend):
        self.write(backend, document(1, title="Bicycle lanes", summary="Every bicycle counts."))
        [hit] = self.worded(backend, "bike", "en", ("en", "bicycle")).own.hits
        assert marked(hit.title) == ["Bicycle"]
        assert marked(hit.snippet) == ["bicycle"]

    def test_file_is_found_by_another_word_for_the_question(self, backend):
        file = Attachment("Guide", "/guide.pdf", "How to plan bicycle lanes that are wide enough.")
        self.write(backend, document(1, title="Rivers", attachments=(file,)), document(2, title="Forests"))
        [hit] = self.worded(backend, "velo", "en", ("en", "bicycle lanes")).own.hits
        assert (hit.page_id, [shown.title for shown in hit.attachments]) == (1, ["Guide"])
        assert " ".join(marked(hit.attachments[0].snippet)) == "bicycle lanes"

    def test_file_of_what_was_typed_stands_above_one_of_another_word(self, backend):
        files = [Attachment("Guide", f"/{n}.pdf", text) for n, text in enumerate(("On velo lanes.", "On bikes."))]
        self.write(
            backend,
            document(1, title="Rivers", attachments=(files[0],)),
            document(2, title="Forests", attachments=(files[1],)),
        )
        found = self.worded(backend, "velo", "en", ("en", "bikes")).own
        assert [hit.page_id for hit in found.hits] == [1, 2]

    def test_question_in_another_language_finds_pages_of_the_readers(self, backend):
        self.write(backend, document(1, title="Towards carbon neutrality"), document(2, title="Rivers"))
        [hit] = self.worded(backend, "탄소중립", "en", ("en", "carbon neutrality")).own.hits
        assert hit.page_id == 1
        assert " ".join(marked(hit.title)) == "carbon neutrality"

    @pytest.mark.parametrize(
        ("language", "words", "title"),
        [
            ("ko", "탄소중립", "도시의 탄소중립 계획"),
            ("zh-hant", "碳中和", "城市的碳中和之路"),
            ("ja", "カーボンニュートラル", "都市のカーボンニュートラル計画"),
            ("zh-hans", "碳中和", "走向碳中和"),
        ],
    )
    def test_question_finds_pages_of_another_language_by_its_word_for_it(self, backend, language, words, title):
        self.write(backend, document(1, language, title=title), document(2, language, title="水"))
        other = self.worded(backend, "carbon neutrality", "en", (language, words)).other
        assert ([hit.page_id for hit in other.hits], other.total) == ([1], 1)
        assert "".join(marked(other.hits[0].title)) == words

    def test_other_word_counts_in_its_language_only(self, backend):
        self.write(backend, document(1, "ko", title="gift shop"), document(2, "ja", title="gift shop"))
        assert [hit.page_id for hit in self.worded(backend, "present", "en", ("ja", "gift")).other.hits] == [2]

    def test_other_words_find_a_group_of_translations_once(self, backend):
        key = "00000000-0000-0000-0000-00000000000a"
        self.write(
            backend,
            document(1, "ko", title="탄소중립 계획", key=key, languages=("ja", "ko")),
            document(2, "ja", title="カーボンニュートラル計画", key=key, languages=("ja", "ko")),
        )
        words = (("ko", "탄소중립"), ("ja", "カーボンニュートラル"))
        other = self.worded(backend, "carbon neutrality", "en", *words).other
        assert (len(other.hits), other.total) == (1, 1)

    def test_other_words_leave_out_pages_that_the_reader_has(self, backend):
        self.write(backend, document(1, "ko", title="탄소중립 계획", languages=("en", "ko")))
        assert self.worded(backend, "carbon neutrality", "en", ("ko", "탄소중립")).other.total == 0

    @pytest.mark.parametrize("words", ['a "b* OR (', "…", "", "NOT"])
    def test_other_words_are_never_syntax(self, backend, words):
        self.write(backend, document(1, title="Rivers"))
        assert [hit.page_id for hit in self.worded(backend, "rivers", "en", ("en", words), ("ko", words)).own.hits] == [
            1
        ]
