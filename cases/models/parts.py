"""What a case consists of beside its own fields."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
)
from wagtail.models import Orderable

from cases.models.case import CasePage
from cms.pages import TranslatableOrderable


class CaseIndicator(TranslatableOrderable):
    """One measured result."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="indicators")
    label = models.CharField(
        _("indicator"), max_length=160, help_text=_("What is measured, for example “share of trips by bicycle”.")
    )
    baseline = models.DecimalField(_("before"), max_digits=18, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year before"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    panels = [MultiFieldPanel(["label", "baseline", "baseline_year", "value", "unit", "year"])]

    def clean(self) -> None:
        super().clean()
        if self.baseline_year and self.year and self.year < self.baseline_year:
            raise ValidationError({"year": _("The result is older than what it is compared with. Check both years.")})


class CasePicture(TranslatableOrderable):
    """A picture of the case."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey("cms.SiteImage", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(
        _("description"), max_length=200, help_text=_("What can be seen, for people who cannot see it.")
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    panels = ["image", "alt_text", "caption"]


class CaseSource(Orderable):
    """Where a fact can be checked. Titles stay in the language of the source."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("title"), MultiFieldPanel(["publisher", "year", "url"])]
