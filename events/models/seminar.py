"""On-line seminars."""

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import StoryBlock
from cms.pages import BasePage, SearchFacts, SearchKind
from cms.times import on_clock
from events.models.parts import Speaker, WithHours, WithLanguages, WithStatus, WithTimeZone


class SeminarPage(WithHours, WithTimeZone, WithStatus, WithLanguages, BasePage):
    """A seminar held on line: when, on what platform, with whom."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.EVENT

    platform = models.CharField(
        _("platform"), max_length=80, blank=True, help_text=_("For example the name of the video service.")
    )
    join_url = models.URLField(_("address for joining or registering"), blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("description"), blank=True)
    recording_url = models.URLField(_("recording"), blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "speakers", [index.SearchField("name"), index.SearchField("position"), index.SearchField("affiliation")]
        ),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
        index.FilterField("status"),
    ]
    content_panels = [*BasePage.content_panels, "body"]
    when_panels = [
        *WithHours.hours_panels,
        MultiFieldPanel(["time_zone", "status"], heading=_("Clock and status")),
        MultiFieldPanel(["platform", "join_url"], heading=_("Joining")),
        *WithLanguages.language_panels,
    ]
    people_panels = [InlinePanel("speakers", heading=_("Speakers"), label=_("speaker"))]
    material_panels = [InlinePanel("attachments", heading=_("Materials"), label=_("document")), "recording_url"]
    tabs = [
        (_("Time and place"), "when_panels"),
        (_("Speakers"), "people_panels"),
        (_("Materials and recording"), "material_panels"),
    ]
    override_translatable_fields = [*BasePage.override_translatable_fields, SynchronizedField("platform")]

    class Meta:
        verbose_name = _("on-line seminar")
        verbose_name_plural = _("on-line seminars")

    def clock(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        return self.hours(self.time_zone)

    @property
    def first_day(self) -> datetime.date | None:
        """The day it is held, under the name that all events have for it."""
        return self.date

    @property
    def last_day(self) -> datetime.date | None:
        """The same day: a seminar has but one."""
        return self.date

    @property
    def kind_words(self) -> str:
        """What it is, for lists of several kinds."""
        return gettext("On-line seminar")

    def search_facts(self) -> SearchFacts:
        return SearchFacts(
            date=self.date,
            starts_at=on_clock(self.starts_at, self.time_zone),
            ends_at=on_clock(self.ends_at, self.time_zone),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "speakers": self.speakers.all(), "documents": self.attachments.select_related("document")}


class SeminarSpeaker(Speaker):
    """Somebody who speaks at a seminar."""

    page = ParentalKey(SeminarPage, on_delete=models.CASCADE, related_name="speakers")

    class Meta(Speaker.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
