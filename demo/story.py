"""Stories of the content files as StreamField values: with block ids, and every key of every block filled."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from demo.texts import as_html

# Looks up what a fact names: an image or a document by name, a page by slug. Returns a primary key.
Lookup = Callable[[str, str], int]


def raw_story(entries: list[dict[str, Any]], find: Lookup) -> str:
    """Return the JSON of a story from its content entries, each with one key, the block's name.

    wagtail-localize extracts no text from a block without an id, and fails on a picture in a block that lacks its key.
    """
    blocks = []
    for entry in entries:
        ((kind, value),) = entry.items()
        blocks.append({"type": kind, "value": _VALUES[kind](value, find), "id": str(uuid.uuid4())})
    return json.dumps(blocks)


def story_texts(source: list[dict[str, Any]]) -> list[tuple[tuple[str | int, ...], bool]]:
    """Return (path, is rich) of every text in a story, in the story's order; paths lead into the content entries."""
    found: list[tuple[tuple[str | int, ...], bool]] = []
    for number, entry in enumerate(source):
        ((kind, value),) = entry.items()
        if isinstance(value, str):
            found.append(((number, kind), kind == "paragraph"))
        else:
            found.extend(
                ((number, kind, name), (kind, name) == ("milestone", "text"))
                for name in _TEXTS[kind]
                if value.get(name)
            )
    return found


_TEXTS = {
    "quote": ("text", "name", "position"),
    "milestone": ("when", "title", "text"),
    "person": ("name", "position", "affiliation"),
    "figure": ("alt_text", "caption"),
    "button": ("label",),
    "document": ("title",),
}


def _picture(image: int | None, alt_text: str = "") -> dict[str, Any]:
    return {"image": image, "decorative": False, "alt_text": alt_text}


def _quote(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    return {"text": value["text"], "name": value.get("name", ""), "role": value.get("position", "")}


def _milestone(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    return {"when": value["when"], "title": value["title"], "text": as_html(value.get("text", ""))}


def _person(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    return {
        "name": value["name"],
        "role": value.get("position", ""),
        "affiliation": value.get("affiliation", ""),
        "portrait": _picture(None),
    }


def _figure(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    picture = _picture(find("image", value["image"]), value["alt_text"])
    return {"image": picture, "caption": value.get("caption", "")}


def _button(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    page = find("page", value["page"]) if "page" in value else None
    return {"label": value["label"], "page": page, "address": value.get("address", "")}


def _document(value: dict[str, Any], find: Lookup) -> dict[str, Any]:
    return {"document": find("document", value["document"]), "title": value["title"]}


_VALUES: dict[str, Callable[[Any, Lookup], Any]] = {
    "heading": lambda text, find: text,
    "paragraph": lambda text, find: as_html(text),
    "quote": _quote,
    "milestone": _milestone,
    "person": _person,
    "figure": _figure,
    "button": _button,
    "document": _document,
}
