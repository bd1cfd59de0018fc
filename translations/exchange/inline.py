"""Markup inside a text: from wagtail-localize's inline HTML to pieces that a file can hold, and back without a loss.

A file names the markup of a text by keys: a link by its id ("a1"), the rest by numbers, in the order of the source. A
translation's markup has the key of the same markup in the source, so that a program that keeps only keys keeps all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

_NAME = re.compile(r"[a-z][a-z0-9]*")
# As wagtail-localize names the links of a source.
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINK = re.compile(f'<a id="({_ID.pattern})">')


class MarkupError(ValueError):
    """The markup of a text in a file makes no sense; the message says why, in the user's language."""


@dataclass(frozen=True)
class Code:
    """Markup: an element around something, or something that stands alone, such as a line break.

    ``name`` is the element's, "" for what is none (a comment); ``opening`` and ``closing`` are its markup, ``closing``
    is "" for what stands alone.
    """

    name: str
    opening: str
    closing: str = ""

    @property
    def is_pair(self) -> bool:
        """Whether it stands around something."""
        return bool(self.closing)


@dataclass(frozen=True)
class Span:
    """A piece of markup in a text, and what it stands around."""

    code: Code
    children: "tuple[Node, ...]" = ()


Node = str | Span
Nodes = tuple[Node, ...]


def canonical(html: str) -> str:
    """Return inline HTML in the one form in which two equal texts are equal."""
    return str(BeautifulSoup(html, "html.parser"))


def read_html(html: str) -> Nodes:
    """Return what inline HTML consists of."""
    return _nodes(BeautifulSoup(html, "html.parser"))


def write_html(nodes: Nodes) -> str:
    """Return the inline HTML that ``read_html`` read, in its canonical form."""
    return canonical("".join(_html(node) for node in nodes))


def escape(text: str) -> str:
    """Return plain text as inline HTML has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def codes(nodes: Nodes) -> Iterator[Code]:
    """Yield the markup of a text in its order."""
    for node in nodes:
        if isinstance(node, Span):
            yield node.code
            yield from codes(node.children)


class Keys:
    """The keys of a source's markup, and those that a translation's gets by them."""

    def __init__(self, source: str) -> None:
        self.by_key: dict[str, Code] = {}
        self._next = 1
        for code in codes(read_html(source)):
            # A link that is there twice has one id.
            if not (_LINK.fullmatch(code.opening) and code in self.by_key.values()):
                self.by_key[self._new(code)] = code
        self._free = dict(self.by_key)

    def __call__(self, code: Code) -> tuple[str, str]:
        """Return the next code's key, and the key of the source's code that it repeats, "" for none.

        The same markup gets the key of the first such in the source that is not taken yet.
        """
        for key, known in self._free.items():
            if known == code:
                del self._free[key]
                return key, ""
        repeated = next((key for key, known in self.by_key.items() if known == code), "")
        return self._new(code), repeated

    def _new(self, code: Code) -> str:
        link = _LINK.fullmatch(code.opening)
        if link and link[1] not in self.by_key:
            return link[1]
        self._next += 1
        return str(self._next - 1)


def element(name: str, key: str, *, pair: bool) -> Code:
    """Return the markup of an element by its name and the key that a file gives it."""
    if not _NAME.fullmatch(name):
        raise MarkupError(_("The markup number %(number)s is not in the source.") % {"number": key or "?"})
    identified = f' id="{key}"' if name == "a" and _ID.fullmatch(key) else ""
    return Code(name, f"<{name}{identified}>", f"</{name}>") if pair else Code(name, f"<{name}{identified}/>")


class Builder:
    """Puts a text together from what a file says piece by piece, and refuses markup that does not fit together."""

    def __init__(self, known: dict[str, Code]) -> None:
        self.known = known
        self._parts: list[str] = []
        self._open: list[tuple[str, Code]] = []

    def text(self, text: str | None) -> None:
        """Add plain text."""
        if text:
            self._parts.append(escape(text))

    def alone(self, code: Code) -> None:
        """Add what stands alone."""
        if code.is_pair:
            raise MarkupError(_("Opening and closing markup do not fit together."))
        self._parts.append(code.opening)

    def open(self, key: str, code: Code) -> None:
        """Begin an element, to be closed by the same key."""
        if not code.is_pair:
            raise MarkupError(_("Opening and closing markup do not fit together."))
        self._open.append((key, code))
        self._parts.append(code.opening)

    def close(self, key: str) -> None:
        """End the element that was opened last, which must be that of the key."""
        if not self._open or self._open[-1][0] != key:
            raise MarkupError(_("Opening and closing markup do not fit together."))
        self._parts.append(self._open.pop()[1].closing)

    def html(self) -> str:
        """Return the text."""
        if self._open:
            raise MarkupError(_("Opening and closing markup do not fit together."))
        return canonical("".join(self._parts))


def _nodes(element: Tag) -> Nodes:
    found: list[Node] = []
    for child in element.children:
        if isinstance(child, Tag):
            found.append(_span(child))
        elif isinstance(child, PreformattedString):
            found.append(Span(Code("", child.output_ready())))
        elif isinstance(child, NavigableString):
            # Neighbouring strings are one text.
            text = str(child)
            if found and isinstance(found[-1], str):
                text = found.pop() + text  # type: ignore[operator]
            found.append(text)
    return tuple(found)


def _span(element: Tag) -> Span:
    if element.is_empty_element:
        return Span(Code(element.name, str(element)))
    empty = BeautifulSoup("", "html.parser").new_tag(element.name)
    empty.attrs = element.attrs
    # A space is what the markup stands around, so that it is never written as <b/>.
    empty.string = " "
    opening, closing = str(empty).rsplit(" ", 1)
    return Span(Code(element.name, opening, closing), _nodes(element))


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node)
    if not node.code.is_pair:
        return node.code.opening
    return node.code.opening + "".join(_html(child) for child in node.children) + node.code.closing
