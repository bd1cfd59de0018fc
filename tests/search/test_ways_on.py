import pytest

from search.backends.base import Filters, SearchRequest
from search.ways_on import WaysOn


def test_spelling_is_asked_without_filters():
    way = WaysOn(SearchRequest("rivres & co", "en", filters=Filters(kinds=("case",))), "rivers & co").spelling
    assert way is not None
    assert (way.text, way.address) == ("rivers & co", "?q=rivers+%26+co")
    assert WaysOn(SearchRequest("rivers", "en"), "").spelling is None


@pytest.mark.parametrize(
    ("query", "reader", "addresses"),
    [
        ("수원", "en", ["/ko/search/?q=%EC%88%98%EC%9B%90"]),
        ("수원", "ko", []),
        ("水", "en", ["/zh-hant/search/?q=%E6%B0%B4", "/ja/search/?q=%E6%B0%B4", "/zh-hans/search/?q=%E6%B0%B4"]),
        ("水", "ja", []),
        ("rivers", "ko", []),
        ("ICLEI", "ko", []),
    ],
)
def test_other_language_is_offered_where_the_question_is_not_in_the_readers(query, reader, addresses):
    ways = WaysOn(SearchRequest(query, reader), "").languages
    assert [way.address for way in ways] == addresses
    assert [way.text for way in ways] == [way.language.name for way in ways if way.language]


def test_words_are_offered_one_by_one():
    assert [way.text for way in WaysOn(SearchRequest("clean clean rivers", "en"), "").words] == ["clean", "rivers"]
    assert WaysOn(SearchRequest("rivers", "en"), "").words == []
    assert len(WaysOn(SearchRequest("a b c d e f g h", "en"), "").words) == 6


def test_filters_can_be_left_out():
    assert WaysOn(SearchRequest("rivers", "en", filters=Filters(kinds=("case",))), "").without_filters == "?q=rivers"
    assert WaysOn(SearchRequest("rivers", "en"), "").without_filters == ""
