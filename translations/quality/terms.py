"""Checks by the glossary: its term is there, a word that it forbids is not, and what stays as it is stayed so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cms.terms import fold_width_and_case
from translations.glossary import TermHit, matches_in
from translations.glossary.matching import wording_key
from translations.models import GlossaryWording
from translations.quality.pairs import Pair

_FORBIDDEN = GlossaryWording.Status.FORBIDDEN


def missing_terms(pair: Pair) -> Iterator[str]:
    """Terms of the source whose translation, in any wording that the glossary has for it, is not there."""
    if not pair.terms:
        return
    text = _key(pair, pair.target.plain)
    for hits in _by_place(pair):
        known = [hit for hit in hits if not hit.do_not_translate and (hit.preferred or hit.admitted)]
        # Words that name several concepts mean one of them.
        if known and len(known) == len(hits) and not any(_stands(pair, hit, text) for hit in known):
            yield f"{known[0].source} → {known[0].preferred or known[0].admitted[0]}"


def forbidden_terms(pair: Pair) -> Iterator[str]:
    """Words of the translation that the glossary forbids for a concept that the source names."""
    hits = {hit.term_id: hit for hit in pair.terms if hit.forbidden}
    if not hits:
        return
    for match in matches_in(pair.target.data, pair.target_language.code):
        for occurrence in match.values:
            hit = hits.get(occurrence.term_id)
            # The same word may be another concept's good one.
            if hit and occurrence.status == _FORBIDDEN and all(one.status == _FORBIDDEN for one in match.values):
                yield f"{occurrence.text} → {hit.preferred}" if hit.preferred else occurrence.text


def altered_terms(pair: Pair) -> Iterator[str]:
    """What must not be translated, and is not there as the source, or the glossary, writes it."""
    for hit in pair.terms:
        if hit.do_not_translate:
            text = _folded(pair.target.plain)
            wordings = filter(None, (hit.source, hit.preferred, *hit.admitted))
            if not any(_folded(wording) in text for wording in wordings):
                yield hit.preferred or hit.source


def _stands(pair: Pair, hit: TermHit, text: str) -> bool:
    wordings = filter(None, (hit.preferred, *hit.admitted))
    return any(_key(pair, wording) in text for wording in wordings)


def _key(pair: Pair, text: str) -> str:
    """Return a text as terms are compared; where words are spaced, with spaces at its ends too.

    Only Korean drops its spaces there: its particles are written onto the words.
    """
    key = wording_key(pair.target_language.code, text)
    return f" {key} " if pair.target_language.spaced and pair.target_language.script != "Kore" else key


def _by_place(pair: Pair) -> Iterable[list[TermHit]]:
    places: dict[tuple[int, int], list[TermHit]] = defaultdict(list)
    for hit in pair.terms:
        places[hit.start, hit.end].append(hit)
    return places.values()


def _folded(text: str) -> str:
    return fold_width_and_case(text)[0]
