"""The call for research itself, and where it stands."""

import datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import TEXT_FEATURES
from cms.forms import SitePageForm
from cms.localized import in_language
from cms.pages import BasePage, SearchFacts, SearchKind, WithContact
from cms.places import time_zone_choices
from cms.times import CLOSING_SOON, day_start, on_clock

if TYPE_CHECKING:
    from research.models.parts import CallDeadline


class CallStatus(models.TextChoices):
    """Where a call stands; computed from the clock, never stored."""

    UPCOMING = "upcoming", _("Upcoming")
    OPEN = "open", _("Open")
    CLOSING_SOON = "closing_soon", _("Closing soon")
    CLOSED = "closed", _("Closed")


class CallQuerySet(PageQuerySet):
    """Questions about calls."""

    def open_at(self, now: datetime.datetime) -> "CallQuerySet":
        """Narrow to calls that take applications at ``now``."""
        return self.filter(opens_at__lte=now, closes_at__gte=now)

    def with_status(self, status: str, now: datetime.datetime) -> "CallQuerySet":
        """Narrow to calls of one CallStatus at ``now``, as ``CallPage.status_at`` tells it."""
        return self.filter(_status_conditions(now)[CallStatus(status)])

    def in_turn(self, now: datetime.datetime) -> "CallQuerySet":
        """Order as applicants need them: those that close next, those that open next, those that closed last."""
        conditions = _status_conditions(now)
        rank = {CallStatus.CLOSING_SOON: 0, CallStatus.OPEN: 1, CallStatus.UPCOMING: 2, CallStatus.CLOSED: 3}
        ranked = self.annotate(rank=Case(*(When(conditions[status], then=place) for status, place in rank.items())))
        return ranked.order_by(
            "rank",
            Case(When(rank__lte=1, then=F("closes_at")), When(rank=2, then=F("opens_at"))).asc(nulls_last=True),
            F("closes_at").desc(nulls_last=True),
            "pk",
        )


def _status_conditions(now: datetime.datetime) -> dict[CallStatus, Q]:
    upcoming = Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__gt=now)
    is_open = Q(opens_at__lte=now, closes_at__gte=now)
    return {
        CallStatus.UPCOMING: upcoming,
        CallStatus.OPEN: is_open & Q(closes_at__gt=now + CLOSING_SOON),
        CallStatus.CLOSING_SOON: is_open & Q(closes_at__lte=now + CLOSING_SOON),
        CallStatus.CLOSED: Q(opens_at__lte=now, closes_at__lt=now),
    }


