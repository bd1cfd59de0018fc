"""A source page and translations of it that are published together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Bundle(models.Model):
    """Pages that go live together or not at all, now or at a time. Changed by ``translations.bundles`` only."""

    class State(models.TextChoices):
        OPEN = "open", _("In preparation")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    OVER = (State.PUBLISHED, State.CANCELLED)

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Leave empty to publish it by hand.")
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    # Why it could not be published at its time.
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "publish_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether it is published or cancelled."""
        return self.state in self.OVER


class BundleItemQuerySet(models.QuerySet["BundleItem"]):
    """Pages of bundles."""

    def waiting(self) -> "BundleItemQuerySet":
        """Return those whose bundle is neither published nor cancelled."""
        return self.exclude(bundle__state__in=Bundle.OVER)


class BundleItem(models.Model):
    """One page of a bundle, in any language."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    objects = BundleItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of a bundle")
        verbose_name_plural = _("pages of a bundle")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bundle", "page"], name="translation_bundle_page_once")]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.page_id}"
