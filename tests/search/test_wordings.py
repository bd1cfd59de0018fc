"""The question and its other words as one clause."""

from search.backends.base import Alternative, SearchRequest
from search.relevance import closeness, text_query
from search.wordings import any_wording, closest_wording, words

OTHERS = (Alternative("en", "bicycle"), Alternative("ko", "자전거"))


def test_without_other_words_the_clause_is_what_was_typed():
    assert any_wording(SearchRequest("bike", "en")) == text_query("bike")
    assert any_wording(SearchRequest("bike", "en"), elsewhere=True) == text_query("bike", elsewhere=True)


def test_own_words_are_asked_of_the_readers_index_a_little_weaker():
    assert any_wording(SearchRequest("bike", "en", alternatives=OTHERS)) == {
        "dis_max": {"queries": [text_query("bike"), {"bool": {"must": [text_query("bicycle")], "boost": 0.8}}]}
    }


def test_other_languages_words_are_asked_of_their_pages_only():
    korean = {
        "bool": {
            "must": [text_query("자전거", elsewhere=True)],
            "filter": [{"term": {"language": "ko"}}],
            "boost": 0.8,
        }
    }
    assert any_wording(SearchRequest("bike", "en", alternatives=OTHERS), elsewhere=True) == {
        "dis_max": {"queries": [text_query("bike", elsewhere=True), korean]}
    }


def test_closest_wording_is_the_one_that_a_page_holds_most_of():
    assert closest_wording(SearchRequest("bike", "en")) == closeness("bike")
    assert closest_wording(SearchRequest("bike", "en", alternatives=OTHERS)) == {
        "dis_max": {"queries": [closeness("bike"), {"bool": {"must": [closeness("bicycle")], "boost": 0.8}}]}
    }


def test_words_are_those_that_found_a_page():
    request = SearchRequest("bike", "en", alternatives=(*OTHERS, Alternative("en", "bike")))
    assert words(request) == ["bike", "bicycle"]
    assert words(request, elsewhere=True) == ["bike", "자전거"]
