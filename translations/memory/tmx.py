"""The memory as TMX 1.4, out and back. Markup travels as TMX's codes (bpt, ept, ph), so that other tools keep it."""

import hashlib
import html
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
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

LARGEST = 10 * 1024 * 1024
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


def read_tmx(data: bytes, *, origin: str, user: Any = None, largest: int = LARGEST) -> Imported:
    """Take the translations of a TMX file over into the memory, those in the site's languages; report the rest.

    A constant number of queries for each thousand units. Raises TmxError, and imports nothing, where the file is too
    large, is not TMX, or defines entities.
    """
    if len(data) > largest:
        raise TmxError(gettext("The file is larger than %(number)d MB.") % {"number": largest // 2**20})
    imported = Imported()
    units = list(_units(data, imported))
    with transaction.atomic():
        for language in CODES:
            here = [unit for unit in units if unit.language == language]
            for start in range(0, len(here), BATCH):
                _take(here[start : start + BATCH], language, origin, user, imported)
    imported.problems = sorted(imported.problems)[:MOST_PROBLEMS]
    return imported


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


def _units(data: bytes, imported: Imported) -> Iterator[_Unit]:
    """Yield the translations of a file. Entities are neither read nor fetched; a file that defines some is refused."""
    try:
        reader = etree.iterparse(
            io.BytesIO(data), events=("end",), tag=("tu", "header"), resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False,
        )  # fmt: skip
        language, number = "", 0
        for _event, element in reader:
            if element.tag == "header":
                _refuse_entities(element)
                language = element.get("srclang") or ""
                continue
            number += 1
            yield from _translations(number, element, element.get("srclang") or language, imported)
            element.clear()
        root = reader.root
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise TmxError(gettext("The file cannot be read as XML: line %(number)d.") % {"number": line}) from error
    if root is None or root.tag != "tmx":
        raise TmxError(gettext("The file is not TMX."))


def _refuse_entities(element: Any) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and list(dtd.iterentities()):
        raise TmxError(gettext("The file defines entities, which are not accepted."))


def _translations(number: int, element: Any, declared: str, imported: Imported) -> Iterator[_Unit]:
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


def _take(units: list[_Unit], language: str, origin: str, user: Any, imported: Imported) -> None:
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
