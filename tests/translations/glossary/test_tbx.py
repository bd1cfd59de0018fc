"""The glossary as TBX: out and back without loss, in wholly or not at all; and what other programs write."""

import re

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tbx import tbxfile

from cms.languages import CODES
from tests.translations.glossary.terms import make_term
from translations.glossary import tbx
from translations.glossary.entries import PLACES, Entry, problems, save_wordings
from translations.glossary.tbx import LARGEST, read_tbx, write_tbx
from translations.models import GlossaryTerm

pytestmark = pytest.mark.django_db

# All that XML can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
AWKWARD = st.sampled_from(
    ["&", "<b>", "]]>", "&amp;", '"', "도시", "都市", "城市", "term-1", "\u200f", "👩🏽‍🌾", "a | b"]
)
WORDS = st.lists(AWKWARD | TEXT, min_size=1, max_size=3).map(lambda parts: " ".join("".join(parts).split()))
DEFINITIONS = st.lists(AWKWARD | TEXT | st.sampled_from(["\n", "\r\n", "\t"]), max_size=3).map("".join).map(str.strip)
ENTRIES = st.dictionaries(st.sampled_from(PLACES), st.lists(WORDS, min_size=1, max_size=2).map(tuple), max_size=6)
FACTS = st.tuples(DEFINITIONS, st.sampled_from(GlossaryTerm.PartOfSpeech.values), st.booleans())


def state() -> list[tuple]:
    """All that the glossary says, in its order; words of one status in theirs."""
    return [
        (term.definition, term.part_of_speech, term.do_not_translate,
         [(place.language, place.status, term.texts(place.language, place.status)) for place in PLACES])
        for term in GlossaryTerm.objects.prefetch_related("wordings").order_by("pk")
    ]  # fmt: skip


def words() -> list[list[tuple[str, str, str]]]:
    return [
        sorted((word.language, word.status, word.text) for word in term.wordings.all())
        for term in GlossaryTerm.objects.order_by("pk")
    ]


def counts(data: bytes | str) -> tuple[int, int, int, list]:
    done = read_tbx(data.encode() if isinstance(data, str) else data)
    return done.added, done.changed, done.unchanged, done.problems


def martif(*entries: str, head: str = "") -> str:
    """A file of another program, of 2008."""
    return (
        f'<?xml version="1.0"?>{head}<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><sourceDesc>'
        "<p>Elsewhere</p></sourceDesc></fileDesc></martifHeader>"
        f"<text><body>{''.join(f'<termEntry>{entry}</termEntry>' for entry in entries)}</body></text></martif>"
    )


def words_in(tag: str, *terms: str) -> str:
    return f'<langSet xml:lang="{tag}">{"".join(f"<tig><term>{term}</term></tig>" for term in terms)}</langSet>'


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ENTRIES, FACTS), max_size=3))
def test_glossary_comes_back_as_it_went(concepts):
    with transaction.atomic():
        for wordings, (definition, speech, fixed) in concepts:
            entry = Entry(wordings)
            if not problems(entry):
                term = GlossaryTerm.objects.create(definition=definition, part_of_speech=speech, do_not_translate=fixed)
                save_wordings(term, entry)
        before, data = state(), write_tbx()
        assert counts(data) == (0, 0, len(before), [])
        assert state() == before
        GlossaryTerm.objects.all().delete()
        elsewhere = re.sub(b"<sourceDesc>.*?</sourceDesc>", b"<sourceDesc><p>x</p></sourceDesc>", data, flags=re.S)
        # Without ids, terms are known by their English words alone; none is in the glossary now.
        assert counts(elsewhere) == (len(before), 0, 0, [])
        assert state() == before
        transaction.set_rollback(True)


def test_export_is_tbx_basic():
    term = make_term(
        {"en": "city", "zh-hant": "城市"}, "A town, <large>.", admitted={"en": ["town"]}, forbidden={"ko": ["시티"]}
    )
    GlossaryTerm.objects.update(part_of_speech="abbreviation", do_not_translate=True)
    root = etree.fromstring(write_tbx())
    assert (root.tag, dict(root.attrib)) == (
        "martif",
        {"type": "TBX-Basic", "{http://www.w3.org/XML/1998/namespace}lang": "en"},
    )
    assert root.findtext("martifHeader/encodingDesc/p[@type='XCSURI']") == "TBXBasicXCSV02.xcs"
    [entry] = root.iterfind("text/body/termEntry")
    assert entry.get("id") == f"term-{term.pk}"
    assert [(child.tag, child.get("type"), child.text) for child in entry[:2]] == [
        ("descrip", "definition", "A town, <large>."),
        ("note", None, "do not translate"),
    ]
    notes = [("partOfSpeech", "noun"), ("termType", "abbreviation")]
    assert [
        (section.get("{http://www.w3.org/XML/1998/namespace}lang"), group[0].text,
         [(note.get("type"), note.text) for note in group[1:]])
        for section in entry.iterfind("langSet") for group in section
    ] == [
        ("en", "city", [*notes, ("administrativeStatus", "preferredTerm-admn-sts")]),
        ("en", "town", [*notes, ("administrativeStatus", "admittedTerm-admn-sts")]),
        ("zh-Hant", "城市", [*notes, ("administrativeStatus", "preferredTerm-admn-sts")]),
        ("ko", "시티", [*notes, ("administrativeStatus", "deprecatedTerm-admn-sts")]),
    ]  # fmt: skip


