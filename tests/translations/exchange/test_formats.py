"""What is written is read again without a loss, by us and by other programs."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.filters import checks
from translate.storage import factory, pypo, xliff
from translate.storage.xliff2 import Xliff2File

from tests.translations.exchange.samples import HTML, NOW, SOURCES, UUID, former, part, unit
from translations.exchange.archive import READERS, WRITERS
from translations.exchange.inline import read_html, write_html
from translations.exchange.units import State

FORMATS = sorted(WRITERS)
# gettext's binary files, and other programs' readers, know no control characters; ours keeps them.
PRINTABLE = [html.filter(lambda html: not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", html)) for html in (SOURCES, HTML)]
SOURCE = 'Water is <b>shared</b>, see <a id="a1">the plan</a>.<br/>Rain &amp; <i>more</i>'
KOREAN = '물은 <b>함께</b> 쓴다. <a id="a1">계획</a><br/>비 &amp; <i>더</i>'


def written(file_format, *units, **kwargs):
    write, extension, _content_type = WRITERS[file_format]
    return write(part(*units, **kwargs)), f".{extension}"


def there_and_back(file_format, *units):
    content, extension = written(file_format, *units)
    [read] = READERS[extension]("x", content)
    return read


@settings(deadline=None)
@given(HTML)
def test_html_is_taken_apart_and_put_together(html):
    assert write_html(read_html(html)) == html


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SOURCES, HTML), min_size=1, max_size=3, unique_by=lambda pair: pair[0]))
def test_texts_come_back_as_they_went(file_format, pairs):
    units = [unit(source, target) for source, target in pairs]
    read = there_and_back(file_format, *units)
    assert [(row.id, row.path, row.source, row.target, row.error) for row in read.units] == [
        (row.id, row.path, row.source, row.target, "") for row in units
    ]


@pytest.mark.parametrize("file_format", FORMATS)
def test_head_comes_back_as_it_went(file_format):
    read = there_and_back(file_format, unit(SOURCE))
    assert (read.translation, read.exported_at, read.problem) == (UUID, NOW, "")
    assert (read.source_language, read.target_language) == ("en", "ko")


@pytest.mark.parametrize(("file_format", "tag"), [("xliff1", "zh-Hant"), ("xliff2", "zh-Hant"), ("po", "zh_Hant")])
def test_language_is_named_as_the_format_wants(file_format, tag):
    content, extension = written(file_format, unit(SOURCE), target="zh-hant")
    assert READERS[extension]("x", content)[0].target_language == tag


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(("state", "certain"), [(State.MACHINE, False), (State.TRANSLATED, True), (State.FINAL, True)])
def test_machine_text_is_not_finished_and_others_are(file_format, state, certain):
    assert there_and_back(file_format, unit(SOURCE, KOREAN, state)).units[0].certain is certain


def test_markup_of_xliff1_is_named_after_the_source():
    content, _extension = written(
        "xliff1", unit('See <b>it</b>, <a id="a1">a</a>', '<a id="a1">가</a> <b>나</b> <b>다</b>')
    )
    target = re.search(rb"<target[^>]*>(.*)</target>", content)[1].decode()
    assert target == ('<g id="a1" ctype="link">가</g> <g id="1" ctype="bold">나</g> <g id="1" ctype="bold">다</g>')


def test_repeated_markup_of_xliff2_is_a_copy():
    content, _extension = written("xliff2", unit("<b>it</b> is", "<b>나</b> <b>다</b>"))
    target = re.search(rb"<target[^>]*>(.*)</target>", content)[1].decode()
    assert re.findall(r'<pc id="(\w+)"(?: copyOf="(\w+)")?', target) == [("1", ""), ("2", "1")]


@pytest.mark.parametrize("number", ["1", "2"])
def test_former_translation_goes_along(number):
    old = former("Water was <b>free</b>", "물은 <b>무료</b>였다")
    content, _extension = written(f"xliff{number}", unit(SOURCE, former=old, path="title"))
    root = etree.fromstring(content)
    names = {"1": "alt-trans", "2": "match"}
    [box] = [element for element in root.iter() if etree.QName(element).localname == names[number]]
    assert ["".join(text.itertext()) for text in box if etree.QName(text).localname in ("source", "target")] == [
        "Water was free",
        "물은 무료였다",
    ]


def test_former_translation_is_a_fuzzy_entry_of_po():
    content, _extension = written("po", unit(SOURCE, former=former("Old", "옛")))
    assert '#, fuzzy\n#| msgid "Old"\nmsgctxt' in content.decode()
    row = there_and_back("po", unit(SOURCE, former=former("Old", "옛"))).units[0]
    assert (row.target, row.certain) == ("옛", False)


def test_notes_and_length_go_along():
    noted = unit("Water", "물", notes=(("location", "Title"),), max_length=255)
    assert b'maxwidth="255" size-unit="char"' in written("xliff1", noted)[0]
    assert b'<note from="location">Title</note>' in written("xliff1", noted)[0]
    assert b'<note category="location">Title</note>' in written("xliff2", noted)[0]
    assert "#. location: Title" in written("po", noted)[0].decode()


@pytest.mark.parametrize(("file_format", "kind"), [("xliff1", xliff.xlifffile), ("xliff2", Xliff2File)])
def test_other_programs_read_xliff(file_format, kind):
    units = [unit("Water &amp; rain", "물 &amp; 비", State.FINAL), unit(SOURCE, KOREAN, State.MACHINE), unit("Rain")]
    store = kind.parsestring(written(file_format, *units)[0])
    assert (store.units[0].source, store.units[0].target) == ("Water & rain", "물 & 비")
    assert [row.istranslated() and not row.isfuzzy() for row in store.units] == [True, False, False]
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "ko")


def test_other_programs_write_xliff1(tmp_path):
    """A program of another hand changes a target, and what it wrote is read."""
    path = tmp_path / "water.xlf"
    path.write_bytes(written("xliff1", unit("Water", "", path="title"))[0])
    store = factory.getobject(str(path))
    store.units[0].target = "물 & <비>"
    store.units[0].approved = True
    store.save()
    [row] = READERS[".xlf"]("x", path.read_bytes())[0].units
    assert (row.path, row.target, row.certain) == ("title", "물 &amp; &lt;비&gt;", True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*PRINTABLE), min_size=1, max_size=3, unique_by=lambda pair: pair[0]))
def test_other_programs_read_po(pairs):
    content, _extension = written("po", *(unit(source, target) for source, target in pairs))
    store = pypo.pofile.parsestring(content)
    assert [(str(row.source), str(row.target)) for row in store.units if not row.isheader()] == pairs


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*PRINTABLE), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_msgfmt_finds_nothing_wrong(pairs):
    # Fields are stripped, and lines are <br/>: a text never begins or ends with a line break.
    content, _extension = written("po", *(unit(source.strip(), target.strip()) for source, target in pairs))
    done = subprocess.run(["msgfmt", "--check", "-o", "-", "-"], input=content, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_pofilter_finds_what_is_wrong_and_nothing_else():
    right = unit(SOURCE, KOREAN)
    wrong = unit("Read <b>this</b> now", "지금 읽기", path="title")
    store = pypo.pofile.parsestring(written("po", right, wrong)[0])
    checker = checks.StandardChecker(checks.CheckerConfig(targetlanguage="ko"))
    found = {row.getcontext(): set(checker.run_filters(row)) for row in store.units if not row.isheader()}
    assert "xmltags" not in found["body.8a2e.text"]
    assert "xmltags" in found["title"]


XLIFF1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="urn:uuid:{uuid}"
source-language="en" target-language="ko" datatype="html"><body><trans-unit id="s1"><source>{source}</source>
<target>{target}</target></trans-unit></body></file></xliff>"""
XLIFF2 = """<xliff version="2.1" srcLang="en" trgLang="ko" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f1" original="urn:uuid:{uuid}"><unit id="s1">{data}{segments}</unit></file></xliff>"""


