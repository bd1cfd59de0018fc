"""A text and its translation as the checks read them: markup apart from words."""

import html
import re
from dataclasses import dataclass
from functools import cached_property

from cms.languages import Language, by_code
from translations.glossary import TermHit, terms_in

TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>[^<>]*)>")
_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]*)""")
# {name}, {{ name }}, %(count)s, %s, %1$d: what programs fill in. A percent sign of prose stands before a space.
PLACEHOLDER = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[\w.!:\[\]]*\}|%\(\w+\)[#0+-]?\d*(?:\.\d+)?[a-zA-Z]|%(?:\d+\$)?(?:\.\d+)?[sdif](?![a-zA-Z])"
)


@dataclass(frozen=True)
class Element:
    """One tag: its name, whether it is an end tag, and the ``id`` by which wagtail-localize knows a link."""

    name: str
    is_end: bool
    id: str = ""


class Text:
    """A text in wagtail-localize's form (inline HTML), read when it is asked for."""

    def __init__(self, data: str) -> None:
        self.data = data

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The tags in their order."""
        return tuple(
            Element(tag["name"].lower(), bool(tag["end"]), found[1] if (found := _ID.search(tag["attributes"])) else "")
            for tag in TAG.finditer(self.data)
        )

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The ids of the links in their order."""
        return tuple(element.id for element in self.elements if element.name == "a" and not element.is_end)

    @cached_property
    def plain(self) -> str:
        """The words: without tags, with the characters that entities stand for. A line break stays one."""
        return html.unescape(TAG.sub(lambda tag: "\n" if tag["name"].lower() == "br" else "", self.data))

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """What programs fill in, in order."""
        return tuple(PLACEHOLDER.findall(self.plain))

    @cached_property
    def prose(self) -> str:
        """The words without addresses and without what programs fill in."""
        return ADDRESS.sub(" ", PLACEHOLDER.sub(" ", self.plain))


ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>（）「」、。，]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|int|edu|gov|eu|kr|jp|cn|tw)(?:/[^\s<>（）「」、。，]*)?(?![\w.])",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Pair:
    """A source, its translation, their languages, and how many characters the field takes (None: any number)."""

    source: Text
    target: Text
    source_language: Language
    target_language: Language
    max_length: int | None = None

    @cached_property
    def terms(self) -> tuple[TermHit, ...]:
        """The glossary's terms of the source."""
        return terms_in(self.source.data, self.source_language.code, self.target_language.code)

    @classmethod
    def of(
        cls, source: str, target: str, source_language: str, target_language: str, max_length: int | None = None
    ) -> "Pair":
        """Return the pair of two texts and the codes of their languages."""
        return cls(Text(source), Text(target), by_code(source_language), by_code(target_language), max_length)
