"""The glossary's terms of a text, as a translator into one language is shown them."""

import re
from dataclasses import dataclass

from cms.languages import by_code
from translations.glossary.matching import Occurrence, matches_in

# Tags at the end of what was found belong to the text around it.
_TAGS_AT_END = re.compile(r"(?:<[^<>]*>|\s)+$")


@dataclass(frozen=True)
class TermHit:
    """A term that stands in a text at ``text[start:end]``, and what it is called in the other language.

    ``preferred`` is "" where the glossary has no term in that language. What must not be translated stays as ``source``
    is written, or as ``preferred`` says.
    """

    source: str
    preferred: str
    admitted: tuple[str, ...]
    forbidden: tuple[str, ...]
    definition: str
    do_not_translate: bool
    start: int
    end: int
    term_id: int


def terms_in(text: str, source_language: str, target_language: str) -> tuple[TermHit, ...]:
    """Return the terms in a text (plain, or wagtail-localize's inline HTML) in its order; the longest at each place.

    Words that name several concepts give a hit for each, one after the other. No SQL in a warm process.
    """
    code = by_code(target_language).code
    hits = []
    for match in matches_in(text, by_code(source_language).code):
        end = match.end - len(found[0]) if (found := _TAGS_AT_END.search(text[match.start : match.end])) else match.end
        hits += [_hit(occurrence, text, match.start, end, code) for occurrence in match.values]
    return tuple(hits)


def _hit(occurrence: Occurrence, text: str, start: int, end: int, language: str) -> TermHit:
    wordings = occurrence.wordings.get(language, {})
    return TermHit(
        source=re.sub(r"<[^<>]*>", "", text[start:end]),
        preferred=occurrence.preferred.get(language, ""),
        admitted=wordings.get("admitted", ()),
        forbidden=wordings.get("forbidden", ()),
        definition=occurrence.definition,
        do_not_translate=occurrence.do_not_translate,
        start=start,
        end=end,
        term_id=occurrence.term_id,
    )
