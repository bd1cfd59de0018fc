"""Small pieces of XML that both versions of XLIFF share."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from lxml import etree

from translations.exchange.inline import Nodes, Span

# Whose translation it is: the id of wagtail-localize's Translation, which outlives every change of the page.
ORIGINAL = "urn:uuid:"
XML = "http://www.w3.org/XML/1998/namespace"
SPACE, LANG = f"{{{XML}}}space", f"{{{XML}}}lang"

# What XML cannot hold.
_FORBIDDEN = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def add_text(parent: etree._Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def fill(
    parent: etree._Element,
    nodes: Nodes,
    add_code: Callable[[etree._Element, Span], etree._Element],
    add_character: Callable[[etree._Element, str], object],
) -> None:
    """Put a text into an element: markup by ``add_code``, which returns what to go on in, others by themselves."""
    for node in nodes:
        if isinstance(node, Span):
            fill(add_code(parent, node), node.children, add_code, add_character)
        else:
            for number, piece in enumerate(_FORBIDDEN.split(node)):
                if number % 2:
                    add_character(parent, f"{ord(piece):04x}")
                elif piece:
                    add_text(parent, piece)


def printable(text: str) -> str:
    """Return a note as XML can hold it."""
    return _FORBIDDEN.sub("�", text)


def character(code_point: str) -> str:
    """Return the character of a hexadecimal number; "�" for what is none."""
    try:
        return chr(int(code_point, 16))
    except (ValueError, OverflowError):
        return "�"


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name, in the parent's namespace."""
    return next((element for element in parent if local(element) == name and _same_space(parent, element)), None)


def serialise(root: etree._Element) -> bytes:
    """Return a document as UTF-8. Nothing is indented: spaces belong to the texts."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def parse_time(text: str | None) -> datetime | None:
    """Return the moment that ISO 8601 says; None for none. Without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def utc(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _same_space(parent: etree._Element, element: etree._Element) -> bool:
    return etree.QName(element).namespace == etree.QName(parent).namespace
