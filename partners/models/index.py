"""The partner list and the member directory."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.listings import CountryFilterForm, ListingMixin, WithMap
from cms.localized import readable
from cms.pages import BasePage, SearchKind
from partners.models.partner import PartnerKind, PartnerPage, Tier


class PartnerFilterForm(CountryFilterForm):
    """Filters of the partners."""

    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All types")), *PartnerKind.choices])

    field_order = ["q", "kind", "country"]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        return pages.filter(kind=self.value("kind")) if self.value("kind") else pages


class MemberFilterForm(CountryFilterForm):
    """Filters of the member directory."""

    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("All tiers")), *Tier.choices])

    field_order = ["q", "tier", "country"]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        return pages.filter(tier=self.value("tier")) if self.value("tier") else pages


class PartnerIndexPage(ListingMixin, BasePage):
    """All partners."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.PartnerPage", "partners.MemberDirectoryPage"]
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE
    filter_form = PartnerFilterForm
    per_page = 60

    class Meta:
        verbose_name = _("partner list")
        verbose_name_plural = _("partner lists")

    def listed(self) -> QuerySet["PartnerPage"]:
        return readable(PartnerPage.objects).select_related("logo").order_by(PartnerKind.rank(), "title", "pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "directory": readable(MemberDirectoryPage.objects).first()}

    def build_filter(self, request: HttpRequest) -> PartnerFilterForm:
        form = PartnerFilterForm(request.GET)
        form.offer_countries(readable(PartnerPage.objects).order_by().values_list("country", flat=True).distinct())
        return form


class MemberDirectoryPage(WithMap, ListingMixin, BasePage):
    """Partners that are members, with a map."""

    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE
    filter_form = MemberFilterForm
    per_page = 48

    class Meta:
        verbose_name = _("member directory")
        verbose_name_plural = _("member directories")

    def listed(self) -> QuerySet["PartnerPage"]:
        return readable(PartnerPage.objects.members()).order_by("title", "pk")

    def build_filter(self, request: HttpRequest) -> MemberFilterForm:
        form = MemberFilterForm(request.GET)
        form.offer_countries(
            readable(PartnerPage.objects.members()).order_by().values_list("country", flat=True).distinct()
        )
        return form
