"""What translation by machine was used for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from cms.languages import language_choices


class MachineUse(models.Model):
    """One request to an engine. Written before it is sent, so that two at once cannot overdraw a month's budget."""

    engine = models.CharField(_("engine"), max_length=40)
    source_language = models.CharField(_("from"), max_length=20, choices=language_choices)
    target_language = models.CharField(_("into"), max_length=20, choices=language_choices)
    # Numbers of what was sent; none of a request that failed.
    characters = models.PositiveIntegerField(_("characters"), default=0)
    texts = models.PositiveIntegerField(_("texts"), default=0)
    # Texts that came back and could not be used.
    dropped = models.PositiveIntegerField(_("unusable"), default=0)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    translation = models.ForeignKey(
        Translation, verbose_name=_("translation"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("use of machine translation")
        verbose_name_plural = _("uses of machine translation")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.engine} {self.source_language} > {self.target_language}: {self.characters}"


class MachineChoice(models.Model):
    """Where coordinators let machine text go live unseen. A pair of languages without a row: never."""

    source_language = models.CharField(_("from"), max_length=20, choices=language_choices)
    target_language = models.CharField(_("into"), max_length=20, choices=language_choices)
    publish_unconfirmed = models.BooleanField(
        _("publish without a person"),
        default=False,
        help_text=_("Machine text in this language may be published although nobody has read it."),
    )

    class Meta:
        verbose_name = _("publishing of machine translation")
        verbose_name_plural = _("publishing of machine translation")
        ordering = ["source_language", "target_language"]
        constraints = [
            models.UniqueConstraint(fields=["source_language", "target_language"], name="machine_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_language} > {self.target_language}"
