"""What translators propose for the glossary."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import by_code, language_choices
from translations.models.glossary import GlossaryTerm


class TermProposal(models.Model):
    """A term, or a better word for one, that somebody wants in the glossary. Decided by ``glossary.proposals`` only."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    source_language = models.CharField(_("source language"), max_length=20, choices=language_choices, default="en")
    source = models.CharField(_("term"), max_length=200)
    language = models.CharField(_("language"), max_length=20, choices=language_choices)
    text = models.CharField(_("translation"), max_length=200)
    note = models.TextField(_("note"), blank=True, help_text=_("Why, or where it is used."))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN, editable=False)
    # Why it was declined, or what else the coordinator wants to say.
    answer = models.TextField(_("answer"), blank=True)
    # What became of it.
    term = models.ForeignKey(GlossaryTerm, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal for the glossary")
        verbose_name_plural = _("proposals for the glossary")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["state", "language"])]

    def __str__(self) -> str:
        return f"{self.source} → {self.text} ({by_code(self.language).label})"
