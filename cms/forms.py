"""The editor's form of every page, and how its messages reach the field they are about."""

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class SitePageForm(WagtailAdminPageForm):
    """Checks that need more than one form of the page; page types subclass it and extend ``clean``."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if ("latitude" in cleaned and "longitude" in cleaned) and (cleaned["latitude"] is None) != (
            cleaned["longitude"] is None
        ):
            missing = "latitude" if cleaned["latitude"] is None else "longitude"
            self.add_error(missing, _("Give both latitude and longitude, or neither."))
        return cleaned

    def rows(self, relation: str) -> list[Any]:
        """Return the forms of an inline relation that will be saved: filled in and not marked for deletion."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        return [
            form
            for form in formset.forms
            if form.is_valid()
            and form.cleaned_data
            and not form.cleaned_data.get("DELETE")
            and form.has_changed() | bool(form.instance.pk)
        ]

    def refuse_repeats(
        self, relation: str, key: Callable[[dict[str, Any]], Hashable], field: str, message: Any
    ) -> None:
        """Add ``message`` to ``field`` of every row of ``relation`` that repeats an earlier row's ``key``."""
        seen: Counter[Hashable] = Counter()
        for form in self.rows(relation):
            value = key(form.cleaned_data)
            if seen[value]:
                form.add_error(field, message)
                self.add_error(None, message)
            seen[value] += 1
