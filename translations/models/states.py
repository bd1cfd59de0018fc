"""How far a page's translation into a language is, kept so that thousands of pages are listed by a few queries."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class PageTranslationState(models.Model):
    """One page in one other language. Written by ``translations.states`` only, from what wagtail-localize holds."""

    class State(models.TextChoices):
        MISSING = "missing", _("Missing")
        IN_TRANSLATION = "in_translation", _("In translation")
        IN_REVIEW = "in_review", _("In review")
        MACHINE = "machine", _("Machine-translated")
        OUTDATED = "outdated", _("Outdated")
        UP_TO_DATE = "up_to_date", _("Up to date")

    source = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    # The page in that language; none where it does not exist yet.
    target = models.ForeignKey(
        Page, verbose_name=_("translation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.MISSING)
    # Numbers of segments that a translator sees: all, those with a usable translation, those of them that a machine
    # wrote and nobody confirmed, and those whose source was changed since they were translated.
    total = models.PositiveIntegerField(_("texts"), default=0)
    translated = models.PositiveIntegerField(_("translated"), default=0)
    machine = models.PositiveIntegerField(_("by machine"), default=0)
    changed = models.PositiveIntegerField(_("changed in the source"), default=0)
    # Since when readers of this language see something older than the source says; none where they do not.
    outdated_since = models.DateTimeField(_("outdated since"), null=True, blank=True)
    computed_at = models.DateTimeField(_("computed"), auto_now=True)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        ordering = ["source_id", "locale_id"]
        constraints = [models.UniqueConstraint(fields=["source", "locale"], name="translation_state_once")]
        indexes = [models.Index(fields=["locale", "state"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.locale_id}: {self.state} {self.percent} %"

    @property
    def percent(self) -> int:
        """Translated segments of those that a translator sees, in whole percent, rounded down: 100 means all."""
        return 100 * self.translated // self.total if self.total else 0
