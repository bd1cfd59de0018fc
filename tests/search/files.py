"""Files as they are uploaded, and as they are made to break readers: built here, so that a test says what they hold."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
from pypdf import PdfReader, PdfWriter

# A font without glyphs whose codes are those of Unicode: enough for a reader of text.
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Identity def"
    b" 1 begincodespacerange <0000> <FFFF> endcodespacerange"
    b" 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def _stream(data: bytes, *, packed: bool = True) -> bytes:
    body = zlib.compress(data) if packed else data
    packing = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), packing, body)


def make_pdf(*pages: Sequence[str]) -> bytes:
    """Return a PDF with the lines of each page as text, in any script of the basic plane."""
    contents = [
        b"".join(
            b"BT /F1 12 Tf 50 %d Td <%s> Tj ET\n" % (800 - 20 * number, line.encode("utf-16-be").hex().encode())
            for number, line in enumerate(lines)
        )
        for lines in pages
    ]
    return pdf_of(contents)


def pdf_of(contents: Sequence[bytes]) -> bytes:
    """Return a PDF with a page for each of the content streams."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts"
        b" [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /DW 1000 >>] >>"
    )
    first = 5
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        font,
        _stream(_TO_UNICODE),
    ]
    for number, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects += [page + b" /Contents %d 0 R >>" % (first + 2 * number + 1), _stream(content)]
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def encrypted(pdf: bytes, password: str) -> bytes:
    """Return the PDF behind a password; an empty one lets everybody read it, and nobody change it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_docx(*paragraphs: str, table: Sequence[str] = ()) -> bytes:
    """Return a Word document with the paragraphs, and a table of one row."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        row = document.add_table(1, len(table)).rows[0]
        for cell, text in zip(row.cells, table, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(body: bytes, *, prolog: bytes = b"") -> bytes:
    """Return a Word document whose main part is ``body``, as no Word would write it."""
    main = (
        b'<?xml version="1.0" encoding="UTF-8"?>' + prolog + b"<w:document"
        b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        b' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
        + body
        + b"</w:body></w:document>"
    )
    return repacked({"word/document.xml": main})


def repacked(parts: dict[str, bytes]) -> bytes:
    """Return a Word document with these parts in the place of its own, or beside them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_docx("…"))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """Return a Word document, small until it is unpacked."""
    out = io.BytesIO(make_docx("…"))
    archive = zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("word/media/image1.bmp", "w") as part:
        for _ in range(megabytes):
            part.write(bytes(1024 * 1024))
    return out.getvalue()
