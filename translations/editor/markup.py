"""Inline HTML as wagtail-localize keeps it (``<a id="a1">``, ``&amp;``, ``<br/>``), as people read and type it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from translations.diff import Piece

_BREAK = re.compile(r"<br\s*/?>")
# An ampersand that begins no entity, and a "<" that begins no tag, mean themselves.
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
_BARE_LESS = re.compile(r"<(?![A-Za-z/!?])")
_PLAIN_AMPERSAND = re.compile(r"&amp;(?!(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
_PLAIN_LESS = re.compile(r"&lt;(?![A-Za-z/!?])")
_TAG = re.compile(r"<(/?)([a-z]+)(?: id=\"([^\"]*)\")?\s*/?>")


@dataclass(frozen=True)
class Mark:
    """Markup of the source that its translation needs, as a button inserts it around the selected words."""

    opening: str
    closing: str
    label: str
    description: str


def to_typed(data: str) -> str:
    """Return a kept text as it is typed: line breaks as line breaks, ``&`` and lonely ``<`` as themselves."""
    text = _BREAK.sub("\n", data)
    text = _PLAIN_LESS.sub("<", text)
    text = text.replace("&gt;", ">")
    return _PLAIN_AMPERSAND.sub("&", text)


def from_typed(text: str, source: str) -> str:
    """Return a typed text as it is kept. A line break becomes a space where the source has none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = _BARE_AMPERSAND.sub("&amp;", text)
    text = _BARE_LESS.sub("&lt;", text)
    return re.sub(r"\s*\n\s*", "<br/>" if _BREAK.search(source) else " ", text)


def marks_of(source: str, attrs: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Return the markup of a source text, each once, in its order. Line breaks are typed, not inserted."""
    found: dict[str, Mark] = {}
    for element in BeautifulSoup(source, "html.parser").find_all(True):
        if element.name == "br":
            continue
        name = str(element.get("id") or "")
        opening = f'<{element.name} id="{name}">' if name else f"<{element.name}>"
        mark = Mark(opening, f"</{element.name}>", name or element.name, _describe(element, attrs))
        found.setdefault(opening, mark)
    return tuple(found.values())


def shown(data: str, attrs: Mapping[str, Any]) -> SafeString:
    """Return a text as readers see it: bold is bold, a link is underlined and followed by its name (a chip)."""
    return mark_safe("".join(_shown(child, attrs) for child in BeautifulSoup(data, "html.parser").children))


def shown_pieces(pieces: Iterable[Piece]) -> SafeString:
    """Return a difference as ``<ins>`` and ``<del>``, said in words too; tags are chips, whole or not."""
    said = {"insert": _("added:"), "delete": _("removed:")}
    ended = {"insert": _("end of addition"), "delete": _("end of removal")}
    name = {"insert": "ins", "delete": "del"}
    parts = []
    for piece in pieces:
        inner = _chips(piece.text)
        if piece.kind == "equal":
            parts.append(inner)
        else:
            parts.append(
                format_html(
                    '<{0}><span class="w-sr-only"> {1} </span>{2}<span class="w-sr-only"> {3} </span></{0}>',
                    name[piece.kind],
                    said[piece.kind],
                    inner,
                    ended[piece.kind],
                )
            )
    return format_html_join("", "{}", ((part,) for part in parts))


def _describe(element: Tag, attrs: Mapping[str, Any]) -> str:
    words = element.get_text()
    href = _address(attrs, str(element.get("id") or ""))
    if element.name == "a":
        return _("Link “%(words)s”, leading to %(address)s") % {"words": words, "address": href or _("a page")}
    return _("Emphasis “%(words)s”") % {"words": words}


def _shown(node: Any, attrs: Mapping[str, Any]) -> str:
    if isinstance(node, NavigableString):
        return format_html("{}", str(node))
    if node.name == "br":
        return mark_safe("<br>")
    inner = mark_safe("".join(_shown(child, attrs) for child in node.children))
    if node.name == "a":
        name = str(node.get("id") or "a")
        return format_html(
            '<span class="te-link" title="{}">{}<span class="te-chip" aria-hidden="true">{}</span></span>',
            _address(attrs, name) or _("Link"),
            inner,
            name,
        )
    if node.name in ("b", "strong", "i", "em", "code", "abbr"):
        return format_html("<{0}>{1}</{0}>", mark_safe(node.name), inner)
    return inner


def _address(attrs: Mapping[str, Any], name: str) -> str:
    """Where a link of the source leads, as far as it says: an address, or the number of a page or document."""
    values = attrs.get(name) or {}
    href = str(values.get("href") or "")
    if href:
        return href if urlsplit(href).scheme in ("http", "https", "mailto", "tel", "") else ""
    if values.get("linktype") and values.get("id"):
        return f"{values['linktype']} {values['id']}"
    return ""


def _chips(text: str) -> SafeString:
    parts: list[str] = []
    place = 0
    for tag in _TAG.finditer(text):
        parts.append(format_html("{}", to_typed(text[place : tag.start()])))
        label = "↵" if tag[2] == "br" else f"{tag[1]}{tag[3] or tag[2]}"
        parts.append(format_html('<span class="te-chip">{}</span>', label))
        place = tag.end()
    parts.append(format_html("{}", to_typed(text[place:])))
    return mark_safe("".join(parts))
