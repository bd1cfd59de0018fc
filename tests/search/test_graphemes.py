from hypothesis import given, settings
from hypothesis import strategies as st

from search.graphemes import boundary_after, boundary_before, joins, without_loose_start
from search.snippets import MARK_END, MARK_START, excerpt, marked_at, parse, text_of

# What a reader takes for one character each; none of them unites with another.
CHARACTERS = [
    "a", "Z", " ", ".", "é", "e\u0301", "o\u0302\u0323", "한", "\u1112\u1161\u11ab", "\u1100\u1161", "가\u11a8",
    "環", "か\u3099", "ﾊ\uff9e", "𠮷", "葛\U000e0100", "👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "1️⃣", "🇰🇷", "🇯🇵",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "क्षि", "நி", "ก็", "\r\n",
]  # fmt: skip
texts = st.lists(st.sampled_from(CHARACTERS), max_size=60)


def boundaries(characters: list[str]) -> set[int]:
    positions, length = {0}, 0
    for character in characters:
        length += len(character)
        positions.add(length)
    return positions


@settings(deadline=None)
@given(texts)
def test_text_may_be_cut_between_characters_only(characters):
    text, cuts = "".join(characters), boundaries(characters)
    assert {position for position in range(len(text) + 1) if not joins(text, position)} == cuts


@settings(deadline=None)
@given(texts, st.data())
def test_nearest_boundaries_lie_around_the_position(characters, data):
    text, cuts = "".join(characters), boundaries(characters)
    position = data.draw(st.integers(0, len(text)))
    assert boundary_before(text, position) == max(cut for cut in cuts if cut <= position)
    assert boundary_after(text, position) == min(cut for cut in cuts if cut >= position)


@settings(deadline=None)
@given(texts, st.data())
def test_marks_hold_whole_characters(characters, data):
    text, cuts = "".join(characters), boundaries(characters)
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    marked = (
        "".join(
            f"{text[after:start]}{MARK_START}{text[start:end]}{MARK_END}"
            for (start, end), after in zip(spans, [0, *(end for _, end in spans)], strict=False)
        )
        + text[spans[-1][1] if spans else 0 :]
    )
    for snippet in (marked_at(text, spans), parse(marked)):
        assert text_of(snippet) == text or text_of(snippet) == without_loose_start(text)
        position = len(text) - len(text_of(snippet))
        for part in snippet:
            position += len(part.text)
            assert position in cuts
    asked = {place for start, end in spans for place in range(start, end)}
    position, shown = 0, set()
    for part in marked_at(text, spans):
        shown |= set(range(position, position + len(part.text))) if part.marked else set()
        position += len(part.text)
    assert asked <= shown


@settings(deadline=None)
@given(texts, st.data(), st.integers(1, 80))
def test_excerpt_holds_whole_characters(characters, data, length):
    text, cuts = "".join(characters), boundaries(characters)
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(start, len(text)))
    shown = text_of(excerpt(text, [(start, end)] if end > start else [], length))
    shown.encode("utf-8")
    shown = shown.removeprefix("… ") if len(text) > length else shown
    shown = shown.removesuffix(" …") if len(text) > length else shown
    assert any(text[first:].startswith(shown) and first + len(shown) in cuts for first in cuts)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_shown_whole_or_in_part(text):
    assert text_of(marked_at(text, [(0, len(text))] if text else [])) == text
    assert all(part.text for part in excerpt(text, [], 20))


def test_marks_without_their_character_are_dropped():
    assert without_loose_start("\u0301\u200dab") == "ab"
    assert text_of(parse(f"\u0301a{MARK_START}b{MARK_END}")) == "ab"
