"""The admin's search: Wagtail's database search, and besides any part of a title.

The database's full-text search knows words only where there are spaces: 水資源 is not found inside 城市的水資源管理,
nor 생물다양성 inside 도시생물다양성. Titles are short, so every term is also looked for inside them. Named in
WAGTAILSEARCH_BACKENDS; needs no other server (decision 0030).
"""

from collections.abc import Iterable
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from django.db.models import CharField, IntegerField, Model, Q, QuerySet, TextField, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Length
from modelsearch.backends import database
from modelsearch.query import PlainText
from wagtail.models import Page


class PartsOfTitles:
    """Mixed into a database's query compilers: what they find, or what has every term somewhere in its titles."""

    queryset: QuerySet[Model]
    query: Any
    fields: Any
    order_by_relevance: bool

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None, **options: Any
    ) -> QuerySet[Model]:
        """Return the rows from ``start`` to ``stop``: exact titles, then beginnings, then parts, then the rest."""
        titles = title_fields(self.queryset.model)
        terms = self.query.query_string.split() if isinstance(self.query, PlainText) else []
        # Whoever names fields, or asks in another way than by words, gets what Wagtail gives.
        if not (titles and terms) or self.fields is not None:
            found: QuerySet[Model] = super().search(config, start, stop, score_field, **options)  # type: ignore[misc]
            return found
        words = super().search(config, None, None, **options)  # type: ignore[misc]
        combine = or_ if self.query.operator == "or" else and_
        parts = reduce(combine, (_any(titles, "icontains", term) for term in terms))
        queryset = self.queryset.filter(Q(pk__in=words.order_by().values("pk")) | parts)
        rank = _rank(titles, " ".join(terms), parts)
        if self.order_by_relevance:
            queryset = queryset.order_by(rank, Length(titles[0]), "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        if score_field is not None:
            queryset = queryset.annotate(**{score_field: rank})
        return queryset[start:stop]


def title_fields(model: type[Model]) -> list[str]:
    """Return the columns in which editors look for a thing: those of its completion, and a page's title as a draft."""
    names = [field.field_name for field in model.get_autocomplete_search_fields()]  # type: ignore[attr-defined]
    own = {field.name for field in model._meta.concrete_fields if isinstance(field, (CharField, TextField))}
    drafts = ["draft_title"] if issubclass(model, Page) else []
    return [name for name in dict.fromkeys([*names, *drafts]) if name in own]


def make_backend(params: dict[str, Any]) -> Any:
    """Return the search backend of the default database's kind, with parts of titles where it knows words only."""
    backend = database.SearchBackend(params)
    backend.query_compiler_class = _with_parts(backend.query_compiler_class)
    backend.autocomplete_query_compiler_class = _with_parts(backend.autocomplete_query_compiler_class)
    return backend


# The name under which Wagtail looks for it.
SearchBackend = make_backend


@cache
def _with_parts(compiler: Any) -> Any:
    # The backend for databases without full-text search looks for parts of everything, by another method.
    return type(compiler.__name__, (PartsOfTitles, compiler), {}) if hasattr(compiler, "search") else compiler


def _any(fields: Iterable[str], lookup: str, value: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__{lookup}": value}) for field in fields))


def _rank(titles: list[str], text: str, parts: Q) -> Case:
    """Return the closeness of a title: equal, beginning with what was typed, holding it, anything else."""
    return Case(
        When(_any(titles, "iexact", text), then=Value(0)),
        When(_any(titles, "istartswith", text), then=Value(1)),
        When(_any(titles, "icontains", text), then=Value(2)),
        When(parts, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