class CallForm(SitePageForm):
    """Refuses a call that cannot be answered: without a deadline, or with one before it opens."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_deadlines(cleaned.get("opening_date"))
        self.refuse_repeats(
            "issuers",
            key=lambda row: row.get("partner") and row["partner"].pk,
            field="partner",
            message=_("This partner is already listed as issuing the call."),
        )
        self.check_money(cleaned, amount="funding_amount", currency="funding_currency")
        return cleaned

    def _check_deadlines(self, opening: datetime.date | None) -> None:
        if "deadlines" not in self.formsets:
            return
        rows = self.rows("deadlines")
        if not rows and self.is_complete_required:
            self.add_error(None, _("A call needs at least one deadline. Add it on the tab “Dates and issuers”."))
        early = [row for row in rows if opening and row.cleaned_data.get("date", opening) < opening]
        for row in early:
            row.add_error("date", _("This deadline lies before the opening of the call."))
        if early:
            self.add_error("opening_date", _("A deadline lies before the opening of the call. Check both dates."))


class CallPage(WithContact, BasePage):
    """A notice that invites research: what is sought, from whom, until when."""

    parent_page_types = ["research.ResearchIndexPage"]
    subpage_types: list[str] = []
    search_kind = SearchKind.CALL
    search_prefetch = ("page_themes__theme", "deadlines")
    base_form_class = CallForm

    reference = models.CharField(
        _("reference code"), max_length=40, help_text=_("As applicants must quote it, for example “ENCYNET-2026-01”.")
    )
    opening_date = models.DateField(_("opens on"), null=True)
    opening_zone = models.CharField(
        _("time zone of the opening"), max_length=64, default="UTC", choices=time_zone_choices
    )
    # Derived from the opening and the deadlines, for ordering and filters; never edited.
    opens_at = models.DateTimeField(null=True, editable=False, db_index=True)
    closes_at = models.DateTimeField(null=True, editable=False, db_index=True)
    description = RichTextField(_("description"), features=TEXT_FEATURES, blank=True)
    eligibility = RichTextField(_("who may apply"), features=TEXT_FEATURES, blank=True)
    expected = RichTextField(
        _("what is expected"), features=TEXT_FEATURES, blank=True, help_text=_("What an application must hold.")
    )
    funding_amount = models.DecimalField(
        _("funding"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    funding_currency = models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("Three letters, for example EUR or KRW.")
    )
    funding = RichTextField(_("about the funding"), features=TEXT_FEATURES, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    application_url = models.URLField(_("application form"), blank=True)
    results = RichTextField(
        _("results"), features=TEXT_FEATURES, blank=True, help_text=_("Fill in when the call has been decided.")
    )

    objects = PageManager.from_queryset(CallQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("reference", boost=3),
        *(index.SearchField(name) for name in ("description", "eligibility", "expected", "funding", "results")),
        index.RelatedFields("deadlines", [index.SearchField("label")]),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
    ]
    content_panels = [
        *BasePage.content_panels,
        "reference",
        "description",
        "eligibility",
        "expected",
        MultiFieldPanel(
            [FieldRowPanel(["funding_amount", "funding_currency"]), "funding", "duration_months"],
            heading=_("Funding and duration"),
        ),
        "results",
    ]
    dates_panels = [
        MultiFieldPanel(["opening_date", "opening_zone"], heading=_("Opening")),
        InlinePanel("deadlines", heading=_("Deadlines"), label=_("deadline")),
        MultipleChooserPanel("issuers", chooser_field_name="partner", heading=_("Issued by"), label=_("partner")),
        MultipleChooserPanel("page_themes", chooser_field_name="theme", heading=_("Themes"), label=_("theme")),
    ]
    document_panels = [
        "application_url",
        InlinePanel("attachments", heading=_("Documents"), label=_("document")),
        *WithContact.contact_panels,
    ]
    tabs = [(_("Dates and issuers"), "dates_panels"), (_("Documents and contact"), "document_panels")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *WithContact.contact_translation,
        SynchronizedField("reference", overridable=False),
        SynchronizedField("funding_currency"),
    ]

    class Meta:
        verbose_name = _("call for research")
        verbose_name_plural = _("calls for research")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_moments()
        super().save(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # What is previewed was not saved, so its status would follow from what was there before.
        self.set_moments()
        return super().serve_preview(request, mode_name)

    def set_moments(self) -> None:
        """Derive ``opens_at`` and ``closes_at`` from what the editor typed."""
        ends = [deadline.at for deadline in self.deadlines.all() if deadline.at]
        self.opens_at = day_start(self.opening_date, self.opening_zone) if self.opening_date else None
        self.closes_at = max(ends, default=None)

    def status_at(self, now: datetime.datetime) -> CallStatus:
        """Return where the call stands at ``now``. A call without dates is upcoming: nobody can apply yet."""
        if not (self.opens_at and self.closes_at) or now < self.opens_at:
            return CallStatus.UPCOMING
        if now > self.closes_at:
            return CallStatus.CLOSED
        return CallStatus.CLOSING_SOON if self.closes_at - now <= CLOSING_SOON else CallStatus.OPEN

    @property
    def status(self) -> CallStatus:
        """Where the call stands now."""
        return self.status_at(timezone.now())

    @property
    def next_deadline(self) -> "CallDeadline | None":
        """The next deadline that can still be met, or None."""
        now = timezone.now()
        coming = [deadline for deadline in self.deadlines.all() if deadline.at and deadline.at >= now]
        return min(coming, key=lambda deadline: deadline.at, default=None)

    @property
    def last_deadline(self) -> "CallDeadline | None":
        """The deadline that closes the call, or None."""
        return max((one for one in self.deadlines.all() if one.at), key=lambda one: one.at, default=None)

    @property
    def is_open(self) -> bool:
        """Whether it takes applications now."""
        return self.status in (CallStatus.OPEN, CallStatus.CLOSING_SOON)

    def search_facts(self) -> SearchFacts:
        deadlines = tuple(sorted(deadline.at for deadline in self.deadlines.all() if deadline.at))
        return SearchFacts(
            themes=tuple(row.theme.slug for row in self.page_themes.all()),
            date=self.opening_date,
            starts_at=on_clock(self.opens_at, self.opening_zone),
            ends_at=deadlines[-1] if deadlines else None,
            deadlines=deadlines,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        partners = [row.partner for row in self.issuers.select_related("partner")]
        found = in_language(partners)
        return {
            **context,
            "issuing_partners": [found[partner.pk] for partner in partners if partner.pk in found],
            "themes": [row.theme for row in self.page_themes.select_related("theme")],
            "documents": self.attachments.select_related("document"),
            "deadlines": list(self.deadlines.all()),
        }
