"""An upload: one file, or many in a ZIP. Everything is read in memory, within limits that the upload cannot move."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from translations.exchange import pofiles, xliff, xliff1, xliff2
from translations.exchange.units import ExchangeError, Part, ReadPart

# A page of 300 long texts has half a megabyte; the rest is room for what programs add.
LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_CONTENTS = 60 * 1024 * 1024
MOST_FILES = 500

Reader = Callable[[str, bytes], list[ReadPart]]
READERS: dict[str, Reader] = {
    ".po": pofiles.read,
    ".pot": pofiles.read,
    ".xlf": xliff.read,
    ".xliff": xliff.read,
    ".xml": xliff.read,
}
# Format -> (what writes it, extension, content type).
WRITERS: dict[str, tuple[Callable[[Part], bytes], str, str]] = {
    "xliff1": (xliff1.write, "xlf", "application/x-xliff+xml"),
    "xliff2": (xliff2.write, "xlf", "application/xliff+xml"),
    "po": (pofiles.write, "po", "text/x-gettext-translation; charset=utf-8"),
}


def read_upload(upload: UploadedFile) -> list[ReadPart]:
    """Return the pages that an upload holds; a file that cannot be read is a part with a ``problem``.

    Raises ExchangeError where nothing of the upload can be read.
    """
    name = upload.name or ""
    if not upload.size:
        raise ExchangeError(_("The file is empty."))
    if upload.size > LARGEST_UPLOAD:
        raise ExchangeError(_too_large(LARGEST_UPLOAD))
    data = upload.read(LARGEST_UPLOAD + 1)
    if data[:4] == b"PK\x03\x04":
        parts = [part for file, content in _unpack(data) for part in _read(file, content)]
        if not parts:
            raise ExchangeError(_("There is no PO or XLIFF file in the ZIP file."))
        return parts
    if len(data) > LARGEST_FILE:
        raise ExchangeError(_too_large(LARGEST_FILE))
    return _read_one(name, data)


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP file of named contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def _read(name: str, content: bytes | ExchangeError) -> list[ReadPart]:
    """Return the pages of one file of many; a problem stays that file's."""
    try:
        if isinstance(content, ExchangeError):
            raise content
        return _read_one(name, content)
    except ExchangeError as error:
        return [ReadPart(name, problem=str(error))]


def _read_one(name: str, data: bytes) -> list[ReadPart]:
    reader = READERS.get(PurePosixPath(name.lower()).suffix)
    if reader is None:
        raise ExchangeError(_("Only PO, XLIFF and ZIP files are read (.po, .xlf, .xliff, .zip)."))
    parts = reader(name, data)
    if not parts or not any(part.units for part in parts):
        raise ExchangeError(_("There are no texts in this file."))
    return parts


def _unpack(data: bytes) -> Iterator[tuple[str, bytes | ExchangeError]]:
    """Yield the files of a ZIP: contents, or why there are none. What a file says of its own size is not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if _is_wanted(member)]
            if len(members) > MOST_FILES:
                raise ExchangeError(_("There are more than %(count)s files in the ZIP file.") % {"count": MOST_FILES})
            room = LARGEST_CONTENTS
            for member in members:
                content = _content(archive, member, min(LARGEST_FILE, room))
                room -= LARGEST_FILE if isinstance(content, ExchangeError) else len(content)
                if room <= 0:
                    raise ExchangeError(_("Unpacked, the ZIP file would be larger than allowed."))
                yield member.filename, content
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError) as error:
        if isinstance(error, ExchangeError):
            raise
        raise ExchangeError(_("This is not a valid ZIP file.")) from error


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    """Leave folders and what macOS and other systems add."""
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not member.is_dir() and not hidden and path.name not in ("Thumbs.db", "desktop.ini")


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes | ExchangeError:
    if member.flag_bits & 0x1:
        return ExchangeError(_("The file has a password."))
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        return ExchangeError(_("The file in the ZIP file is damaged."))
    return content if len(content) <= most else ExchangeError(_too_large(LARGEST_FILE))


def _too_large(most: int) -> str:
    return _("The file is larger than %(size)s.") % {"size": filesizeformat(most)}
