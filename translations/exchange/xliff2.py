"""XLIFF 2: elements of a text are ``<pc>``, what stands alone is ``<ph>``; what they are stands in ``<originalData>``.

Written as version 2.0, which every program of the family reads; 2.1 and 2.2 are read too.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from cms.languages import by_code
from translations.exchange.elements import (
    ORIGINAL,
    SPACE,
    character,
    child,
    fill,
    local,
    parse_time,
    printable,
    serialise,
    utc,
)
from translations.exchange.inline import Builder, Code, Keys, MarkupError, Span, element, read_html
from translations.exchange.units import Former, Part, ReadPart, ReadUnit, State, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
NAMESPACES = r"urn:oasis:names:tc:xliff:document:2\.\d"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"

_STATES = {
    State.EMPTY: "initial",
    State.MACHINE: "initial",
    State.TRANSLATED: "translated",
    State.FINAL: "final",
}
_EXPORTED = "exported"
_FORMATS = {"b": "xlf:b", "i": "xlf:i", "br": "xlf:lb"}


def write(part: Part) -> bytes:
    """Return a translation as an XLIFF 2.0 document."""
    languages = (by_code(part.source_language).tag, by_code(part.target_language).tag)
    root = etree.Element(
        _q("xliff"),
        {"version": "2.0", "srcLang": languages[0], "trgLang": languages[1]},
        nsmap={None: NAMESPACE, "mtc": _MATCHES},
    )
    file = etree.SubElement(root, _q("file"), {"id": "f1", "original": ORIGINAL + part.translation, SPACE: "preserve"})
    notes = etree.SubElement(file, _q("notes"))
    etree.SubElement(notes, _q("note"), category="page").text = printable(f"{part.title} {part.address}")
    etree.SubElement(notes, _q("note"), category=_EXPORTED).text = utc(part.exported_at)
    for unit in part.units:
        _write_unit(file, unit)
    return serialise(root)


def read(name: str, root: etree._Element) -> list[ReadPart]:
    """Return the pages of an XLIFF 2.x document."""
    parts = []
    for file in root:
        if local(file) == "file":
            original = file.get("original", "")
            parts.append(
                ReadPart(
                    name,
                    translation=original[len(ORIGINAL) :] if original.startswith(ORIGINAL) else "",
                    source_language=root.get("srcLang", ""),
                    target_language=root.get("trgLang", ""),
                    exported_at=parse_time(_note(file, _EXPORTED)),
                    units=tuple(_read_unit(unit) for unit in file.iter() if local(unit) == "unit"),
                )
            )
    return parts


def _q(name: str, namespace: str = NAMESPACE) -> str:
    return f"{{{namespace}}}{name}"


def _note(file: etree._Element, category: str) -> str:
    notes = child(file, "notes")
    for note in notes if notes is not None else ():
        if local(note) == "note" and note.get("category") == category:
            return note.text or ""
    return ""


def _write_unit(file: etree._Element, unit: Unit) -> None:
    box = etree.SubElement(file, _q("unit"), {"id": unit.id, "name": printable(unit.path), SPACE: "preserve"})
    if unit.former:
        _write_former(box, unit.former, unit.id)
    if unit.notes:
        notes = etree.SubElement(box, _q("notes"))
        for category, text in unit.notes:
            etree.SubElement(notes, _q("note"), category=category).text = printable(text)
    data: dict[str, str] = {}
    segment = etree.Element(_q("segment"), {"id": "1", "state": _STATES[unit.state]})
    if unit.state == State.MACHINE:
        segment.set("subState", "mt:unconfirmed")
    _write_text(etree.SubElement(segment, _q("source")), unit.source, unit.source, data)
    if unit.target:
        _write_text(etree.SubElement(segment, _q("target")), unit.target, unit.source, data)
    _write_data(box, data)
    box.append(segment)


def _write_former(box: etree._Element, former: Former, unit_id: str) -> None:
    """Put the former translation beside the unit as a candidate, as from a translation memory."""
    matches = etree.SubElement(box, _q("matches", _MATCHES))
    match = etree.SubElement(
        matches, _q("match", _MATCHES), {"ref": f"#/f=f1/u={unit_id}/1", "type": "tm", "origin": "previous version"}
    )
    data: dict[str, str] = {}
    texts = [(etree.Element(_q(name)), html) for name, html in (("source", former.source), ("target", former.target))]
    for text, html in texts:
        _write_text(text, html, former.source, data)
    _write_data(match, data)
    match.extend([text for text, _html in texts])


def _write_data(box: etree._Element, data: dict[str, str]) -> None:
    if data:
        originals = etree.SubElement(box, _q("originalData"))
        for markup, number in data.items():
            etree.SubElement(originals, _q("data"), {"id": number, SPACE: "preserve"}).text = printable(markup)


def _write_text(box: etree._Element, html: str, source: str, data: dict[str, str]) -> None:
    """Write a text. ``data`` collects the markup that its codes refer to: markup -> id."""
    keys = Keys(source)

    def reference(markup: str) -> str:
        return data.setdefault(markup, f"d{len(data) + 1}")

    def add_code(parent: etree._Element, span: Span) -> etree._Element:
        key, repeated = keys(span.code)
        values = {"id": key, **({"copyOf": repeated} if repeated else {})}
        if span.code.name:
            # A type of ours that other programs may ignore, beside those that the standard names.
            values["type"] = "link" if span.code.name == "a" else "fmt"
            values["subType"] = _FORMATS.get(span.code.name, f"html:{span.code.name}")
        if not span.code.is_pair:
            return etree.SubElement(parent, _q("ph"), {**values, "dataRef": reference(span.code.opening)})
        values["dataRefStart"], values["dataRefEnd"] = reference(span.code.opening), reference(span.code.closing)
        return etree.SubElement(parent, _q("pc"), values)

    def add_character(parent: etree._Element, code_point: str) -> None:
        etree.SubElement(parent, _q("cp"), hex=code_point.upper())

    fill(box, read_html(html), add_code, add_character)


def _read_unit(unit: etree._Element) -> ReadUnit:
    known: dict[str, Code] = {}
    data = {
        item.get("id", ""): item.text or ""
        for box in unit
        if local(box) == "originalData"
        for item in box
        if local(item) == "data"
    }
    pieces = [piece for piece in unit if local(piece) in ("segment", "ignorable")]
    texts, error = ["", ""], ""
    for number, boxes in enumerate(([child(piece, "source") for piece in pieces], list(_targets(pieces)))):
        try:
            texts[number] = _read_text([box for box in boxes if box is not None], known, data)
        except MarkupError as problem:
            error = str(problem)
    # A program that says nothing of states means what it writes.
    certain = all(piece.get("state", "translated") != "initial" for piece in pieces)
    return ReadUnit(unit.get("id", ""), unit.get("name", ""), texts[0], texts[1], certain, error)


def _targets(pieces: list[etree._Element]) -> Iterator[etree._Element | None]:
    """Yield the targets of a unit that a program cut into segments, in the translation's order.

    What stands between segments is the source's where the translation says nothing of its own. A unit of which a
    segment has no target yet is not translated.
    """
    targets = [child(piece, "target") for piece in pieces if local(piece) == "segment"]
    if any(target is None for target in targets):
        return
    places = []
    for number, piece in enumerate(pieces, start=1):
        target = child(piece, "target")
        order = target.get("order", "") if target is not None else ""
        box = child(piece, "source") if target is None else target
        places.append((int(order) if order.isascii() and order.isdecimal() else number, number, box))
    for _order, _number, box in sorted(places, key=lambda place: place[:2]):
        yield box


def _read_text(boxes: list[etree._Element], known: dict[str, Code], data: dict[str, str]) -> str:
    """Return a text. ``known`` has the markup by its key; reading the source fills it."""
    builder = Builder(known)
    for box in boxes:
        _read_into(builder, box, data)
    return builder.html()


def _read_into(builder: Builder, parent: etree._Element, data: dict[str, str]) -> None:
    builder.text(parent.text)
    for piece in parent:
        kind, key = local(piece), piece.get("id", "")
        if kind == "pc":
            builder.open(key, _code(builder, piece, data, pair=True))
            _read_into(builder, piece, data)
            builder.close(key)
        elif kind == "mrk":
            _read_into(builder, piece, data)
        elif kind == "sc":
            builder.open(key, _code(builder, piece, data, pair=True))
        elif kind == "ec":
            builder.close(piece.get("startRef") or key)
        elif kind == "ph":
            builder.alone(_code(builder, piece, data, pair=False))
        elif kind == "cp":
            builder.text(character(piece.get("hex", "")))
        elif kind not in ("sm", "em", ""):
            raise MarkupError(_("<%(name)s> is not read inside a text.") % {"name": kind})
        builder.text(piece.tail)


def _code(builder: Builder, piece: etree._Element, data: dict[str, str], *, pair: bool) -> Code:
    """Return what a piece of markup stands for: what it copies, what the source has by its key, or its own data."""
    key = piece.get("id", "")
    copied = piece.get("copyOf", "")
    if copied in builder.known:
        return builder.known[copied]
    if key not in builder.known:
        builder.known[key] = _original(piece, data, key, pair=pair)
    return builder.known[key]


def _original(piece: etree._Element, data: dict[str, str], key: str, *, pair: bool) -> Code:
    markup = data.get(piece.get("dataRefStart" if pair else "dataRef", ""), "")
    if not pair and markup.startswith("<!--") and markup.endswith("-->"):
        return Code("", markup)
    found = next((span.code for span in read_html(markup) if isinstance(span, Span)), None)
    if found and found.name and found.is_pair == pair:
        return found
    subtype = piece.get("subType", "")
    names = {kind: name for name, kind in _FORMATS.items()}
    name = names.get(subtype) or ("a" if piece.get("type") == "link" else subtype.partition(":")[2])
    return element(name, key, pair=pair)
