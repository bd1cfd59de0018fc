"""The model-city case itself."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import INLINE_FEATURES, TEXT_FEATURES, StoryBlock
from cms.fields import ChoiceListField
from cms.forms import SitePageForm
from cms.goals import GOALS
from cms.languages import language_choices
from cms.localized import readable
from cms.pages import BasePage, SearchFacts, SearchKind, WithContact, WithPlace


class CaseStatus(models.TextChoices):
    """How far a case has come."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Completed")


class Season(models.TextChoices):
    """When a visit is worth while."""

    SPRING = "spring", _("March to May")
    SUMMER = "summer", _("June to August")
    AUTUMN = "autumn", _("September to November")
    WINTER = "winter", _("December to February")


@dataclass(frozen=True)
class Chapter:
    """A titled part of a case: ``key`` is its anchor, ``text`` rich text, empty where other parts are shown."""

    key: str
    title: str
    text: str = ""


class CaseForm(SitePageForm):
    """Asks for what a published case would be odd without."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_money(cleaned, amount="cost_amount", currency="cost_currency")
        if self.is_complete_required and cleaned.get("visit_offered") and not cleaned.get("visit_shown"):
            self.add_error("visit_shown", _("A visit is on offer: say what visitors will see."))
        return cleaned


class CasePage(WithPlace, WithContact, BasePage):
    """What one city did about an environmental problem, told so that another city can judge and follow."""

    parent_page_types = ["cases.CaseIndexPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.CASE
    search_prefetch = ("page_themes__theme",)
    base_form_class = CaseForm

    partner = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("city’s profile"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cases",
        help_text=_("The English profile of the city, if it has one."),
    )
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the population figure"), null=True, blank=True)
    goals = ChoiceListField(_("Sustainable Development Goals"), blank=True, options=GOALS, help_text=_("At most five."))
    started = models.PositiveSmallIntegerField(_("began"), null=True, blank=True, help_text=_("The year."))
    ended = models.PositiveSmallIntegerField(
        _("ended"), null=True, blank=True, help_text=_("The year. Empty if it goes on.")
    )
    status = models.CharField(_("status"), max_length=12, choices=CaseStatus.choices, default=CaseStatus.UNDER_WAY)

    challenge = RichTextField(_("challenge"), features=TEXT_FEATURES, help_text=_("What was wrong, and for whom."))
    objectives = RichTextField(_("objectives"), features=TEXT_FEATURES, blank=True)
    actions = StreamField(
        StoryBlock(), verbose_name=_("actions"), help_text=_("What the city did, in the order it was done.")
    )
    results = RichTextField(_("results"), features=TEXT_FEATURES, blank=True)
    cost_amount = models.DecimalField(
        _("cost"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost_currency = models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("Three letters, for example EUR or KRW.")
    )
    funding = RichTextField(
        _("cost and funding"), features=INLINE_FEATURES, blank=True, help_text=_("Who paid, and for what.")
    )
    lessons = RichTextField(_("lessons learned"), features=TEXT_FEATURES, blank=True)
    transferability = RichTextField(
        _("transferability"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What another city would need to do the same."),
    )
    visit_offered = models.BooleanField(_("study visit on offer"), default=False)
    visit_shown = RichTextField(_("what is shown"), features=TEXT_FEATURES, blank=True)
    visit_languages = ChoiceListField(_("languages of the visit"), blank=True, options=language_choices)
    visit_group_min = models.PositiveSmallIntegerField(_("smallest group"), null=True, blank=True)
    visit_group_max = models.PositiveSmallIntegerField(_("largest group"), null=True, blank=True)
    visit_seasons = ChoiceListField(_("best time of the year"), blank=True, options=Season.choices)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city", boost=2),
        *(
            index.SearchField(name)
            for name in (
                "challenge",
                "objectives",
                "actions",
                "results",
                "funding",
                "lessons",
                "transferability",
                "visit_shown",
            )
        ),
        index.RelatedFields("indicators", [index.SearchField("label")]),
        index.RelatedFields("gallery", [index.SearchField("caption")]),
        index.FilterField("country"),
        index.FilterField("status"),
        index.FilterField("visit_offered"),
    ]
    content_panels = [
        *BasePage.content_panels,
        "challenge",
        "objectives",
        "actions",
        "results",
        InlinePanel("indicators", heading=_("Indicators of the results"), label=_("indicator")),
        "lessons",
        "transferability",
    ]
    facts_panels = [
        PageChooserPanel("partner"),
        *WithPlace.place_panels,
        MultiFieldPanel(["population", "population_year"], heading=_("Population")),
        MultipleChooserPanel("page_themes", chooser_field_name="theme", heading=_("Themes"), label=_("theme")),
        "goals",
        MultiFieldPanel(["status", "started", "ended"], heading=_("Period and status")),
        MultiFieldPanel(["cost_amount", "cost_currency", "funding"], heading=_("Cost and funding")),
    ]
    sources_panels = [
        InlinePanel("gallery", heading=_("Pictures"), label=_("picture")),
        InlinePanel("attachments", heading=_("Documents"), label=_("document")),
        InlinePanel("sources", heading=_("Sources"), label=_("source")),
        *WithContact.contact_panels,
    ]
    visit_panels = [
        HelpPanel(_("A study visit shows the case on the spot. Members ask for it through the page.")),
        "visit_offered",
        "visit_shown",
        "visit_languages",
        MultiFieldPanel(["visit_group_min", "visit_group_max"], heading=_("Size of the group")),
        "visit_seasons",
    ]
    tabs = [
        (_("Facts"), "facts_panels"),
        (_("Pictures, documents, sources"), "sources_panels"),
        (_("Study visit"), "visit_panels"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *WithContact.contact_translation,
        SynchronizedField("cost_currency"),
    ]

    class Meta:
        verbose_name = _("model-city case")
        verbose_name_plural = _("model-city cases")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        this_year = timezone.localdate().year
        if self.started and self.ended and self.ended < self.started:
            errors["ended"] = _("The case ends before it begins. Check both years.")
        if self.population_year and self.population_year > this_year:
            errors["population_year"] = _("This year lies in the future.")
        if self.started and self.started > this_year and self.status != CaseStatus.PLANNED:
            errors["started"] = _("This year lies in the future, but the case is not marked as planned.")
        if len(self.goals or []) > 5:
            errors["goals"] = _("Choose at most five goals, the ones the case serves most.")
        if self.visit_group_min and self.visit_group_max and self.visit_group_max < self.visit_group_min:
            errors["visit_group_max"] = _("The largest group is smaller than the smallest one.")
        if errors:
            raise ValidationError(errors)

    @property
    def goal_tiles(self) -> list[tuple[str, str]]:
        """The chosen goals as (number, name in the reader's language), in the order of their numbers."""
        chosen = set(self.goals or [])
        return [(number, str(label).partition(" · ")[2] or str(label)) for number, label in GOALS if number in chosen]

    @property
    def visit_language_names(self) -> list[str]:
        """The languages of the visit by their own names."""
        return self._meta.get_field("visit_languages").labels(self.visit_languages)

    @property
    def visit_season_names(self) -> list[Any]:
        """The best times of the year, in the reader's language."""
        return self._meta.get_field("visit_seasons").labels(self.visit_seasons)

    def chapters(self, has_indicators: bool) -> list[Chapter]:
        """Return the parts that the case has, in the order in which they are told."""
        told = [
            Chapter("challenge", gettext("Challenge"), self.challenge),
            Chapter("objectives", gettext("Objectives"), self.objectives),
            Chapter("actions", pgettext("chapter of a case", "Actions")) if self.actions else None,
            Chapter("results", gettext("Results"), self.results),
            Chapter("funding", gettext("Cost and funding"), self.funding),
            Chapter("lessons", gettext("Lessons learned"), self.lessons),
            Chapter("transferability", gettext("Transferability"), self.transferability),
        ]
        filled = {"actions"}
        if self.cost_amount is not None:
            filled.add("funding")
        if has_indicators:
            filled.add("results")
        return [chapter for chapter in told if chapter and (chapter.text or chapter.key in filled)]

    def shown_partner(self) -> BasePage | None:
        """Return the city's profile in the reader's language, or None. One query at most."""
        if not self.partner_id:
            return None
        profiles = self._meta.get_field("partner").related_model.objects
        versions = profiles.filter(pk=self.partner_id).values("translation_key")
        return readable(profiles.filter(translation_key__in=versions)).first()

    def search_facts(self) -> SearchFacts:
        themes = tuple(row.theme.slug for row in self.page_themes.all())
        return SearchFacts(country=self.country, places=(self.city,) if self.city else (), themes=themes)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        indicators = list(self.indicators.all())
        return {
            **context,
            "chapters": self.chapters(bool(indicators)),
            "indicators": indicators,
            "sources": self.sources.all(),
            "partner": self.shown_partner(),
            "themes": [row.theme for row in self.page_themes.select_related("theme")],
            "pictures": self.gallery.select_related("image").prefetch_related("image__renditions"),
            "documents": self.attachments.select_related("document"),
        }
