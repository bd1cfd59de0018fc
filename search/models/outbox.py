"""Which pages changed, and how far the engine has come."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """One row a page: its last change, and the last change that the engine has.

    The page waits for the engine while ``version`` is above ``written``. Rows outlive their pages, so that a version
    never goes back and a deletion cannot be undone by an older write that arrives late (decision 0020). No foreign key
    for that reason.
    """

    page_id = models.BigIntegerField(_("page"), primary_key=True)
    version = models.BigIntegerField(_("version"), default=0, help_text=_("Grows with every change."))
    written = models.BigIntegerField(_("version in the index"), default=0)
    language = models.CharField(_("language in the index"), max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.TextField(_("last error"), blank=True)
    claim = models.UUIDField(_("claimed by"), null=True, blank=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)

    class Meta:
        verbose_name = _("change on its way to the index")
        verbose_name_plural = _("changes on their way to the index")
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(version__gt=F("written")), name="search_outbox_waiting"
            ),
            # What the standby of each machine follows.
            models.Index(fields=["changed_at"], name="search_outbox_changed"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}, version {self.version}"
