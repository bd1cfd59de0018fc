"""The list of events."""

from typing import Any

from django import forms
from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.listings import CountryFilterForm, ListingMixin
from cms.localized import readable
from cms.pages import BasePage, SearchKind
from events.models.seminar import SeminarPage
from events.models.summit import SummitPage


class EventFilterForm(CountryFilterForm):
    """Filters of the events."""

    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Coming and past")), ("coming", _("Coming")), ("past", _("Past"))],
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", _("Summits and seminars")), ("summit", _("Summits")), ("seminar", _("On-line seminars"))],
    )

    field_order = ["q", "when", "kind", "country"]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        for word in self.value("q").split()[:8]:
            summaries = Q(summitpage__summary__icontains=word) | Q(seminarpage__summary__icontains=word)
            pages = pages.filter(Q(title__icontains=word) | summaries)
        if self.value("kind"):
            pages = pages.filter(**{f"{self.value('kind')}page__isnull": False})
        if self.value("country"):
            pages = pages.filter(summitpage__country=self.value("country"))
        if self.value("when"):
            pages = pages.filter(is_past=self.value("when") == "past")
        return pages


class EventIndexPage(ListingMixin, BasePage):
    """Summits and seminars, the coming ones first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.SummitPage", "events.SeminarPage"]
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE

    class Meta:
        verbose_name = _("event list")
        verbose_name_plural = _("event lists")

    def listed(self) -> QuerySet[Any]:
        """Summits and seminars together: coming ones, the next first, then past ones, the latest first."""
        return (
            readable(Page.objects.type(SummitPage, SeminarPage))
            .annotate(
                starts=Coalesce("summitpage__starts_at", "seminarpage__starts_at"),
                ends=Coalesce("summitpage__ends_at", "seminarpage__ends_at"),
            )
            .annotate(
                is_past=Case(When(ends__lt=timezone.now(), then=True), default=False, output_field=BooleanField())
            )
            .order_by(
                "is_past",
                Case(When(is_past=False, then=F("starts"))).asc(nulls_last=True),
                F("starts").desc(nulls_last=True),
                "pk",
            )
            .specific()
            .select_related("locale", for_specific_subqueries=True)
        )

    def build_filter(self, request: HttpRequest) -> EventFilterForm:
        form = EventFilterForm(request.GET)
        form.offer_countries(readable(SummitPage.objects).order_by().values_list("country", flat=True).distinct())
        return form
