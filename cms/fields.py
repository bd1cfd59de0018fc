"""Form-friendly model fields that Django does not have."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """Several values of a closed list, kept as a JSON list of strings and edited as checkboxes.

    ``options`` is a list of (value, label) pairs or a function that returns one. A JSON list rather than a many-to-many
    relation, since wagtail-localize ignores those (P11) and these values are facts, the same in every language.
    """

    def __init__(
        self,
        *args: Any,
        options: Iterable[tuple[str, Any]] | Callable[[], Iterable[tuple[str, Any]]] = (),
        **kwargs: Any,
    ):
        self.options = options
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def option_pairs(self) -> list[tuple[str, Any]]:
        """Return the (value, label) pairs as they stand now."""
        return list(self.options() if callable(self.options) else self.options)

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        return forms.MultipleChoiceField(
            choices=self.option_pairs,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            initial=kwargs.get("initial", list),
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {key for key, _label in self.option_pairs()}
        if known and not set(value or []) <= known:
            raise ValidationError(_("Choose values from the list."), code="invalid_choice")

    def labels(self, values: Iterable[str]) -> list[Any]:
        """Return the labels of ``values`` in the list's order; values that left the list are skipped."""
        chosen = set(values or [])
        return [label for key, label in self.option_pairs() if key in chosen]


class CoordinateField(models.DecimalField):
    """Degrees of latitude or longitude. Takes what maps give, however many decimals, and keeps five: about a metre."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": _CoordinateFormField, **kwargs})


class _CoordinateFormField(forms.DecimalField):
    def to_python(self, value: Any) -> Any:
        number: Any = super().to_python(value)
        return round(number, self.decimal_places) if number is not None and number.is_finite() else number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "step": "any"}
