"""Taking a file's entries over, whatever its format: all of them come in, or nothing does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext

from translations.glossary.entries import Entry, Place, problems, save_wordings
from translations.glossary.matching import wording_key
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status
MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Record:
    """What a file says of one concept, and where in the file. None, and places that are not named, stay as they are.

    ``problems`` is what its reader did not understand.
    """

    number: int
    wordings: Mapping[Place, tuple[str, ...]]
    id: str = ""
    part_of_speech: str | None = None
    do_not_translate: bool | None = None
    definition: str | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A place of the file, 0 for the whole, that cannot be read."""

    number: int
    message: str


@dataclass
class Imported:
    """What an import did, or why it did nothing: place in the file -> reasons."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


class _ProblemsError(Exception):
    """Undoes an import that found problems."""


def take_over(found: Iterable[Record | Fault], *, each_once: bool = False) -> Imported:
    """Add the terms of a file, and change those it knows by id or by their English term.

    Terms that it does not name stay as they are. With ``each_once``, two entries about one term are a problem. With one
    problem anywhere nothing is changed, and all problems are reported.
    """
    imported = Imported()
    taken: set[int] | None = set() if each_once else None
    try:
        with transaction.atomic():
            for one in found:
                if isinstance(one, Fault):
                    imported.problems.append((one.number, one.message))
                else:
                    _take(one, imported, taken)
            if imported.problems:
                raise _ProblemsError
    except _ProblemsError:
        return Imported(problems=sorted(imported.problems)[:MOST_PROBLEMS])
    return imported


def _take(record: Record, imported: Imported, taken: set[int] | None) -> None:
    """Write one entry, or note what is wrong with it."""
    term, reason = _term(record)
    entry = Entry(record.wordings)
    if term and taken is not None and term.pk in taken:
        reason = gettext("An entry before this one is about “%(term)s” too.") % {"term": term}
    found = [reason] if reason else [problem.message for problem in problems(entry, term)]
    found += record.problems
    if found:
        imported.problems += [(record.number, message) for message in found]
        return
    is_new = term is None
    term = term or GlossaryTerm()
    facts_changed = _set_facts(term, record)
    if is_new or facts_changed:
        term.save()
    if taken is not None:
        taken.add(term.pk)
    words_changed = save_wordings(term, entry)
    if is_new:
        imported.added += 1
    elif facts_changed or words_changed:
        imported.changed += 1
    else:
        imported.unchanged += 1


def _term(record: Record) -> tuple[GlossaryTerm | None, str]:
    """Return the term that an entry is about, None for a new one, and what is wrong with its id."""
    terms = GlossaryTerm.objects.prefetch_related("wordings")
    if record.id:
        given = record.id
        known = terms.filter(pk=given).first() if given.isascii() and given.isdecimal() and len(given) < 10 else None
        return known, "" if known else gettext("There is no term with the id %(id)s.") % {"id": given[:20]}
    english = record.wordings.get(Place("en", Status.PREFERRED), ())
    key = wording_key("en", english[0]) if english else ""
    same = {"wordings__language": "en", "wordings__status": Status.PREFERRED, "wordings__key": key}
    return (terms.filter(**same).first() if key else None), ""


def _set_facts(term: GlossaryTerm, record: Record) -> bool:
    """Take over the facts that the entry names; return whether any is another than before."""
    before = (term.part_of_speech, term.do_not_translate, term.definition)
    if record.part_of_speech is not None:
        term.part_of_speech = record.part_of_speech
    if record.do_not_translate is not None:
        term.do_not_translate = record.do_not_translate
    if record.definition is not None:
        term.definition = record.definition
    return before != (term.part_of_speech, term.do_not_translate, term.definition)
