import pytest

from search.folding import fold
from search.keyboard import compose, keystrokes, other_layouts


def test_every_syllable_is_composed_of_its_own_keystrokes():
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert [compose(keystrokes(syllable)) for syllable in syllables] == syllables


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        # As each further key changes what stands there: the final consonant leaves with the vowel that follows it.
        ("ㅅ", "ㅅ"), ("ㅅㅜ", "수"), ("ㅅㅜㅇ", "숭"), ("ㅅㅜㅇㅜ", "수우"), ("ㅅㅜㅇㅜㅓ", "수워"),
        ("ㅅㅜㅇㅜㅓㄴ", "수원"),
        ("ㄱㅏㅂㅅ", "값"), ("ㄱㅏㅂㅅㅣ", "갑시"), ("ㄱㅏㅂㅅㅅㅣ", "값시"),
        ("ㅇㅣㅆㅏ", "이싸"), ("ㅇㅣㅆㄷㅏ", "있다"),
        ("ㅇㅡㅣ", "의"), ("ㄸㅏㄸ", "따ㄸ"), ("ㅏㄱ", "ㅏㄱ"),
        ("ㅎㅗㅏㄴㄱㅕㅇ", "환경"), ("ㄷㅏㄹㄱㅇㅡㄹ", "닭을"), ("ㅋㅋㅋ", "ㅋㅋㅋ"),
    ],
)  # fmt: skip
def test_letters_are_composed_as_the_two_set_layout_does(typed, shown):
    assert compose(typed) == shown
    assert keystrokes(shown) == typed


def test_every_state_of_typing_is_a_beginning_of_the_word():
    word = keystrokes("생물다양성")
    states = [compose(word[:length]) for length in range(1, len(word) + 1)]
    assert all(word.startswith(keystrokes(state)) for state in states)
    # Folding makes conjoining letters of single ones; to a keyboard they are the same.
    assert [keystrokes(fold(state)) for state in states] == [keystrokes(state) for state in states]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("tndnjs", ("수원",)),
        ("TNDNJS", ("수원",)),
        ("todanfekdidtjd", ("생물다양성",)),
        ("ehtl ghksrud 2027", ("도시 환경 2027",)),
        ("Tkfrl", ("쌀기",)),
        ("ㅊㅑ쇼", ("city",)),
        ("ㅈㅁㅅㄷㄱ", ("water",)),
        ("해ㅁㅣㄴ", ("goals",)),
        ("ㅎㄱㄷ두 ㅊㅑ쇼", ("green city",)),
        ("수원 ㅈㅁㅅㄷㄱ", ("수원 water",)),
    ],
)
def test_words_of_the_other_layout_are_read(query, meant):
    assert other_layouts(query) == meant


@pytest.mark.parametrize(
    "query",
    [
        "",
        "…",
        "2027",
        "수원",
        "생물다양성 보전",
        "water",
        "the",
        "climate change",
        "CO2",
        "수원 tndnjs",
        "水原",
        "みず",
        "ㄱ",
        "ㄷㅜㅎ",
        "환경 ㅅ",
    ],
)
def test_words_that_make_sense_as_they_are_have_no_other_reading(query):
    assert other_layouts(query) == ()