def test_other_programs_read_the_export():
    make_term({"en": "city", "ko": "도시"}, forbidden={"ko": ["시티"]})
    [unit] = tbxfile.parsestring(write_tbx()).units
    assert [(term.text, term.deprecated) for term in unit.get_source_terms()] == [("city", False)]
    assert [(term.text, term.deprecated) for term in unit.get_target_terms("ko")] == [("도시", False), ("시티", True)]


def test_export_asks_the_same_for_one_term_and_for_three(django_assert_num_queries):
    for word in ("city", "river", "lake"):
        make_term({"en": word})
        with django_assert_num_queries(2):
            write_tbx()


def test_characters_that_xml_lacks_do_not_break_the_export():
    make_term({"en": "city\x01hall"}, "bell\x07")
    assert "city�hall" in write_tbx().decode()


def test_words_of_a_language_are_replaced_and_others_stay():
    make_term(
        {"en": "city", "ko": "도시", "ja": "都市"}, "A town.", admitted={"ko": ["시"]}, forbidden={"ko": ["시티"]}
    )
    assert counts(martif(words_in("en-GB", "Cities") + words_in("ja"))) == (0, 1, 0, [])
    assert counts(martif(words_in("en", "Cities") + words_in("ko-KR", "도회", "도시"))) == (0, 1, 0, [])
    assert (GlossaryTerm.objects.get().definition, words()) == (
        "A town.",
        [
            [
                ("en", "preferred", "Cities"),
                ("ja", "preferred", "都市"),
                ("ko", "admitted", "도시"),
                ("ko", "preferred", "도회"),
            ]
        ],
    )


def test_ids_of_other_sites_are_those_of_other_terms():
    first, second = make_term({"en": "city"}), make_term({"en": "river"})
    data = write_tbx().decode()
    swapped = data.replace(f"term-{first.pk}", "x").replace(f"term-{second.pk}", f"term-{first.pk}")
    elsewhere = swapped.replace('"x"', f'"term-{second.pk}"').replace("http://localhost:8000", "http://b.example")
    assert counts(elsewhere) == (0, 0, 2, [])
    assert words() == [[("en", "preferred", "city")], [("en", "preferred", "river")]]


def test_term_is_known_by_its_id_in_a_file_of_this_site():
    term = make_term({"en": "city", "ko": "도시"})
    data = write_tbx().decode().replace("city", "town")
    assert counts(data) == (0, 1, 0, [])
    assert words() == [[("en", "preferred", "town"), ("ko", "preferred", "도시")]]
    term.delete()
    assert counts(data) == (0, 0, 0, [(1, f"There is no term with the id {re.search('term-([0-9]+)', data)[1]}.")])


STATUSES = """
<tig><term>town</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>ci<!-- x -->ty</term><termNote type="partOfSpeech">properNoun</termNote></termGrp></ntig>
<tig><term>burgh</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
<tig><term>a
  <hi>large</hi> town</term><termNote type="administrativeStatus">legalTerm-admn-sts</termNote></tig>
"""
ENTRY = f'<descripGrp><descrip type="definition"> Big &amp; old. </descrip></descripGrp>\
<descrip type="Translation needed">No</descrip><langSet xml:lang="en">{STATUSES}</langSet>'


@pytest.mark.parametrize("head", ["", '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'])
def test_other_programs_files_are_read(head):
    assert counts(martif(ENTRY, head=head)) == (1, 0, 0, [])
    term = GlossaryTerm.objects.get()
    assert (term.definition, term.part_of_speech, term.do_not_translate) == ("Big & old.", "name", True)
    assert words() == [
        [
            ("en", "admitted", "a large town"),
            ("en", "admitted", "town"),
            ("en", "forbidden", "burgh"),
            ("en", "preferred", "city"),
        ]
    ]


