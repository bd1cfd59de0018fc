"""What a call consists of beside its own fields."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from cms.pages import TranslatableOrderable
from cms.places import time_zone_choices
from cms.times import CLOSING_SOON, moment, refuse_skipped, zone_label
from research.models.call import CallPage


class CallDeadline(TranslatableOrderable):
    """One deadline, on the clock it is meant on."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="deadlines")
    label = models.CharField(
        _("for what"), max_length=120, blank=True, help_text=_("For example “Outline” or “Full application”.")
    )
    date = models.DateField(_("date"))
    time = models.TimeField(_("time"), default=datetime.time(23, 59))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", choices=time_zone_choices)

    class Meta(TranslatableOrderable.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")

    panels = ["label", FieldRowPanel(["date", "time"]), "zone"]

    def clean(self) -> None:
        super().clean()
        if self.date and self.time:
            refuse_skipped("time", self.date, self.time, self.zone)

    @property
    def at(self) -> datetime.datetime | None:
        """The moment of the deadline on its own clock."""
        return moment(self.date, self.time, self.zone) if self.date and self.time else None

    @property
    def days_left(self) -> int:
        """Whole days until the deadline on its own calendar: 0 on the day itself, negative when it has passed."""
        return (self.date - timezone.now().astimezone(self.at.tzinfo).date()).days if self.at else 0

    @property
    def is_near(self) -> bool:
        """Whether little time is left."""
        return bool(self.at and self.at - timezone.now() <= CLOSING_SOON)

    @property
    def is_over(self) -> bool:
        """Whether it has passed."""
        return bool(self.at and self.at < timezone.now())

    @property
    def zone_label(self) -> str:
        """The clock for readers, such as "KST, UTC+9"."""
        return zone_label(self.at) if self.at else ""


class CallIssuer(Orderable):
    """A partner that issues a call."""

    page = ParentalKey(CallPage, on_delete=models.CASCADE, related_name="issuers")
    partner = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("partner"), on_delete=models.CASCADE, related_name="call_issues"
    )

    panels = [PageChooserPanel("partner")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "partner"], name="research_issuer_once")]
