"""The memory as TMX 1.4, out and back. Markup travels as TMX's codes (bpt, ept, ph), so that other tools keep it."""

import hashlib
import html
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from lxml import etree
from translate.storage.tmx import tmxfile
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.strings import StringValue

from cms.languages import CODES, DEFAULT, by_code, code_of_tag
from translations.completeness import is_blank
from translations.memory.index import index_strings
from translations.models import MemoryUnit
from translations.quality.pairs import TAG

LARGEST = 100 * 1024 * 1024
# Units of a file that are written at once.
BATCH = 1000
MOST_PROBLEMS = 100
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = ("bpt", "ept", "ph", "it", "ut")


class TmxError(ValueError):
    """A file cannot be read as TMX; the message says why, in the user's language."""


@dataclass
class Imported:
    """What an import did: translations that are new, that were known, in languages that are not ours; and problems.

    ``problems`` has the number of the unit in the file, and what is wrong with it; such units are left out.
    """

    added: int = 0
    known: int = 0
    elsewhere: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Unit:
    number: int
    source: str
    language: str
    text: str


@dataclass
class Part:
    """So many units of a file, read: translations into our languages, and what was left out of it."""

    units: list[_Unit] = field(default_factory=list)
    imported: Imported = field(default_factory=Imported)


def write_tmx(language: str) -> bytes:
    """Return all that people translated from English into a language (code), and what was imported. Two queries."""
    file = tmxfile(sourcelanguage=DEFAULT.tag, targetlanguage=by_code(language).tag)
    for source, text in sorted(_pairs(language)):
        file.addtranslation(source, DEFAULT.tag, text, by_code(language).tag)
    for segment in file.document.getroot().iter("seg"):
        _write_codes(segment)
    output = io.BytesIO()
    file.serialize(output)
    return output.getvalue()


def read_tmx(data: bytes, *, origin: str, user: Any = None) -> Imported:
    """Take the translations of a TMX file over into the memory, those in the site's languages; report the rest.

    A constant number of queries for each thousand units. Raises TmxError, and imports nothing, where the file is too
    large, is not TMX, or defines entities.
    """
    check_size(len(data))
    total = Imported()
    with transaction.atomic():
        for part in parts(data):
            add(part, origin=origin, user=user)
            total.added += part.imported.added
            total.known += part.imported.known
            total.elsewhere += part.imported.elsewhere
            total.problems += part.imported.problems
    total.problems = total.problems[:MOST_PROBLEMS]
    return total


