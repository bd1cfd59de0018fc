"""What the translation memory keeps of its own: the index by which similar texts are found, and what was imported."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String


class MemoryGram(models.Model):
    """One of the marks by which a source text is found: two words that stand next to each other in it, as a number.

    Written by ``translations.memory.index`` only.
    """

    gram = models.BigIntegerField()
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "string"], name="memory_gram_once")]

    def __str__(self) -> str:
        return f"{self.string_id}: {self.gram}"


class MemoryUnit(models.Model):
    """A translation that came from outside, by a TMX file. What was translated here is wagtail-localize's."""

    string = models.ForeignKey(String, verbose_name=_("source text"), on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("translation"))
    # Of the text, since a database compares long texts badly.
    digest = models.CharField(max_length=64, editable=False)
    origin = models.CharField(_("origin"), max_length=200)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("unit of the translation memory")
        verbose_name_plural = _("units of the translation memory")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["string", "locale", "digest"], name="memory_unit_once")]

    def __str__(self) -> str:
        return self.text[:80]


class MemoryFile(models.Model):
    """A TMX file that the worker takes over; gone when that is done."""

    name = models.CharField(_("file"), max_length=200)
    # Compressed by zlib. Here and not in a storage: the worker may be on another machine.
    content = models.BinaryField()
    units = models.PositiveIntegerField(_("units"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file for the translation memory")
        verbose_name_plural = _("files for the translation memory")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
