"""Facets on the page of results: lists of choices with their counts, and chips of what is chosen."""

from dataclasses import dataclass

from cms.languages import Language, by_code
from search.addresses import query_string, without
from search.backends.base import FacetCount, SearchRequest
from search.choices import LABELS, ORDERS, PARAMETERS, value_label

# As many choices of a long list stand open; the others unfold.
OPEN_CHOICES = 8


@dataclass(frozen=True)
class Choice:
    """A value that can be ticked; ``count`` is how many pages it alone would leave of its facet."""

    value: str
    label: str
    count: int
    chosen: bool
    language: Language | None = None


@dataclass(frozen=True)
class FacetList:
    """One facet: the name of its field, its label, and its choices in order."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def first(self) -> tuple[Choice, ...]:
        """The choices that stand open: all of a short list."""
        return self.choices[: self._open]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """The choices that unfold."""
        return self.choices[self._open :]

    @property
    def _open(self) -> int:
        # Nobody unfolds a list to find one or two more.
        chosen = sum(choice.chosen for choice in self.choices)
        return len(self.choices) if len(self.choices) <= OPEN_CHOICES + 2 else max(OPEN_CHOICES, chosen)


@dataclass(frozen=True)
class Chip:
    """One choice that holds, and the address of the results without it."""

    facet: str
    label: str
    address: str


def facet_lists(question: SearchRequest, counts: tuple[FacetCount, ...]) -> list[FacetList]:
    """Return the facets that have something to say: more than one value, or a choice."""
    found = [_facet_list(question, facet, counts) for facet in PARAMETERS]
    return [one for one in found if len(one.choices) > 1 or any(choice.chosen for choice in one.choices)]


def chips(question: SearchRequest) -> list[Chip]:
    """Return what is chosen, facet by facet."""
    return [
        Chip(str(LABELS[facet]), value_label(facet, str(value)), query_string(without(question, facet, value)))
        for facet in PARAMETERS
        for value in getattr(question.filters, facet)
    ]


def _facet_list(question: SearchRequest, facet: str, counts: tuple[FacetCount, ...]) -> FacetList:
    chosen = {str(value): 0 for value in getattr(question.filters, facet)}
    found = chosen | {count.value: count.count for count in counts if count.facet == facet}
    choices = [
        Choice(
            value,
            value_label(facet, value),
            number,
            value in chosen,
            by_code(value) if facet == "languages" else None,
        )
        for value, number in found.items()
    ]
    return FacetList(PARAMETERS[facet], str(LABELS[facet]), tuple(_in_order(facet, choices)))


def _in_order(facet: str, choices: list[Choice]) -> list[Choice]:
    """Return kinds and the like in their own order, years from the latest, others by number, what is chosen first."""
    if facet in ORDERS:
        order = {value: place for place, value in enumerate(ORDERS[facet])}
        return sorted(choices, key=lambda choice: order.get(choice.value, len(order)))
    if facet == "years":
        return sorted(choices, key=lambda choice: (choice.chosen, choice.value), reverse=True)
    return sorted(choices, key=lambda choice: (not choice.chosen, -choice.count, choice.label))
