"""Geometry that several pictures share: fields and their contours, smooth curves, streams."""

import math
import random
from collections.abc import Callable, Iterator, Sequence

from demo.draw.canvas import HEIGHT, WIDTH, Point

Field = Callable[[float, float], float]


def hills(seed: int, count: int, spread: tuple[float, float] = (90, 260)) -> Field:
    """Return a smooth landscape of ``count`` hills and hollows, the same for the same seed."""
    dice = random.Random(seed)
    bumps = [
        (
            dice.uniform(-100, WIDTH + 100),
            dice.uniform(-100, HEIGHT + 100),
            dice.uniform(*spread),
            dice.choice((1, 1, 1, -0.7)) * dice.uniform(0.5, 1.1),
        )
        for _ in range(count)
    ]

    def height(x: float, y: float) -> float:
        return sum(h * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s)) for cx, cy, s, h in bumps)

    return height


def contours(field: Field, level: float, step: float = 8) -> Iterator[tuple[Point, Point]]:
    """Yield the short lines on which ``field`` has the value ``level`` (marching squares)."""
    columns, rows = int(WIDTH / step) + 2, int(HEIGHT / step) + 2
    grid = _grid(field, columns, rows, step)
    for j in range(rows - 1):
        for i in range(columns - 1):
            corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            crossings = []
            for (ai, aj), (bi, bj) in zip(corners, (*corners[1:], corners[0]), strict=True):
                a, b = grid[aj][ai], grid[bj][bi]
                if (a < level) != (b < level):
                    share = (level - a) / (b - a)
                    crossings.append(((ai + (bi - ai) * share) * step, (aj + (bj - aj) * share) * step))
            for number in range(0, len(crossings) - 1, 2):
                yield crossings[number], crossings[number + 1]


_grids: dict[tuple[int, float], list[list[float]]] = {}


def _grid(field: Field, columns: int, rows: int, step: float) -> list[list[float]]:
    key = (id(field), step)
    if key not in _grids:
        _grids.clear()  # one landscape at a time is looked at
        _grids[key] = [[field(i * step, j * step) for i in range(columns)] for j in range(rows)]
    return _grids[key]


def curve(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """Return a smooth line through ``points`` (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    found: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append(tuple(_spline(a[k], b[k], c[k], d[k], t) for k in (0, 1)))  # type: ignore[arg-type]
    return [*found, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def closed(centre: Point, radius: Callable[[float], float], squash: float = 1.0, steps: int = 180) -> list[Point]:
    """Return the closed line around ``centre`` whose distance from it is ``radius`` (of the angle in radians)."""
    x, y = centre
    turn = [math.tau * step / steps for step in range(steps + 1)]
    return [(x + radius(a) * math.cos(a), y + radius(a) * math.sin(a) * squash) for a in turn]


def wobble(seed: int, size: float, harmonics: int = 5) -> Callable[[float], float]:
    """Return a smooth periodic deviation of at most about ``size`` around a circle."""
    dice = random.Random(seed)
    parts = [(n, dice.uniform(0, math.tau), dice.uniform(0.3, 1) / n) for n in range(2, harmonics + 2)]
    return lambda angle: size * sum(weight * math.cos(n * angle + phase) for n, phase, weight in parts)


def arc(first: Point, last: Point, bend: float, steps: int = 60) -> list[Point]:
    """Return a curve from ``first`` to ``last`` that bends to the left by ``bend`` of its length."""
    (ax, ay), (bx, by) = first, last
    mx, my = (ax + bx) / 2 + (by - ay) * bend, (ay + by) / 2 - (bx - ax) * bend
    found = []
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        found.append((u * u * ax + 2 * u * t * mx + t * t * bx, u * u * ay + 2 * u * t * my + t * t * by))
    return found


def distance(point: Point, line: Sequence[Point]) -> float:
    """Return how far ``point`` is from the nearest corner of ``line``."""
    return min(math.dist(point, other) for other in line)


def turned(points: Sequence[Point], angle: float, centre: Point = (0, 0), move: Point = (0, 0)) -> list[Point]:
    """Return ``points`` turned by ``angle`` (radians) about ``centre`` and moved."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        (
            centre[0] + (x - centre[0]) * cos - (y - centre[1]) * sin + move[0],
            centre[1] + (x - centre[0]) * sin + (y - centre[1]) * cos + move[1],
        )
        for x, y in points
    ]
