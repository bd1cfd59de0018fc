"""Questions whose answers people know: what editors judged of what is found."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.languages import by_code, language_choices
from search.models.curation import question_key

LONGEST_QUERY = 200


def judged_key(query: str) -> str:
    """Return the form in which two judged queries are one: that in which the search log counts them, cut likewise."""
    return question_key(query)[:LONGEST_QUERY].strip()


class JudgedQuery(models.Model):
    """A question that an editor chose to keep, in the readers' language, and how well it was answered last.

    Unlike an entry of the search log it does not go after some months: a person read it and decided so.
    """

    language = models.CharField(_("language"), max_length=20, choices=language_choices())
    query = models.CharField(_("query"), max_length=LONGEST_QUERY)
    key = models.CharField(max_length=LONGEST_QUERY, editable=False)
    ndcg = models.FloatField(_("how well it was answered"), null=True, blank=True, help_text=_("nDCG@10, from 0 to 1."))
    measured_at = models.DateTimeField(_("measured"), null=True, blank=True)

    class Meta:
        verbose_name = _("judged query")
        verbose_name_plural = _("judged queries")
        ordering = ["language", "query"]
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="search_judged_query_once")]

    def __str__(self) -> str:
        return self.query

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = judged_key(self.query)
        super().save(*args, **kwargs)

    @property
    def percent(self) -> int | None:
        """How well it was answered, in per cent; None where that was not measured."""
        return None if self.ndcg is None else round(100 * self.ndcg)

    @property
    def tag(self) -> str:
        """The language, for ``lang`` attributes."""
        return by_code(self.language).tag


class Judgement(models.Model):
    """How well a page, in whichever language it is read, answers the question.

    The page is named by what its translations share, without a foreign key: it may be unpublished, moved and published
    again, and is judged all the same.
    """

    class Grade(models.IntegerChoices):
        ANSWERS = 2, _("answers the question")
        HELPS = 1, _("helps")
        USELESS = 0, _("does not help")

    query = models.ForeignKey(JudgedQuery, verbose_name=_("query"), on_delete=models.CASCADE, related_name="judgements")
    translation_key = models.UUIDField(_("page"))
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    judged_at = models.DateTimeField(_("judged"), default=timezone.now)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("judged by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        # Given and taken with the query's.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["query", "translation_key"], name="search_judgement_once"),
            models.CheckConstraint(condition=models.Q(grade__in=[0, 1, 2]), name="search_judgement_grade"),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.grade}"
