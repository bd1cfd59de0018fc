"""XLIFF 1.2: elements of a text are ``<g>``, what stands alone is ``<x>``."""

from django.utils.translation import gettext as _
from lxml import etree

from cms.languages import by_code
from translations.exchange.elements import (
    LANG,
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

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

_STATES = {
    State.EMPTY: "needs-translation",
    State.MACHINE: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.FINAL: "final",
}
_FINISHED = {"", "translated", "signed-off", "final"}
# What the representation guide for HTML calls the elements; others are x-html-….
_TYPES = {"b": "bold", "i": "italic", "a": "link", "br": "lb"}
_NAMES = {kind: name for name, kind in _TYPES.items()}
_HTML, _CHARACTER = "x-html-", "x-char-"


def write(part: Part) -> bytes:
    """Return a translation as an XLIFF 1.2 document."""
    root = etree.Element(_q("xliff"), version="1.2", nsmap={None: NAMESPACE})
    languages = (by_code(part.source_language).tag, by_code(part.target_language).tag)
    file = etree.SubElement(
        root,
        _q("file"),
        {
            "original": ORIGINAL + part.translation,
            "source-language": languages[0],
            "target-language": languages[1],
            "datatype": "html",
            "date": utc(part.exported_at),
            SPACE: "preserve",
        },
    )
    header = etree.SubElement(file, _q("header"))
    etree.SubElement(header, _q("note")).text = printable(f"{part.title} {part.address}")
    body = etree.SubElement(file, _q("body"))
    for unit in part.units:
        _write_unit(body, unit, languages)
    return serialise(root)


def read(name: str, root: etree._Element) -> list[ReadPart]:
    """Return the pages of an XLIFF 1.x document."""
    parts = []
    for file in root:
        if local(file) == "file":
            original = file.get("original", "")
            parts.append(
                ReadPart(
                    name,
                    translation=original[len(ORIGINAL) :] if original.startswith(ORIGINAL) else "",
                    source_language=file.get("source-language", ""),
                    target_language=file.get("target-language", ""),
                    exported_at=parse_time(file.get("date")),
                    units=tuple(_read_unit(unit) for unit in file.iter() if local(unit) == "trans-unit"),
                )
            )
    return parts


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _write_unit(body: etree._Element, unit: Unit, languages: tuple[str, str]) -> None:
    element = etree.SubElement(body, _q("trans-unit"), {"id": unit.id, "resname": printable(unit.path)})
    if unit.state == State.FINAL:
        element.set("approved", "yes")
    if unit.max_length:
        element.set("maxwidth", str(unit.max_length))
        element.set("size-unit", "char")
    element.set(SPACE, "preserve")
    _write_text(etree.SubElement(element, _q("source"), {LANG: languages[0]}), unit.source, unit.source)
    target = etree.SubElement(element, _q("target"), {LANG: languages[1], "state": _STATES[unit.state]})
    _write_text(target, unit.target, unit.source)
    for category, text in unit.notes:
        etree.SubElement(element, _q("note"), {"from": category}).text = printable(text)
    if unit.former:
        _write_former(element, unit.former, languages)


def _write_former(element: etree._Element, former: Former, languages: tuple[str, str]) -> None:
    before = etree.SubElement(element, _q("alt-trans"), alttranstype="previous-version")
    _write_text(etree.SubElement(before, _q("source"), {LANG: languages[0]}), former.source, former.source)
    _write_text(etree.SubElement(before, _q("target"), {LANG: languages[1]}), former.target, former.source)


def _write_text(element: etree._Element, html: str, source: str) -> None:
    keys = Keys(source)

    def add_code(parent: etree._Element, span: Span) -> etree._Element:
        key, repeated = keys(span.code)
        # Markup that is there twice where the source has it once is a clone, with the same key.
        values = {"id": repeated or key, "ctype": _type(span.code)}
        if not span.code.is_pair:
            values["equiv-text"] = printable(span.code.opening)
        return etree.SubElement(parent, _q("g" if span.code.is_pair else "x"), values)

    def add_character(parent: etree._Element, code_point: str) -> None:
        etree.SubElement(parent, _q("x"), {"id": f"c{code_point}", "ctype": _CHARACTER + code_point})

    fill(element, read_html(html), add_code, add_character)


def _type(code: Code) -> str:
    return _TYPES.get(code.name, _HTML + (code.name or "comment"))


def _read_unit(unit: etree._Element) -> ReadUnit:
    source, target = child(unit, "source"), child(unit, "target")
    state = target.get("state", "") if target is not None else ""
    certain = unit.get("approved") == "yes" or state in _FINISHED
    known: dict[str, Code] = {}
    texts, error = ["", ""], ""
    for number, part in enumerate((source, target)):
        try:
            if part is not None:
                texts[number] = _read_text(part, known)
        except MarkupError as problem:
            error = str(problem)
    return ReadUnit(unit.get("id", ""), unit.get("resname", ""), texts[0], texts[1], certain, error)


def _read_text(parent: etree._Element, known: dict[str, Code]) -> str:
    """Return the text of a source or target. ``known`` has the markup by its key; reading the source fills it."""
    builder = Builder(known)
    _read_into(builder, parent)
    return builder.html()


def _read_into(builder: Builder, parent: etree._Element) -> None:
    builder.text(parent.text)
    for piece in parent:
        kind, key = local(piece), piece.get("id", "")
        if kind == "g":
            builder.open(key, _code(builder, piece, pair=True))
            _read_into(builder, piece)
            builder.close(key)
        elif kind == "mrk":
            _read_into(builder, piece)
        elif kind in ("bx", "bpt"):
            builder.open(piece.get("rid", key), _code(builder, piece, pair=True))
        elif kind in ("ex", "ept"):
            builder.close(piece.get("rid", key))
        elif kind in ("x", "ph"):
            _read_alone(builder, piece)
        elif kind:
            raise MarkupError(_("<%(name)s> is not read inside a text.") % {"name": kind})
        builder.text(piece.tail)


def _read_alone(builder: Builder, piece: etree._Element) -> None:
    kind = piece.get("ctype", "")
    if kind.startswith(_CHARACTER):
        builder.text(character(kind[len(_CHARACTER) :]))
    else:
        builder.alone(_code(builder, piece, pair=False))


def _code(builder: Builder, piece: etree._Element, *, pair: bool) -> Code:
    """Return what a piece of markup stands for: by its key what the source has, else by its type."""
    key, kind, text = piece.get("id", ""), piece.get("ctype", ""), piece.get("equiv-text", "")
    if key not in builder.known:
        name = _NAMES.get(kind) or (kind[len(_HTML) :] if kind.startswith(_HTML) else "")
        comment = name == "comment" and text.startswith("<!--") and text.endswith("-->")
        builder.known[key] = Code("", text) if comment else element(name, key, pair=pair)
    return builder.known[key]
