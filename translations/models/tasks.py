"""Who was asked to translate which page into which language."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class TranslationRequest(models.Model):
    """What a coordinator asked for at once: some pages, in some languages, with one message."""

    message = models.TextField(_("message"), blank=True, help_text=_("What the translators should know."))
    due = models.DateField(_("due on"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)

    class Meta:
        verbose_name = _("translation request")
        verbose_name_plural = _("translation requests")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.requested_at:%Y-%m-%d}"


class TranslationTask(models.Model):
    """One page to be translated into one language. A page has one open task a language at most.

    Its state changes by ``translations.tasks`` only, which tells those whom it concerns.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        IN_TRANSLATION = "in_translation", _("In translation")
        IN_REVIEW = "in_review", _("In review")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    CLOSED = (State.PUBLISHED, State.CANCELLED)

    request = models.ForeignKey(
        TranslationRequest,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tasks",
    )
    source = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.REQUESTED)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_tasks",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_reviews",
    )
    # Who handed it in: whoever reviews must be somebody else where the settings say so.
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translated by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due = models.DateField(_("due on"), null=True, blank=True)
    # Why it was returned, or what its translator wants the reviewer to know.
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    # The last day on which somebody was reminded of it.
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("translation task")
        verbose_name_plural = _("translation tasks")
        ordering = [models.F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "locale"],
                condition=~models.Q(state__in=["published", "cancelled"]),
                name="translation_task_one_open",
            )
        ]
        indexes = [models.Index(fields=["locale", "state"]), models.Index(fields=["assignee", "state"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.locale_id}: {self.state}"

    @classmethod
    def open_for(cls, **lookup: Any) -> "models.QuerySet[TranslationTask]":
        """Return the tasks that match and are not closed."""
        return cls._default_manager.filter(**lookup).exclude(state__in=cls.CLOSED)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in self.CLOSED
