"""Which processes leave the engine alone at the moment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EngineOutage(models.Model):
    """One row a web process whose circuit breaker is open: what an operator cannot see from another process."""

    process = models.CharField(_("process"), max_length=255, primary_key=True, help_text=_("Machine and number."))
    machine = models.CharField(_("machine"), max_length=200)
    since = models.DateTimeField(_("left alone since"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("outage of the search engine")
        verbose_name_plural = _("outages of the search engine")

    def __str__(self) -> str:
        return f"{self.process} since {self.since:%Y-%m-%d %H:%M}"
