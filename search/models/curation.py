"""What editors add to the answers: words that mean the same, and pages to be shown first."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.languages import by_code, language_choices
from search.folding import fold


def lines(text: str) -> list[str]:
    """Return the lines of ``text`` with single spaces, without empty ones."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def question_key(text: str) -> str:
    """Return the form in which two questions are the same: width, case, accents, ways of writing Chinese, spaces."""
    return " ".join(fold(text).split())


class SynonymGroup(models.Model):
    """Words of one language that visitors use for the same thing. Holds at question time, without a new index."""

    class Direction(models.TextChoices):
        BOTH = "both", _("all of them mean the same")
        ONE_WAY = "one_way", _("who asks for the first also finds the others, not the reverse")

    language = models.CharField(
        _("language"), max_length=20, choices=language_choices, help_text=_("The language in which these words are.")
    )
    words = models.TextField(_("words"), help_text=_("One a line: single words or short expressions, at least two."))
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.BOTH)

    panels = ["language", "words", FieldPanel("direction")]

    class Meta:
        ordering = ["language", "words"]
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " · ".join(self.each)

    @property
    def each(self) -> list[str]:
        """The words, in the order in which they were written."""
        return lines(self.words)

    def clean(self) -> None:
        """Refuse a group that says nothing, or the same word twice."""
        super().clean()
        seen: dict[str, str] = {}
        for word in self.each:
            before = seen.setdefault(question_key(word), word)
            if before is not word:
                message = gettext("“%(word)s” and “%(other)s” are the same word to the search. Leave one of them out.")
                raise ValidationError({"words": message % {"word": word, "other": before}})
        if len(seen) < 2:
            raise ValidationError({"words": gettext("Write at least two words, each on a line of its own.")})


class Promotion(models.Model):
    """A page that is shown above the results of certain questions, recommended by the network."""

    language = models.CharField(
        _("language"),
        max_length=20,
        choices=language_choices,
        help_text=_("The language of the readers who see the recommendation."),
    )
    queries = models.TextField(
        _("searches"),
        help_text=_(
            "One a line. The page is shown when somebody searches for exactly this; capitals, accents and the way of"
            " writing Chinese do not matter."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Readers are led to the page in their language, if there is one."),
    )
    text = models.CharField(
        _("text"),
        max_length=200,
        blank=True,
        help_text=_("Shown below the title instead of the page’s summary."),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True, help_text=_("First day; empty: at once."))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day; empty: without end."))
    sort_order = models.IntegerField(
        _("order"), default=0, help_text=_("Of several pages for one search the lowest number comes first.")
    )

    panels = [
        "language",
        "queries",
        "page",
        "text",
        MultiFieldPanel([FieldRowPanel(["starts_on", "ends_on"]), "sort_order"], heading=_("When and where")),
    ]

    class Meta:
        ordering = ["language", "sort_order", "pk"]
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")

    def __str__(self) -> str:
        return " · ".join(self.questions)

    @property
    def questions(self) -> list[str]:
        """The searches, as they were written."""
        return lines(self.queries)

    @property
    def language_name(self) -> str:
        """The readers' language, by its own name."""
        return by_code(self.language).name

    def clean(self) -> None:
        """Refuse what would never be shown."""
        super().clean()
        if not self.questions:
            raise ValidationError({"queries": gettext("Write at least one search.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": gettext("The last day is before the first. Check both dates.")})

    def is_current(self) -> bool:
        """Whether today is one of its days."""
        today = timezone.localdate()
        return (self.starts_on or today) <= today <= (self.ends_on or today)
