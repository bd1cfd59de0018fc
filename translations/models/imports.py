"""Files of texts that somebody brought: looked at first, then taken over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TextImport(models.Model):
    """An upload as it was read, and after it was taken over what became of each of its texts."""

    name = models.CharField(_("file"), max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), on_delete=models.CASCADE, related_name="+"
    )
    # Where it was brought from one translation's editor: files of other translations are a mistake then.
    only = models.ForeignKey(Translation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # translations.exchange.units.ReadPart objects, emptied once they are taken over.
    parts = models.JSONField(default=list)
    # What became of each text, in the words of the user's language then.
    report = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of texts")
        verbose_name_plural = _("imports of texts")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
