"""Who wrote which text of a translation, when and by which means."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import String, Translation, TranslationContext


class TextChange(models.Model):
    """One change of one text, or of a value that the translation has otherwise than its source.

    Written by ``translations.writing`` only, and never changed.
    """

    class Means(models.TextChoices):
        TYPED = "typed", _("typed")
        MEMORY = "memory", _("from the translation memory")
        FORMER = "former", _("former translation kept")
        MACHINE = "machine", _("by machine")
        IMPORT = "import", _("imported")
        COPIED = "copied", _("copied from the source")
        CARRIED = "carried", _("kept at a minor edit")
        RESTORED = "restored", _("restored from the history")
        CONFIRMED = "confirmed", _("confirmed")
        REMOVED = "removed", _("removed")
        OVERRIDDEN = "overridden", _("another value chosen")
        FOLLOWED = "followed", _("the source’s value again")

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="text_changes")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    # The source text that it translates, as it was then. None for a value, of which ``text`` is what people see.
    string = models.ForeignKey(String, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    means = models.CharField(max_length=20, choices=Means.choices, default=Means.TYPED)
    # Which engine, file or page it came from.
    detail = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a text")
        verbose_name_plural = _("changes of texts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["translation", "context"])]

    def __str__(self) -> str:
        return f"{self.translation_id}/{self.context_id} {self.means}"
