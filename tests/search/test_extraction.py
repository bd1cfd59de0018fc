import io
import os
import random
import subprocess
import sys
import time

import pytest

from search import extraction
from search.extraction import MOST_CHARACTERS, Extraction, State, extract, tidy
from tests.search.files import (
    encrypted,
    make_docx,
    make_pdf,
    pdf_of,
    repacked,
    with_body,
    zip_bomb,
)

SENTENCES = (
    "Four districts share one plan for rain.",
    "수원시는 하천을 다시 열었다.",
    "水原市は川をふたたび開いた。",
    "城市的水資源管理",
    "城市的水资源管理",
)


def read(data: bytes, name: str, **options) -> Extraction:
    return extract(io.BytesIO(data), name, **options)


def laughs(levels: int = 12) -> bytes:
    """Entities that stand for ten of the former each."""
    entities = b'<!ENTITY e0 "laugh">' + b"".join(
        b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, levels)
    )
    return b"<!DOCTYPE d [" + entities + b"]>"


# Text


def test_pdf_s_pages_are_read_in_every_language():
    found = read(make_pdf(SENTENCES[:2], SENTENCES[2:]), "Report.PDF")
    assert found == Extraction(State.READ, " ".join(SENTENCES))


def test_line_ends_of_a_layout_do_not_cut_words_without_spaces():
    assert read(make_pdf(["城市的生物多", "樣性與水資源"]), "a.pdf").text == "城市的生物多樣性與水資源"
    assert read(make_pdf(["標題", "城市的生物多", "樣性"]), "a.pdf").text == "標題 城市的生物多樣性"


def test_characters_of_a_font_are_read_as_those_they_stand_for():
    assert read(make_pdf(["⾃治体の⽔資源", "⻑い川"]), "a.pdf").text == "自治体の水資源長い川"


def test_text_is_tidied():
    assert tidy("水 資 源 管 理\n수원시의 \n하천") == "水資源管理 수원시의 하천"
    assert tidy("東京 大阪\n京都") == "東京 大阪 京都"
    assert tidy("soft\u00adhyphen  and\r\n\r\nlines") == "softhyphen and lines"


def test_word_document_s_paragraphs_and_tables_are_read():
    found = read(make_docx(*SENTENCES[:2], table=("수원", "水原")), "a.docx")
    assert found == Extraction(State.READ, f"{SENTENCES[0]} {SENTENCES[1]} 수원 水原")


