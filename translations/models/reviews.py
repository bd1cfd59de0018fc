"""What reviewers decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from translations.models.tasks import TranslationTask


class ReviewVerdict(models.Model):
    """A reviewer accepted or returned a translation. Written by ``translations.review`` only, and never changed."""

    task = models.ForeignKey(TranslationTask, on_delete=models.CASCADE, related_name="verdicts")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted = models.BooleanField(_("accepted"))
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(auto_now_add=True)
    # The newest change of a text (TextChange) that the reviewer saw, 0 for none: later texts are not reviewed.
    last_change = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("verdict of a review")
        verbose_name_plural = _("verdicts of reviews")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.task_id}: {'accepted' if self.accepted else 'returned'}"
