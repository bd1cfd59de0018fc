"""News of the network and its members."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.listings import FilterForm, ListingMixin
from cms.localized import in_language, readable
from cms.pages import BasePage, SearchFacts, SearchKind


class NewsFilterForm(FilterForm):
    """Filters of the news."""

    year = forms.ChoiceField(label=_("Year"), required=False)

    def offer_years(self, years: list[int]) -> None:
        """Offer the years in which there is news."""
        self.fields["year"].choices = [("", _("All years")), *((str(year), str(year)) for year in years)]

    def narrow(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        pages = super().narrow(pages)
        return pages.filter(date__year=self.value("year")) if self.value("year") else pages


class NewsIndexPage(ListingMixin, BasePage):
    """All news, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    search_kind = SearchKind.PAGE
    filter_form = NewsFilterForm

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def listed(self) -> QuerySet["NewsPage"]:
        return readable(NewsPage.objects).select_related("cover").order_by("-date", "-pk")

    def build_filter(self, request: HttpRequest) -> NewsFilterForm:
        form = NewsFilterForm(request.GET)
        form.offer_years([date.year for date in readable(NewsPage.objects).dates("date", "year", order="DESC")])
        return form


class NewsPage(BasePage):
    """A dated announcement from the network or one of its members."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.NEWS

    date = models.DateField(
        _("date"), default=timezone.localdate, db_index=True, help_text=_("The day the news is of.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("story"))
    summit = models.ForeignKey(
        "events.SummitPage",
        verbose_name=_("summit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
    )
    partner = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
    )
    case = models.ForeignKey(
        "cases.CasePage",
        verbose_name=_("model-city case"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
    )

    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date")]
    content_panels = [*BasePage.content_panels, "date", "body"]
    related_panels = [
        MultiFieldPanel(
            [PageChooserPanel("summit"), PageChooserPanel("partner"), PageChooserPanel("case")],
            heading=_("What the news is about"),
            help_text=_("Choose the English pages; readers are led to their own language where it exists."),
        )
    ]
    tabs = [(_("Related"), "related_panels")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def search_facts(self) -> SearchFacts:
        return SearchFacts(date=self.date)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = [in_language([page]).get(page.pk) for page in (self.summit, self.partner, self.case) if page]
        return {**context, "related": [page for page in related if page]}
