"""Leaves, species, people and their networks."""

import math
import random

from demo.draw.canvas import (
    CLAY,
    DEEP,
    DUNE,
    EMBER,
    FOREST,
    HEIGHT,
    MINT,
    MIST,
    SAND,
    SEA,
    TEAL,
    WIDTH,
    Canvas,
    Point,
    mix,
)
from demo.draw.shapes import arc, closed, contours, curve, hills, turned, wobble


def about() -> Canvas:
    """A ring of dots joined by many thin lines."""
    sheet = Canvas(DEEP)
    dice = random.Random(2)
    rings = [(130, 13), (245, 24), (360, 34)]
    points: list[Point] = []
    for radius, count in rings:
        for number in range(count):
            angle = math.tau * number / count + dice.uniform(-0.06, 0.06)
            reach = radius + dice.uniform(-16, 16)
            points.append((800 + reach * math.cos(angle) * 1.75, 450 + reach * math.sin(angle)))
    for number, first in enumerate(points):
        for last in points[number + 1 :]:
            far = math.dist(first, last)
            if far < 150 or dice.random() < 0.035:
                ink = mix(DEEP, DUNE, 0.6) if far < 150 else mix(DEEP, MINT, 0.55)
                sheet.line(arc(first, last, 0.1 if far < 150 else 0.24), ink, 1.4)
    for number, (x, y) in enumerate(points):
        warm = number % 14 == 3
        sheet.dot(x, y, 11 if warm else 6, EMBER if warm else MINT)
    return sheet


def iclei() -> Canvas:
    """Circles of five sizes in orderly rows."""
    sheet = Canvas(SAND)
    y = 92.0
    for row, (count, radius) in enumerate(((6, 74), (10, 50), (17, 30), (29, 17), (50, 9.5))):
        gap = (WIDTH - 160) / count
        y += radius
        for number in range(count):
            x = 80 + gap * (number + 0.5)
            if row < 3:
                for inner in range(4 - row):
                    sheet.ring(x, y, radius * (1 - inner * 0.24), mix(TEAL, MINT, row / 5 + inner * 0.12), 1.8)
            if (number * 7 + row * 3) % 11 == 4:
                sheet.dot(x, y, radius * 0.36 if row < 3 else radius, CLAY)
            elif row >= 3:
                sheet.dot(x, y, radius, mix(TEAL, SEA, 0.5) if row == 3 else mix(SEA, MINT, 0.45))
        y += radius + 88 - row * 9
    return sheet


def _leaf(
    sheet: Canvas, centre: Point, length: float, width: float, angle: float, inks: tuple, pairs: int = 15
) -> None:
    """Draw a leaf, its midrib turned by ``angle`` (radians); ``inks`` are fill, edge, veins, fine veins."""
    fill, edge, vein, fine = inks
    x0, y0 = centre

    def rim(t: float) -> float:
        return width * math.sin(math.pi * t**0.82) ** 0.9 if 0 < t < 1 else 0.0

    def place(t: float, share: float) -> Point:
        return (x0 + (t - 0.5) * length, y0 + share * rim(t))

    outline = [place(s / 80, -1) for s in range(81)] + [place(s / 80, 1) for s in range(80, -1, -1)]
    sheet.area(turned(outline, angle, centre), fill)
    for side in (-1, 1):
        for number in range(pairs):
            start = (number + 0.6) / (pairs + 1.2)
            end = min(0.985, start + 0.15 * (1 - start * 0.3))
            line = [place(start + (end - start) * s / 20, side * (s / 20) ** 0.9 * 0.97) for s in range(21)]
            sheet.line(turned(line, angle, centre), vein, 2.4)
            for branch in range(3, 19, 2):
                t = start + (end - start) * branch / 20
                share = (branch / 20) ** 0.9 * 0.97
                reach = 0.62 / (pairs + 1.2)
                ends = [
                    place(min(0.99, t + reach * s / 6), side * min(0.96, share * (1 - 0.05 * s / 6) + 0.012 * s))
                    for s in range(7)
                ]
                sheet.line(turned(ends, angle, centre), fine, 1.1)
    sheet.line(turned([place(s / 60, 0) for s in range(61)], angle, centre), edge, 4)
    sheet.line(turned(outline, angle, centre), edge, 2.4)


