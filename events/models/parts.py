"""What summits, sessions and seminars have in common."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel

from cms.fields import ChoiceListField
from cms.languages import by_code, language_choices
from cms.pages import TranslatableOrderable
from cms.places import time_zone_choices
from cms.times import moment, refuse_skipped, zone_label


class EventStatus(models.TextChoices):
    """Whether an event takes place."""

    PLANNED = "planned", _("Planned")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")


class SpeakerRole(models.TextChoices):
    """What somebody does in a session."""

    SPEAKER = "speaker", _("Speaker")
    KEYNOTE = "keynote", _("Keynote speaker")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")
    RAPPORTEUR = "rapporteur", _("Rapporteur")


class WithTimeZone(models.Model):
    """Times are typed as the clock on the spot shows them; this is that clock."""

    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", choices=time_zone_choices)
    # Derived from what the editor typed, for ordering and for "coming" and "past"; never edited.
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def clock(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        """Return when the event begins and ends, aware and on its own clock, or None while a part is missing.

        Raises ValidationError for a time that the clocks skip.
        """
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        moments = self.clock()
        if moments and moments[1] < moments[0]:
            raise ValidationError({self.end_field: _("The end lies before the start. Check the dates and times.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_moments()
        super().save(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # What is previewed was not saved: without this it would be coming or past by what was there before.
        self.set_moments()
        return super().serve_preview(request, mode_name)

    def set_moments(self) -> None:
        """Derive ``starts_at`` and ``ends_at`` from what the editor typed."""
        self.starts_at, self.ends_at = self.clock() or (None, None)

    @property
    def zone(self) -> str:
        """The time zone for readers, such as "KST, UTC+9"; "" while there is no date."""
        moments = self.clock()
        return zone_label(moments[0]) if moments else ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return bool(self.ends_at and self.ends_at < timezone.now())


class WithStatus(models.Model):
    """Whether it takes place as planned, and what readers are told."""

    status = models.CharField(_("status"), max_length=10, choices=EventStatus.choices, default=EventStatus.PLANNED)

    class Meta:
        abstract = True

    @property
    def is_off(self) -> bool:
        """Whether nobody should set out for it: postponed or cancelled."""
        return self.status in (EventStatus.POSTPONED, EventStatus.CANCELLED)

    @property
    def is_joinable(self) -> bool:
        """Whether one can still register or join: it has not ended, and is not off."""
        return not (self.is_off or self.status == EventStatus.HELD or self.is_over)

    @property
    def standing(self) -> str:
        """Where it stands, as a key for templates: "postponed", "cancelled", "past", "now" or "coming"."""
        if self.is_off:
            return str(self.status)
        if self.status == EventStatus.HELD or self.is_over:
            return "past"
        return "now" if self.starts_at and self.starts_at <= timezone.now() else "coming"


class WithHours(models.Model):
    """One date, from one hour to another."""

    date = models.DateField(_("date"), null=True)
    start_time = models.TimeField(
        _("start"), null=True, help_text=_("As the clock on the spot shows, for example 09:30.")
    )
    end_time = models.TimeField(_("end"), null=True)
    end_field = "end_time"

    class Meta:
        abstract = True

    hours_panels = [
        MultiFieldPanel(["date", FieldRowPanel(["start_time", "end_time"])], heading=_("Date and time")),
    ]

    def hours(self, zone: str) -> tuple[datetime.datetime, datetime.datetime] | None:
        """Return start and end on the clock of ``zone`` (IANA name); None while date or a time is missing."""
        if not (self.date and self.start_time and self.end_time):
            return None
        return moment(self.date, self.start_time, zone), moment(self.date, self.end_time, zone)

    def clean(self) -> None:
        # Before the order of start and end is looked at, so that the message reaches the field it is about.
        for name in ("start_time", "end_time"):
            if self.date and getattr(self, name):
                refuse_skipped(name, self.date, getattr(self, name), self.time_zone)
        super().clean()


class WithLanguages(models.Model):
    """What is spoken, and into what it is interpreted."""

    languages = ChoiceListField(_("languages spoken"), blank=True, options=language_choices)
    interpretation = ChoiceListField(_("interpretation into"), blank=True, options=language_choices)

    class Meta:
        abstract = True

    language_panels = [MultiFieldPanel(["languages", "interpretation"], heading=_("Languages"))]

    @property
    def language_names(self) -> list[Any]:
        """The languages spoken, named in the reader's language."""
        return [by_code(code).described for code in self.languages or []]

    @property
    def interpretation_names(self) -> list[Any]:
        """The languages of interpretation, named in the reader's language."""
        return [by_code(code).described for code in self.interpretation or []]


class Speaker(TranslatableOrderable):
    """Somebody who takes part, and in what role."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=SpeakerRole.choices, default=SpeakerRole.SPEAKER)
    position = models.CharField(
        _("position"), max_length=160, blank=True, help_text=_("For example “Director of Environment”.")
    )
    affiliation = models.CharField(_("organisation"), max_length=200, blank=True)

    panels = [MultiFieldPanel(["name", "role", "position", "affiliation"])]

    class Meta(TranslatableOrderable.Meta):
        abstract = True
