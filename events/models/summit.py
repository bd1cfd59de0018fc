"""Summits: several days in one place, with partners in roles and an outcome."""

import datetime
import itertools
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.blocks import TEXT_FEATURES, StoryBlock
from cms.forms import SitePageForm
from cms.localized import in_language, readable
from cms.pages import BasePage, SearchFacts, SearchKind, WithContact, WithPlace
from cms.times import day_start, moment, on_clock
from events.models.parts import WithStatus, WithTimeZone


class PartnerRole(models.TextChoices):
    """What an organisation does for a summit, in the order in which roles are shown."""

    HOST = "host", _("Host")
    ORGANISER = "organiser", _("Organiser")
    CO_ORGANISER = "co_organiser", _("Co-organiser")
    SUPPORTING = "supporting", _("Supporting partner")
    SPONSOR = "sponsor", _("Sponsor")


class SummitForm(SitePageForm):
    """Refuses the same partner twice in one role."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse_repeats(
            "summit_partners",
            key=lambda row: (row.get("partner") and row["partner"].pk, row.get("role")),
            field="partner",
            message=_("This partner is already listed in the same role. Choose another role or remove one of the two."),
        )
        return cleaned


class SummitPage(WithTimeZone, WithStatus, WithPlace, WithContact, BasePage):
    """A summit before, while and after it takes place."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["events.SessionPage"]
    search_kind = SearchKind.EVENT
    served_with = (*BasePage.served_with, "declaration_document", "report")
    base_form_class = SummitForm
    end_field = "end_date"

    start_date = models.DateField(_("first day"), null=True)
    end_date = models.DateField(_("last day"), null=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=250, blank=True, help_text=_("The motto of the summit."))
    registration_url = models.URLField(_("registration"), blank=True, help_text=_("Address of the registration form."))
    body = StreamField(StoryBlock(), verbose_name=_("description"), blank=True)
    declaration = RichTextField(
        _("declaration"), features=TEXT_FEATURES, blank=True, help_text=_("What was declared, in short.")
    )
    declaration_document = models.ForeignKey(
        "cms.SiteDocument",
        verbose_name=_("text of the declaration"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    report = models.ForeignKey(
        "cms.SiteDocument", verbose_name=_("report"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = RichTextField(_("outcome"), features=TEXT_FEATURES, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants_note = models.CharField(
        _("about the participants"),
        max_length=250,
        blank=True,
        help_text=_("For example “heads of 20 cities among them”."),
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme", boost=2),
        index.SearchField("city", boost=2),
        index.SearchField("venue"),
        index.SearchField("body"),
        index.SearchField("declaration"),
        index.SearchField("outcome"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
        index.FilterField("status"),
    ]
    content_panels = [*BasePage.content_panels, "theme", "body"]
    when_panels = [
        MultiFieldPanel([FieldRowPanel(["start_date", "end_date"]), "time_zone", "status"], heading=_("Dates")),
        *WithPlace.place_panels,
        "venue",
        "registration_url",
        *WithContact.contact_panels,
    ]
    partner_panels = [
        InlinePanel("summit_partners", heading=_("Partners of the summit"), label=_("partner")),
    ]
    outcome_panels = [
        MultiFieldPanel(["participants", "participants_note"], heading=_("Participants")),
        "outcome",
        MultiFieldPanel(["declaration", "declaration_document"], heading=_("Declaration")),
        "report",
        InlinePanel("attachments", heading=_("Documents"), label=_("document")),
    ]
    tabs = [
        (_("Dates and place"), "when_panels"),
        (_("Partners"), "partner_panels"),
        (_("Outcome"), "outcome_panels"),
    ]
    override_translatable_fields = [*BasePage.override_translatable_fields, *WithContact.contact_translation]

    class Meta:
        verbose_name = _("summit")
        verbose_name_plural = _("summits")

    def clock(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        if not (self.start_date and self.end_date):
            return None
        return (
            day_start(self.start_date, self.time_zone),
            moment(self.end_date, datetime.time(23, 59), self.time_zone),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # A programme moves with its summit's clock.
        for session in apps.get_model("events.SessionPage").objects.child_of(self).exclude(time_zone=self.time_zone):
            session.save()

    @property
    def first_day(self) -> datetime.date | None:
        """The day it begins, under the name that all events have for it."""
        return self.start_date

    @property
    def last_day(self) -> datetime.date | None:
        """The day it ends."""
        return self.end_date

    @property
    def kind_words(self) -> str:
        """What it is, for lists of several kinds."""
        return gettext("Summit")

    @property
    def has_outcome(self) -> bool:
        """Whether there is anything to tell about the outcome."""
        return bool(
            self.outcome or self.declaration or self.declaration_document_id or self.report_id or self.participants
        )

    def search_facts(self) -> SearchFacts:
        return SearchFacts(
            country=self.country,
            places=tuple(filter(None, [self.city])),
            date=self.start_date,
            starts_at=on_clock(self.starts_at, self.time_zone),
            ends_at=on_clock(self.ends_at, self.time_zone),
        )

    def sessions(self) -> QuerySet[Any]:
        """Return the sessions readers can open, in order, each in the reader's language where it is translated."""
        versions = Page.objects.filter(translation_key=self.translation_key)
        sessions = apps.get_model("events.SessionPage").objects.alias(
            summit_path=Substr("path", 1, Length("path") - self.steplen)
        )
        return readable(sessions.filter(summit_path__in=versions.values("path"))).order_by(
            "date", "start_time", "end_time", "room", "pk"
        )

    def programme(self) -> list[tuple[datetime.date, list[Any]]]:
        """Return the sessions with their speakers, as (day, sessions). Two queries."""
        sessions = self.sessions().prefetch_related("speakers")
        return [(day, list(rows)) for day, rows in itertools.groupby(sessions, key=lambda session: session.date)]

    def partners_by_role(self) -> list[tuple[Any, list[Any]]]:
        """Return (role's label, partners in the reader's language) in the order of the roles. Three queries."""
        rows = list(self.summit_partners.select_related("partner"))
        found = in_language([row.partner for row in rows])
        prefetch_related_objects(list(found.values()), "logo")
        groups = [
            (role.label, [found[row.partner_id] for row in rows if row.role == role and row.partner_id in found])
            for role in PartnerRole
        ]
        return [(label, partners) for label, partners in groups if partners]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "programme": self.programme(),
            "partner_groups": self.partners_by_role(),
            "documents": self.attachments.select_related("document"),
        }


class SummitPartner(Orderable):
    """A partner's role in a summit."""

    page = ParentalKey(SummitPage, on_delete=models.CASCADE, related_name="summit_partners")
    partner = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("partner"), on_delete=models.CASCADE, related_name="summit_roles"
    )
    role = models.CharField(_("role"), max_length=12, choices=PartnerRole.choices, default=PartnerRole.SUPPORTING)

    panels = [PageChooserPanel("partner"), "role"]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "partner", "role"], name="events_partner_once_in_a_role")
        ]
