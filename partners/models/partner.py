"""Partner profiles: who an organisation is, and what it takes part in."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.localized import readable
from cms.pages import BasePage, SearchFacts, SearchKind, WithContact, WithPlace


class PartnerKind(models.TextChoices):
    """What sort of organisation a partner is."""

    LOCAL_GOVERNMENT = "local", _("Local government")
    NATIONAL_GOVERNMENT = "national", _("National government")
    ASSOCIATION = "association", _("Association or network")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    RESEARCH = "research", _("Research institution")
    CIVIL_SOCIETY = "civil", _("Civil society")
    OTHER = "other", _("Other")

    @classmethod
    def rank(cls) -> Case:
        """Return an expression that orders rows by their ``kind`` as the kinds stand here."""
        return Case(
            *(When(kind=kind, then=place) for place, kind in enumerate(cls)), output_field=models.IntegerField()
        )


class Tier(models.TextChoices):
    """Tiers of membership by size."""

    MEGA_CITY = "mega", _("Mega-city")
    SUPER_CITY = "super", _("Super-city or urban region")
    LARGE_CITY = "large", _("Large city")
    TOWN = "town", _("Medium-sized city or town")


class PartnerQuerySet(PageQuerySet):
    """Questions about partners."""

    def members(self) -> "PartnerQuerySet":
        """Narrow to local governments that are members of the network."""
        return self.filter(kind=PartnerKind.LOCAL_GOVERNMENT, member_since__isnull=False)


class PartnerPage(WithPlace, WithContact, BasePage):
    """An organisation: who it is, what it does, and what it takes part in."""

    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.PARTNER
    served_with = (*BasePage.served_with, "logo")

    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("Acronym or everyday name, for example “ICLEI”.")
    )
    kind = models.CharField(_("type"), max_length=20, choices=PartnerKind.choices, default=PartnerKind.LOCAL_GOVERNMENT)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True, help_text=_("The year."))
    logo = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only with the organisation’s permission. It is shown on white, at most 160 pixels high."),
    )
    website = models.URLField(_("website"), blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("profile"), blank=True)
    member_since = models.PositiveSmallIntegerField(
        _("member since"),
        null=True,
        blank=True,
        help_text=_("The year. Leave empty if the organisation is not a member."),
    )
    tier = models.CharField(_("tier"), max_length=10, blank=True, choices=Tier.choices)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population figure"), null=True, blank=True, validators=[MinValueValidator(1800)]
    )

    objects = PageManager.from_queryset(PartnerQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("short_name", boost=3),
        index.SearchField("city", boost=2),
        index.SearchField("body"),
        index.RelatedFields("key_figures", [index.SearchField("label")]),
        index.RelatedFields("offices", [index.SearchField("name"), index.SearchField("city")]),
        index.FilterField("kind"),
        index.FilterField("country"),
        index.FilterField("member_since"),
    ]
    content_panels = [
        *BasePage.content_panels[:1],
        MultiFieldPanel(["short_name", "kind", "founded", "website", "logo"], heading=_("Organisation")),
        *BasePage.introduction_panels,
        "body",
        InlinePanel(
            "key_figures", heading=_("Key figures"), label=_("figure"), help_text=_("Say of which year each figure is.")
        ),
    ]
    address_panels = [
        *WithPlace.place_panels,
        *WithContact.contact_panels,
        InlinePanel("offices", heading=_("Offices"), label=_("office")),
    ]
    membership_panels = [
        MultiFieldPanel(
            ["member_since", "tier", "population", "population_year"],
            heading=_("Membership of a local government"),
            help_text=_("Only for local governments. Whoever has a year here appears in the member directory."),
        )
    ]
    tabs = [(_("Place and contact"), "address_panels"), (_("Membership"), "membership_panels")]
    override_translatable_fields = [*BasePage.override_translatable_fields, *WithContact.contact_translation]

    class Meta:
        verbose_name = _("partner profile")
        verbose_name_plural = _("partner profiles")

    def clean(self) -> None:
        super().clean()
        errors = future_years(self, "founded", "member_since", "population_year")
        if self.founded and self.member_since and self.member_since < self.founded:
            errors.setdefault("member_since", ValidationError(_("This year lies before the founding. Check both.")))
        if self.kind != PartnerKind.LOCAL_GOVERNMENT and (self.member_since or self.tier):
            name = "member_since" if self.member_since else "tier"
            errors[name] = ValidationError(
                _("Only a local government can be a member. Change the type on the first tab, or clear this field."),
                code="not_local",
            )
        if errors:
            raise ValidationError(errors)

    @property
    def is_member(self) -> bool:
        """Whether the organisation is a member of the network."""
        return self.kind == PartnerKind.LOCAL_GOVERNMENT and self.member_since is not None

    @property
    def website_host(self) -> str:
        """The website's address as people write it, without "https://" and "www."."""
        parts = urlsplit(self.website)
        return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")

    def search_facts(self) -> SearchFacts:
        places = tuple(filter(None, [self.city, self.short_name]))
        return SearchFacts(country=self.country, places=places)

    def summit_parts(self) -> QuerySet[Any]:
        """Return its role in each summit, the latest first, with the summit as ``page`` in the reader's language."""
        summits = readable(apps.get_model("events.SummitPage").objects.all())
        return (
            apps.get_model("events.SummitPartner")
            .objects.filter(partner__translation_key=self.translation_key, page__in=summits)
            .select_related("page__locale")
            .order_by("-page__start_date", "page", "sort_order")
        )

    def told_cases(self) -> QuerySet[Any]:
        """Return the cases that name it as their city."""
        cases = apps.get_model("cases.CasePage").objects.filter(partner__translation_key=self.translation_key)
        return readable(cases).order_by("title", "pk")

    def issued_calls(self) -> QuerySet[Any]:
        """Return the calls it issues, those that close last first."""
        issues = apps.get_model("research.CallIssuer").objects.filter(partner__translation_key=self.translation_key)
        calls = apps.get_model("research.CallPage").objects.filter(pk__in=issues.values("page"))
        return readable(calls).prefetch_related("deadlines").order_by("-closes_at", "pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "figures": self.key_figures.all(),
            "offices": self.offices.all(),
            "summit_parts": self.summit_parts(),
            "told_cases": self.told_cases(),
            "issued_calls": self.issued_calls(),
        }


def future_years(instance: models.Model, *names: str) -> dict[str, ValidationError]:
    """Return an error for each field in ``names`` that holds a year after the current one."""
    this_year = timezone.localdate().year
    return {
        name: ValidationError(
            _("This year lies in the future. Give a year up to %(year)s."), params={"year": this_year}, code="future"
        )
        for name in names
        if (getattr(instance, name) or 0) > this_year
    }
