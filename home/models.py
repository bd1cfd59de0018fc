"""The home page and the pages that tell about the network itself."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.pages import BasePage, SearchKind, TranslatableOrderable
from home import showcase


class HomePage(BasePage):
    """The first page: what the network is for, and what is going on in it."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "partners.PartnerIndexPage",
        "cases.CaseIndexPage",
        "events.EventIndexPage",
        "research.ResearchIndexPage",
        "news.NewsIndexPage",
    ]
    search_kind = SearchKind.PAGE

    motto = models.CharField(
        _("motto"),
        max_length=160,
        help_text=_("The line in large type at the top: for whom, and for what, the network goes."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("story"), blank=True, help_text=_("Shown below the three roles."))

    search_fields = [*BasePage.search_fields, index.SearchField("motto", boost=2), index.SearchField("body")]
    content_panels = [
        *BasePage.content_panels[:1],
        "motto",
        *BasePage.introduction_panels,
        InlinePanel("roles", heading=_("What the network is for"), label=_("role"), max_num=6),
        "body",
    ]
    showcase_panels = [
        MultipleChooserPanel(
            "featured_cases",
            chooser_field_name="case",
            heading=_("Featured model-city cases"),
            label=_("case"),
            max_num=6,
            help_text=_("Choose the English pages; readers see them in their own language where they are translated."),
        ),
        MultipleChooserPanel(
            "featured_partners",
            chooser_field_name="partner",
            heading=_("Partners shown"),
            label=_("partner"),
            max_num=12,
        ),
    ]
    tabs = [(_("Featured"), "showcase_panels")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **showcase.for_home(self)}


class HomeRole(TranslatableOrderable):
    """One thing that the network lets people do."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=400)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_text = models.CharField(_("text of the link"), max_length=80, blank=True)

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    panels = ["title", "text", "link_page", "link_text"]


class FeaturedCase(Orderable):
    """A model-city case on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_cases")
    case = models.ForeignKey("cases.CasePage", verbose_name=_("case"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("case")]


class FeaturedPartner(Orderable):
    """A partner on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_partners")
    partner = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("partner"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("partner")]


class StandardPage(BasePage):
    """A page about the network: what it is, its history, membership, how to reach it."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    search_kind = SearchKind.PAGE

    body = StreamField(StoryBlock(), verbose_name=_("story"), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.content_panels, "body"]

    class Meta:
        verbose_name = _("page about the network")
        verbose_name_plural = _("pages about the network")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "siblings": showcase.section_pages(self)}
