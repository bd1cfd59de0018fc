"""How often pages were visited."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import language_choices


class PageVisits(models.Model):
    """How often the readers of a language visited a page on a day. Nothing about who they were.

    ``page`` is the source: a visit of its Korean translation counts as one by readers of Korean; and so does one of
    the English page itself, where somebody came to it from Korean pages because it does not exist in Korean.
    """

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(_("language"), max_length=20, choices=language_choices())
    day = models.DateField(_("day"), db_index=True)
    number = models.PositiveIntegerField(_("visits"))

    class Meta:
        verbose_name = _("visited page")
        verbose_name_plural = _("visited pages")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["page", "language", "day"], name="page_visits_once")]
        # Holds all that a sum needs: a page's visits are read without the rows themselves, a seventh of the time.
        indexes = [models.Index(fields=["page", "day", "number"], name="page_visits_sums")]

    def __str__(self) -> str:
        return f"{self.day} {self.page_id} {self.language}: {self.number}"
