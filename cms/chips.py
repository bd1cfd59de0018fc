"""The filters of a listing that are set, as chips that take them off again."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from cms.listings import FilterForm


@dataclass(frozen=True)
class FilterChip:
    """One filter: what it filters, by what, and the query string without it ("" when it was the only one)."""

    label: str
    value: str
    query_without: str


def chips_of(form: FilterForm, query: str) -> list[FilterChip]:
    """Return a chip for every valid filter of ``form`` that narrows; ``query`` is the query string without the page."""
    if not form.is_bound:
        return []
    return [
        FilterChip(str(form.fields[name].label or name), _words(form.fields[name], value), _without(query, name))
        for name, value in form.cleaned_data.items()
        if value and name in form.fields
    ]


def _words(field: forms.Field, value: object) -> str:
    if isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))
    return str(value)


def _without(query: str, name: str) -> str:
    rest = QueryDict(query, mutable=True)
    rest.pop(name, None)
    return rest.urlencode()
