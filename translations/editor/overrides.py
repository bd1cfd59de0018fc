"""Values that a translation takes from its source and may have otherwise: pictures, documents, pages, addresses.

And the related objects, which are translated on their own. Shown by a constant number of queries, however many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from wagtail import blocks
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.models import AbstractDocument
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    Translation,
)

from translations.completeness import is_visible
from translations.editor.labels import Labels, Place
from translations.writing import write_override


@dataclass(frozen=True)
class Override:
    """A value of the source, and the translation's own where it has one; ``seen`` is the own one as kept, or ""."""

    pk: int
    place: Place
    source: str
    own: str
    has_own: bool
    error: str
    can_change: bool
    seen: str


@dataclass(frozen=True)
class Related:
    """An object that the page shows and that is translated on its own."""

    place: Place
    title: str
    target_title: str
    edit_url: str
    submit_url: str
    live: bool
    percent: int | None


def overrides_of(translation: Translation) -> tuple[Override, ...]:
    """Return the values that may be another in this language. One query, and one for each kind of object."""
    labels = Labels(translation.source)
    rows = [
        row
        for row in OverridableSegment.objects.filter(source_id=translation.source_id)
        .select_related("context")
        .order_by("order", "pk")
        if is_visible(labels.model, row.context.path)
    ]
    owned = {
        row.context_id: row
        for row in SegmentOverride.objects.filter(
            locale_id=translation.target_locale_id, context_id__in=[row.context_id for row in rows]
        )
    }
    kinds = {row.pk: kind_of(labels, row.context.path) for row in rows}
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        model = kinds[row.pk].model
        if model is not None:
            values = [row.data] + ([owned[row.context_id].data] if row.context_id in owned else [])
            wanted.setdefault(model, set()).update(value for value in values if isinstance(value, int | str))
    titles = {model: _titles(model, keys) for model, keys in wanted.items()}
    found = [_override(row, owned.get(row.context_id), kinds[row.pk], labels, titles) for row in rows]
    return tuple(sorted(found, key=lambda override: override.place.order))


def related_of(translation: Translation) -> tuple[Related, ...]:
    """Return the related objects and how far their translations are. Two queries, and one for each kind of object."""
    labels = Labels(translation.source)
    rows = [
        row
        for row in RelatedObjectSegment.objects.filter(source_id=translation.source_id)
        .select_related("context", "object__content_type")
        .order_by("order", "pk")
        if is_visible(labels.model, row.context.path)
    ]
    instances = _instances(rows, translation)
    progress = _progress([row.object_id for row in rows], translation.target_locale_id)
    found = []
    for row in rows:
        source = instances.get((row.object_id, translation.source.locale_id))
        target = instances.get((row.object_id, translation.target_locale_id))
        if source is not None:
            found.append(_related(labels.place(row.context.path), source, target, progress.get(row.object_id)))
    return tuple(found)


@dataclass(frozen=True)
class Kind:
    """What a value is: an object of ``model``, or a text; ``widget`` lets a person choose another, if one can."""

    model: type[models.Model] | None = None
    widget: forms.Widget | None = None
    field: forms.Field | None = None


def kind_of(labels: Labels, path: str) -> Kind:
    """Return what the value at a path is."""
    name, *parts = path.split(".") if "'" not in path else [*path[: path.index("'")].rstrip(".").split("."), "'"]
    field = labels.model._meta.get_field(name)
    if isinstance(field, StreamField) and parts:
        return _kind_of_block(labels.block(path))
    if field.one_to_many and len(parts) > 1:
        field = field.related_model._meta.get_field(parts[1])
        parts = parts[2:]
    if parts and parts[0].startswith("'"):
        return Kind(field=forms.CharField(max_length=2048), widget=forms.TextInput())
    if isinstance(field, models.ForeignKey):
        return Kind(field.related_model, _chooser(field.related_model))
    if isinstance(field, models.CharField | models.TextField):
        form_field = field.formfield()
        return Kind(field=form_field, widget=forms.TextInput())
    return Kind()


def set_override(
    translation: Translation, segment: OverridableSegment, typed: str, *, user: Any, expected: str | None = None
) -> None:
    """Give the translation a value of its own. Raises ValidationError where it cannot have it.

    ``expected`` is what the user saw (``Override.seen``): where that changed, ValueConflict is raised.
    """
    kind = kind_of(Labels(translation.source), segment.context.path)
    value = _clean(kind, typed)
    write_override(translation, segment, value, _said(kind, value), user=user, expected=expected)


