"""PO: gettext's files. Texts keep their markup as it is; a text's place is its context."""

import tempfile
from pathlib import Path

import polib
from django.utils.translation import gettext as _

from cms.languages import by_code
from translations.exchange.elements import parse_time, utc
from translations.exchange.units import ExchangeError, Part, ReadPart, ReadUnit, State, Unit, unit_id

# As wagtail-localize names it in its own export, so that its files can be read too.
_ID = "X-WagtailLocalize-TranslationID"
_EXPORTED, _SOURCE = "X-Exported-At", "X-Source-Language"
_CREATED = "POT-Creation-Date"


def write(part: Part) -> bytes:
    """Return a translation as a PO file."""
    # Every text in one line: what a program wraps, it may also unwrap wrongly.
    po = polib.POFile(wrapwidth=0)
    code = by_code(part.target_language)
    po.metadata = {
        "Project-Id-Version": f"{part.title} {part.address}".replace("\n", " "),
        _CREATED: part.exported_at.strftime("%Y-%m-%d %H:%M+0000"),
        "PO-Revision-Date": part.exported_at.strftime("%Y-%m-%d %H:%M+0000"),
        "Last-Translator": "",
        "Language-Team": str(code.name),
        "Language": code.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _ID: part.translation,
        _SOURCE: by_code(part.source_language).locale,
        _EXPORTED: utc(part.exported_at),
    }
    po.extend(_entry(unit) for unit in part.units)
    return str(po).encode()


def read(name: str, data: bytes) -> list[ReadPart]:
    """Return the page of a PO file. Raises ExchangeError for what is none."""
    po = _parse(data)
    exported = parse_time(po.metadata.get(_EXPORTED)) or parse_time(po.metadata.get(_CREATED))
    units = tuple(_unit(entry) for entry in po if not entry.obsolete)
    return [
        ReadPart(
            name,
            translation=po.metadata.get(_ID, "").strip(),
            source_language=po.metadata.get(_SOURCE, "").strip(),
            target_language=po.metadata.get("Language", "").strip(),
            exported_at=exported,
            units=units,
        )
    ]


def _entry(unit: Unit) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=unit.path,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join(f"{category}: {text}" for category, text in unit.notes),
    )
    if unit.state == State.MACHINE:
        entry.flags.append("fuzzy")
    elif unit.former and not unit.target:
        # gettext's own way to say: the source was this, and this its translation.
        entry.flags.append("fuzzy")
        entry.previous_msgid = unit.former.source
        entry.msgstr = unit.former.target
    return entry


def _unit(entry: polib.POEntry) -> ReadUnit:
    path = entry.msgctxt or ""
    return ReadUnit(unit_id(path, entry.msgid), path, entry.msgid, entry.msgstr, not entry.fuzzy)


def _parse(data: bytes) -> polib.POFile:
    broken = ExchangeError(_("This is not a valid PO file."))
    if b"\0" in data:
        raise broken
    # polib takes a path or the contents, and would open a file that the contents name.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "upload.po")
        path.write_bytes(data)
        try:
            po = polib.pofile(str(path))
        except (OSError, ValueError, IndexError, LookupError) as error:
            raise broken from error
    if not po.metadata and not len(po):
        raise broken
    return po
