"""What the desk keeps, beside what wagtail-localize keeps: one subject a module.

glossary.py    concepts and their wordings in every language
states.py      how far a page's translation into a language is
tasks.py       who was asked to translate what, until when, and how far that is
history.py     who wrote which text of a translation, when and by which means
"""

from translations.models.glossary import GlossaryTerm, GlossaryWording
from translations.models.history import TextChange
from translations.models.states import PageTranslationState
from translations.models.tasks import TranslationRequest, TranslationTask

__all__ = [
    "GlossaryTerm",
    "GlossaryWording",
    "PageTranslationState",
    "TextChange",
    "TranslationRequest",
    "TranslationTask",
]
