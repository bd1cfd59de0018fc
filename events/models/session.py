"""Sessions: what a summit's programme consists of."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.pages import BasePage, SearchFacts, SearchKind
from events.models.parts import Speaker, WithHours, WithLanguages, WithTimeZone, clock_label
from events.models.summit import SummitPage


class SessionKind(models.TextChoices):
    """What sort of session it is."""

    CEREMONY = "ceremony", _("Ceremony")
    KEYNOTE = "keynote", _("Keynote")
    PLENARY = "plenary", _("Plenary")
    PANEL = "panel", _("Panel")
    WORKSHOP = "workshop", _("Workshop")
    SIDE_EVENT = "side_event", _("Side event")
    VISIT = "visit", _("Study visit")
    SOCIAL = "social", _("Reception")


class SessionPage(WithHours, WithTimeZone, WithLanguages, BasePage):
    """One item of a summit's programme, on the summit's clock."""

    parent_page_types = ["events.SummitPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.EVENT

    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices, default=SessionKind.PLENARY)
    room = models.CharField(_("room"), max_length=120, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("description"), blank=True)
    recording_url = models.URLField(_("recording"), blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("room"),
        index.RelatedFields(
            "speakers", [index.SearchField("name"), index.SearchField("position"), index.SearchField("affiliation")]
        ),
        index.FilterField("date"),
    ]
    content_panels = [*BasePage.content_panels, "kind", "body"]
    when_panels = [*WithHours.hours_panels, "room", *WithLanguages.language_panels]
    people_panels = [InlinePanel("speakers", heading=_("Speakers"), label=_("speaker"))]
    material_panels = [InlinePanel("attachments", heading=_("Documents"), label=_("document")), "recording_url"]
    tabs = [
        (_("Time and room"), "when_panels"),
        (_("Speakers"), "people_panels"),
        (_("Documents and recording"), "material_panels"),
    ]

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def clock(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        return self.hours(self.time_zone)

    def clean(self) -> None:
        super().clean()
        summit = SummitPage.objects.filter(path=self.path[: -self.steplen]).first() if self.path else None
        if (
            summit
            and self.date
            and summit.start_date
            and summit.end_date
            and not summit.start_date <= self.date <= summit.end_date
        ):
            raise ValidationError(
                {
                    "date": ValidationError(
                        _("The summit runs from %(first)s to %(last)s. Choose a day in between."),
                        params={"first": date_format(summit.start_date), "last": date_format(summit.end_date)},
                    )
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The clock is the summit's; a session has no zone of its own to get wrong.
        if self.path:
            self.time_zone = self._summit_zone() or self.time_zone
        super().save(*args, **kwargs)

    def _summit_zone(self) -> str:
        return (
            SummitPage.objects.filter(path=self.path[: -self.steplen]).values_list("time_zone", flat=True).first() or ""
        )

    def search_facts(self) -> SearchFacts:
        return SearchFacts(date=self.date, starts_at=self.starts_at, ends_at=self.ends_at)

    @property
    def zone(self) -> str:
        """The time zone for readers."""
        moments = self.clock()
        return clock_label(moments[0] if moments else None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "summit": SummitPage.objects.ancestor_of(self).first(),
            "speakers": self.speakers.all(),
            "documents": self.attachments.select_related("document"),
        }


class SessionSpeaker(Speaker):
    """Somebody who takes part in a session."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="speakers")
