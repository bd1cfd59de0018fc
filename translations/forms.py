"""What is asked of whoever requests translations: who, until when, and what the translators should know."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.models import Locale

from cms.languages import by_code
from translations import people
from translations.models import TranslationRequest


class RowsField(forms.ModelMultipleChoiceField):
    """Chooses some rows. A number that no row can have is no choice, where Django (5.2) lets the database overflow."""

    def clean(self, value: Any) -> Any:
        impossible = next((one for one in value or () if len(str(one)) > 18), None)
        if impossible is not None:
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": impossible})
        return super().clean(value)


class DueField(forms.DateField):
    """A day that is not over."""

    widget = AdminDateInput

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value < timezone.localdate():
            raise ValidationError(_("This day is over."))


def assignee_name(locale: Locale) -> str:
    """Return the name of the field for who translates into a language."""
    return f"assignee_{locale.language_code}"


class WishesForm(forms.ModelForm):
    """The part of a request that goes with wagtail-localize's own form of submission, which chooses the languages."""

    due = DueField(label=gettext_lazy("Due on"), required=False)
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("What the translators should know."),
    )

    class Meta:
        model = TranslationRequest
        fields = ["due", "message"]

    def __init__(self, *args: Any, locales: Sequence[Locale] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locales = locales if locales is not None else people.target_languages()
        for locale in self.locales:
            language = by_code(locale.language_code)
            self.fields[assignee_name(locale)] = forms.ModelChoiceField(
                queryset=people.assignable(locale),
                required=False,
                label=_("Translator into %(language)s") % {"language": language.name},
                empty_label=_("whoever takes it"),
            )
        self.order_fields([*map(assignee_name, self.locales), "due", "message"])

    @property
    def assignees(self) -> Mapping[Locale, Any]:
        """Who is chosen for each language. For a valid form."""
        return {locale: self.cleaned_data.get(assignee_name(locale)) for locale in self.locales}

    @property
    def due_on(self) -> date | None:
        """The day that was chosen. For a valid form."""
        due: date | None = self.cleaned_data.get("due")
        return due

    @property
    def words(self) -> str:
        """The message. For a valid form."""
        return str(self.cleaned_data.get("message") or "")

    def save(self, commit: bool = True) -> TranslationRequest:
        """Keep nothing: a request is made with its tasks, by ``tasks.request``."""
        instance: TranslationRequest = self.instance
        return instance


class RequestForm(WishesForm):
    """A whole request, for pages that were chosen before."""

    languages = RowsField(
        label=gettext_lazy("Languages"), queryset=Locale.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    include_below = forms.BooleanField(
        label=gettext_lazy("With the pages below"),
        required=False,
        help_text=gettext_lazy("Published pages below the chosen ones are requested too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["languages"]
        places = [When(pk=locale.pk, then=place) for place, locale in enumerate(self.locales)]
        field.queryset = Locale.objects.filter(pk__in=[locale.pk for locale in self.locales]).order_by(Case(*places))
        field.label_from_instance = lambda locale: by_code(locale.language_code).name
        self.order_fields(["languages", "include_below", *map(assignee_name, self.locales), "due", "message"])
