"""The content files hold what the demonstration promises, in one shape in every language."""

import datetime

import pytest
import yaml

from cms.languages import CODES
from demo.building import Builder
from demo.coverage import TARGETS, Extent, read_coverage
from demo.draw.__main__ import pictures
from demo.files import DOCUMENTS, IMAGES
from demo.loader import FIRST_SUMMARIES
from demo.texts import CONTENT, SOURCE, check, file_names, read, texts_only
from research.models import CLOSING_SOON
from search.extraction import extract

BIODIVERSITY = {
    "en": "biodiversity",
    "zh-hant": "生物多樣性",
    "ko": "생물다양성",
    "ja": "生物多様性",
    "zh-hans": "生物多样性",
}
TODAY = datetime.date(2030, 5, 17)


def entries(name, language=SOURCE):
    content = read(language, name)
    return content if isinstance(content, list) else [content]


def strings(node, key=""):
    """Yield (key, text) of everything in a content file."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from strings(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, key)
    elif isinstance(node, str):
        yield key, node


def slugs():
    found = [entry["slug"] for name in file_names() for entry in entries(name)]
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize("language", TARGETS)
def test_translation_has_the_shape_of_the_source(language):
    assert check(language) == []


def test_every_file_of_a_language_is_known():
    known = set(file_names())
    assert {path.name for code in TARGETS for path in (CONTENT / code).iterdir()} == known


def test_there_is_as_much_as_was_promised():
    counts = {name: len(entries(f"{name}.yaml")) for name in ("partners", "cases", "seminars", "calls", "news")}
    assert counts == {"partners": 25, "cases": 12, "seminars": 3, "calls": 4, "news": 5}
    (summit,) = entries("summit-2014.yaml")
    assert len(summit["sessions"]) == 12
    assert {session["day"] for session in summit["sessions"]} == {1, 2, 3}
    assert len(summit["summit_partners"]) == 15


@pytest.mark.parametrize("language", CODES)
def test_biodiversity_stands_in_the_running_text_of_most_pages(language):
    word = BIODIVERSITY[language]
    pages = [entry for name in file_names() if name != "sections.yaml" for entry in entries(name, language)]
    inside = [
        entry["slug"]
        for entry in pages
        if any(word in text.lower() and len(text) > 2 * len(word) for _key, text in strings(entry))
    ]
    assert len(inside) >= len(pages) * 0.8


def test_calls_stand_in_four_states_on_the_day_of_loading():
    builder = Builder(today=TODAY, find_page=lambda slug: None)
    soon = TODAY + CLOSING_SOON
    states = {}
    for call in entries("calls.yaml"):
        opening = builder.on_day(call["opening_date"])
        closing = max(builder.on_day(deadline["date"]) for deadline in call["deadlines"])
        states[call["slug"]] = (
            "upcoming" if opening > TODAY else "closed" if closing < TODAY else "soon" if closing < soon else "open"
        )
    assert sorted(states.values()) == ["closed", "open", "soon", "upcoming"]


def test_days_relative_to_loading():
    builder = Builder(today=TODAY, find_page=lambda slug: None)
    assert builder.on_day("+82d") == datetime.date(2030, 8, 7)
    assert builder.on_day("-12d") == datetime.date(2030, 5, 5)
    assert builder.on_day(datetime.date(2014, 10, 12)) == datetime.date(2014, 10, 12)
    with pytest.raises(ValueError, match="next week"):
        builder.on_day("next week")


def test_coverage_names_pages_and_languages_that_exist():
    coverage = read_coverage()
    known = slugs()
    assert (
        coverage.english_only | coverage.missing.keys() | coverage.half_done.keys() | coverage.outdated.keys() <= known
    )
    assert {code for codes in (*coverage.missing.values(), *coverage.half_done.values()) for code in codes} <= set(
        TARGETS
    )


def test_coverage_leaves_what_must_be_there():
    coverage = read_coverage()

    def full(name):
        return {
            entry["slug"]: [code for code in TARGETS if coverage.extent(entry["slug"], code) is Extent.FULL]
            for entry in entries(name)
        }

    for name in ("home.yaml", "about.yaml", "partners.yaml", "summit-2014.yaml", "summit-coming.yaml", "sections.yaml"):
        assert set(map(len, full(name).values())) == {4}
    rest = [
        codes for name in ("cases.yaml", "seminars.yaml", "calls.yaml", "news.yaml") for codes in full(name).values()
    ]
    assert sum(map(len, rest)) >= 0.8 * len(rest) * len(TARGETS)
    cases = sorted(len(codes) for codes in full("cases.yaml").values())
    assert cases[:2] == [0, 0]
    assert cases[2] >= 2


def test_every_case_has_its_facts_and_a_described_cover():
    for case in entries("cases.yaml"):
        assert {"challenge", "actions", "results", "indicators", "lessons", "transferability", "sources"} <= case.keys()
        assert case["cover"] and case["cover_alt"]


def test_covers_of_what_must_have_one():
    for name in ("home.yaml", "cases.yaml", "summit-2014.yaml", "summit-coming.yaml"):
        assert all("cover" in entry and entry["cover_alt"] for entry in entries(name))
    with_cover = [entry for entry in entries("news.yaml") if "cover" in entry]
    assert len(with_cover) == 4  # one has none on purpose: the listing must look right without


def test_pictures_are_drawn_described_and_used():
    drawn = {path.stem for path in IMAGES.glob("*.webp")}
    descriptions = yaml.safe_load((CONTENT / SOURCE / "images.yaml").read_text(encoding="utf-8"))
    used = {text for name in file_names() for key, text in strings(read(SOURCE, name)) if key in ("cover", "image")}
    assert drawn == set(pictures()) == descriptions.keys() == used
    assert sum(path.stat().st_size for path in IMAGES.glob("*.webp")) < 2_500_000


def test_documents_are_used():
    used = {text for name in file_names() for key, text in strings(read(SOURCE, name)) if key == "document"}
    assert {path.stem for path in DOCUMENTS.iterdir()} == used


def test_summaries_fit_their_field():
    for language in CODES:
        for name in file_names():
            for key, text in strings(read(language, name)):
                assert key != "summary" or len(text.strip()) <= 320, (language, name, text)


def test_sections_get_other_words_than_their_first():
    ours = {entry["summary"] for name in ("sections.yaml", "about.yaml", "home.yaml") for entry in entries(name)}
    assert len(ours) == len(FIRST_SUMMARIES) == 11
    assert ours.isdisjoint(FIRST_SUMMARIES)


def test_words_a_page():
    for name in ("partners.yaml", "cases.yaml", "seminars.yaml", "calls.yaml", "news.yaml"):
        for entry in entries(name):
            words = sum(len(text.split()) for _key, text in strings(texts_only(entry)))
            assert 90 <= words <= 480, (entry["slug"], words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("study-visit-guide.pdf", ["sturdy shoes", "屋頂果園", "옥상 과수원", "屋上果樹園", "屋顶果园"]),
        ("summit-2014-in-brief.docx", ["Aichi Targets", "非軍事區", "비무장지대", "非武装地帯", "非军事区"]),
    ],
)
def test_documents_can_be_read_in_every_language(name, words):
    with (DOCUMENTS / name).open("rb") as file:
        text = extract(file, name).text
    assert [word for word in words if word not in text] == []
