"""Sessions: what a summit's programme consists of."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import StoryBlock
from cms.formats import date_text
from cms.forms import SitePageForm
from cms.localized import in_language
from cms.pages import BasePage, SearchFacts, SearchKind
from cms.times import on_clock
from events.models.parts import Speaker, WithHours, WithLanguages, WithTimeZone
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


class SessionForm(SitePageForm):
    """Lets a new session know its summit, which it could otherwise not find before it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page.specific if self.parent_page else None
        if isinstance(parent, SummitPage):
            self.instance.summit = parent


class SessionPage(WithHours, WithTimeZone, WithLanguages, BasePage):
    """One item of a summit's programme, on the summit's clock."""

    parent_page_types = ["events.SummitPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.EVENT
    base_form_class = SessionForm
    _summit: SummitPage | None = None

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
        if self.summit:
            self.time_zone = self.summit.time_zone
        super().clean()
        first, last = (self.summit.start_date, self.summit.end_date) if self.summit else (None, None)
        if self.date and first and last and not first <= self.date <= last:
            raise ValidationError(
                {
                    "date": ValidationError(
                        _("The summit runs from %(first)s to %(last)s. Choose a day in between."),
                        params={"first": date_text(first), "last": date_text(last)},
                    )
                }
            )

    def set_moments(self) -> None:
        # The clock is the summit's; a session has no zone of its own to get wrong.
        if self.summit:
            self.time_zone = self.summit.time_zone
        super().set_moments()

    @property
    def summit(self) -> SummitPage | None:
        """The summit it belongs to, or None while it has no place in the tree."""
        if self._summit is None and self.path:
            self._summit = SummitPage.objects.filter(path=self.path[: -self.steplen]).first()
        return self._summit

    @summit.setter
    def summit(self, summit: SummitPage) -> None:
        self._summit = summit

    def is_now(self, now: datetime.datetime) -> bool:
        """Whether it is under way at ``now``."""
        return bool(self.starts_at and self.ends_at and self.starts_at <= now < self.ends_at)

    def search_facts(self) -> SearchFacts:
        return SearchFacts(
            date=self.date,
            starts_at=on_clock(self.starts_at, self.time_zone),
            ends_at=on_clock(self.ends_at, self.time_zone),
        )

    def neighbours(self) -> tuple["SessionPage | None", "SessionPage | None"]:
        """Return the sessions before and after it in the programme. One query."""
        sessions = list(self.summit.sessions().defer("body")) if self.summit else []
        place = next((place for place, one in enumerate(sessions) if one.pk == self.pk), None)
        if place is None:
            return None, None
        return (sessions[place - 1] if place else None), (sessions[place + 1] if place + 1 < len(sessions) else None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        previous, following = self.neighbours()
        return {
            **context,
            "summit": in_language([self.summit]).get(self.summit.pk) if self.summit else None,
            "previous": previous,
            "following": following,
            "speakers": self.speakers.all(),
            "documents": self.attachments.select_related("document"),
        }


class SessionSpeaker(Speaker):
    """Somebody who takes part in a session."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="speakers")

    class Meta(Speaker.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
