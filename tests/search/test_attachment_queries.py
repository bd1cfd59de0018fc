from search.attachment_queries import attachment_hits, attachments_query, page_or_attachment
from search.backends.base import AttachmentHit
from search.snippets import Part


def test_page_is_found_by_itself_or_by_one_file_with_nearly_everything_that_was_typed():
    page = {"match_all": {}}
    query = page_or_attachment(page, ["rivers"], "zh-Hant")
    assert query == {
        "bool": {"should": [page, attachments_query("rivers", "zh-Hant")], "minimum_should_match": 1},
    }
    part = {"number_of_fragments": 1, "fragment_size": 180, "no_match_size": 180}
    assert attachments_query("rivers", "zh-Hant", "typed") == {
        "nested": {
            "path": "attachments",
            "score_mode": "max",
            "boost": 0.3,
            "query": {
                "bool": {
                    "should": [
                        {
                            "combined_fields": {
                                "query": "rivers",
                                "fields": ["attachments.title^2", "attachments.text"],
                                "minimum_should_match": "2<75%",
                            }
                        },
                        {
                            "combined_fields": {
                                "query": "rivers",
                                "fields": ["attachments.title.plain^2", "attachments.text.plain"],
                                "minimum_should_match": "4<75%",
                            }
                        },
                    ],
                    "minimum_should_match": 1,
                }
            },
            "inner_hits": {
                "name": "typed",
                "size": 3,
                "_source": ["attachments.title", "attachments.url"],
                "highlight": {
                    "type": "unified",
                    "pre_tags": ["\ue000"],
                    "post_tags": ["\ue001"],
                    "boundary_scanner_locale": "zh-Hant",
                    "fields": {
                        "attachments.text": {**part, "matched_fields": ["attachments.text.plain"]},
                    },
                },
            },
        }
    }


def test_files_are_not_shown_where_pages_are_only_counted():
    shown, counted = attachments_query("rivers", "ko"), attachments_query("rivers", "")
    del shown["nested"]["inner_hits"]
    assert counted == shown


def test_rows_without_files_have_none():
    assert attachment_hits({"_source": {}}) == ()


def test_file_is_shown_once_with_the_marks_of_its_best_passage():
    source = {"title": "Report", "url": "/documents/1/r.pdf"}
    marked = {"attachments.text": ["Of \ue000otters\ue001."]}
    other = {"title": "Minutes", "url": "/documents/2/m.pdf"}
    hits = [{"_source": source, "highlight": marked}, {"_source": source}, {"_source": other}]
    row = {"inner_hits": {"attachments": {"hits": {"hits": hits}}}}
    assert attachment_hits(row) == (
        AttachmentHit("Report", "/documents/1/r.pdf", (Part("Of "), Part("otters", marked=True), Part("."))),
        AttachmentHit("Minutes", "/documents/2/m.pdf", ()),
    )


def test_other_wordings_of_a_question_find_files_and_count_a_little_less():
    query = page_or_attachment({"match_all": {}}, ["velo", "bicycle"], "en")
    passages = query["bool"]["should"][1]["nested"]["query"]["bool"]["should"]
    asked = [(clause["combined_fields"]["query"], clause["combined_fields"].get("boost", 1)) for clause in passages]
    assert asked == [("velo", 1), ("velo", 1), ("bicycle", 0.8), ("bicycle", 0.8)]
