"""What a partner profile consists of beside its own fields."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel

from cms.pages import TranslatableOrderable
from cms.places import country_choices, place_words
from partners.models.partner import PartnerPage, future_years


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

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

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

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    panels = [MultiFieldPanel([FieldRowPanel(["name", "since"]), FieldRowPanel(["city", "country"])])]

    def clean(self) -> None:
        super().clean()
        if errors := future_years(self, "since"):
            raise ValidationError(errors)

    @property
    def place_words(self) -> str:
        """The town and its country, as one phrase of the reader's language."""
        return place_words(self.city, self.country)
