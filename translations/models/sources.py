"""What was changed in the source of a translation, and when: translations are outdated by it, or not."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource


class SourceChange(models.Model):
    """One state of a source's content, taken over from its page. Written by ``translations.sources`` only.

    The first one of a source is what it was submitted with.
    """

    source = models.ForeignKey(TranslationSource, on_delete=models.CASCADE, related_name="changes")
    # What the content says, as ``sources.fingerprint`` sums it up: the same content has the same one.
    fingerprint = models.CharField(max_length=32)
    # Called a minor edit by the editor: whoever had the content before it has all that matters.
    minor = models.BooleanField(default=False)
    # Taken over from a page that waits in a bundle, before readers saw it.
    draft = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of a source")
        verbose_name_plural = _("changes of sources")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["source", "at"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d %H:%M} {'minor' if self.minor else ''}".rstrip()


class MinorEdit(models.Model):
    """A revision that its editor published, or scheduled, as a minor edit."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("minor edit")
        verbose_name_plural = _("minor edits")

    def __str__(self) -> str:
        return f"#{self.revision_id}"
