"""Taking a published page over into its translation source, at a cost that follows what was changed.

Upstream asks the database three or four times for every text of the page, changed or not, and makes all texts after an
insertion anew, since their number in the page is part of what it looks for (models.py, ``refresh_segments`` and
``StringSegment.from_value``, 1.14.5). That is too slow to be done while an editor publishes.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, RelatedObjectSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments


@transaction.atomic
def refresh_segments(source: TranslationSource) -> None:
    """Bring the segments of ``source`` in line with its ``content_json``, as upstream's method of that name does.

    Segments of texts that stayed keep their row, with a new number where they moved. Some ten queries, and a few more
    for every text that is new.
    """
    instance = source.as_instance()
    values: dict[type[models.Model], list[Any]] = defaultdict(list)
    for value in extract_segments(instance):
        values[_model_of(value)].append(value)
    for model, key_of_row, key_of_value, make in (
        (StringSegment, _string_row, _string_value, lambda v: StringSegment.from_value(source, source.locale, v)),
        (TemplateSegment, _template_row, _template_value, lambda v: TemplateSegment.from_value(source, v)),
        (RelatedObjectSegment, _related_row, _related_value, lambda v: RelatedObjectSegment.from_value(source, v)),
        (OverridableSegment, _overridable_row, _overridable_value, lambda v: OverridableSegment.from_value(source, v)),
    ):
        for segment in _bring_in_line(source, model, key_of_row, key_of_value, values[model], make):
            segment.context.get_field_path(instance)


def _model_of(value: Any) -> type[models.Model]:
    if isinstance(value, TemplateSegmentValue):
        return TemplateSegment
    if isinstance(value, RelatedObjectSegmentValue):
        return RelatedObjectSegment
    return OverridableSegment if isinstance(value, OverridableSegmentValue) else StringSegment


def _bring_in_line(
    source: TranslationSource,
    model: Any,
    key_of_row: Callable[[Any], Hashable],
    key_of_value: Callable[[Any], Hashable],
    values: Sequence[Any],
    make: Callable[[Any], Any],
) -> Iterable[Any]:
    """Keep, renumber, make and delete the segments of one kind; return those that were made."""
    relation = {StringSegment: "string", TemplateSegment: "template", RelatedObjectSegment: "object"}.get(model)
    rows = model.objects.filter(source=source).select_related("context", *([relation] if relation else []))
    free: dict[Hashable, list[Any]] = defaultdict(list)
    for row in rows.order_by("-order", "-pk"):
        free[key_of_row(row)].append(row)
    moved, new = [], []
    for value in values:
        kept = free[key_of_value(value)]
        row = kept.pop() if kept else None
        if row is None:
            new.append(value)
        elif row.order != value.order:
            row.order = value.order
            moved.append(row)
    # First away with what is gone: making one looks for a row with the same number.
    model.objects.filter(pk__in=[row.pk for rows in free.values() for row in rows]).delete()
    model.objects.bulk_update(moved, ["order"])
    return [make(value) for value in new]


def _attrs(value: Any) -> str:
    return json.dumps(value.attrs, cls=DjangoJSONEncoder)


def _string_row(row: Any) -> Hashable:
    return (row.context.path, row.string.data_hash, row.attrs)


def _string_value(value: Any) -> Hashable:
    return (value.path, String._get_data_hash(value.string.data), _attrs(value))


def _template_row(row: Any) -> Hashable:
    return (row.context.path, row.template.template, row.template.template_format, row.template.string_count)


def _template_value(value: Any) -> Hashable:
    return (value.path, value.template, value.format, value.string_count)


def _related_row(row: Any) -> Hashable:
    return (row.context.path, row.object_id)


def _related_value(value: Any) -> Hashable:
    return (value.path, value.translation_key)


def _overridable_row(row: Any) -> Hashable:
    return (row.context.path, row.data_json)


def _overridable_value(value: Any) -> Hashable:
    return (value.path, json.dumps(value.data, cls=DjangoJSONEncoder))