def check_size(size: int) -> None:
    """Raise TmxError for a file of more bytes than are read."""
    if size > LARGEST:
        raise TmxError(gettext("The file is larger than %(number)d MB.") % {"number": LARGEST // 2**20})


def count_units(data: bytes) -> int:
    """Return how many units a TMX file has, without looking into them. Raises TmxError as ``read_tmx`` does."""
    return sum(1 for _element, _language in _elements(data))


def parts(data: bytes) -> Iterator[Part]:
    """Yield what a TMX file holds, BATCH of its units at a time. Raises TmxError where it cannot be read further."""
    part, number = Part(), 0
    for number, (element, language) in enumerate(_elements(data), 1):
        part.units += _translations(number, element, language, part.imported)
        if number % BATCH == 0:
            yield part
            part = Part()
    if number % BATCH or number == 0:
        yield part


def add(part: Part, *, origin: str, user: Any) -> None:
    """Write the translations of a part that are not known yet, and note in it how many there were."""
    for language in CODES:
        _add([unit for unit in part.units if unit.language == language], language, origin, user, part.imported)


def described(imported: Imported) -> str:
    """Return in words how many translations were added, known and left out."""
    said = [
        ngettext("%(number)d translation added.", "%(number)d translations added.", imported.added)
        % {"number": imported.added}
    ]
    if imported.known:
        said.append(gettext("%(number)d were known.") % {"number": imported.known})
    if imported.elsewhere:
        said.append(gettext("%(number)d in other languages were left out.") % {"number": imported.elsewhere})
    return " ".join(said)


def _pairs(language: str) -> set[tuple[str, str]]:
    here = StringTranslation.objects.filter(
        translation_of__locale__language_code=DEFAULT.code,
        locale__language_code=language,
        has_error=False,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    imported = MemoryUnit.objects.filter(string__locale__language_code=DEFAULT.code, locale__language_code=language)
    return {
        *here.values_list("translation_of__data", "data"),
        *imported.values_list("string__data", "text"),
    }


def _write_codes(segment: Any) -> None:
    """Turn the inline HTML of a seg, which is its text, into words and codes."""
    data, segment.text = segment.text or "", None
    last, opened, number = 0, list[int](), 0
    for tag in [*TAG.finditer(data), None]:
        words = html.unescape(data[last : tag.start() if tag else len(data)])
        if len(segment):
            segment[-1].tail = words
        else:
            segment.text = words
        if tag is None:
            return
        last = tag.end()
        if tag["name"].lower() == "br":
            code = etree.SubElement(segment, "ph")
        elif tag["end"]:
            code = etree.SubElement(segment, "ept", i=str(opened.pop() if opened else 0))
        else:
            number += 1
            opened.append(number)
            code = etree.SubElement(segment, "bpt", i=str(number))
        code.text = tag[0]


def _elements(data: bytes) -> Iterator[tuple[Any, str]]:
    """Yield the units of a file, each with the language of its source.

    Entities are neither read nor fetched; a file that defines some is refused.
    """
    try:
        reader = etree.iterparse(
            io.BytesIO(data), events=("end",), tag=("tu", "header"), resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False,
        )  # fmt: skip
        language = ""
        for _event, element in reader:
            if element.tag == "header":
                _refuse_entities(element)
                language = element.get("srclang") or ""
                continue
            yield element, element.get("srclang") or language
            _forget(element)
        root = reader.root
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise TmxError(gettext("The file cannot be read as XML: line %(number)d.") % {"number": line}) from error
    if root is None or root.tag != "tmx":
        raise TmxError(gettext("The file is not TMX."))


def _forget(element: Any) -> None:
    """Let go of a unit and of those before it: a large file would fill the memory with empty ones."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _refuse_entities(element: Any) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and list(dtd.iterentities()):
        raise TmxError(gettext("The file defines entities, which are not accepted."))


def _translations(number: int, element: Any, declared: str, imported: Imported) -> Iterable[_Unit]:
    """Yield the translations of one unit of the file into our languages; note what is wrong with it."""
    texts: dict[str, str] = {}
    for variant in element.iterfind("tuv"):
        code = code_of_tag(variant.get(_LANG) or variant.get("lang") or "")
        segment = variant.find("seg")
        if code and segment is not None:
            texts[code] = _read_codes(segment)
        elif segment is not None:
            imported.elsewhere += 1
    source = code_of_tag(declared) or DEFAULT.code
    if source != DEFAULT.code or DEFAULT.code not in texts:
        imported.problems.append((number, gettext("The unit has no English source.")))
        return
    for code, text in texts.items():
        if code == DEFAULT.code:
            continue
        if is_blank(text) or is_blank(texts[DEFAULT.code]):
            imported.problems.append((number, gettext("The unit is empty.")))
            continue
        yield _Unit(number, texts[DEFAULT.code], code, text)


def _read_codes(segment: Any) -> str:
    """Return a seg as inline HTML; codes that are no markup of ours are left out, their words stay."""
    marked, bare = _spelled(segment)
    try:
        return str(StringValue.from_translated_html(marked).data)
    except ValueError:
        return bare


def _spelled(element: Any) -> tuple[str, str]:
    """Return what an element holds: with its codes, and without."""
    words = html.escape(element.text or "", quote=False)
    marked, bare = words, words
    for child in element:
        if child.tag in _CODES:
            code = "".join(child.itertext())
            marked += code if TAG.fullmatch(code) else ""
        else:
            inside = _spelled(child) if isinstance(child.tag, str) else ("", "")
            marked, bare = marked + inside[0], bare + inside[1]
        tail = html.escape(child.tail or "", quote=False)
        marked, bare = marked + tail, bare + tail
    return marked, bare


def _add(units: list[_Unit], language: str, origin: str, user: Any, imported: Imported) -> None:
    """Write the translations into one language that are not known yet."""
    locales = {row.language_code: row for row in Locale.objects.filter(language_code__in=[DEFAULT.code, language])}
    if not units or language not in locales:
        imported.elsewhere += len(units)
        return
    strings = _strings({unit.source for unit in units}, locales[DEFAULT.code])
    wanted = {(strings[unit.source], unit.text): unit for unit in units}
    here = StringTranslation.objects.filter(locale=locales[language], translation_of_id__in=strings.values())
    before = MemoryUnit.objects.filter(locale=locales[language], string_id__in=strings.values())
    known = {*here.values_list("translation_of_id", "data"), *before.values_list("string_id", "text")}
    rows = [
        MemoryUnit(
            string_id=string_id,
            locale=locales[language],
            text=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            origin=origin[:200],
            imported_by=user,
            updated_at=timezone.now(),
        )
        for string_id, text in wanted
        if (string_id, text) not in known
    ]
    MemoryUnit.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    index_strings(String.objects.filter(pk__in={row.string_id for row in rows}))
    imported.added += len(rows)
    imported.known += len(units) - len(rows)


def _strings(sources: set[str], locale: Locale) -> dict[str, int]:
    """Return source text -> wagtail-localize's String, made where there is none."""
    rows = {String._get_data_hash(source): source for source in sources}
    made = [String(locale=locale, data=source, data_hash=digest) for digest, source in rows.items()]
    String.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    found = String.objects.filter(locale=locale, data_hash__in=rows)
    return {rows[digest]: pk for pk, digest in found.values_list("pk", "data_hash")}
