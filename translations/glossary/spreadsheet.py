"""The glossary as CSV, out and back: all that was written comes in, or nothing does."""

import csv
import io
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext

from cms.spreadsheets import BYTE_ORDER_MARK, as_cell, from_cell
from translations.glossary.entries import PLACES, Place
from translations.glossary.importing import Fault, Imported, Record, take_over
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status
LARGEST = 5 * 1024 * 1024
# Several wordings in one cell.
BETWEEN = " | "
_YES, _NO = "yes", ""
_MARKS = {Status.PREFERRED: "", Status.ADMITTED: " (also used)", Status.FORBIDDEN: " (not to be used)"}
_FACTS = ("id", "part of speech", "do not translate", "definition")


def _column(place: Place) -> str:
    return f"{place.language}{_MARKS[Status(place.status)]}"


COLUMNS = (*_FACTS, *(_column(place) for place in PLACES))


def write_csv() -> str:
    """Return the whole glossary, with the mark by which spreadsheet programs know UTF-8. Two queries."""
    output = io.StringIO()
    output.write(BYTE_ORDER_MARK)
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for term in GlossaryTerm.objects.prefetch_related("wordings").order_by("pk"):
        facts = [str(term.pk), term.part_of_speech, _YES if term.do_not_translate else _NO, term.definition]
        wordings = [BETWEEN.join(term.texts(place.language, place.status)) for place in PLACES]
        writer.writerow(map(as_cell, (*facts, *wordings)))
    return output.getvalue()


def read_csv(data: bytes) -> Imported:
    """Take over what a file says, as ``importing.take_over`` does; columns that it lacks stay as they are."""
    return take_over(_found(data))


def _found(data: bytes) -> Iterator[Record | Fault]:
    """Yield the file's lines; what cannot be read is a fault."""
    if len(data) > LARGEST:
        yield Fault(1, gettext("The file is larger than %(number)d MB.") % {"number": LARGEST // 2**20})
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Fault(1, gettext("The file is not UTF-8. Save it as “CSV UTF-8”."))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        wrong = list(_head_problems(head))
        if wrong:
            yield from (Fault(1, message) for message in wrong)
            return
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _record(reader.line_num, dict(zip(head, map(_cell, cells), strict=False)))
    except csv.Error:
        yield Fault(reader.line_num, gettext("This line cannot be read as CSV."))


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
    return from_cell(" ".join(text.replace("\x00", "").split()))


def _record(number: int, row: Mapping[str, str]) -> Record:
    wordings = {
        place: tuple(filter(None, (text.strip() for text in row[_column(place)].split(BETWEEN.strip()))))
        for place in PLACES
        if _column(place) in row
    }
    return Record(
        number,
        wordings,
        id=row.get("id", ""),
        part_of_speech=row.get("part of speech") or None,
        do_not_translate=row["do not translate"] == _YES if "do not translate" in row else None,
        definition=row.get("definition"),
        problems=tuple(_facts_problems(row)),
    )


def _facts_problems(row: Mapping[str, str]) -> Iterator[str]:
    if row.get("part of speech", "") not in ("", *GlossaryTerm.PartOfSpeech.values):
        kinds = ", ".join(GlossaryTerm.PartOfSpeech.values)
        yield gettext("The part of speech is one of: %(kinds)s.") % {"kinds": kinds}
    if row.get("do not translate", "") not in (_YES, _NO, "no"):
        yield gettext("“do not translate” is “yes” or empty.")