DCA = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Elsewhere</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1">
<langSec xml:lang="en"><descrip type="definition">Moving air.</descrip>
<termSec><term>WIND</term><termNote type="termType">acronym</termNote></termSec></langSec>
<langSec xml:lang="zh-TW"><termSec><term>風</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
DCT = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://a" xmlns:basic="http://b">
<tbxHeader><fileDesc><sourceDesc><p>Elsewhere</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1">
<langSec xml:lang="en"><basic:definition>Moving air.</basic:definition>
<termSec><term>WIND</term><basic:termType>acronym</basic:termType></termSec></langSec>
<langSec xml:lang="zh-TW"><termSec><term>風</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("data", [DCA, DCT])
def test_files_of_2019_are_read(data):
    assert counts(data) == (1, 0, 0, [])
    term = GlossaryTerm.objects.get()
    assert (term.definition, term.part_of_speech) == ("Moving air.", "abbreviation")
    assert words() == [[("en", "preferred", "WIND"), ("zh-hant", "forbidden", "風")]]


def test_every_problem_is_reported_and_nothing_is_imported():
    make_term({"en": "city", "ko": "도시"})
    before = state()
    fish = '<tig><term>fish</term><termNote type="partOfSpeech">animal</termNote></tig>'
    two = "".join(
        f'<tig><term>{word}</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>'
        for word in ("sea", "ocean")
    )
    data = martif(
        words_in("en", "river") + words_in("ko", "강"),
        words_in("en", "lake") + words_in("ko", "도시"),
        words_in("fr", "étang") + words_in("zh", "池") + words_in("en", "pond"),
        f'<langSet xml:lang="en">{fish}</langSet>',
        words_in("ko"),
        words_in("en", "rivers") + words_in("ja", "川"),
        words_in("en", "hill", "Hills"),
        f'<langSet xml:lang="en">{two}</langSet>',
        words_in("en", "x" * 201),
    )
    assert counts(data) == (
        0,
        0,
        0,
        [
            (2, "“도시” is already a word for “city” in the glossary."),
            (3, "The glossary has no language “fr”."),
            (3, "The glossary has no language “zh”."),
            (4, "The part of speech is one of: noun, verb, adjective, adverb, properNoun, other, abbreviation."),
            (5, "Write the term in at least one language."),
            (6, "An entry before this one is about “river” too."),
            (7, "“Hills” is written twice in this language."),
            (8, "A language has one term; write others under “also used”."),
            (9, "A term has at most 200 characters."),
        ],
    )
    assert state() == before


ENTITIES = "The file defines entities, which are not accepted."
BOMB = '<!DOCTYPE martif [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PASSWORDS = '<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FETCHED = '<!DOCTYPE martif [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>'
UNKNOWN = '<!DOCTYPE martif SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "This is not valid XML: something is wrong in line 1."),
        ("<martif>\n<text></martif>", "This is not valid XML: something is wrong in line 2."),
        ("en,ko\r\ncity,도시", "This is not valid XML: something is wrong in line 1."),
        ("<tmx/>", "The file is not TBX."),
        (martif(words_in("en", "&b;"), head=BOMB), ENTITIES),
        (martif(words_in("en", "&x;"), head=PASSWORDS), ENTITIES),
        (martif(words_in("en", "x"), head=FETCHED), ENTITIES),
        (martif(words_in("en", "&x;"), head=UNKNOWN), "This is not valid XML: something is wrong in line 1."),
        (" " * (LARGEST + 1), "The file is larger than 10 MB."),
    ],
)
def test_file_that_is_no_glossary_is_refused(data, message):
    assert counts(data) == (0, 0, 0, [(0, message)])
    assert state() == []


@pytest.mark.parametrize("head", [BOMB, PASSWORDS, FETCHED])
def test_entities_are_refused_in_other_encodings(head):
    text = martif(words_in("en", "x"), head=head).replace('<?xml version="1.0"?>', "")
    assert counts(text.encode("utf-16")) == (0, 0, 0, [(0, ENTITIES)])


def test_deep_nesting_is_refused():
    deep = "<hi>" * 5000 + "</hi>" * 5000
    [(_, message)] = read_tbx(martif(words_in("en", deep)).encode()).problems
    assert message.startswith("This is not valid XML")


@pytest.mark.parametrize("code", CODES)
def test_file_is_the_same_in_every_editors_language(code):
    make_term({"en": "city"})
    GlossaryTerm.objects.update(do_not_translate=True)
    with translation.override(code):
        data = write_tbx()
        assert counts(data) == (0, 0, 1, [])
    assert data == write_tbx()
    assert tbx._DO_NOT_TRANSLATE.encode() in data
