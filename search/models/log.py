"""What was looked for, without anything about who looked."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import language_choices
from search.folding import fold


class SearchLogEntry(models.Model):
    """One search of somebody: what was asked, in which language, and what it led to. Nothing about who asked.

    No address, account, session, cookie or browser, and the time only to the hour. ``token`` is drawn at random for
    the page of results, so that it can report which rows were opened; it is not kept anywhere else.
    """

    token = models.CharField(_("token"), max_length=24, unique=True)
    asked_at = models.DateTimeField(_("hour"), db_index=True)
    language = models.CharField(_("language"), max_length=20, choices=language_choices())
    query = models.CharField(_("query"), max_length=200, help_text=_("As it is compared: case and width united."))
    typed = models.CharField(_("query as typed"), max_length=100)
    own = models.PositiveIntegerField(_("pages in the language"))
    other = models.PositiveIntegerField(_("pages in other languages"))
    engine = models.CharField(_("engine"), max_length=20)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    clicks = models.PositiveSmallIntegerField(_("results opened"), default=0)
    best_rank = models.PositiveSmallIntegerField(_("first row opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["language", "query"], name="search_log_query")]

    def __str__(self) -> str:
        return f"{self.language}: {self.query}"


class HiddenQuery(models.Model):
    """A query that editors do not want to see among the most sought ones, whatever its case or width."""

    language = models.CharField(_("language"), max_length=20, choices=language_choices())
    query = models.CharField(
        _("query"), max_length=100, help_text=_("Queries that hold these words are not shown among the most sought.")
    )
    # As the log's queries are: it is compared with them in the database.
    folded = models.TextField(editable=False)

    class Meta:
        verbose_name = _("hidden query")
        verbose_name_plural = _("hidden queries")
        ordering = ["language", "query"]
        constraints = [models.UniqueConstraint(fields=["language", "query"], name="search_hidden_query_once")]

    def __str__(self) -> str:
        return self.query

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.query)
        super().save(*args, **kwargs)
