"""Content entries as pages: every key of an entry is a field or a child relation of its page type."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.models import SiteDocument, SiteImage, Theme
from demo.story import raw_story
from demo.texts import as_html

# Entries name a few things otherwise than the models: shorter, or so that a key means the same everywhere.
RELATIONS = {"themes": "page_themes"}
ROW_FIELDS = {"work": "title", "link": "link_page"}
# A list of plain values under these relations stands for rows with this one field.
SINGLE_FIELD = {"page_themes": "theme", "issuers": "partner", "featured_cases": "case", "featured_partners": "partner"}
# What an entry says about its place in the tree and in time, rather than about its fields.
PLACEMENT = frozenset({"parent", "page", "sessions", "day", "days"})
_RELATIVE = re.compile(r"([+-]\d+)d")


@dataclass(frozen=True)
class Builder:
    """Makes pages of content entries, as of ``today``; ``find_page`` returns the English page with a slug."""

    today: datetime.date
    find_page: Callable[[str], Page]

    def on_day(self, value: datetime.date | str) -> datetime.date:
        """Return the date itself, or for "+82d" and "-12d" that many days after or before today. Raises ValueError."""
        if isinstance(value, datetime.date):
            return value
        match = _RELATIVE.fullmatch(value)
        if not match:
            raise ValueError(f"Neither a date nor a number of days such as +82d: {value!r}")
        return self.today + datetime.timedelta(days=int(match[1]))

    def fill(self, page: Page, entry: dict[str, Any]) -> Page:
        """Set the fields and child relations of ``page`` that ``entry`` names; the page is not saved."""
        relations = {relation.get_accessor_name(): relation for relation in get_all_child_relations(page)}
        for key, value in entry.items():
            name = RELATIONS.get(key, key)
            if name in relations:
                setattr(page, name, self._rows(relations[name], value))
            elif key not in PLACEMENT:
                self._set(page, name, value)
        return page

    def _rows(self, relation: Any, values: list[Any]) -> list[models.Model]:
        model, accessor = relation.related_model, relation.get_accessor_name()
        rows = []
        for order, value in enumerate(values):
            fields = value if isinstance(value, dict) else {SINGLE_FIELD[accessor]: value}
            row = model(sort_order=order)
            for key, field_value in fields.items():
                self._set(row, ROW_FIELDS.get(key, key), field_value)
            # Saving the page checks the page; its rows are checked by the editor's form, which is not used here.
            row.clean_fields(exclude=[relation.field.name])
            row.clean()
            rows.append(row)
        return rows

    def _set(self, instance: models.Model, name: str, value: Any) -> None:
        field = instance._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            setattr(instance, field.attname, self.find(field.related_model, value))
        else:
            setattr(instance, name, self._value(field, value))

    def _value(self, field: models.Field, value: Any) -> Any:
        if isinstance(field, StreamField):
            return field.to_python(raw_story(value, self._find_for_story))
        if isinstance(field, RichTextField):
            return as_html(value)
        if isinstance(field, models.DateField):
            return self.on_day(value)
        if isinstance(field, models.TimeField):
            return datetime.time.fromisoformat(value)
        if isinstance(field, models.DecimalField):
            return Decimal(str(value))
        return value.strip() if isinstance(value, str) else value

    def find(self, model: type[models.Model], name: str) -> int:
        """Return the key of what a fact names: a picture, a document, a theme or a page. Raises DoesNotExist."""
        if issubclass(model, SiteImage):
            return SiteImage.objects.get(title=picture_title(name)).pk
        if issubclass(model, SiteDocument):
            return SiteDocument.objects.get(title=document_title(name)).pk
        if issubclass(model, Theme):
            return Theme.objects.get(slug=name).pk
        return self.find_page(name).pk

    def _find_for_story(self, kind: str, name: str) -> int:
        return self.find({"image": SiteImage, "document": SiteDocument, "page": Page}[kind], name)


def picture_title(name: str) -> str:
    """Return the title under which a picture of demo/images is kept."""
    return f"Demonstration: {name.replace('-', ' ')}"


def document_title(name: str) -> str:
    """Return the title under which a document of demo/documents is kept."""
    return f"Demonstration: {name.replace('-', ' ')}"
