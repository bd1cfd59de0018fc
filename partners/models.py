"""Partners of the network and, among them, its members."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.listings import CountryFilterForm, ListingMixin, WithMap
from cms.localized import readable
from cms.pages import BasePage, SearchFacts, SearchKind, TranslatableOrderable, WithContact, WithPlace
from cms.places import country_choices, place_words


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


class Qualifier(models.TextChoices):
    """How exact a figure is."""

    ABOUT = "about", _("about")
    MORE_THAN = "more", _("more than")
    ALMOST = "almost", _("almost")


class KeyFigure(TranslatableOrderable):
    """A number that tells something about an organisation, and of which year it is."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="key_figures")
    qualifier = models.CharField(_("exactness"), max_length=10, blank=True, choices=Qualifier.choices)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("For example “%” or “km²”. Empty for a count.")
    )
    label = models.CharField(_("label"), max_length=120, help_text=_("What is counted, for example “member cities”."))
    year = models.PositiveSmallIntegerField(
        _("as of"), null=True, blank=True, help_text=_("The year the figure is of.")
    )

    panels = [MultiFieldPanel([FieldRowPanel(["qualifier", "value"]), FieldRowPanel(["unit", "year"]), "label"])]

    def clean(self) -> None:
        super().clean()
        if errors := future_years(self, "year"):
            raise ValidationError(errors)


class Office(TranslatableOrderable):
    """One address of an organisation."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(_("office"), max_length=160, help_text=_("For example “World Secretariat”."))
    city = models.CharField(_("city or town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True, help_text=_("The year it opened."))

    panels = [MultiFieldPanel([FieldRowPanel(["name", "since"]), FieldRowPanel(["city", "country"])])]

    def clean(self) -> None:
        super().clean()
        if errors := future_years(self, "since"):
            raise ValidationError(errors)

    @property
    def place_words(self) -> str:
        """The town and its country, as one phrase of the reader's language."""
        return place_words(self.city, self.country)
