import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from translations.diff import difference
from translations.editor.markup import from_typed, marks_of, shown, shown_pieces, to_typed

LINKED = 'Water is <b>shared</b>, see <a id="a1">the plan</a>.'
ATTRS = {"a1": {"href": "https://example.org/plan"}}


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Water &amp; air", "Water & air"),
        ("1 &lt; 2", "1 < 2"),
        ("two<br/>lines", "two\nlines"),
        (LINKED, LINKED),
        ("write &lt;b&gt;", "write &lt;b>"),
        ("&amp;lt; is written so", "&amp;lt; is written so"),
    ],
)
def test_kept_text_is_typed_without_entities(kept, typed):
    assert to_typed(kept) == typed
    assert StringValue(from_typed(typed, kept)).render_text() == StringValue(kept).render_text()


@given(st.text("ab&<>; lt\n#1水", max_size=20))
def test_plain_text_survives_being_shown_and_saved(text):
    kept = StringValue.from_plaintext(text.strip()).data
    assert StringValue(from_typed(to_typed(kept), kept + "<br/>")).render_text().split() == text.split()


@pytest.mark.parametrize(
    ("typed", "source", "kept"),
    [
        ("A & B < C", "x", "A &amp; B &lt; C"),
        ("&amp; stays", "x", "&amp; stays"),
        ("one\ntwo", "x", "one two"),
        ("one\r\ntwo", "x<br/>y", "one<br/>two"),
        ("  spaces\n", "x", "spaces"),
        ("<b>물</b>", "<b>x</b>", "<b>물</b>"),
    ],
)
def test_typed_text_is_kept_as_html(typed, source, kept):
    assert from_typed(typed, source) == kept


def test_marks_are_those_of_the_source_each_once():
    marks = marks_of(f"{LINKED} And <b>more</b>.", ATTRS)
    assert [(mark.opening, mark.closing, mark.label) for mark in marks] == [
        ("<b>", "</b>", "b"),
        ('<a id="a1">', "</a>", "a1"),
    ]
    assert marks[1].description == "Link “the plan”, leading to https://example.org/plan"


def test_source_is_shown_as_structure():
    html = shown(LINKED, ATTRS)
    assert html == (
        'Water is <b>shared</b>, see <span class="te-link" title="https://example.org/plan">the plan'
        '<span class="te-chip" aria-hidden="true">a1</span></span>.'
    )


def test_nothing_of_a_text_runs_in_the_admin():
    html = shown('<a id="&quot;onmouseover=x">a</a><script>alert(1)</script>&lt;img src=x&gt;', {})
    assert "<script" not in html
    assert "<img" not in html
    assert '"onmouseover' not in html


def test_address_of_a_script_is_not_shown():
    assert "javascript" not in shown('<a id="a1">x</a>', {"a1": {"href": "javascript:alert(1)"}})


def test_difference_is_said_in_words_too():
    html = shown_pieces(difference("the <b>old</b> plan", "the <b>new</b> plan"))
    assert html == (
        'the <span class="te-chip">b</span><del><span class="w-sr-only"> removed: </span>old<span class="w-sr-only">'
        ' end of removal </span></del><ins><span class="w-sr-only"> added: </span>new<span class="w-sr-only">'
        ' end of addition </span></ins><span class="te-chip">/b</span> plan'
    )
