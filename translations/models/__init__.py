"""What the desk keeps, beside what wagtail-localize keeps: one subject a module.

glossary.py    concepts and their wordings in every language
states.py      how far a page's translation into a language is
sources.py     what was changed in a source, and when
tasks.py       who was asked to translate what, until when, and how far that is
history.py     who wrote which text of a translation, when and by which means
notices.py     what people are told, and how they want to be told
"""

from translations.models.glossary import GlossaryTerm, GlossaryWording
from translations.models.history import TextChange
from translations.models.notices import Delivery, Kind, Notice, NoticeChoice
from translations.models.sources import MinorEdit, SourceChange
from translations.models.states import PageTranslationState, StateCount
from translations.models.tasks import TranslationRequest, TranslationTask

__all__ = [
    "Delivery",
    "GlossaryTerm",
    "GlossaryWording",
    "Kind",
    "MinorEdit",
    "Notice",
    "NoticeChoice",
    "PageTranslationState",
    "SourceChange",
    "StateCount",
    "TextChange",
    "TranslationRequest",
    "TranslationTask",
]
