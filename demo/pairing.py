"""Which text of a page says what in another language: the English entry and its translation, walked together."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField

from demo.building import PLACEMENT, RELATIONS, ROW_FIELDS
from demo.story import story_texts
from demo.texts import TEXT_KEYS, as_html
from translations.catalog import pair_rich_text

Pairs = dict[str, str]


def text_pairs(model: type[models.Model], source: dict[str, Any], translation: dict[str, Any]) -> Pairs:
    """Return source string -> translation for every text of ``source`` that ``translation`` has too, in their order.

    Raises translations.catalog.TranslationTextError where rich texts have different elements.
    """
    pairs: Pairs = {}
    for english, other, is_rich in _texts(model, source, translation):
        pairs.update(pair_rich_text(as_html(english), as_html(other)) if is_rich else {english.strip(): other.strip()})
    return pairs


def half(pairs: Pairs) -> Pairs:
    """Return the first half of the texts: what a translator leaves behind who was called away."""
    return dict(list(pairs.items())[: len(pairs) // 2])


def _texts(model: type[models.Model], source: dict[str, Any], other: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    relations = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}
    for key, value in source.items():
        if not value or key not in other or key in PLACEMENT:
            continue
        name = RELATIONS.get(key, key)
        if name in relations:
            for row, other_row in zip(value, other[key], strict=True):
                yield from _texts(relations[name], row, other_row or {})
            continue
        field = model._meta.get_field(ROW_FIELDS.get(key, key))
        if isinstance(field, StreamField):
            for path, is_rich in story_texts(value):
                found = _at(other[key], path)
                if found:
                    yield _at(value, path), found, is_rich
        elif key in TEXT_KEYS:
            yield value, other[key], isinstance(field, RichTextField)


def _at(node: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if not node:
            return None
        node = node[step] if isinstance(step, int) else node.get(step)
    return node