@pytest.mark.parametrize(
    "target",
    [
        '<bx id="1" ctype="bold"/>함께<ex id="2" rid="1"/>',
        '<bx id="1" rid="9" ctype="bold"/>함께<ex id="2" rid="9"/>',
        '<bpt id="1">[b]</bpt>함께<ept id="1">[/b]</ept>',
        '<g id="1">함께</g>',
        '<mrk mtype="seg" mid="0"><g id="1">함께</g></mrk>',
        '<!-- by a program --><g id="1">함께</g>',
    ],
)
def test_ways_in_which_programs_write_xliff1(target):
    document = XLIFF1.format(uuid=UUID, source='<g id="1" ctype="bold">shared</g>', target=target)
    [row] = READERS[".xlf"]("x", document.encode())[0].units
    assert (row.source, row.target, row.error) == ("<b>shared</b>", "<b>함께</b>", "")


@pytest.mark.parametrize(
    "segments",
    [
        '<segment><source><pc id="1" subType="xlf:b">shared</pc></source>'
        '<target><pc id="1">함께</pc></target></segment>',
        '<segment><source><pc id="1" subType="xlf:b">sha</pc></source><target><pc id="1">함</pc></target></segment>'
        '<segment><source><pc id="1">red</pc></source><target><pc id="1">께</pc></target></segment>',
        '<segment><source><sc id="1" subType="xlf:b"/>shared<ec startRef="1"/></source>'
        '<target><sc id="1"/><mrk id="m1" type="term">함께</mrk><ec startRef="1"/></target></segment>',
    ],
)
def test_ways_in_which_programs_write_xliff2(segments):
    document = XLIFF2.format(uuid=UUID, data="", segments=segments)
    [row] = READERS[".xlf"]("x", document.encode())[0].units
    assert (row.source.replace("</b><b>", ""), row.target.replace("</b><b>", ""), row.error) == (
        "<b>shared</b>",
        "<b>함께</b>",
        "",
    )


def test_segments_of_xliff2_stand_in_the_order_of_the_translation():
    segments = (
        '<segment><source>One.</source><target order="3">하나.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment><source>Two.</source><target order="1">둘.</target></segment>'
    )
    [row] = READERS[".xlf"]("x", XLIFF2.format(uuid=UUID, data="", segments=segments).encode())[0].units
    assert (row.source, row.target) == ("One. Two.", "둘. 하나.")


def test_unit_of_xliff2_with_an_open_segment_is_not_translated():
    segments = "<segment><source>One.</source><target>하나.</target></segment><segment><source>Two.</source></segment>"
    [row] = READERS[".xlf"]("x", XLIFF2.format(uuid=UUID, data="", segments=segments).encode())[0].units
    assert row.target == ""


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ('<g id="7">함께</g>', "The markup number 7 is not in the source."),
        ('<bx id="1" ctype="bold"/>함께', "Opening and closing markup do not fit together."),
        ('<ex id="1"/>함께', "Opening and closing markup do not fit together."),
        ('<x id="1"/>함께', "Opening and closing markup do not fit together."),
        ('<it id="1" pos="open">b</it>함께', "<it> is not read inside a text."),
        ('<g id="8" ctype="x-html-b onclick=">함께</g>', "The markup number 8 is not in the source."),
    ],
)
def test_markup_that_makes_no_sense_is_named(target, error):
    document = XLIFF1.format(uuid=UUID, source='<g id="1" ctype="bold">shared</g>', target=target)
    assert READERS[".xlf"]("x", document.encode())[0].units[0].error == error
