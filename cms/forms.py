"""The forms of every page: the editor's, with how its messages reach the field they are about, and that of copying."""

from collections.abc import Callable, Hashable
from typing import Any

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.fields import RichTextField
from wagtail.models import Page


class SitePageForm(WagtailAdminPageForm):
    """Checks that need more than one form of the page; page types subclass it and extend ``clean``.

    What contradicts itself is refused always. What is only missing is refused when the page is published, and let
    pass in a draft: ask ``is_complete_required`` first.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._empty_blank_texts(cleaned)
        self._check_both_coordinates(cleaned)
        self.refuse_repeats(
            "page_themes",
            key=lambda row: row.get("theme") and row["theme"].pk,
            field="theme",
            message=_("This theme is already listed."),
        )
        return cleaned

    @property
    def is_complete_required(self) -> bool:
        """Whether nothing may be missing: the page is to be published, or its publication asked for."""
        return not self.is_deferred_validation

    def rows(self, relation: str) -> list[Any]:
        """Return the forms of an inline relation that an editor filled in and did not remove, valid or not.

        ``relation`` is the accessor's name; the list is empty where this form does not edit it.
        """
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        filled = [form for form in formset.forms if form.errors or form.cleaned_data]
        return [form for form in filled if not form.cleaned_data.get("DELETE")]

    def refuse_repeats(
        self,
        relation: str,
        *,
        key: Callable[[dict[str, Any]], Hashable],
        field: str,
        message: Any,
    ) -> None:
        """Add ``message`` to ``field`` of every row of ``relation`` that repeats an earlier row's ``key``.

        ``key`` reads a row's cleaned data; rows whose key is empty, or holds something empty, repeat nothing.
        """
        seen: set[Hashable] = set()
        for form in self.rows(relation):
            value = key(form.cleaned_data)
            if not (all(value) if isinstance(value, tuple) else value):
                continue
            if value in seen:
                form.add_error(field, message)
            seen.add(value)

    def check_money(self, cleaned: dict[str, Any], *, amount: str, currency: str) -> None:
        """Refuse a currency that does not exist, and an amount without one; write the code in capitals.

        ``amount`` and ``currency`` are names of fields.
        """
        if currency not in cleaned:
            return
        code = cleaned[currency].strip().upper()
        cleaned[currency] = code
        if code and code not in list_currencies():
            message = _("No currency has the code “%(code)s”. Write three letters, for example EUR or KRW.")
            self.add_error(currency, ValidationError(message, params={"code": code}, code="unknown_currency"))
        elif not code and cleaned.get(amount) is not None and self.is_complete_required:
            self.add_error(currency, _("Say in which currency the amount is given."))

    def _empty_blank_texts(self, cleaned: dict[str, Any]) -> None:
        """Take rich text of empty paragraphs, which an untouched editor sends, for the nothing that it is."""
        rich = {field.name for field in self.instance._meta.get_fields() if isinstance(field, RichTextField)}
        for name in rich & set(cleaned):
            value = cleaned[name] or ""
            if value and not strip_tags(value).strip() and "<embed" not in value:
                cleaned[name] = ""
                if self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])

    def _check_both_coordinates(self, cleaned: dict[str, Any]) -> None:
        """Refuse half a point; a coordinate that was itself refused has its own message already."""
        if not ("latitude" in cleaned and "longitude" in cleaned):
            return
        missing = [name for name in ("latitude", "longitude") if cleaned[name] is None]
        if len(missing) == 1:
            self.add_error(missing[0], _("Give both latitude and longitude, or neither."))


class SitePageCopyForm(CopyForm):
    """Copies a page within its language, and makes no alias of it (decision 0004)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        reason = why_not_copy_to(self.page, cleaned.get("new_parent_page") or self.page.get_parent())
        if reason:
            self.add_error("new_parent_page", reason)
        return cleaned


def why_not_copy_to(page: Page, parent: Page) -> str:
    """Return in words why a copy of a page cannot stand below ``parent``, or "": it keeps the page's language."""
    if parent.is_root() or parent.locale_id == page.locale_id:
        return ""
    return gettext("A copy is in the language of its page, and stands among the pages of that language.")
