"""Builds terms for the tests of the glossary."""

from collections.abc import Mapping, Sequence

from tests.search.pages import commit
from translations.glossary.entries import Entry, Place, problems, save_wordings
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status


def entry(
    preferred: Mapping[str, str],
    *,
    admitted: Mapping[str, Sequence[str]] = {},
    forbidden: Mapping[str, Sequence[str]] = {},
) -> Entry:
    wordings = {Place(code, Status.PREFERRED): (text,) for code, text in preferred.items()}
    wordings |= {Place(code, Status.ADMITTED): tuple(texts) for code, texts in admitted.items()}
    wordings |= {Place(code, Status.FORBIDDEN): tuple(texts) for code, texts in forbidden.items()}
    return Entry(wordings)


def make_term(
    preferred: Mapping[str, str], definition: str = "", **others: Mapping[str, Sequence[str]]
) -> GlossaryTerm:
    """Make a concept with its term by language, and with the words that are also used or forbidden."""
    written = entry(preferred, **others)
    assert problems(written) == []
    term = GlossaryTerm.objects.create(definition=definition)
    save_wordings(term, written)
    commit()
    return term