def scbd() -> Canvas:
    """The veins of a leaf, from the midrib to the finest branches."""
    sheet = Canvas(DEEP)
    _leaf(sheet, (820, 450), 1500, 350, -0.16, (FOREST, MINT, mix(FOREST, MINT, 0.75), mix(FOREST, MINT, 0.4)), 19)
    return sheet


def summit_2014() -> Canvas:
    """A leaf over the contour lines of mountains."""
    sheet = Canvas(DEEP)
    land = hills(61, 24, (80, 200))
    for number in range(20):
        sheet.segments(contours(land, -0.2 + number * 0.14), mix(DEEP, SEA, 0.5 + number * 0.03), 1.6)
    _leaf(sheet, (560, 480), 980, 235, -0.42, (FOREST, DUNE, MINT, mix(FOREST, MINT, 0.45)), 15)
    for number, (x, y) in enumerate(((1105, 330), (1215, 520), (1330, 250), (1400, 640), (1010, 700), (1250, 780))):
        sheet.dot(x, y, 8, EMBER if number % 3 == 0 else MINT)
        sheet.ring(x, y, 20, mix(DEEP, DUNE, 0.5), 1.4)
    return sheet


def iucn() -> Canvas:
    """The ranges of many species, overlapping."""
    sheet = Canvas(SAND)
    dice = random.Random(17)
    for number in range(15):
        x, y, radius = dice.uniform(200, 1400), dice.uniform(180, 720), dice.uniform(120, 250)
        rough = wobble(70 + number, radius * 0.28)
        shape = closed((x, y), lambda a, r=radius, w=rough: r + w(a), 0.86)
        ink = (TEAL, SEA, MINT, FOREST, EMBER)[number % 5] if number != 12 else CLAY
        sheet.area(shape, ink, 0.2 if ink is not EMBER else 0.26)
        sheet.line(shape, mix(ink, SAND, 0.2), 1.6)
    return sheet


def stockholm_resilience_centre() -> Canvas:
    """Two nested cycles that cross each other."""
    sheet = Canvas(SAND)
    for size, count, x0, inks in ((560, 30, 800, (TEAL, MIST)), (230, 16, 800, (CLAY, mix(EMBER, SAND, 0.5)))):
        for number in range(count):
            share = 1 - number / count * 0.46
            line = []
            for step in range(241):
                a = math.tau * step / 240
                line.append(
                    (
                        x0 + size * share * math.sin(a),
                        450 + size * 0.66 * share * math.sin(a) * math.cos(a) * (1.25 - 0.25 * math.cos(a)),
                    )
                )
            sheet.line(line, mix(inks[0], inks[1], number / count), 1.5)
    return sheet


def seminar_species() -> Canvas:
    """Signs of birds, leaves and insects in the squares of a grid, some of them empty."""
    sheet = Canvas(SAND)
    dice = random.Random(23)
    size = 116
    for row in range(8):
        for column in range(14):
            x, y = 46 + column * size, -14 + row * size
            sheet.line([(x, y), (x + size, y), (x + size, y + size)], mix(DUNE, SAND, 0.1), 1.4)
            cx, cy, kind = x + size / 2, y + size / 2, dice.randrange(6)
            ink = CLAY if dice.random() < 0.09 else mix(TEAL, SEA, dice.random() * 0.8)
            if kind == 0:
                _bird(sheet, cx, cy, ink)
            elif kind in (1, 4):
                _sprig(sheet, cx, cy, dice.uniform(-0.9, 0.9), ink)
            elif kind == 2:
                _insect(sheet, cx, cy, dice.uniform(-0.8, 0.8), ink)
    return sheet


def _bird(sheet: Canvas, x: float, y: float, ink: tuple) -> None:
    for side in (-1, 1):
        sheet.line(arc((x, y + 9), (x + side * 35, y + 1), 0.42 * side), ink, 3.4)
    sheet.dot(x, y + 10, 4.4, ink)


