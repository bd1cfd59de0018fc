"""Where a reader can go from a question: as it was probably meant, in another language, in fewer words."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from cms.languages import Language, by_code
from search.backends.base import SearchRequest
from search.folding import written_in
from search.scripts import query_languages

# Of a sentence nobody wants each word.
MOST_WORDS = 6


@dataclass(frozen=True)
class Way:
    """A link to another question; ``language`` where it is asked on another language's page of results."""

    text: str
    address: str
    language: Language | None = None


class WaysOn:
    """The ways on from ``question``; ``spelling`` is how it was probably meant, empty where as it is."""

    def __init__(self, question: SearchRequest, spelling: str) -> None:
        self.question = question
        # Pages are found by names of all languages; what is proposed is written as the reader writes.
        self._spelling = written_in(spelling, question.language)

    @cached_property
    def spelling(self) -> Way | None:
        """The question as it was probably meant."""
        return Way(self._spelling, _asking(self._spelling)) if self._spelling else None

    @cached_property
    def languages(self) -> list[Way]:
        """The same question in the languages it is written in, where that is not the reader's own."""
        written = query_languages(self.question.query, self.question.language)
        if self.question.language in written:
            return []
        return [
            Way(language.name, _address_in(language, self.question), language)
            for language in map(by_code, written)
            if language.code != self.question.language
        ]

    @cached_property
    def words(self) -> list[Way]:
        """Each word of the question by itself, where there are several."""
        words = list(dict.fromkeys(self.question.query.split()))
        return [Way(word, _asking(word)) for word in words[:MOST_WORDS]] if len(words) > 1 else []

    @cached_property
    def without_filters(self) -> str:
        """The address of the question without what it was narrowed by; empty where it was by nothing."""
        return _asking(self.question.query) if self.question.filters else ""


def _asking(query: str) -> str:
    """Return the query string for other words, without filters: they may be what left nothing."""
    return "?" + urlencode({"q": query})


def _address_in(language: Language, question: SearchRequest) -> str:
    with translation.override(language.code):
        return reverse("search:search") + _asking(question.query)
