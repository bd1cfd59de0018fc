"""The colours of static/css/tokens.css can be told apart, in light and in dark (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()

# Text on what it stands on: 4.5 to 1. The other pairs are lines and marks that carry meaning: 3 to 1.
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "brand", "accent") for ground in ("ground", "surface", "sunken")),
    ("brand-strong", "brand-ground"),
    ("ink", "brand-ground"),
    ("ink", "accent-ground"),
    ("ink", "warn-ground"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("good", "good-ground"),
    ("warn", "warn-ground"),
    ("bad", "bad-ground"),
    ("bad", "sunken"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-deep", "deep-raised"),
    ("on-deep-soft", "deep-raised"),
]
MARKS = [("focus", "ground"), ("focus", "surface"), ("deep-accent", "deep"), ("line-strong", "surface")]


def colour(name: str, dark: bool) -> tuple[float, float, float]:
    both = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\);", TOKENS)
    value = both[2 if dark else 1] if both else re.search(rf"--{name}: (#\w+);", TOKENS)[1]
    return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(rgb: tuple[float, float, float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, dark: bool) -> float:
    lighter, darker = sorted((luminance(colour(name, dark)) for name in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink, ground, dark):
    assert contrast(ink, ground, dark) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_mark_can_be_seen(mark, ground, dark):
    assert contrast(mark, ground, dark) >= 3
