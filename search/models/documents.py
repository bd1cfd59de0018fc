"""What is written in documents, read once a file, and which published pages offer which document."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DocumentText(models.Model):
    """The text of a document's file, or why there is none. Read by the worker, once for each file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be read")
        READ = "read", _("read")
        EMPTY = "empty", _("no text: scanned?")
        ENCRYPTED = "encrypted", _("protected by a password")
        BROKEN = "broken", _("cannot be read: is the file damaged?")
        TOO_LARGE = "too_large", _("too large to be read")
        UNSUPPORTED = "unsupported", _("not read: only PDF, DOCX, TXT and CSV are")

    document = models.OneToOneField(
        "cms.SiteDocument",
        verbose_name=_("document"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_text",
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    text = models.TextField(_("text"), blank=True)
    error = models.TextField(_("error"), blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    file_hash = models.CharField(_("hash of the file"), max_length=40, blank=True)
    # Tells a request to read from an earlier one: what is read of a file that was replaced meanwhile is thrown away.
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="search_text_waiting"),
        ]

    def __str__(self) -> str:
        return f"document {self.document_id}: {self.state}"

    @property
    def advice(self) -> str:
        """What the state means to the editor, and what can be done about it."""
        if self.state == self.State.READ:
            return gettext("Visitors find the pages that offer it by its text.")
        if self.state == self.State.WAITING:
            return gettext("It will be read within a few minutes.")
        if self.state == self.State.EMPTY:
            return gettext(
                "Visitors find it by its title only. Run text recognition (OCR) over the scan and replace the file."
            )
        return gettext("Visitors find it by its title only.")


class DocumentUse(models.Model):
    """A page whose document in the index holds, or is about to hold, what is known of a file.

    Written before an engine gets it, so that everything an engine has of a file is known here, whatever becomes of the
    page's content or of the file. No foreign keys for that reason. Wagtail's ReferenceIndex is brought up to date after
    the transaction, and can be switched off: good for a list of usages, not for keeping private files private.
    """

    page_id = models.BigIntegerField(_("page"))
    document_id = models.BigIntegerField(_("document"), db_index=True)

    class Meta:
        verbose_name = _("document offered by a page")
        verbose_name_plural = _("documents offered by pages")
        constraints = [
            models.UniqueConstraint(fields=["page_id", "document_id"], name="search_document_use_once"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id} offers document {self.document_id}"
