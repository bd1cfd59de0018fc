"""What a file of texts consists of, whatever its format."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class ExchangeError(ValueError):
    """A file, or the whole upload, cannot be taken; the message says why, in the user's language."""


class State(StrEnum):
    """How far a text is, as a file that goes out says it."""

    EMPTY = "empty"
    MACHINE = "machine"
    TRANSLATED = "translated"
    # What readers see now.
    FINAL = "final"


@dataclass(frozen=True)
class Former:
    """What a text said before its source was changed, and its translation from then."""

    source: str
    target: str


@dataclass(frozen=True)
class Unit:
    """A text that goes out. Texts are inline HTML as wagtail-localize keeps it; ``notes`` are (category, text)."""

    path: str
    source: str
    target: str
    state: State
    notes: tuple[tuple[str, str], ...] = ()
    max_length: int | None = None
    former: Former | None = None

    @property
    def id(self) -> str:
        """What the text is called in a file: equal as long as its place and its source are the same."""
        return unit_id(self.path, self.source)


@dataclass(frozen=True)
class Part:
    """A translation of one page that goes out: whose it is, its languages (codes), when, and its texts."""

    translation: str
    title: str
    address: str
    source_language: str
    target_language: str
    exported_at: datetime
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class ReadUnit:
    """A text as a file that comes back says it.

    ``id`` or ``path`` with ``source`` tell which it is. ``error`` says why ``target`` cannot be read; ``certain`` is
    whether the file calls it finished.
    """

    id: str
    path: str
    source: str
    target: str
    certain: bool
    error: str = ""


@dataclass(frozen=True)
class ReadPart:
    """A translation of one page as a file that comes back says it; languages are the file's own tags, "" for none.

    ``translation`` is "" where the file does not say whose it is. ``problem``: why nothing of it can be read.
    """

    name: str
    translation: str = ""
    source_language: str = ""
    target_language: str = ""
    exported_at: datetime | None = None
    units: tuple[ReadUnit, ...] = field(default_factory=tuple)
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self) | {"exported_at": self.exported_at.isoformat() if self.exported_at else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ReadPart":
        """Return what ``to_json`` was made from."""
        exported = datetime.fromisoformat(data["exported_at"]) if data["exported_at"] else None
        units = tuple(ReadUnit(**unit) for unit in data["units"])
        return cls(**{**data, "exported_at": exported, "units": units})


def unit_id(path: str, source: str) -> str:
    """Return the id of a text: an XML name, since paths may have any characters."""
    return "s" + hashlib.sha256(f"{path}\0{source}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
