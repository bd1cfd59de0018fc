import pytest

from search.snippets import MARK_END, MARK_START, Part, excerpt, marked_at, parse, plain, text_of, without_marks


def test_parse_reads_marks():
    assert parse(f"a {MARK_START}b{MARK_END} c") == (Part("a "), Part("b", True), Part(" c"))
    assert parse(f"{MARK_START}a{MARK_END}{MARK_START}b{MARK_END}") == (Part("ab", True),)
    assert parse("") == ()


def test_plain_has_no_marks():
    assert plain("a") == (Part("a"),)
    assert plain("") == ()


def test_without_marks_drops_marks_and_halves_of_characters():
    assert without_marks(f"a{MARK_START}b{MARK_END}\ud800c𠮷") == "abc𠮷"


def test_marked_at_marks_spans():
    assert marked_at("abcdef", [(0, 1), (3, 5)]) == (Part("a", True), Part("bc"), Part("de", True), Part("f"))


def test_excerpt_shows_short_text_whole():
    assert text_of(excerpt("short", [(0, 5)], 100)) == "short"


def test_excerpt_shows_where_most_matches_are():
    text = "word " * 100 + "river " * 5 + "word " * 100
    spans = [(5, 9), *((500 + 6 * number, 505 + 6 * number) for number in range(5))]
    shown = excerpt(text, spans, 100)
    assert [part.text for part in shown if part.marked] == ["river"] * 5
    assert text_of(shown).startswith("… word")
    assert text_of(shown).endswith(" …")
    assert len(text_of(shown)) <= 104


@pytest.mark.parametrize("filler", ["環境", "👩‍👩‍👧‍👦", "e\u0301", "🇰🇷", "\u1112\u1161\u11ab", "👍🏽"])
def test_excerpt_never_cuts_a_character(filler):
    text = filler * 80 + "X" + filler * 80
    at = text.index("X")
    for length in range(20, 40):
        shown = text_of(excerpt(text, [(at, at + 1)], length)).strip("… ")
        before, after = shown.split("X")
        assert before == "" or (filler * 80).endswith(before)
        assert not before or before[0] == filler[0] or filler == "環境" or filler == "🇰🇷"
        assert not after or (filler * 80).startswith(after)
        assert after == "" or after.endswith(filler[-1]) or filler in ("環境", "🇰🇷")


def test_excerpt_without_matches_is_the_beginning():
    assert text_of(excerpt("abc " * 100, [], 40)).startswith("abc abc")


def test_excerpt_reaches_the_end_of_a_text_whose_last_words_are_marked():
    text = "The river was clean again. " * 40 + "Bring sturdy shoes."
    found = excerpt(text, [(len(text) - 13, len(text) - 7), (len(text) - 6, len(text) - 1)], 180)
    assert [part.text for part in found if part.marked] == ["sturdy", "shoes"]
    assert text_of(found).endswith("shoes.")
