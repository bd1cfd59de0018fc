"""How many characters a text of a page may have: what its field or its block says."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import Translation

from translations.quality.pairs import Pair
from translations.segments import Segment


def too_long(pair: Pair) -> Iterable[str]:
    """The number of characters where it is more than the field takes."""
    length = len(pair.target.plain)
    return [f"{length} / {pair.max_length}"] if pair.max_length is not None and length > pair.max_length else []


def max_lengths(translation: Translation, segments: Iterable[Segment]) -> dict[int, int | None]:
    """Return by segment pk how many characters its field takes; None for as many as one likes. No SQL of its own."""
    model = translation.source.specific_content_type.model_class()
    content = json.loads(translation.source.content_json)
    return {segment.pk: _max_length(model, content, segment.path.split(".")) for segment in segments}


def _max_length(model: type[models.Model], content: Any, path: Sequence[str]) -> int | None:
    """Follow a content path: a field; a child's field after its translation key; a block in a field of blocks."""
    try:
        field = model._meta.get_field(path[0])
    except FieldDoesNotExist:
        return None
    if isinstance(field, StreamField):
        return _in_stream(field.stream_block, _loaded(content.get(path[0])), path[1:])
    if isinstance(field, models.ManyToOneRel) and len(path) > 2:
        children = content.get(path[0]) or []
        child: dict[str, Any] = next((row for row in children if str(row.get("translation_key")) == path[1]), {})
        return _max_length(field.related_model, child, path[2:])
    return getattr(field, "max_length", None)


def _in_stream(block: blocks.Block, value: Any, path: Sequence[str]) -> int | None:
    """Follow the path of a text within a block and its raw value."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and path:
        row = next((row for row in value or [] if isinstance(row, dict) and row.get("id") == path[0]), None)
        if row is None:
            return None
        child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(row["type"])
        return _in_stream(child, row.get("value"), path[1:]) if child else None
    if isinstance(block, blocks.StructBlock) and path and path[0] in block.child_blocks:
        return _in_stream(block.child_blocks[path[0]], (value or {}).get(path[0]), path[1:])
    return getattr(getattr(block, "field", None), "max_length", None)


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
