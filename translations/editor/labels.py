"""Where a text stands on its page, in the words of the page's own editor: "Content › Body › Quote 3 › Author"."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.ingest import unquote_path_component
from wagtail_localize.views.edit_translation import TabHelper


@dataclass(frozen=True)
class Place:
    """Where a text stands. ``group`` is equal for the texts of one field, block or item; ``heading`` names that."""

    order: int
    tab: str
    group: str
    heading: tuple[str, ...]
    label: str
    max_length: int | None = None
    multiline: bool = True

    @property
    def path(self) -> str:
        """The whole way to it."""
        return " › ".join((*self.heading, self.label) if self.label else self.heading)


class Labels:
    """Names the places of one source's texts. Reads the source's own copy of the page: no query."""

    def __init__(self, source: TranslationSource) -> None:
        model = source.specific_content_type.model_class()
        self.model = model
        self.helper = TabHelper(model())
        self.content = json.loads(source.content_json)
        self._streams: dict[str, Any] = {}

    def place(self, path: str) -> Place:
        """Return where the text at a content path ("body.<block>.quote") stands."""
        name, *parts = path.split(".") if "'" not in path else _split(path)
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return Place(10_000, "", name, (capfirst(name.replace("_", " ")),), "")
        order = self.helper.field_ordering_mapping.get(name, 10_000)
        tab = str(self.helper.field_tab_mapping.get(name, ""))
        if isinstance(field, StreamField) and parts:
            return self._in_stream(field, parts, order, tab)
        if field.one_to_many:
            return self._in_children(field, parts, order, tab)
        heading = (_name(field),)
        label = _link(parts)
        return Place(order, tab, name, heading, label, getattr(field, "max_length", None), not _short(field))

    def block(self, path: str) -> Any:
        """Return the block that holds the value at a path into a StreamField; None if it is gone."""
        name, *parts = path.split(".") if "'" not in path else _split(path)
        field = self.model._meta.get_field(name)
        return _walk(field.stream_block, self._stream(name), parts)[1]

    def _stream(self, name: str) -> Any:
        if name not in self._streams:
            raw = self.content.get(name) or "[]"
            self._streams[name] = json.loads(raw) if isinstance(raw, str) else raw
        return self._streams[name]

    def _in_stream(self, field: Any, parts: list[str], order: int, tab: str) -> Place:
        names, block = _walk(field.stream_block, self._stream(field.name), parts)
        heading = (_name(field), *names[:1])
        limit = getattr(getattr(block, "field", None), "max_length", None)
        short = isinstance(block, blocks.CharBlock)
        return Place(order, tab, f"{field.name}.{parts[0]}", heading, " › ".join(names[1:]), limit, not short)

    def _in_children(self, field: Any, parts: list[str], order: int, tab: str) -> Place:
        model = field.related_model
        keys = [row.get("translation_key") for row in self.content.get(field.name) or []]
        number = keys.index(parts[0]) + 1 if parts and parts[0] in keys else ""
        heading = (f"{capfirst(model._meta.verbose_name)} {number}".strip(),)
        label, limit, short = "", None, False
        if len(parts) > 1:
            child = model._meta.get_field(parts[1])
            label, limit, short = _name(child), getattr(child, "max_length", None), _short(child)
        return Place(order, tab, ".".join([field.name, *parts[:1]]), heading, label, limit, not short)


def _walk(block: Any, value: Any, parts: list[str]) -> tuple[list[str], Any]:
    """Follow a path down from a block; return the names on the way and the last block."""
    names: list[str] = []
    while parts and block is not None:
        part, parts = parts[0], parts[1:]
        if isinstance(block, blocks.StreamBlock):
            block, value, name = _of_stream(block, value, part)
        elif isinstance(block, blocks.ListBlock):
            block, value, name = _of_list(block, value, part)
        elif isinstance(block, blocks.StructBlock):
            block = block.child_blocks.get(part)
            value = value.get(part) if isinstance(value, dict) else None
            name = str(block.label) if block is not None else part
        else:
            name = unquote_path_component(part) if part.startswith("'") else part
            return [*names, name], block
        names.append(name)
    return names, block


def _of_stream(block: Any, value: Any, part: str) -> tuple[Any, Any, str]:
    kinds: dict[str, int] = {}
    for item in value if isinstance(value, list) else []:
        kinds[item.get("type")] = kinds.get(item.get("type"), 0) + 1
        if item.get("id") == part:
            child = block.child_blocks.get(item["type"])
            label = str(child.label) if child is not None else item["type"]
            return child, item.get("value"), f"{label} {kinds[item['type']]}"
    return None, None, ""


def _of_list(block: Any, value: Any, part: str) -> tuple[Any, Any, str]:
    for number, item in enumerate(value if isinstance(value, list) else [], start=1):
        if isinstance(item, dict) and item.get("id") == part:
            return block.child_block, item.get("value"), str(number)
    return block.child_block, None, ""


def _split(path: str) -> list[str]:
    """Split a path whose last part is a quoted address, which has dots of its own."""
    start = path.index("'")
    return [*path[:start].rstrip(".").split("."), path[start:]]


def _link(parts: list[str]) -> str:
    return unquote_path_component(parts[0]) if parts and parts[0].startswith("'") else ""


def _name(field: Any) -> str:
    return str(capfirst(getattr(field, "verbose_name", field.name)))


def _short(field: Any) -> bool:
    return isinstance(field, models.CharField)