def said_of(kind: Kind, typed: str) -> str:
    """Return how people see a value that was typed or chosen."""
    return _said(kind, _clean(kind, typed))


def _clean(kind: Kind, typed: str) -> Any:
    if kind.model is not None:
        field: forms.Field = forms.ModelChoiceField(kind.model._default_manager.all())
        return field.clean(typed).pk
    if kind.field is None:
        raise ValidationError("")
    return kind.field.clean(typed)


def _said(kind: Kind, value: Any) -> str:
    return str(value) if kind.model is None else _titles(kind.model, [value]).get(str(value), f"#{value}")


def _kind_of_block(block: Any) -> Kind:
    if isinstance(block, blocks.PageChooserBlock):
        return Kind(Page, AdminPageChooser(target_models=block.target_models or [Page]))
    if isinstance(block, blocks.ChooserBlock):
        return Kind(block.target_model, _chooser(block.target_model))
    if isinstance(block, blocks.FieldBlock) and not isinstance(block, blocks.RichTextBlock):
        return Kind(field=block.field, widget=block.field.widget)
    if isinstance(block, blocks.RichTextBlock):
        return Kind(field=forms.CharField(max_length=2048), widget=forms.TextInput())
    return Kind()


def _chooser(model: type[models.Model]) -> forms.Widget | None:
    if issubclass(model, Page):
        return AdminPageChooser(target_models=[model])
    if issubclass(model, AbstractDocument):
        return AdminDocumentChooser()
    if issubclass(model, AbstractImage):
        return AdminImageChooser()
    if issubclass(model, tuple(get_snippet_models())):
        return AdminSnippetChooser(model)
    return None


def _titles(model: type[models.Model], keys: Iterable[Any]) -> dict[str, str]:
    return {str(row.pk): str(row) for row in model._default_manager.filter(pk__in=list(keys))}


def _override(
    row: OverridableSegment,
    own: SegmentOverride | None,
    kind: Kind,
    labels: Labels,
    titles: Mapping[type[models.Model], Mapping[str, str]],
) -> Override:
    def said(value: Any) -> str:
        if kind.model is None or value is None:
            return "" if value is None else str(value)
        return titles[kind.model].get(str(value), f"#{value}")

    return Override(
        pk=row.pk,
        place=labels.place(row.context.path),
        source=said(row.data),
        own=said(own.data) if own else "",
        has_own=own is not None,
        error=str(own.get_error() or "") if own else "",
        can_change=kind.widget is not None,
        seen=own.data_json if own else "",
    )


def _instances(rows: Iterable[RelatedObjectSegment], translation: Translation) -> dict[tuple[Any, int], Any]:
    kinds: dict[Any, set[Any]] = {}
    for row in rows:
        kinds.setdefault(row.object.content_type, set()).add(row.object_id)
    locales = (translation.source.locale_id, translation.target_locale_id)
    return {
        (instance.translation_key, instance.locale_id): instance
        for content_type, keys in kinds.items()
        for instance in content_type.model_class()._default_manager.filter(
            translation_key__in=keys, locale_id__in=locales
        )
    }


def _progress(keys: list[Any], locale_id: int) -> dict[Any, int]:
    rows = (
        StringSegment.objects.filter(source__object_id__in=keys, source__translations__target_locale_id=locale_id)
        .annotate_translation(locale_id)
        .values("source__object_id")
        .annotate(total=Count("pk"), translated=Count("translation"))
    )
    return {row["source__object_id"]: 100 * row["translated"] // row["total"] for row in rows}


def _related(place: Place, source: Any, target: Any, percent: int | None) -> Related:
    return Related(
        place=place,
        title=str(source),
        target_title=str(target) if target is not None else "",
        edit_url=_edit_url(target) if target is not None else "",
        submit_url=_submit_url(source) if target is None else "",
        live=bool(target is not None and getattr(target, "live", True)),
        percent=percent,
    )


def _edit_url(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    viewset = getattr(instance, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[instance.pk]) if viewset else ""


def _submit_url(instance: Any) -> str:
    if isinstance(instance, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
    options = instance._meta
    try:
        return reverse(
            "wagtail_localize:submit_snippet_translation", args=[options.app_label, options.model_name, instance.pk]
        )
    except NoReverseMatch:
        return ""
