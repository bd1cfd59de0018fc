"""A document's file -> its text: PDF by pypdf, Word by python-docx, plain text and tables by search.decoding.

Files come from outside, and some are made to hang or to fill the memory of whoever reads them. So they are read in a
process of their own, with limits on bytes, memory, seconds, pages and characters, that knows no setting or password of
the site. Whatever happens there, here it is one of the States.

    python -m search.extraction KIND FILE      prints {"state": …, "text": …, "error": …}
"""

import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from search.decoding import decode
from search.layout import as_written, unwrapped
from search.snippets import without_marks

KINDS = frozenset({"pdf", "docx", "txt", "csv"})
MOST_BYTES = 50 * 1024 * 1024
MOST_BYTES_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
MOST_PAGES = 500
MOST_CHARACTERS = 100_000
SECONDS = 30
MEMORY = 1024 * 1024 * 1024

ROOT = Path(__file__).resolve().parent.parent
# Of a text at most this part may be unreadable.
GARBAGE = 0.1

_SPACE = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class State(StrEnum):
    """What became of reading a file."""

    READ = "read"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Extraction:
    """The text of a file, at most MOST_CHARACTERS of it, or why there is none (``error`` for the operator)."""

    state: State
    text: str = ""
    error: str = ""


class TooLargeError(Exception):
    """Reading would take more than a file may."""


class EncryptedError(Exception):
    """A password is asked for."""


def extract(file: IO[bytes], name: str, *, seconds: float = SECONDS) -> Extraction:
    """Return the text of ``file``, whose ``name`` says by its ending what it is. Takes at most about ``seconds``.

    Raises OSError where the file itself cannot be read from its storage.
    """
    kind = Path(name).suffix.lower().lstrip(".")
    if kind not in KINDS:
        return Extraction(State.UNSUPPORTED)
    with tempfile.TemporaryDirectory(prefix="encynet-") as folder:
        path = Path(folder) / f"file.{kind}"
        with path.open("wb") as copy:
            shutil.copyfileobj(_Bounded(file), copy)
        if path.stat().st_size > MOST_BYTES:
            return Extraction(State.TOO_LARGE, error=f"more than {MOST_BYTES} bytes")
        return _in_a_process(kind, path, seconds)


class _Bounded:
    """Reads one byte more than a file may have, and no further."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.left = MOST_BYTES + 1

    def read(self, size: int = -1, /) -> bytes:
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data


def _in_a_process(kind: str, path: Path, seconds: float) -> Extraction:
    command = [sys.executable, "-m", "search.extraction", kind, str(path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env={"PYTHONIOENCODING": "utf-8"}, timeout=seconds, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Extraction(State.TOO_LARGE, error=f"not read within {seconds:g} seconds")
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
        return Extraction(State(answer["state"]), answer["text"], answer["error"])
    except (ValueError, KeyError):
        # Killed by a limit that it could not catch, or by a fault in a library.
        return Extraction(State.BROKEN, error=f"reading ended with code {done.returncode}")


def read(kind: str, path: Path) -> Extraction:
    """Read the file here and now, whatever it takes; ``kind`` is one of KINDS."""
    readers = {"pdf": _pdf, "docx": _docx, "txt": _plain, "csv": _plain}
    try:
        text = tidy(_bounded(readers[kind](path)))
    except EncryptedError as error:
        return Extraction(State.ENCRYPTED, error=str(error))
    except (TooLargeError, MemoryError, RecursionError) as error:
        return Extraction(State.TOO_LARGE, error=f"{type(error).__name__}: {error}")
    except Exception as error:
        # Libraries raise whatever they stumble over in a file that is not what it says.
        return Extraction(State.BROKEN, error=f"{type(error).__name__}: {error}"[:500])
    if sum(not character.isprintable() for character in text) > GARBAGE * len(text):
        return Extraction(State.BROKEN, error="not text")
    return Extraction(State.READ, _CONTROL.sub("", text)) if text else Extraction(State.EMPTY)


def tidy(text: str) -> str:
    """Return text with single spaces, and nothing in it that an engine refuses."""
    return _SPACE.sub(" ", as_written(without_marks(text.replace("\u00ad", "")))).strip()[:MOST_CHARACTERS]


def _bounded(parts: Iterator[str]) -> str:
    """Join parts until there are characters enough; some go when the text is tidied."""
    texts: list[str] = []
    length = 0
    for part in parts:
        texts.append(part[: 2 * MOST_CHARACTERS])
        length += len(part)
        if length > 2 * MOST_CHARACTERS:
            break
    return "\n".join(texts)


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415 -- slow import, of the reading process only
    from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415 -- slow import

    try:
        reader = PdfReader(path)
        # Many files may be read by everybody and only not be changed: their password is empty.
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedError("a password is asked for")
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES:
                break
            yield unwrapped(as_written(page.extract_text()))
    except (DependencyError, FileNotDecryptedError) as error:
        raise EncryptedError(str(error)) from error


def _docx(path: Path) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 -- slow import, of the reading process only

    with path.open("rb") as file:
        # Word keeps a document with a password in another container, that of its files before 2007.
        if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise EncryptedError("a password is asked for, or the file is of Word 97–2003")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
            raise TooLargeError("unpacked")
    body = Document(str(path)).element.body
    line: list[str] = []
    skipped = {inner for fallback in body.iter(_FALLBACK) for inner in fallback.iter()}
    for element in body.iter(f"{_WORD}p", f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br"):
        if element.tag == f"{_WORD}p":
            yield "".join(line)
            line = []
        elif element not in skipped:
            # Deleted words of tracked changes are w:delText, and comments another part: neither is read.
            line.append(element.text or "" if element.tag == f"{_WORD}t" else " ")
    yield "".join(line)


def _plain(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        yield decode(file.read(4 * MOST_CHARACTERS))


def _limit() -> None:
    import resource  # noqa: PLC0415 -- not on Windows, where files are read without limits on memory

    for name, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(name, (value, value))


def main(kind: str, path: str) -> None:
    """Read one file under limits and print what it holds."""
    # What the libraries say of a file's faults helps nobody.
    logging.disable()
    if sys.platform != "win32":
        _limit()
    print(json.dumps(asdict(read(kind, Path(path)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
