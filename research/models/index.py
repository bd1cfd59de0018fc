"""The list of calls for research."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, ListingMixin
from cms.localized import readable
from cms.models import Theme
from cms.pages import BasePage, SearchKind
from research.models.call import CallPage, CallStatus


class CallFilterForm(FilterForm):
    """Filters of the calls."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any status")), *CallStatus.choices])
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), required=False, to_field_name="slug", empty_label=_("All themes")
    )

    field_order = ["q", "status", "theme"]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        if self.value("theme"):
            pages = pages.filter(page_themes__theme=self.value("theme"))
        return pages.with_status(self.value("status"), timezone.now()) if self.value("status") else pages


class ResearchIndexPage(ListingMixin, BasePage):
    """All calls for research, in the order in which applicants need them."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["research.CallPage"]
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE
    filter_form = CallFilterForm

    class Meta:
        verbose_name = _("list of calls for research")
        verbose_name_plural = _("lists of calls for research")

    def listed(self) -> QuerySet["CallPage"]:
        return readable(CallPage.objects.in_turn(timezone.now())).prefetch_related("deadlines")
