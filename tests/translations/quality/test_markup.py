"""What stands between the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.quality import markup
from translations.quality.catalog import CHECKS
from translations.quality.pairs import Pair

MARKUP = [one for one in CHECKS if one.find.__module__ == markup.__name__]
NAME, COUNT, LINK = "{name}", "%(count)s", '<a id="a1">'


def missing(what: str, detail: str) -> tuple[str, str, str]:
    return f"{what}_missing", "error", detail


def unknown(what: str, detail: str) -> tuple[str, str, str]:
    return f"{what}_unknown", "error", detail


def markup_problems(source: str, text: str) -> list[tuple[str, str, str]]:
    pair = Pair.of(source, text, "en", "ko")
    return [(one.code, one.severity, detail) for one in MARKUP for detail in one.find(pair)]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Dear {name}", "친애하는 님께", [missing("placeholder", NAME)]),
        ("Dear {name}", "{이름} 님께", [missing("placeholder", NAME), unknown("placeholder", "{이름}")]),
        ("%(count)s cities", "도시 %(수)s곳", [missing("placeholder", COUNT), unknown("placeholder", "%(수)s")]),
        ("%s of %s", "%s 가운데", [missing("placeholder", "%s")]),
        ("Hello {{ user.name }}", "안녕하세요", [missing("placeholder", "{{ user.name }}")]),
        ("None", "없음 {x}", [unknown("placeholder", "{x}")]),
        ('See <a id="a1">this</a>', "이것을 보세요", [missing("link", LINK)]),
        ('See <a id="a1">this</a>', '<a id="a1">이</a> <a id="a1">것</a>', [unknown("link", LINK)]),
        ('See <a id="a1">this</a>', '<a id="a2">이것</a>', [missing("link", LINK), unknown("link", '<a id="a2">')]),
        ("See <b>this</b>", "<b>이것", [("tag_open", "error", "<b>")]),
        ("See <b>this</b>", "이것</b>", [("tag_open", "error", "</b>"), ("tag_missing", "warning", "<b>")]),
        ("See <b>this</b>", "이것", [("tag_missing", "warning", "<b>")]),
        ("See this", "<i>이것</i>", [("tag_added", "warning", "<i>")]),
        ("Before<br/>after", "전<br>후", []),
        ("Dear {name}, %(count)s", "%(count)s, {name} 님", []),
        ("Up 10% since 2012", "2012년 이후 10% 상승", []),
        ("100% renewable", "100%를 재생에너지로", []),
        ('<a id="a1">One</a> and <a id="a2">two</a>', '<a id="a2">둘</a>과 <a id="a1">하나</a>', []),
    ],
)  # fmt: skip
def test_markup_is_compared(source, text, found):
    assert markup_problems(source, text) == found


words = st.text(alphabet="ab ü水도が&<>{}%s(1", max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
piece = st.one_of(
    words,
    st.sampled_from(["{name}", "%(count)s", "%s", "{{ x }}", "<br/>", "&amp;"]),
    words.map(lambda text: f"<b>{text}</b>"),
    st.tuples(st.integers(1, 3), words).map(lambda pair: f'<a id="a{pair[0]}">{pair[1]}</a>'),
)


@given(st.lists(piece, max_size=6).map("".join))
def test_source_copied_with_its_markup_has_no_problem_of_markup(text):
    assert markup_problems(text, text) == []


@given(st.lists(piece, max_size=6))
def test_pieces_in_another_order_have_no_problem_of_markup(pieces):
    spaced = [f" {one} " for one in pieces]
    assert markup_problems("".join(spaced), "".join(reversed(spaced))) == []
