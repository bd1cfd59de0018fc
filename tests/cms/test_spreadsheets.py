import pytest

from cms.spreadsheets import as_cell, from_cell


@pytest.mark.parametrize("text", ["=1+1", "+82 2", "-5", "@here", "\t=1", " =1", "＝1＋1", "\r=1"])
def test_no_program_calculates_a_text(text):
    assert as_cell(text) == f"'{text}"
    assert from_cell(as_cell(text)) == text


@pytest.mark.parametrize("text", ["", "수원", "'quoted'", "a=b", "5-7", "'"])
def test_other_texts_stay_as_they_are(text):
    assert (as_cell(text), from_cell(text)) == (text, text)
