"""How the content files are read and compared."""

from demo.coverage import Extent, read_coverage
from demo.pairing import half, text_pairs
from demo.story import story_texts
from demo.texts import as_html, differences, texts_only
from news.models import NewsPage
from partners.models import PartnerPage


def test_lines_become_paragraphs_and_items_become_lists():
    assert as_html("One.\n- a\n- b & c\n\nTwo.") == "<p>One.</p><ul><li>a</li><li>b &amp; c</li></ul><p>Two.</p>"


def test_facts_are_left_out_and_lists_keep_their_length():
    entry = {
        "slug": "suwon",
        "title": "Suwon",
        "country": "KR",
        "population": 1170000,
        "goals": ["11"],
        "speakers": [{"role": "keynote"}, {"name": "Mayor", "role": "speaker"}],
    }
    assert texts_only(entry) == {"slug": "suwon", "title": "Suwon", "speakers": [{}, {"name": "Mayor"}]}


def test_differences_are_told_in_words():
    source = {"slug": "a", "title": "A", "body": [{"paragraph": "One.\nTwo."}], "unit": "%"}
    other = {"slug": "b", "title": " ", "body": [{"paragraph": "하나."}], "country": "KR"}
    assert sorted(differences(source, other)) == [
        "/body/0/paragraph: should have 2 lines",
        "/country: does not belong here",
        "/slug: should be a",
        "/title: should be a text",
        "/unit: missing",
    ]


def test_story_texts_come_in_the_order_of_the_story():
    story = [
        {"heading": "H"},
        {"quote": {"text": "Q", "name": "", "position": "P"}},
        {"milestone": {"when": "2012", "title": "T", "text": "X"}},
        {"paragraph": "One."},
    ]
    assert story_texts(story) == [
        ((0, "heading"), False),
        ((1, "quote", "text"), False),
        ((1, "quote", "position"), False),
        ((2, "milestone", "when"), False),
        ((2, "milestone", "title"), False),
        ((2, "milestone", "text"), True),
        ((3, "paragraph"), True),
    ]


def test_pairs_meet_element_by_element():
    source = {"title": "News", "date": "-3d", "body": [{"heading": "Why"}, {"paragraph": "One.\n- a"}]}
    korean = {"title": "소식", "body": [{"heading": "이유"}, {"paragraph": "하나.\n- 가"}]}
    assert text_pairs(NewsPage, source, korean) == {"News": "소식", "Why": "이유", "One.": "하나.", "a": "가"}


def test_pairs_of_rows_and_missing_texts():
    source = {"title": "ICLEI", "key_figures": [{"value": 12, "label": "cities"}, {"value": 86, "label": "countries"}]}
    assert text_pairs(PartnerPage, source, {"title": "이클레이", "key_figures": [{}, {"label": "개국"}]}) == {
        "ICLEI": "이클레이",
        "countries": "개국",
    }


def test_half_is_the_first_half():
    assert half({"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}) == {"a": "1", "b": "2"}


def test_extent_of_what_coverage_names():
    coverage = read_coverage()
    assert coverage.extent("copenhagen-cycling", "ko") is Extent.NONE
    assert coverage.extent("curitiba-bus-corridors", "ko") is Extent.HALF
    assert coverage.extent("curitiba-bus-corridors", "ja") is Extent.FULL
