"""“How I am told” on the account page: by mail at once, once a day, or not, for each kind of notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from translations import notices, people
from translations.models import Delivery, Kind
from translations.permissions import is_coordinator


class NoticesForm(forms.Form):
    """One choice a kind. ``instance`` is the user, as Wagtail's panels give it."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        chosen = notices.choices_of([instance.pk])[instance.pk]
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, initial=chosen.get(kind.value, notices.DEFAULTS[kind])
            )

    def save(self) -> None:
        """Keep what was chosen."""
        notices.choose(self.user, self.cleaned_data)


class NoticesSettingsPanel(BaseSettingsPanel):
    """For people who have a language at the desk, and for those who request translations."""

    name = "translation_notices"
    title = _("Translation desk")
    help_text = _("Everything also stands on your desk. Mails come in your preferred language.")
    tab = notifications_tab
    order = 200
    form_class = NoticesForm
    form_object = "user"

    def is_active(self) -> bool:
        return bool(people.languages_of(self.user)) or bool(is_coordinator(self.user))
