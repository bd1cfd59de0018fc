"""What every engine must do to name pages like a page."""

import datetime

from django.utils import timezone

from search.backends.base import SearchBackend
from search.snippets import text_of
from tests.search.backend_contract import document, marked


class SimilarContract:
    """Pages like a page; mixed into BackendContract."""

    def similar(self, backend: SearchBackend, page_id: int, language: str = "en", size: int = 3) -> list[int]:
        return [hit.page_id for hit in backend.similar(page_id, language, size, seconds=30)]

    def write_about_rivers(self, backend: SearchBackend) -> None:
        self.write(
            backend,
            document(1, title="Otters return to the river", body="The Suwoncheon was restored; otters came back."),
            document(2, title="Restoring the Suwoncheon", body="How a town restored its stream for otters."),
            document(3, title="Otters and herons", body="What lives along a restored stream."),
            document(4, title="Waste sorting", body="Pupils of a school weigh what is thrown away each week."),
            document(5, title="Solar roofs", body="Pupils of a school under panels."),
            document(6, "ko", "수원천의 수달", body="수원천을 되살린 뒤 하천에 수달이 돌아왔다."),
            document(7, "ko", "되살린 하천", body="되살린 하천 수원천에 수달이 산다."),
        )

    def test_similar_pages_speak_of_the_same(self, backend):
        self.write_about_rivers(backend)
        assert sorted(self.similar(backend, 1)) == [2, 3]
        assert self.similar(backend, 5) == [4]
        assert self.similar(backend, 6, "ko") == [7]

    def test_similar_pages_are_at_most_as_many_as_asked_for(self, backend):
        self.write_about_rivers(backend)
        [first] = self.similar(backend, 1, size=1)
        assert first == self.similar(backend, 1)[0]

    def test_similar_pages_leave_out_the_page_and_its_translations(self, backend):
        both = {"key": "k", "languages": ("en", "ko"), "names": ("Otters of the Suwoncheon", "수원천의 수달")}
        self.write(
            backend,
            document(1, title="Otters of the Suwoncheon", **both),
            document(2, "ko", "수원천의 수달", **both),
        )
        assert self.similar(backend, 1) == []
        assert self.similar(backend, 2, "ko") == []

    def test_similar_pages_of_other_languages_only_fill_up(self, backend):
        names = {"names": ("Suwoncheon", "수원천")}
        self.write(
            backend,
            document(1, title="Suwoncheon restored", **names),
            document(2, title="Along the Suwoncheon restored", **names),
            document(3, "ko", "수원천", **names),
            document(4, "ko", "수원천 산책", key="walk", languages=("ko", "ja"), **names),
            document(5, "ja", "水原川の散歩", key="walk", languages=("ko", "ja"), **names),
        )
        assert self.similar(backend, 1, size=1) == [2]
        found = backend.similar(1, "en", 4, seconds=30)
        assert found[0].page_id == 2
        assert sorted(hit.translation_key for hit in found[1:]) == sorted([document(3).translation_key, "walk"])

    def test_page_that_is_not_in_the_index_is_like_no_other(self, backend):
        self.write_about_rivers(backend)
        assert self.similar(backend, 404) == []
        self.remove(backend, 1)
        assert self.similar(backend, 1) == []

    def test_removed_and_expired_pages_are_like_no_other(self, backend):
        self.write_about_rivers(backend)
        self.remove(backend, 2)
        gone = timezone.now() - datetime.timedelta(seconds=5)
        body = "What lives along a restored stream."
        self.write(backend, document(3, title="Otters and herons", body=body, expires_at=gone), version=2)
        assert self.similar(backend, 1) == []

    def test_similar_page_of_the_same_theme_stands_above(self, backend):
        body = "How a town restored its stream."
        self.write(
            backend,
            document(1, title="Stream", body=body, themes=("water",)),
            document(2, title="Brook", body=body, themes=("water",)),
            document(3, title="Brook", body=body, themes=("waste",)),
            document(4, title="School"),
        )
        assert self.similar(backend, 1) == [2, 3]

    def test_similar_page_shows_its_summary_or_how_it_begins_unmarked(self, backend):
        self.write(
            backend,
            document(1, title="Otters", body="Otters live here."),
            document(2, title="Otters", summary="Where otters live.", body="Otters live there."),
            document(3, title="Otters again", body="Otters live there too. " * 30),
        )
        shown = {hit.page_id: hit for hit in backend.similar(1, "en", 3, seconds=30)}
        assert text_of(shown[2].snippet) == "Where otters live."
        assert text_of(shown[3].snippet).startswith("Otters live there too.")
        assert len(text_of(shown[3].snippet)) < 320
        assert [marked(text) for hit in shown.values() for text in (hit.title, hit.snippet)] == [[]] * 4