def _sprig(sheet: Canvas, x: float, y: float, angle: float, ink: tuple) -> None:
    half = [(x + 34 * math.cos(a) - 0, y + 15 * math.sin(a)) for a in [math.pi * s / 20 for s in range(21)]]
    lens = [(px, y + (py - y) * (1 if s < 21 else -1)) for s, (px, py) in enumerate([*half, *reversed(half)])]
    sheet.line(turned(lens, angle, (x, y)), ink, 2)
    sheet.line(turned([(x - 34, y), (x + 34, y)], angle, (x, y)), ink, 1.6)
    for step in (-18, -6, 6, 18):
        for side in (-1, 1):
            sheet.line(turned([(x + step, y), (x + step + 9, y + side * 9)], angle, (x, y)), ink, 1.2)


def _insect(sheet: Canvas, x: float, y: float, angle: float, ink: tuple) -> None:
    body = [(x + 15 * math.cos(math.tau * s / 40), y + 8 * math.sin(math.tau * s / 40)) for s in range(41)]
    sheet.area(turned(body, angle, (x, y)), ink)
    sheet.dot(*turned([(x + 19, y)], angle, (x, y))[0], 5, ink)
    for step in (-9, 0, 9):
        for side in (-1, 1):
            leg = [(x + step, y + side * 6), (x + step + 4, y + side * 17), (x + step - 3, y + side * 25)]
            sheet.line(turned(leg, angle, (x, y)), ink, 1.6)


def seminar_cool_streets() -> Canvas:
    """The shade of tree crowns along a street."""
    sheet = Canvas(DUNE)
    street = arc((-60, 800), (1660, 130), 0.1)
    sheet.line(street, mix(SAND, (255, 255, 255), 0.4), 150)
    sheet.line(street, mix(DUNE, CLAY, 0.25), 2)
    dice = random.Random(41)
    for row, (offset, count) in enumerate(((-128, 15), (124, 14), (-245, 12), (240, 12))):
        for number in range(count):
            step = round((number + 0.5) / count * 60)
            x, y = street[step]
            radius = dice.uniform(52, 92)
            x, y = x + dice.uniform(-16, 16) + offset * 0.3, y + offset + dice.uniform(-16, 16)
            sheet.dot(x + 22, y + 20, radius, DEEP, 0.24)
            sheet.dot(x, y, radius, (TEAL, SEA, FOREST, mix(SEA, MINT, 0.4))[(number + row) % 4], 0.62)
            for ring in range(1, 4):
                sheet.ring(x, y, radius * ring / 4, mix(TEAL, MINT, 0.5), 1)
    for step in (13, 29, 44):
        sheet.dot(*street[step], 9, CLAY)
    return sheet


def news_visits() -> Canvas:
    """A winding path through a plan of streets, with five stops."""
    sheet = Canvas(SAND)
    dice = random.Random(77)
    for row in range(9):
        for column in range(13):
            x, y = 30 + column * 122 + (row % 2) * 26 - 30, 16 + row * 100
            width, height = dice.uniform(80, 106), dice.uniform(62, 84)
            block = turned(
                [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], -0.06, (WIDTH / 2, HEIGHT / 2)
            )
            sheet.area(block, mix(SAND, DUNE, dice.uniform(0.35, 1)))
            if dice.random() < 0.16:
                sheet.area(block, mix(MINT, MIST, 0.6))
    from_to = [
        (90, 790),
        (330, 640),
        (520, 720),
        (700, 520),
        (640, 330),
        (880, 220),
        (1090, 380),
        (1240, 560),
        (1440, 470),
        (1500, 170),
    ]
    path = curve(from_to)
    sheet.line(path, SAND, 20)
    sheet.line(path, TEAL, 7)
    for number, (x, y) in enumerate((from_to[0], from_to[3], from_to[5], from_to[7], from_to[9])):
        sheet.dot(x, y, 23, SAND)
        sheet.dot(x, y, 17, CLAY if number == 4 else TEAL)
        sheet.dot(x, y, 7, SAND)
    return sheet
