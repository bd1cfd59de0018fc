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

    class Reason(models.TextChoices):
        """Why a page is in its state, where the state does not say so itself."""

        NONE = "", ""
        TEXTS = "texts", _("Texts of the source were changed or added.")
        UNPUBLISHED = "unpublished", _("All texts are translated; publish to bring the page up to date.")
        BY_HAND = "by_hand", _("Edited by hand: the source was changed since it was published.")
        DRAFT = "draft", _("The source has changes that are not published yet; this translation waits for them.")
        WITHDRAWN = "withdrawn", _("The source is not published any more, the translation still is.")

    source = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    # The page in that language; none where it does not exist yet.
    target = models.ForeignKey(
        Page, verbose_name=_("translation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.MISSING)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
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


class StateCount(models.Model):
    """How many pages were in a state in a language on a day; the trend is drawn from these."""

    day = models.DateField(_("day"))
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=PageTranslationState.State.choices)
    pages = models.PositiveIntegerField(_("pages"))

    class Meta:
        verbose_name = _("count of pages by state")
        verbose_name_plural = _("counts of pages by state")
        ordering = ["day", "locale_id", "state"]
        constraints = [models.UniqueConstraint(fields=["day", "locale", "state"], name="state_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.locale_id} {self.state}: {self.pages}"
