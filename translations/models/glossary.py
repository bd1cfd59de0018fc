"""The glossary: a concept of the field with its words in every language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import CODES, by_code, language_choices


class GlossaryTerm(models.Model):
    """One concept, whatever it is called: what it means, and its wordings in each language."""

    class PartOfSpeech(models.TextChoices):
        NOUN = "noun", _("noun")
        VERB = "verb", _("verb")
        ADJECTIVE = "adjective", _("adjective")
        NAME = "name", _("proper name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        OTHER = "other", _("other")

    definition = models.TextField(
        _("definition"), blank=True, help_text=_("What the term means here, in one or two sentences in English.")
    )
    part_of_speech = models.CharField(
        _("part of speech"), max_length=20, choices=PartOfSpeech.choices, default=PartOfSpeech.NOUN
    )
    do_not_translate = models.BooleanField(
        _("do not translate"),
        default=False,
        help_text=_("Stays as it is in every language, for example the name of a programme."),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        preferred = self.preferred
        return next((preferred[code] for code in CODES if code in preferred), f"#{self.pk}")

    @property
    def preferred(self) -> dict[str, str]:
        """The term to use, by language; languages without one are missing."""
        return {
            wording.language: wording.text
            for wording in self.wordings.all()
            if wording.status == GlossaryWording.Status.PREFERRED
        }

    @property
    def english(self) -> str:
        """The English term; where it is missing, another language's in brackets."""
        return self.preferred.get("en") or f"({self})"

    def texts(self, language: str, status: str) -> list[str]:
        """Return the wordings of a status in a language, in order."""
        return [
            wording.text for wording in self.wordings.all() if wording.language == language and wording.status == status
        ]


class GlossaryWording(models.Model):
    """What a concept is called in a language, or must not be called."""

    class Status(models.TextChoices):
        PREFERRED = "preferred", _("term")
        ADMITTED = "admitted", _("also used")
        FORBIDDEN = "forbidden", _("not to be used")

    term = models.ForeignKey(
        GlossaryTerm, verbose_name=_("glossary term"), on_delete=models.CASCADE, related_name="wordings"
    )
    language = models.CharField(_("language"), max_length=20, choices=language_choices)
    text = models.CharField(_("wording"), max_length=200)
    # As texts are compared: width, case, plural and spaces do not count.
    key = models.CharField(max_length=400, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PREFERRED)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("wording of a glossary term")
        verbose_name_plural = _("wordings of glossary terms")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["language", "key"], name="glossary_wording_once"),
            models.UniqueConstraint(
                fields=["term", "language"], condition=models.Q(status="preferred"), name="glossary_one_preferred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({by_code(self.language).label})"
