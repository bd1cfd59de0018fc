from search.relevance import text_query


def text(enough: str, enough_plain: str) -> dict:
    return {
        "bool": {
            "should": [
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title^4", "important^2", "summary^2", "body"],
                        "minimum_should_match": enough,
                    }
                },
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title.plain^4", "important.plain^2", "summary.plain^2", "body.plain"],
                        "minimum_should_match": enough_plain,
                    }
                },
                {
                    "combined_fields": {
                        "query": "rivers",
                        "fields": ["title.plain^4", "important.plain^2", "summary.plain^2", "body.plain"],
                        "operator": "and",
                    }
                },
                {"match_phrase": {"title.plain": {"query": "rivers", "boost": 2}}},
                {"match": {"title.beginning": {"query": "rivers", "operator": "and", "boost": 0.5}}},
                {"match": {"names": {"query": "rivers", "minimum_should_match": "100%"}}},
                {"match": {"towns": {"query": "rivers", "minimum_should_match": "100%"}}},
            ],
            "minimum_should_match": 1,
        }
    }


def test_text_query_matches_words_as_understood_and_as_written():
    assert text_query("rivers") == text("2<30%", "2<60%")


def test_other_languages_have_to_hold_more_of_what_was_typed():
    assert text_query("rivers", elsewhere=True) == text("2<60%", "100%")
