"""The glossary as CSV, out and back: all that was written comes in, or nothing does."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext

from translations.glossary.entries import PLACES, Entry, Place, problems, save_wordings
from translations.glossary.matching import wording_key
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status
LARGEST = 5 * 1024 * 1024
MOST_PROBLEMS = 100
# Several wordings in one cell.
BETWEEN = " | "
_YES, _NO = "yes", ""
# A spreadsheet program would take a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKS = {Status.PREFERRED: "", Status.ADMITTED: " (also used)", Status.FORBIDDEN: " (not to be used)"}
_FACTS = ("id", "part of speech", "do not translate", "definition")


def _column(place: Place) -> str:
    return f"{place.language}{_MARKS[Status(place.status)]}"


COLUMNS = (*_FACTS, *(_column(place) for place in PLACES))


@dataclass
class Imported:
    """What an import did, or why it did nothing: line of the file -> reasons."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


class _ProblemsError(Exception):
    """Undoes an import that found problems."""


def write_csv() -> str:
    """Return the whole glossary, with the mark by which spreadsheet programs know UTF-8. Two queries."""
    output = io.StringIO()
    output.write("\ufeff")
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for term in GlossaryTerm.objects.prefetch_related("wordings").order_by("pk"):
        facts = [str(term.pk), term.part_of_speech, _YES if term.do_not_translate else _NO, term.definition]
        wordings = [BETWEEN.join(term.texts(place.language, place.status)) for place in PLACES]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in (*facts, *wordings)])
    return output.getvalue()


def read_csv(data: bytes) -> Imported:
    """Take over what a file says: add terms, change those it knows by id or by their English term.

    Columns that the file lacks stay as they are; terms that it does not name too. With one problem anywhere nothing is
    changed, and all problems are reported.
    """
    imported = Imported()
    try:
        with transaction.atomic():
            for number, row in _rows(data, imported):
                _take(number, row, imported)
            if imported.problems:
                raise _ProblemsError
    except _ProblemsError:
        return Imported(problems=sorted(imported.problems)[:MOST_PROBLEMS])
    return imported


def _rows(data: bytes, imported: Imported) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the file's lines by column; what cannot be read is a problem."""
    if len(data) > LARGEST:
        imported.problems.append((1, gettext("The file is larger than 5 MB.")))
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        imported.problems.append((1, gettext("The file is not UTF-8. Save it as “CSV UTF-8”.")))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        imported.problems += [(1, message) for message in _head_problems(head)]
        if imported.problems:
            return
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(head, map(_cell, cells), strict=False))
    except csv.Error:
        imported.problems.append((reader.line_num, gettext("This line cannot be read as CSV.")))


def _delimiter(text: str) -> str:
    """Return what stands between the cells: spreadsheet programs of some countries write semicolons."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _head_problems(head: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(head):
        if name not in COLUMNS:
            yield gettext("There is no column “%(name)s” in the glossary.") % {"name": name[:60]}
        elif head.count(name) > 1:
            yield gettext("The column “%(name)s” is there twice.") % {"name": name}
    if not any(_column(place) in head for place in PLACES):
        yield gettext("The first line has to name the columns, as in an exported file.")


def _cell(text: str) -> str:
    text = " ".join(text.replace("\x00", "").split())
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _take(number: int, row: Mapping[str, str], imported: Imported) -> None:
    """Write one line, or note what is wrong with it."""
    wordings = {
        place: tuple(filter(None, (text.strip() for text in row[_column(place)].split(BETWEEN.strip()))))
        for place in PLACES
        if _column(place) in row
    }
    term, reason = _term(row, wordings)
    entry = Entry(wordings)
    found = [reason] if reason else [problem.message for problem in problems(entry, term)]
    found += _facts_problems(row)
    if found:
        imported.problems += [(number, message) for message in found]
        return
    is_new = term is None
    term = term or GlossaryTerm()
    facts_changed = _set_facts(term, row)
    if is_new or facts_changed:
        term.save()
    words_changed = save_wordings(term, entry)
    if is_new:
        imported.added += 1
    elif facts_changed or words_changed:
        imported.changed += 1
    else:
        imported.unchanged += 1


def _term(row: Mapping[str, str], wordings: Mapping[Place, tuple[str, ...]]) -> tuple[GlossaryTerm | None, str]:
    """Return the term that a line is about, None for a new one, and what is wrong with its id."""
    terms = GlossaryTerm.objects.prefetch_related("wordings")
    if row.get("id"):
        given = row["id"]
        known = terms.filter(pk=given).first() if given.isascii() and given.isdecimal() and len(given) < 10 else None
        return known, "" if known else gettext("There is no term with the id %(id)s.") % {"id": given[:20]}
    english = wordings.get(Place("en", Status.PREFERRED), ())
    key = wording_key("en", english[0]) if english else ""
    same = {"wordings__language": "en", "wordings__status": Status.PREFERRED, "wordings__key": key}
    return (terms.filter(**same).first() if key else None), ""


def _facts_problems(row: Mapping[str, str]) -> list[str]:
    found = []
    if row.get("part of speech", "") not in ("", *GlossaryTerm.PartOfSpeech.values):
        kinds = ", ".join(GlossaryTerm.PartOfSpeech.values)
        found.append(gettext("The part of speech is one of: %(kinds)s.") % {"kinds": kinds})
    if row.get("do not translate", "") not in (_YES, _NO, "no"):
        found.append(gettext("“do not translate” is “yes” or empty."))
    return found


def _set_facts(term: GlossaryTerm, row: Mapping[str, str]) -> bool:
    """Take over the facts that the line names; return whether any is another than before."""
    before = (term.part_of_speech, term.do_not_translate, term.definition)
    term.part_of_speech = row.get("part of speech") or term.part_of_speech
    term.do_not_translate = row["do not translate"] == _YES if "do not translate" in row else term.do_not_translate
    term.definition = row.get("definition", term.definition)
    return before != (term.part_of_speech, term.do_not_translate, term.definition)
