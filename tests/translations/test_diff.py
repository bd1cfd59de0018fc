import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.diff import difference, tokens


def _said(old, new):
    signs = {"equal": "{}", "insert": "[+{}+]", "delete": "[-{}-]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Water is shared.", "Water is shared.", "Water is shared."),
        ("Water is shared.", "Water is widely shared.", "Water is [+widely +]shared."),
        ("See the plan.", "See our plan now.", "See [-the-][+our+] plan[+ now+]."),
        ("The old green plan", "The new red plan", "The [-old green-][+new red+] plan"),
        ("the city's plan", "the cities plan", "the [-city's-][+cities+] plan"),
        ("水資源共享計畫", "水資源分享計劃書", "水資源[-共-][+分+]享計[-畫-][+劃書+]"),
        ("도시의 계획을 봅니다", "도시의 새 계획을 봅니다", "도시의[+ 새+] 계획을 봅니다"),
        ("see <b>it</b>", 'see <a id="a1">it</a>', 'see [-<b>-][+<a id="a1">+]it[-</b>-][+</a>+]'),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
    ],
)
def test_difference_says_what_changed(old, new, said):
    assert _said(old, new) == said


def test_difference_takes_composed_and_decomposed_kana_for_the_same():
    assert _said("がぎ", "か\u3099ぎ") == "がぎ"


@given(st.text(max_size=60))
def test_tokens_lose_nothing(text):
    assert "".join(tokens(text)) == text


@given(st.text("ab 水源<>/", max_size=30), st.text("ab 水源<>/", max_size=30))
def test_difference_holds_both_texts(old, new):
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "insert") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "delete") == new
