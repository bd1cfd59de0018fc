"""The editors' synonym groups, as words that mean the same to a question."""

from cms.terms import Concept, Wording
from cms.versioned import Versioned
from search.models import SynonymGroup


def groups() -> tuple[Concept, ...]:
    """Return every group; the same object until somebody changes one. No SQL in a warm process."""
    return _groups.get()


def groups_changed() -> None:
    """Have every process read the groups again."""
    _groups.changed()


def read_groups() -> tuple[Concept, ...]:
    """Return every group, as the database has them. One query."""
    found = []
    for group in SynonymGroup.objects.order_by("pk"):
        words = tuple(Wording(group.language, word) for word in group.each)
        asked = words if group.direction == SynonymGroup.Direction.BOTH else words[:1]
        found.append(Concept(asked, words))
    return tuple(found)


_groups: Versioned[tuple[Concept, ...]] = Versioned("search-synonyms", read_groups)
