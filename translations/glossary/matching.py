"""Which terms of the glossary stand in a text; kept by the process, so that no text costs a query."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cms.languages import CODES, by_code
from cms.terms import Concept, Match, TermIndex, Wording, fold_width_and_case
from cms.versioned import Versioned
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status

_PIECE = re.compile(r"(?P<tag></?[a-zA-Z][^<>]*>)|(?P<entity>&(?:\w+|#\w+);)|(?P<words>[^<&]+|[<&])")


@dataclass(frozen=True)
class Occurrence:
    """A wording of the glossary: which concept it names, and whether it is its term, also used, or forbidden.

    ``preferred`` has the concept's term in each language, ``wordings`` all its words: language -> status -> texts.
    """

    term_id: int
    text: str
    status: str
    preferred: Mapping[str, str]
    do_not_translate: bool = False
    definition: str = ""
    wordings: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Glossary:
    """All terms, ready to be found in texts, and as words that mean the same to a question."""

    indexes: Mapping[str, TermIndex[Occurrence]]
    concepts: tuple[Concept, ...]


def matches_in(text: str, language: str) -> list[Match[Occurrence]]:
    """Return the terms of ``language`` (a code) that stand in ``text``, in its order: the longest at each place.

    The text may be inline HTML: tags do not part words. Each match has an Occurrence for every concept that the words
    name. No SQL in a warm process.
    """
    index = _glossary.get().indexes.get(language)
    return index.matches(text) if index else []


def search_terms() -> tuple[Concept, ...]:
    """Return every concept for the public search; the same object until the glossary changes.

    Who asks by a forbidden word means the concept too, but is never led to it by another one.
    """
    return _glossary.get().concepts


def glossary_changed() -> None:
    """Have every process read the glossary again, once the present transaction is committed."""
    _glossary.changed()


def wording_key(language: str, text: str) -> str:
    """Return the form in which two wordings of a language are the same: width, case, plural, spaces do not count."""
    return _EMPTY[by_code(language).code].key(text)


def read_glossary() -> Glossary:
    """Return the glossary as the database has it. Two queries."""
    terms: dict[str, list[tuple[str, Occurrence]]] = defaultdict(list)
    concepts = []
    for term in GlossaryTerm.objects.prefetch_related("wordings").order_by("pk"):
        wordings = sorted(term.wordings.all(), key=lambda wording: list(Status).index(Status(wording.status)))
        for wording in wordings:
            occurrence = Occurrence(
                term.pk,
                wording.text,
                wording.status,
                term.preferred,
                term.do_not_translate,
                term.definition,
                _by_language(wordings),
            )
            terms[wording.language].append((wording.text, occurrence))
        concepts.append(
            Concept(
                asked=tuple(Wording(wording.language, wording.text) for wording in wordings),
                meant=tuple(
                    Wording(wording.language, wording.text)
                    for wording in wordings
                    if wording.status != Status.FORBIDDEN
                ),
            )
        )
    indexes = {code: TermIndex(by_code(code), found, fold_markup) for code, found in terms.items()}
    return Glossary(indexes, tuple(concepts))


def fold_markup(text: str) -> tuple[str, list[int]]:
    """Fold width and case of inline HTML as if its tags were not there and its entities were what they stand for."""
    folded: list[str] = []
    offsets: list[int] = []
    for piece in _PIECE.finditer(text):
        if piece["tag"] and not piece["tag"].startswith("<br"):
            continue
        words = piece["words"] or (" " if piece["tag"] else html.unescape(piece["entity"]))
        characters, places = fold_width_and_case(words)
        folded.append(characters)
        offsets += [piece.start() + (place if piece["words"] else 0) for place in places]
    return "".join(folded), offsets


def _by_language(wordings: Iterable[GlossaryWording]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for wording in wordings:
        by_status = found[wording.language]
        by_status[wording.status] = (*by_status.get(wording.status, ()), wording.text)
    return dict(found)


_EMPTY: dict[str, TermIndex[None]] = {code: TermIndex(by_code(code), ()) for code in CODES}
_glossary: Versioned[Glossary] = Versioned("glossary", read_glossary)
