"""The glossary as TBX-Basic (ISO 30042:2008), out and back; TBX of 2019 is read too.

A language has its forbidden words as terms of the status “deprecated”. TBX-Basic has no word for “do not translate”: a
note says so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext
from lxml import etree

from cms.languages import DEFAULT, LANGUAGES, code_of_tag
from translations.exchange.elements import LANG, local, printable, serialise
from translations.exchange.hardened import parse
from translations.exchange.units import ExchangeError
from translations.glossary.entries import Place
from translations.glossary.importing import Fault, Imported, Record, take_over
from translations.models import GlossaryTerm, GlossaryWording

Status = GlossaryWording.Status
Speech = GlossaryTerm.PartOfSpeech
LARGEST = 10 * 1024 * 1024
# What the parts of a file are called, in 2008 and in 2019.
_ROOT = ("martif", "tbx")
_ENTRY = ("termEntry", "conceptEntry")
_LANGUAGE = ("langSet", "langSec")
_TERM = ("tig", "ntig", "termSec")
_STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_STATUS_READ = {
    **{name.lower(): status for status, name in _STATUS.items()},
    "supersededterm-admn-sts": Status.FORBIDDEN,
}
# TBX has abbreviations among the types of a term, not among the parts of speech.
_SPEECH = {
    Speech.NOUN: "noun",
    Speech.VERB: "verb",
    Speech.ADJECTIVE: "adjective",
    Speech.NAME: "properNoun",
    Speech.ABBREVIATION: "noun",
    Speech.OTHER: "other",
}
_ABBREVIATION = "abbreviation"
_SHORT = (_ABBREVIATION, "acronym", "initialism")
_SPEECH_READ = {
    "noun": Speech.NOUN,
    "verb": Speech.VERB,
    "adjective": Speech.ADJECTIVE,
    "adverb": Speech.OTHER,
    "properNoun": Speech.NAME,
    "other": Speech.OTHER,
    _ABBREVIATION: Speech.ABBREVIATION,
}
_ID = "term-"
_DO_NOT_TRANSLATE = "do not translate"


def write_tbx() -> bytes:
    """Return the whole glossary. Two queries."""
    # No DOCTYPE: the file that it would name is at hand nowhere, and some programs insist on reading it.
    root = etree.Element("martif", {"type": "TBX-Basic", LANG: DEFAULT.tag})
    header = etree.SubElement(root, "martifHeader")
    source = etree.SubElement(etree.SubElement(header, "fileDesc"), "sourceDesc")
    etree.SubElement(source, "p").text = settings.WAGTAILADMIN_BASE_URL
    encoding = etree.SubElement(header, "encodingDesc")
    etree.SubElement(encoding, "p", type="XCSURI").text = "TBXBasicXCSV02.xcs"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for term in GlossaryTerm.objects.prefetch_related("wordings").order_by("pk"):
        _write_term(body, term)
    etree.indent(root)
    return serialise(root)


def read_tbx(data: bytes) -> Imported:
    """Take over what a file says, as ``importing.take_over`` does; languages that an entry lacks stay as they are.

    Ids are believed where the file comes from this site: in others they are those of other terms. A file that is too
    large, is not TBX, or defines entities is refused.
    """
    return take_over(_found(data), each_once=True)


def _write_term(body: etree._Element, term: GlossaryTerm) -> None:
    if not term.wordings.all():
        return
    entry = etree.SubElement(body, "termEntry", id=f"{_ID}{term.pk}")
    if term.definition:
        etree.SubElement(entry, "descrip", type="definition").text = printable(term.definition)
    if term.do_not_translate:
        etree.SubElement(entry, "note").text = _DO_NOT_TRANSLATE
    for language in LANGUAGES:
        words = [(text, status) for status in Status for text in term.texts(language.code, status)]
        section = etree.SubElement(entry, "langSet", {LANG: language.tag}) if words else None
        for text, status in words:
            group = etree.SubElement(section, "tig")
            etree.SubElement(group, "term").text = printable(text)
            speech = Speech(term.part_of_speech)
            _write_note(group, "partOfSpeech", _SPEECH[speech])
            if speech == Speech.ABBREVIATION:
                _write_note(group, "termType", _ABBREVIATION)
            _write_note(group, "administrativeStatus", _STATUS[status])


def _write_note(group: etree._Element, kind: str, text: str) -> None:
    etree.SubElement(group, "termNote", type=kind).text = text


def _found(data: bytes) -> Iterator[Record | Fault]:
    """Yield the file's entries, numbered; what cannot be read is a fault."""
    if len(data) > LARGEST:
        yield Fault(0, gettext("The file is larger than %(number)d MB.") % {"number": LARGEST // 2**20})
        return
    try:
        root = parse(data, doctype=True)
    except ExchangeError as error:
        yield Fault(0, str(error))
        return
    if local(root) not in _ROOT:
        yield Fault(0, gettext("The file is not TBX."))
        return
    # Their words are no part of a term; and they may stand in the middle of one.
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    source = next((_text(element) for element in root.iter() if local(element) == "sourceDesc"), "")
    entries = (element for element in root.iter() if local(element) in _ENTRY)
    for number, entry in enumerate(entries, 1):
        yield _record(number, entry, source == settings.WAGTAILADMIN_BASE_URL)


def _record(number: int, entry: etree._Element, is_ours: bool) -> Record:
    problems: list[str] = []
    terms: dict[str, list[etree._Element]] = defaultdict(list)
    for section in entry:
        if local(section) in _LANGUAGE:
            tag = section.get(LANG) or ""
            code = code_of_tag(tag)
            if not code:
                problems.append(gettext("The glossary has no language “%(tag)s”.") % {"tag": tag[:20]})
            terms[code] += [group for group in section if local(group) in _TERM and _term_text(group)]
    terms.pop("", None)
    speech = _speech([*terms[DEFAULT.code], *(group for groups in terms.values() for group in groups)])
    if speech and speech not in _SPEECH_READ:
        problems.append(gettext("The part of speech is one of: %(kinds)s.") % {"kinds": ", ".join(_SPEECH_READ)})
    identity = entry.get("id") or ""
    return Record(
        number,
        {place: words for code, groups in terms.items() if groups for place, words in _wordings(code, groups).items()},
        id=identity.removeprefix(_ID) if is_ours and identity.startswith(_ID) else "",
        part_of_speech=_SPEECH_READ.get(speech),
        do_not_translate=_do_not_translate(entry),
        definition=_definition(entry),
        problems=tuple(problems),
    )


def _wordings(code: str, groups: list[etree._Element]) -> Mapping[Place, tuple[str, ...]]:
    """Return all words of a language. Where no word is called its term, the first that is called nothing is it."""
    words: dict[Status, list[str]] = {status: [] for status in Status}
    others: list[str] = []
    for group in groups:
        status = _STATUS_READ.get(next(_said(group, "administrativeStatus"), "").lower())
        (words[status] if status else others).append(_term_text(group))
    if others and not words[Status.PREFERRED]:
        words[Status.PREFERRED].append(others.pop(0))
    words[Status.ADMITTED] += others
    return {Place(code, status): tuple(texts) for status, texts in words.items()}


def _speech(groups: list[etree._Element]) -> str:
    """Return what the first term of which it is said is: a part of speech, or an abbreviation; "" for neither."""
    for group in groups:
        if next(_said(group, "termType"), "") in _SHORT:
            return _ABBREVIATION
        for name in _said(group, "partOfSpeech"):
            return name
    return ""


def _definition(entry: etree._Element) -> str | None:
    """Return the definition of a concept, or else that of its English words."""
    english = (child for child in entry if local(child) in _LANGUAGE and code_of_tag(child.get(LANG) or "") == "en")
    for element in (entry, *english):
        for text in _said(element, "definition"):
            return text
    return None


def _do_not_translate(entry: etree._Element) -> bool | None:
    if _DO_NOT_TRANSLATE in (note.lower() for note in _said(entry, "note")):
        return True
    # As translate-toolkit and Weblate say it.
    needed = next(_said(entry, "Translation needed"), "").lower()
    return {"no": True, "yes": False}.get(needed)


def _said(element: etree._Element, kind: str) -> Iterator[str]:
    """Yield what a file says of an element itself, in any grouping, but not of the languages or terms inside it.

    Kinds are attributes (termNote type="…") or, in one style of 2019, the elements' names.
    """
    for child in element:
        if local(child) in (*_LANGUAGE, *_TERM):
            continue
        if kind in (child.get("type"), local(child)):
            yield _text(child)
        else:
            yield from _said(child, kind)


def _term_text(group: etree._Element) -> str:
    element = next((child for child in group.iter() if local(child) == "term"), None)
    return " ".join(_text(element).split()) if element is not None else ""


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
