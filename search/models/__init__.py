"""What public search keeps in the database: changes on their way to the index, and what editors add to its answers."""

from search.models.curation import Promotion, SynonymGroup
from search.models.outbox import OutboxEntry

__all__ = ["OutboxEntry", "Promotion", "SynonymGroup"]
