"""Texts as wagtail-localize keeps them, made up by hypothesis; and a part to put them in."""

import datetime

from hypothesis import strategies as st

from translations.exchange.inline import canonical, escape
from translations.exchange.units import Former, Part, State, Unit

NOW = datetime.datetime(2026, 11, 25, 8, 30, 1, 250_000, tzinfo=datetime.UTC)
UUID = "4b5ad1c2-6f6e-4f68-9c3f-9b0f6ac5a001"

# Everything that a field can hold: no half characters, no NUL, which PostgreSQL refuses.
ANYTHING = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
AWKWARD = st.sampled_from(
    [
        "&",
        "<",
        ">",
        '"',
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\\n",
        "&amp;",
        "%(name)s",
        "{name}",
        "\u00a0",
        "\u2028",
        "\x0b",
    ]
    + [
        "\u200f",
        "\u202b",
        "العربية",
        "물은 함께",
        "水は皆の",
        "水資源",
        "水资源",
        "👩🏽‍🌾",
        "🇰🇷",
        "  ",
        "]]>",
        "--",
        "\ufffe",
        "\x85",
    ]
)
WORDS = st.lists(AWKWARD | st.text(ANYTHING, max_size=8), max_size=5).map("".join)
TAGS = st.sampled_from(["b", "i", "em", "strong", "code", "abbr", 'a id="a1"', 'a id="a2"', "a"])


def _element(children):
    return st.builds(lambda tag, inner: f"<{tag}>{inner}</{tag.split()[0]}>", TAGS, children)


HTML = st.recursive(
    WORDS.map(escape) | st.just("<br/>"),
    lambda children: _element(children) | st.lists(children, max_size=4).map("".join),
    max_leaves=10,
).map(canonical)
SOURCES = HTML.filter(lambda html: html.strip())


def part(*units: Unit, target: str = "ko") -> Part:
    return Part(UUID, "Water & <rain>", "/home/water/", "en", target, NOW, units)


def unit(source: str, target: str = "", state: State | None = None, **kwargs) -> Unit:
    kwargs.setdefault("path", "body.8a2e.text")
    return Unit(source=source, target=target, state=state or (State.TRANSLATED if target else State.EMPTY), **kwargs)


def former(source: str, target: str) -> Former:
    return Former(source, target)
