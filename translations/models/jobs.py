"""Work that outlasts a request: what is to be done, item by item, and how far it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work for the worker. Its state changes by ``translations.jobs`` only."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(max_length=50)
    label = models.CharField(_("what"), max_length=255)
    arguments = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    # Whether its items were written down: until then it begins anew after a worker's death.
    planned = models.BooleanField(default=False)
    total = models.PositiveIntegerField(_("items"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    # Why the whole of it failed.
    error = models.TextField(_("error"), blank=True)
    # Which worker has it, and when that one last said so; a worker that is silent too long has lost it.
    worker = models.UUIDField(null=True, blank=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    OVER = (State.DONE, State.FAILED, State.CANCELLED)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.label}"

    @property
    def is_over(self) -> bool:
        """Whether no worker will touch it again."""
        return self.state in self.OVER

    @property
    def percent(self) -> int:
        """Items that were dealt with, in whole percent, rounded down."""
        return 100 * (self.done + self.failed) // self.total if self.total else 0


class JobItem(models.Model):
    """One part of a job, done in a transaction of its own."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    label = models.CharField(_("what"), max_length=255)
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    # What came of it, or why it could not be done.
    message = models.TextField(_("message"), blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="translation_job_item_once")]
        indexes = [models.Index(fields=["job", "state"])]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position} {self.label}"


class PeriodicDuty(models.Model):
    """When a duty that comes back was last begun, so that of several workers one does it."""

    name = models.CharField(max_length=100, unique=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    # What its last run ended with, "" for well.
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("periodic duty")
        verbose_name_plural = _("periodic duties")

    def __str__(self) -> str:
        return self.name
