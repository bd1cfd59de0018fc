"""What public search keeps in the database.

Changes on their way to the index, what is written in documents, what editors add to its answers and how they judge
them, and what was looked for.
"""

from search.models.curation import Promotion, SynonymGroup
from search.models.documents import DocumentText, DocumentUse
from search.models.judged import JudgedQuery, Judgement
from search.models.log import HiddenQuery, SearchLogEntry
from search.models.outage import EngineOutage
from search.models.outbox import OutboxEntry

__all__ = [
    "DocumentText",
    "DocumentUse",
    "EngineOutage",
    "HiddenQuery",
    "JudgedQuery",
    "Judgement",
    "OutboxEntry",
    "Promotion",
    "SearchLogEntry",
    "SynonymGroup",
]
