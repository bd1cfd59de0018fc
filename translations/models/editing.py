"""What translators tell each other in the editor: who is in, what they say of a text, which warnings they let stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import String, Translation, TranslationContext


class EditingSession(models.Model):
    """One user who has a translation open, and in which text they are. Written by ``translations.editor.presence``."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="editing_sessions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The StringSegment that has the focus; a plain number, since segments come and go with each synchronisation.
    segment_id = models.PositiveBigIntegerField(null=True, blank=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("editing session")
        verbose_name_plural = _("editing sessions")
        constraints = [models.UniqueConstraint(fields=["translation", "user"], name="translation_session_once")]

    def __str__(self) -> str:
        return f"{self.translation_id}/{self.user_id}"


class DismissedCheck(models.Model):
    """A warning about a text that somebody let stand, and why. It comes back once source or text is another."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="dismissed_checks")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(_("check"), max_length=60)
    # Of source, text and what the check says in detail: ``translations.editor.problems.fingerprint``.
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed warning")
        verbose_name_plural = _("dismissed warnings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "context", "code", "fingerprint"], name="translation_dismissed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class TranslationComment(models.Model):
    """What somebody says about one text of a translation, or about the page where ``context`` is empty.

    A thread is a comment without ``parent`` and its answers; the thread is resolved, not the answer.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="comments")
    context = models.ForeignKey(TranslationContext, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # The source text that it is about, as it was then: a field of rich text has several.
    string = models.ForeignKey(String, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("comment"), max_length=2000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("comment on a translation")
        verbose_name_plural = _("comments on translations")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["translation", "context"], name="translation_comment_place")]

    def __str__(self) -> str:
        return self.text[:60]
