"""What an upload may be, and what is refused without harm."""

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.translations.exchange.samples import UUID, part, unit
from translations.exchange import archive
from translations.exchange.archive import pack, read_upload
from translations.exchange.units import ExchangeError
from translations.exchange.xliff1 import write

GOOD = write(part(unit("Water", "물", path="title")))


def upload(name, content):
    return SimpleUploadedFile(name, content)


def refused(name, content):
    with pytest.raises(ExchangeError) as error:
        read_upload(upload(name, content))
    return str(error.value)


BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DOCTYPE = "The file declares a document type (DOCTYPE). Such files are not read."


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        b'<!DOCTYPE xliff SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE xliff [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>',
        b'<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://www.oasis-open.org/xliff.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_and_no_entity_resolved(head, encoding):
    text = head.decode() + '<xliff version="1.2">&b;&x;</xliff>'
    assert refused("x.xlf", text.encode(encoding)) == DOCTYPE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"<xliff", "This is not valid XML: something is wrong in line 1."),
        (b"<a>\n<b></a>", "This is not valid XML: something is wrong in line 2."),
        (b"\xff\xfe\x00", "This is not valid XML: something is wrong in line 1."),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "This is not valid XML."),
        (b"<xliff>&undefined;</xliff>", "This is not valid XML: something is wrong in line 1."),
        (b"<html/>", "This is not an XLIFF file of version 1.2 or 2."),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:3.0"/>', "This is not an XLIFF file of version 1.2 or 2."),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "There are no texts in this file."),
    ],
)
def test_xliff_that_is_none_is_refused(content, message):
    assert refused("x.xlf", content) == message


def test_xml_that_is_deep_is_refused():
    assert refused("x.xlf", b"<a>" * 100_000).startswith("This is not valid XML")


@pytest.mark.parametrize("content", [b"\x00\x01", b"\xff\xfe", b"not a po file", b'msgid "a', b"/etc/passwd", b"\n"])
def test_po_that_is_none_is_refused(content):
    assert refused("x.po", content) == "This is not a valid PO file."


@pytest.mark.parametrize("name", ["x.docx", "x", "x.exe", "xlf"])
def test_other_kinds_of_files_are_refused(name):
    assert refused(name, b"hello") == "Only PO, XLIFF and ZIP files are read (.po, .xlf, .xliff, .zip)."


def test_fifty_megabytes_are_refused_at_once():
    start = time.perf_counter()
    assert refused("x.xlf", b"<" * 50 * 1024 * 1024) == "The file is larger than 20.0\xa0MB."
    assert time.perf_counter() - start < 5


def test_file_of_more_than_five_megabytes_is_refused():
    assert refused("x.xlf", b" " * (archive.LARGEST_FILE + 1)) == "The file is larger than 5.0\xa0MB."


def test_files_of_a_zip_are_read_and_those_of_systems_are_not():
    content = pack([("ko/water.xlf", GOOD), ("__MACOSX/ko/._water.xlf", b"x"), (".DS_Store", b"x"), ("ko/", b"")])
    [read] = read_upload(upload("x.zip", content))
    assert (read.name, read.translation, read.units[0].target) == ("ko/water.xlf", UUID, "물")


def test_problem_of_a_file_in_a_zip_stays_its_own():
    content = pack(
        [("bad.xlf", b"<"), ("note.txt", b"x"), ("evil.xlf", BOMB + b"<a>&b;</a>"), ("../../good.xlf", GOOD)]
    )
    assert [(read.name, read.problem, len(read.units)) for read in read_upload(upload("x.zip", content))] == [
        ("bad.xlf", "This is not valid XML: something is wrong in line 1.", 0),
        ("note.txt", "Only PO, XLIFF and ZIP files are read (.po, .xlf, .xliff, .zip).", 0),
        ("evil.xlf", DOCTYPE, 0),
        ("../../good.xlf", "", 1),
    ]


def test_zip_bomb_is_given_up():
    zeros = [(f"{number}.xlf", b" " * archive.LARGEST_FILE) for number in range(14)]
    content = pack(zeros)
    assert len(content) < archive.LARGEST_CONTENTS / 100
    assert refused("x.zip", content) == "Unpacked, the ZIP file would be larger than allowed."


def test_file_that_lies_about_its_size_is_not_believed():
    content = bytearray(pack([("x.xlf", b" " * (archive.LARGEST_FILE + 10))]))
    size = (archive.LARGEST_FILE + 10).to_bytes(4, "little")
    assert content.count(size) == 2
    content = bytes(content).replace(size, (10).to_bytes(4, "little"))
    [read] = read_upload(upload("x.zip", content))
    assert (read.problem, read.units) == ("The file in the ZIP file is damaged.", ())


def test_zip_of_zips_is_not_unpacked():
    [read] = read_upload(upload("x.zip", pack([("inner.zip", pack([("x.xlf", GOOD)]))])))
    assert read.problem == "Only PO, XLIFF and ZIP files are read (.po, .xlf, .xliff, .zip)."


def test_zip_of_too_many_files_is_refused():
    content = pack([(f"{number}.xlf", b"") for number in range(501)])
    assert refused("x.zip", content) == "There are more than 500 files in the ZIP file."


def test_damaged_and_locked_zips_are_named():
    assert refused("x.zip", b"PK\x03\x04" + b"x" * 50) == "This is not a valid ZIP file."
    assert refused("x.zip", pack([])) == "Only PO, XLIFF and ZIP files are read (.po, .xlf, .xliff, .zip)."
    assert refused("x.zip", pack([("a/", b"")])) == "There is no PO or XLIFF file in the ZIP file."
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        file.writestr("x.xlf", GOOD)
    damaged = buffer.getvalue().replace(b"<target", b"<tarXet")
    assert read_upload(upload("x.zip", damaged))[0].problem == "The file in the ZIP file is damaged."
    locked = bytearray(buffer.getvalue())
    for place in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[place] |= 1
    assert read_upload(upload("x.zip", bytes(locked)))[0].problem == "The file has a password."
