"""The glossary as CSV: out and back without loss, in wholly or not at all."""

import csv
import io

import pytest

from tests.translations.glossary.terms import make_term
from translations.glossary.spreadsheet import COLUMNS, LARGEST, read_csv, write_csv
from translations.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def state() -> list[tuple]:
    return [
        (term.definition, term.part_of_speech, term.do_not_translate,
         sorted((word.language, word.status, word.text) for word in term.wordings.all()))
        for term in GlossaryTerm.objects.order_by("pk")
    ]  # fmt: skip


def sheet(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def counts(data: bytes) -> tuple[int, int, int, list]:
    done = read_csv(data)
    return done.added, done.changed, done.unchanged, done.problems


def test_export_has_a_line_for_each_term():
    term = make_term({"en": "city", "ko": "도시"}, "A town, large.", admitted={"en": ["town", "municipality"]})
    text = write_csv()
    assert text.startswith("\ufeffid,")
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert tuple(row) == COLUMNS
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": str(term.pk),
        "part of speech": "noun",
        "definition": "A town, large.",
        "en": "city",
        "en (also used)": "town | municipality",
        "ko": "도시",
    }


def test_export_comes_back_without_change():
    make_term({"en": "city", "zh-hans": "城市"}, "=SUM(1)", forbidden={"ko": ["시티"]}, admitted={"en": ["a", "b"]})
    before = state()
    assert counts(write_csv().encode()) == (0, 0, 1, [])
    assert state() == before
    text = write_csv()
    assert "'=SUM(1)" in text
    GlossaryTerm.objects.all().delete()
    without_ids = text.replace(f"\r\n{text.splitlines()[1].split(',')[0]},", "\r\n,")
    assert counts(without_ids.encode()) == (1, 0, 0, [])
    assert state() == before


def test_line_without_id_changes_the_term_of_its_english_word():
    make_term({"en": "city", "ko": "도시"})
    assert counts(sheet("en,ja", "Cities,都市", "river,川")) == (1, 1, 0, [])
    assert [words for *_, words in state()] == [
        [("en", "preferred", "Cities"), ("ja", "preferred", "都市"), ("ko", "preferred", "도시")],
        [("en", "preferred", "river"), ("ja", "preferred", "川")],
    ]


def test_columns_that_are_missing_stay_and_empty_cells_take_words_out():
    make_term({"en": "city", "ko": "도시", "ja": "都市"}, "A town.")
    assert counts(sheet("en,ko", "city,")) == (0, 1, 0, [])
    assert state() == [("A town.", "noun", False, [("en", "preferred", "city"), ("ja", "preferred", "都市")])]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_spreadsheet_programs_are_understood(separator):
    assert counts(sheet(separator.join(["en", "ko"]), separator.join(["city", "도시"]))) == (1, 0, 0, [])


def test_every_problem_is_reported_and_nothing_is_imported():
    make_term({"en": "city", "ko": "도시"})
    before = state()
    data = sheet(
        "id,part of speech,do not translate,en,ko",
        ",noun,,river,강",
        ",noun,,lake,도시",
        "999,noun,,pond,",
        ",animal,perhaps,fish,",
        ",,,,",
        ',noun,,,',
        ",noun,,river,하천",
    )  # fmt: skip
    assert counts(data) == (
        0,
        0,
        0,
        [
            (3, "“도시” is already a word for “city” in the glossary."),
            (4, "There is no term with the id 999."),
            (5, "The part of speech is one of: noun, verb, adjective, name, abbreviation, other."),
            (5, "“do not translate” is “yes” or empty."),
            (7, "Write the term in at least one language."),
        ],
    )
    assert state() == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The first line has to name the columns, as in an exported file."),
        (b"definition\r\nx", "The first line has to name the columns, as in an exported file."),
        (b"en,french\r\ncity,ville", "There is no column “french” in the glossary."),
        (b"en,en\r\ncity,town", "The column “en” is there twice."),
        ("en\r\nvillé".encode("latin-1"), "The file is not UTF-8. Save it as “CSV UTF-8”."),
        (b"x" * (LARGEST + 1), "The file is larger than 5 MB."),
        (b'en\r\n"city', "This line cannot be read as CSV."),
    ],
)
def test_file_that_is_no_glossary_is_refused(data, message):
    assert [said for _, said in read_csv(data).problems] == [message]
    assert state() == []
