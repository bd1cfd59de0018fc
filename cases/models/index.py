"""The list of model-city cases."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models.case import CasePage, CaseStatus
from cms.listings import CountryFilterForm, ListingMixin, WithMap
from cms.localized import readable
from cms.models import Theme
from cms.pages import BasePage, SearchKind


class CaseFilterForm(CountryFilterForm):
    """Filters of the cases."""

    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), required=False, to_field_name="slug", empty_label=_("All themes")
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any status")), *CaseStatus.choices])
    visit = forms.BooleanField(label=_("Study visit on offer"), required=False)

    field_order = ["q", "theme", "country", "status", "visit"]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        if self.value("theme"):
            pages = pages.filter(page_themes__theme=self.value("theme"))
        if self.value("status"):
            pages = pages.filter(status=self.value("status"))
        return pages.filter(visit_offered=True) if self.value("visit") else pages


class CaseIndexPage(WithMap, ListingMixin, BasePage):
    """All model-city cases, with a map."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["cases.CasePage"]
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE
    filter_form = CaseFilterForm

    class Meta:
        verbose_name = _("list of model-city cases")
        verbose_name_plural = _("lists of model-city cases")

    def listed(self) -> QuerySet["CasePage"]:
        # Sizes of the covers come with the rows: a cold process would ask once a picture otherwise.
        pages = readable(CasePage.objects).select_related("cover").prefetch_related("cover__renditions")
        return pages.order_by("title", "pk")

    def build_filter(self, request: HttpRequest) -> CaseFilterForm:
        form = CaseFilterForm(request.GET)
        form.offer_countries(readable(CasePage.objects).order_by().values_list("country", flat=True).distinct())
        return form
