"""What the desk keeps, beside what wagtail-localize keeps: one subject a module.

glossary.py    concepts and their wordings in every language
states.py      how far a page's translation into a language is
sources.py     what was changed in a source, and when
tasks.py       who was asked to translate what, until when, and how far that is
history.py     who wrote which text of a translation, when and by which means
memory.py      the index of the translation memory, and what was imported into it
proposals.py   what translators propose for the glossary
notices.py     what people are told, and how they want to be told
reviews.py    what reviewers decided
jobs.py       work that outlasts a request
bundles.py    what is published together
imports.py     files of texts that were brought back
machine.py     what translation by machine was used for
editing.py     who is in the editor, comments, warnings that were let stand
"""

from translations.models.bundles import Bundle, BundleItem
from translations.models.editing import DismissedCheck, EditingSession, TranslationComment
from translations.models.glossary import GlossaryTerm, GlossaryWording
from translations.models.history import TextChange
from translations.models.imports import TextImport
from translations.models.jobs import Job, JobItem, PeriodicDuty
from translations.models.machine import MachineChoice, MachineUse
from translations.models.memory import MemoryFile, MemoryGram, MemoryUnit
from translations.models.notices import Delivery, Kind, Notice, NoticeChoice
from translations.models.proposals import TermProposal
from translations.models.reviews import ReviewVerdict
from translations.models.sources import MinorEdit, SourceChange
from translations.models.states import PageTranslationState, StateCount
from translations.models.tasks import TranslationRequest, TranslationTask

__all__ = [
    "Bundle",
    "BundleItem",
    "Delivery",
    "DismissedCheck",
    "EditingSession",
    "GlossaryTerm",
    "GlossaryWording",
    "Job",
    "JobItem",
    "Kind",
    "MemoryFile",
    "MemoryGram",
    "MemoryUnit",
    "MachineChoice",
    "MachineUse",
    "MinorEdit",
    "Notice",
    "NoticeChoice",
    "PageTranslationState",
    "PeriodicDuty",
    "ReviewVerdict",
    "SourceChange",
    "StateCount",
    "TermProposal",
    "TextChange",
    "TextImport",
    "TranslationComment",
    "TranslationRequest",
    "TranslationTask",
]
