"""A sheet of 1600 by 900 points to draw on, and the site's inks."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
# Drawn larger and reduced at the end, so that lines are smooth.
SCALE = 2

Point = tuple[float, float]
Ink = tuple[int, int, int]

DEEP: Ink = (12, 47, 44)
FOREST: Ink = (18, 61, 57)
TEAL: Ink = (11, 87, 80)
SEA: Ink = (58, 128, 120)
MINT: Ink = (134, 205, 191)
MIST: Ink = (206, 222, 214)
SAND: Ink = (241, 239, 231)
DUNE: Ink = (223, 214, 193)
CLAY: Ink = (166, 68, 26)
EMBER: Ink = (240, 162, 119)
INK: Ink = (20, 33, 31)


def mix(first: Ink, second: Ink, share: float) -> Ink:
    """Return ``first`` with ``share`` (0 to 1) of ``second``."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


class Canvas:
    """Lines and areas in the sheet's points, whatever the scale."""

    def __init__(self, ground: Ink):
        self.ground = ground
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, points: Sequence[Point], ink: Ink, width: float = 1.5) -> None:
        """Draw an open line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        self.draw.line(scaled, fill=ink, width=thick, joint="curve")
        if width >= 3:
            for x, y in (scaled[0], scaled[-1]):
                radius = thick / 2
                self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def segments(self, pairs: Iterable[tuple[Point, Point]], ink: Ink, width: float = 1.5) -> None:
        """Draw many short lines, as contours come."""
        thick = max(1, round(width * SCALE))
        for (ax, ay), (bx, by) in pairs:
            self.draw.line((ax * SCALE, ay * SCALE, bx * SCALE, by * SCALE), fill=ink, width=thick)

    def area(self, points: Sequence[Point], ink: Ink, opacity: float = 1.0) -> None:
        """Fill a polygon, letting what lies below shine through."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        if opacity >= 1:
            self.draw.polygon(scaled, fill=ink)
            return
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(scaled, fill=round(255 * opacity))
        self.image.paste(ink, (0, 0), mask)

    def dot(self, x: float, y: float, radius: float, ink: Ink, opacity: float = 1.0) -> None:
        """Fill a circle."""
        if opacity < 1:
            turn = [math.tau * step / 90 for step in range(90)]
            self.area([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turn], ink, opacity)
            return
        box = [(value) * SCALE for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(box, fill=ink)

    def ring(self, x: float, y: float, radius: float, ink: Ink, width: float = 1.5) -> None:
        """Draw a circle."""
        box = [(value) * SCALE for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(box, outline=ink, width=max(1, round(width * SCALE)))

    def box(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Fill an upright rectangle."""
        self.draw.rectangle([value * SCALE for value in (x, y, x + width, y + height)], fill=ink)

    def fade(self, top: Ink, bottom: Ink) -> None:
        """Fill the whole sheet with a gradient from ``top`` to ``bottom``."""
        height = self.image.height
        for row in range(height):
            self.draw.line((0, row, self.image.width, row), fill=mix(top, bottom, row / height))

    def save(self, path: Path) -> None:
        """Write the sheet at its true size."""
        reduced = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        reduced.save(path, "WEBP", quality=74, method=6)
