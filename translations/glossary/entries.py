"""A glossary term as it is written down: what is refused, and how it is kept. Form and import ask the same rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from cms.languages import CODES
from translations.glossary.matching import glossary_changed, wording_key
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status
LONGEST = 200


@dataclass(frozen=True)
class Place:
    """Where wordings are written: those of one status in one language."""

    language: str
    status: str


PLACES = tuple(Place(code, str(status)) for code in CODES for status in Status)


@dataclass(frozen=True)
class Entry:
    """The wordings of a concept; places that are not named keep what they have."""

    wordings: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Why an entry is refused, and where."""

    place: Place | None
    message: str


def problems(entry: Entry, term: GlossaryTerm | None = None) -> list[Problem]:
    """Return what is wrong with the entry, in the editor's language. One query; ``term`` is the one that is changed."""
    found = list(_own_problems(entry))
    if found:
        return found
    return list(_problems_with_others(entry, term))


def save_wordings(term: GlossaryTerm, entry: Entry) -> bool:
    """Write the entry's wordings, which ``problems`` has seen; return whether anything changed.

    Rows of wordings that stay are kept. Call it in a transaction.
    """
    present = {(row.language, row.key): row for row in term.wordings.all()}
    wanted: dict[tuple[str, str], GlossaryWording] = {}
    for place, texts in entry.wordings.items():
        for number, text in enumerate(texts):
            key = wording_key(place.language, text)
            row = present.get((place.language, key)) or GlossaryWording(term=term, language=place.language, key=key)
            before = (row.text, row.status, row.sort_order)
            row.text, row.status, row.sort_order = text, place.status, number
            if row.pk is None or before != (row.text, row.status, row.sort_order):
                wanted[place.language, key] = row
    kept = {(place.language, wording_key(place.language, text)) for place, text in _texts(entry)}
    gone = [
        row.pk
        for identity, row in present.items()
        if identity not in kept and Place(row.language, row.status) in entry.wordings
    ]
    GlossaryWording.objects.filter(pk__in=gone).delete()
    # A language has one term at most at any moment: who loses that place goes first.
    for row in sorted(wanted.values(), key=lambda row: row.status == Status.PREFERRED):
        row.save()
    if gone or wanted:
        glossary_changed()
    return bool(gone or wanted)


def _texts(entry: Entry) -> Iterator[tuple[Place, str]]:
    for place, texts in entry.wordings.items():
        for text in texts:
            yield place, text


def _own_problems(entry: Entry) -> Iterator[Problem]:
    """Yield what is wrong with the entry by itself."""
    if not any(entry.wordings.values()):
        yield Problem(None, gettext("Write the term in at least one language."))
    seen: dict[tuple[str, str], str] = {}
    for place, texts in entry.wordings.items():
        for text in texts:
            key = wording_key(place.language, text)
            if len(text) > LONGEST:
                yield Problem(place, gettext("A term has at most %(number)d characters.") % {"number": LONGEST})
            elif not key:
                yield Problem(place, gettext("“%(word)s” holds no word.") % {"word": text})
            elif (place.language, key) in seen:
                yield Problem(place, gettext("“%(word)s” is written twice in this language.") % {"word": text})
            seen[place.language, key] = text
        if place.status == Status.PREFERRED and len(texts) > 1:
            yield Problem(place, gettext("A language has one term; write others under “also used”."))


def _problems_with_others(entry: Entry, term: GlossaryTerm | None) -> Iterator[Problem]:
    """Yield which wordings another concept has already."""
    places = {(place.language, wording_key(place.language, text)): (place, text) for place, text in _texts(entry)}
    rows = GlossaryWording.objects.filter(key__in={key for _, key in places}).select_related("term")
    others = rows.exclude(term=term) if term and term.pk else rows
    for row in others.prefetch_related("term__wordings"):
        if (row.language, row.key) in places:
            place, text = places[row.language, row.key]
            yield Problem(place, _said_of(row) % {"word": text, "term": row.term})


def _said_of(row: GlossaryWording) -> str:
    if row.status == Status.FORBIDDEN:
        return gettext("“%(word)s” must not be used for “%(term)s”, says the glossary.")
    return gettext("“%(word)s” is already a word for “%(term)s” in the glossary.")
