"""Events of Django -> what the processes keep of the glossary."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from translations.glossary import glossary_changed
from translations.models import GlossaryTerm, GlossaryWording


def glossary_was_changed(sender: type[GlossaryTerm] | type[GlossaryWording], **kwargs: Any) -> None:
    """A term or one of its wordings was saved or deleted."""
    glossary_changed()


def connect() -> None:
    """Listen."""
    for model in (GlossaryTerm, GlossaryWording):
        for signal in (post_save, post_delete):
            signal.connect(glossary_was_changed, sender=model, dispatch_uid=f"glossary-{model._meta.label}")
