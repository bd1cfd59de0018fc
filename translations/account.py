"""“How I am told” on the account page: by mail at once, once a day, or not, for each kind of notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from translations import notices, people
from translations.models import Delivery, Kind, Notice
from translations.permissions import is_coordinator, publishable_pages

# What is told to those who publish pages, and so may request translations and make bundles, without a desk.
_OF_PUBLISHERS = frozenset({Kind.FINISHED, Kind.BUNDLE})


class NoticesForm(forms.Form):
    """One choice a kind. ``instance`` is the user, as Wagtail's panels give it."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        chosen = notices.choices_of([instance.pk])[instance.pk]
        for kind in kinds_for(instance):
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, initial=chosen.get(kind.value, notices.DEFAULTS[kind])
            )

    def save(self) -> None:
        """Keep what was chosen."""
        notices.choose(self.user, self.cleaned_data)


class NoticesSettingsPanel(BaseSettingsPanel):
    """For everybody who may be told something: who has a desk, who publishes pages, who was told something before."""

    name = "translation_notices"
    title = _("Translation desk")
    template_name = "translations/desk/account_panel.html"
    tab = notifications_tab
    order = 200
    form_class = NoticesForm
    form_object = "user"

    def get_context_data(self) -> dict[str, Any]:
        """Wagtail's templates show no help of a panel."""
        context: dict[str, Any] = super().get_context_data()
        return {**context, "has_desk": bool(people.languages_of(self.user))}

    def is_active(self) -> bool:
        return bool(kinds_for(self.user))


def kinds_for(user: Any) -> list[Kind]:
    """Return the kinds of notices that a user may get; at most six queries."""
    if people.languages_of(user) or is_coordinator(user):
        return list(Kind)
    kinds = set(Notice.objects.filter(user=user).order_by().values_list("kind", flat=True).distinct())
    if publishable_pages(user).exists():
        kinds |= _OF_PUBLISHERS
    return [kind for kind in Kind if kind in kinds]
