"""The trend as lines: coordinates for an SVG picture, drawn without a program in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from translations.coverage import Trend

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 96, 12, 28
PLOT_END, LABEL_X, TICK_X = WIDTH - RIGHT, WIDTH - RIGHT + 8, LEFT - 6
# Labels at the lines' ends keep this distance, so that they can be read.
_APART = 15
# Told apart without colours too: by the pattern of the line.
_DASHES = ("", "8 4", "2 4", "10 3 2 3")


@dataclass(frozen=True)
class Curve:
    """One language's line. ``parts`` are the ``points`` of polylines, one for each run of weeks without a gap."""

    label: str
    tag: str
    number: int
    dash: str
    parts: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    label_y: float


def x_of(index: int, weeks: int) -> float:
    """Return where a week is drawn."""
    return round(LEFT + index * (WIDTH - LEFT - RIGHT) / max(weeks - 1, 1), 1)


def y_of(percent: float) -> float:
    """Return where a percentage is drawn."""
    return round(TOP + (100 - percent) * (HEIGHT - TOP - BOTTOM) / 100, 1)


def curves(trends: Sequence[Trend]) -> list[Curve]:
    """Return the lines of languages that were counted at least once, with labels that do not cover each other."""
    drawn = []
    for number, trend in enumerate(trends):
        points = [
            (x_of(index, len(trend.percents)), y_of(percent)) if percent is not None else None
            for index, percent in enumerate(trend.percents)
        ]
        dots = tuple(point for point in points if point)
        if dots:
            drawn.append((number, trend, _parts(points), dots))
    labels = _spread([dots[-1][1] for _number, _trend, _parts_, dots in drawn])
    return [
        Curve(trend.language.label, trend.language.tag, number, _DASHES[number % len(_DASHES)], parts, dots, labels[i])
        for i, (number, trend, parts, dots) in enumerate(drawn)
    ]


def _parts(points: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    parts: list[list[str]] = [[]]
    for point in points:
        if point:
            parts[-1].append(f"{point[0]},{point[1]}")
        elif parts[-1]:
            parts.append([])
    return tuple(" ".join(part) for part in parts if len(part) > 1)


def _spread(wanted: Sequence[float]) -> list[float]:
    """Move labels down from the top until none covers another, and up again where the last would fall out."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    for before, i in zip(order, order[1:], strict=False):
        placed[i] = max(placed[i], placed[before] + _APART)
    if order and placed[order[-1]] > HEIGHT - BOTTOM:
        over = placed[order[-1]] - (HEIGHT - BOTTOM)
        placed = [y - over for y in placed]
    return placed