def test_what_word_no_longer_shows_is_not_read():
    body = (
        b"<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>dropped</w:delText></w:r></w:del>"
        b"<w:ins><w:r><w:t xml:space='preserve'> added</w:t></w:r></w:ins></w:p>"
        b"<w:p><mc:AlternateContent><mc:Choice Requires='wps'><w:r><w:t>box</w:t></w:r></mc:Choice>"
        b"<mc:Fallback><w:r><w:t>box again</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert read(with_body(body), "a.docx") == Extraction(State.READ, "Kept added box")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_plain_text_is_read_in_its_encoding(encoding):
    assert read(f"{SENTENCES[1]}\r\n".encode(encoding), "a.txt") == Extraction(State.READ, SENTENCES[1])


def test_table_of_values_is_read():
    assert read("도시,인구\n수원,1200000".encode("cp949"), "a.csv").text == "도시,인구 수원,1200000"


def test_text_is_cut_where_it_grows_too_long():
    assert len(read(b"river " * 100_000, "a.txt").text) == MOST_CHARACTERS
    assert len(read(make_pdf(*[["river " * 900] * 30] * 10), "a.pdf").text) == MOST_CHARACTERS


def test_characters_that_a_database_or_an_engine_refuses_are_dropped():
    text = read("Otters\x00 \ue000came\ue001\x07.".encode(), "a.txt").text
    assert "\x00" not in text
    assert tidy("Otters \ue000came\ue001 \ud800.") == "Otters came ."


# No text


def test_pictures_of_pages_have_no_text():
    assert read(pdf_of([b"0 0 100 100 re f"]), "scan.pdf") == Extraction(State.EMPTY)
    assert read(make_docx(), "a.docx") == Extraction(State.EMPTY)
    assert read(b"", "a.txt") == Extraction(State.EMPTY)


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a", "a.pdf.exe", ".pdf"])
def test_other_files_are_not_opened(name):
    assert read(make_pdf(["Text"]), name) == Extraction(State.UNSUPPORTED)


def test_encrypted_files_are_told_apart_from_protected_ones():
    pdf = make_pdf(["Secret ballots"])
    assert read(encrypted(pdf, "secret"), "a.pdf").state == State.ENCRYPTED
    assert read(encrypted(pdf, ""), "a.pdf") == Extraction(State.READ, "Secret ballots")
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    assert read(container, "a.docx").state == State.ENCRYPTED


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
@pytest.mark.parametrize(
    "data",
    [
        b"", b"%PDF-1.7\n", b"PK\x03\x04", random.Random(4).randbytes(50_000),
        make_pdf(["Text"])[:300], make_docx("Text")[:2000], b"%PDF-1.7\n" + b"1 0 obj\n<< /Type /Catalog" * 2000,
        repacked({"word/document.xml": b"<not"}), repacked({"[Content_Types].xml": b""}),
    ],
)  # fmt: skip
def test_broken_file_is_broken_and_says_why(data, name):
    found = read(data, name)
    assert (found.state, found.text) == (State.BROKEN, "")
    assert found.error


def test_garbage_is_no_text():
    assert read(random.Random(4).randbytes(50_000), "a.txt").state == State.BROKEN


# Files that are made to hang, or to fill the memory


def test_larger_file_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(extraction, "MOST_BYTES", 1000)
    file = io.BytesIO(bytes(10_000_000))
    assert extract(file, "a.pdf").state == State.TOO_LARGE
    assert file.tell() <= 1001


def test_word_document_that_grows_when_unpacked_is_refused():
    bomb = zip_bomb(210)
    assert len(bomb) < 2_000_000
    assert read(bomb, "a.docx").state == State.TOO_LARGE


def test_word_document_of_many_parts_is_refused():
    assert read(repacked({f"word/{number}": b"" for number in range(6000)}), "a.docx").state == State.TOO_LARGE


def test_entities_are_not_unfolded():
    started = time.monotonic()
    found = read(with_body(b"<w:p><w:r><w:t>Kept &e11;</w:t></w:r></w:p>", prolog=laughs()), "a.docx")
    assert (found.state, found.text.count("laugh")) in {(State.READ, 0), (State.BROKEN, 0)}
    assert time.monotonic() - started < extraction.SECONDS


def test_entity_does_not_read_a_file_of_the_server(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret ballots")
    prolog = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file://%s">]>' % str(secret).encode()
    assert "Secret" not in read(with_body(b"<w:p><w:r><w:t>Kept &e;</w:t></w:r></w:p>", prolog=prolog), "a.docx").text


def test_deeply_nested_document_ends_one_way_or_another():
    body = b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000
    assert read(with_body(body), "a.docx").state in {State.BROKEN, State.EMPTY, State.TOO_LARGE}


def test_stream_that_grows_when_unpacked_is_bounded():
    assert read(pdf_of([b"q Q " * 50_000_000]), "a.pdf", seconds=20).state in {State.TOO_LARGE, State.BROKEN}


def test_slow_file_is_given_up_in_time():
    started = time.monotonic()
    found = read(make_pdf(["Text"]), "a.pdf", seconds=0.01)
    assert (found.state, found.error) == (State.TOO_LARGE, "not read within 0.01 seconds")
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_reader_that_wants_more_memory_than_it_may_is_stopped():
    greedy = "import search.extraction as e; e._limit(); x = bytearray(2 * e.MEMORY)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, check=False)
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


def test_reader_knows_nothing_of_the_site(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setenv("SECRET_KEY", "secret")
    run = extraction.subprocess.run

    def spy(command, **options):
        seen.update(options["env"])
        return run(command, **options)

    monkeypatch.setattr(extraction.subprocess, "run", spy)
    read(b"Text", "a.txt")
    assert "SECRET_KEY" in os.environ
    assert seen == {"PYTHONIOENCODING": "utf-8"}


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(extraction.tempfile, "tempdir", str(tmp_path))
    read(make_pdf(["Text"]), "a.pdf")
    read(b"%PDF", "a.pdf", seconds=0.01)
    assert list(tmp_path.iterdir()) == []
