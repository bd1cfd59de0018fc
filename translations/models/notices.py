"""What people at the desk are told, and how they want to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from translations.models.bundles import Bundle
from translations.models.proposals import TermProposal
from translations.models.tasks import TranslationTask


class Delivery(models.TextChoices):
    """When a notice is mailed. It stands on the desk in any case."""

    NOW = "now", _("by mail at once")
    DAILY = "daily", _("by mail once a day, together")
    NONE = "none", _("not by mail")


class Kind(models.TextChoices):
    """What a notice is about."""

    ASSIGNED = "assigned", _("A translation is assigned to me")
    DUE = "due", _("A translation of mine is due soon, or overdue")
    CHANGED = "changed", _("The source of a translation of mine was changed")
    RETURNED = "returned", _("A translation of mine is returned")
    ACCEPTED = "accepted", _("A translation of mine is accepted or published")
    CANCELLED = "cancelled", _("A request to me is cancelled or given to somebody else")
    REQUESTED = "requested", _("Somebody asks for a translation that nobody is assigned to")
    REVIEW = "review", _("A translation waits for my review")
    FINISHED = "finished", _("A translation that I requested is published")
    COMMENT = "comment", _("Somebody comments on a translation of mine, or mentions me")
    PROPOSED = "proposed", _("Somebody proposes a term for the glossary")
    DECIDED = "decided", _("A term that I proposed for the glossary is accepted or declined")
    BUNDLE = "bundle", _("A bundle of mine could not be published at its time")


class Notice(models.Model):
    """One thing that one person is told. It is kept until it was read, and mailed, as that person wants it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_notices", db_index=False
    )
    kind = models.CharField(_("about"), max_length=20, choices=Kind.choices)
    task = models.ForeignKey(TranslationTask, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # What it is about: a page in a language, a term that was proposed, or a bundle.
    source = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    proposal = models.ForeignKey(TermProposal, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    bundle = models.ForeignKey(Bundle, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # Who did it; none where a date or a program did.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What that person wrote: the message of a request, the reason of a return, a comment.
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.NOW)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # A process that mails it says so first, so that no other does it too; after a while that is forgotten.
    claimed_at = models.DateTimeField(null=True, blank=True)
    # When the mail server did not answer, and what was wrong last, with it or with this mail; it is tried again.
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    # A mail that was refused for itself, such as for its address, waits until then.
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at"]),
            models.Index(fields=["user", "delivery"], condition=models.Q(mailed_at=None), name="notice_unmailed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__isnull=False, locale__isnull=False, proposal=None, bundle=None)
                | models.Q(source=None, locale=None, proposal__isnull=False, bundle=None)
                | models.Q(source=None, locale=None, proposal=None, bundle__isnull=False),
                name="notice_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        about = f"{self.source_id} {self.locale_id}"
        if self.proposal_id or self.bundle_id:
            about = f"proposal {self.proposal_id}" if self.proposal_id else f"bundle {self.bundle_id}"
        return f"{self.user_id} {self.kind} {about}"


class NoticeChoice(models.Model):
    """How one person wants to be told one kind of thing, where that differs from ``notices.DEFAULTS``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    delivery = models.CharField(max_length=10, choices=Delivery.choices)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.delivery}"
