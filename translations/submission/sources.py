"""A page's texts as wagtail-localize keeps them, written by a few queries instead of three for each text.

Upstream asks for and makes each string, context, template and segment by itself (models.py, ``refresh_segments`` and
``from_value``, 1.14.5): some 60 queries for a short page and 900 for a long one. Here each table is asked once and
written once.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Source:
    """What the translations of a page are made of.

    ``original`` is the page with the content that translators work on, ``above`` the page above it. ``values`` are
    its texts as extracted, where nobody can have translated one of them yet; None where translations may be there, from
    before. ``related`` is what it refers to that is translated by itself; ``restricted`` whether it is not for all.
    """

    record: TranslationSource
    original: Page
    above: Page
    values: tuple[Any, ...] | None
    related: tuple[Model, ...]
    restricted: bool


def source_of(page: Page, above: Page) -> Source:
    """Return the source of a page (specific, as translators are to see it), made if there is none. Checks nothing.

    A source that is there stays as it is, as upstream leaves it: keeping it up to date is not submitting.
    """
    content = page.to_json()
    base = ContentType.objects.get_for_model(page.get_translation_model())
    new = not TranslatableObject.objects.filter(pk=page.translation_key).exists()
    if new:
        # Whoever submits the page at the same moment waits here, and finds its source then.
        _create(
            TranslatableObject,
            [TranslatableObject(translation_key=page.translation_key, content_type=base)],
            ignore_conflicts=True,
        )
    record = TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()
    created = record is None
    if record is None:
        record = TranslationSource.objects.create(
            object_id=page.translation_key,
            locale=page.locale,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
            object_repr=str(page)[:200],
            content_json=content,
            schema_version=_schema_version(page._meta.app_label),
            last_updated_at=timezone.now(),
        )
    original = page.with_content_json(json.loads(record.content_json))
    original.locale = page.locale
    restricted = page.view_restrictions.exists()
    if not created:
        return Source(record, original, above, None, _related_of(record), restricted)
    values = tuple(extract_segments(original))
    write_segments(record, original, values, new=new)
    related = [value for value in values if isinstance(value, RelatedObjectSegmentValue)]
    instances = tuple(value.get_instance(page.locale) for value in related)
    return Source(record, original, above, values if new else None, instances, restricted)


def write_segments(record: TranslationSource, original: Page, values: Sequence[Any], *, new: bool) -> None:
    """Write the segments of a source that has none. ``new``: nothing at all is kept of this object yet."""
    contexts = _contexts(record, original, [value.path for value in values], new)
    strings = _strings(record.locale_id, _of(values, StringSegmentValue))
    templates = _templates(_of(values, TemplateSegmentValue))
    related = _of(values, RelatedObjectSegmentValue)
    objects = [
        TranslatableObject(translation_key=value.translation_key, content_type=value.content_type) for value in related
    ]
    _create(TranslatableObject, objects, ignore_conflicts=True)

    def common(value: Any) -> dict[str, Any]:
        return {"source": record, "context": contexts[value.path], "order": value.order}

    _create(
        StringSegment,
        [
            StringSegment(**common(value), string_id=strings[value.string.data], attrs=_json(value.attrs))
            for value in _of(values, StringSegmentValue)
        ],
    )
    _create(
        TemplateSegment,
        [
            TemplateSegment(**common(value), template_id=templates[_template_key(value)])
            for value in _of(values, TemplateSegmentValue)
        ],
    )
    _create(
        RelatedObjectSegment,
        [RelatedObjectSegment(**common(value), object_id=value.translation_key) for value in related],
    )
    _create(
        OverridableSegment,
        [
            OverridableSegment(**common(value), data_json=_json(value.data))
            for value in _of(values, OverridableSegmentValue)
        ],
    )


def _contexts(
    record: TranslationSource, original: Page, paths: Iterable[str], new: bool
) -> dict[str, TranslationContext]:
    there = {} if new else {row.path: row for row in TranslationContext.objects.filter(object_id=record.object_id)}
    missing = [
        TranslationContext(object_id=record.object_id, path=path, path_id=TranslationContext._get_path_id(path))
        for path in dict.fromkeys(paths)
        if path not in there
    ]
    for context in missing:
        # Upstream saves each context to fill this in; an unsaved one is written with it.
        context.save = _not_now
        context.get_field_path(original)
        del context.save
    _create(TranslationContext, missing)
    return there | {context.path: context for context in missing}


def _strings(locale_id: int, values: Iterable[StringSegmentValue]) -> dict[str, int]:
    hashes = {value.string.data: String._get_data_hash(value.string.data) for value in values}
    # Other pages have many of them; whoever writes one at the same moment writes the same.
    _create(
        String,
        [String(locale_id=locale_id, data=data, data_hash=data_hash) for data, data_hash in hashes.items()],
        ignore_conflicts=True,
    )
    if not hashes:
        return {}
    rows = String.objects.filter(locale_id=locale_id, data_hash__in=hashes.values()).values_list("data_hash", "pk")
    known = dict(rows)
    return {data: known[data_hash] for data, data_hash in hashes.items()}


def _templates(values: Sequence[TemplateSegmentValue]) -> dict[uuid.UUID, int]:
    rows = {
        _template_key(value): Template(
            uuid=_template_key(value),
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
        for value in values
    }
    _create(Template, list(rows.values()), ignore_conflicts=True)
    return dict(Template.objects.filter(uuid__in=rows).values_list("uuid", "pk")) if rows else {}


def _template_key(value: TemplateSegmentValue) -> uuid.UUID:
    """As upstream's ``Template.from_value`` makes it."""
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _related_of(record: TranslationSource) -> tuple[Model, ...]:
    segments = RelatedObjectSegment.objects.filter(source=record).select_related("object")
    return tuple(segment.object.get_instance(record.locale_id) for segment in segments)


def _schema_version(app_label: str) -> str:
    """The newest migration of an app, asked once a process: migrating restarts it."""
    if app_label not in _SCHEMA_VERSIONS:
        _SCHEMA_VERSIONS[app_label] = get_schema_version(app_label)
    return _SCHEMA_VERSIONS[app_label]


_SCHEMA_VERSIONS: dict[str, str] = {}


def _of(values: Iterable[Any], kind: type) -> list[Any]:
    return [value for value in values if isinstance(value, kind)]


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _create(model: Any, rows: list[Any], *, ignore_conflicts: bool = False) -> None:
    if rows:
        model.objects.bulk_create(rows, ignore_conflicts=ignore_conflicts, batch_size=500)


def _not_now(**kwargs: Any) -> None:
    """Stands for a context's ``save``."""
