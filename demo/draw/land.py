"""Coasts, mountains, water and wind."""

import math
import random

from demo.draw.canvas import CLAY, DEEP, DUNE, EMBER, FOREST, HEIGHT, MINT, MIST, SAND, SEA, TEAL, WIDTH, Canvas, mix
from demo.draw.shapes import arc, closed, contours, curve, hills, wobble


def home() -> Canvas:
    """A coast in contours, and routes that join settlements across the sea."""
    sheet = Canvas(DEEP)
    land = hills(11, 22, (110, 250))
    for number in range(22):
        level = 0.28 + number * 0.075
        sheet.segments(contours(land, level), mix(FOREST, MINT, 0.3 + number * 0.026), 1.6 if number else 2.6)
    towns = [(215, 230), (480, 640), (790, 300), (1060, 690), (1330, 250), (1440, 600), (640, 120), (120, 720)]
    for first, last, bend in ((0, 2, 0.2), (1, 2, -0.16), (2, 4, 0.18), (3, 4, -0.2), (3, 5, 0.25), (1, 3, -0.14)):
        sheet.line(arc(towns[first], towns[last], bend), DUNE, 1.6)
    for first, last, bend in ((6, 2, 0.2), (7, 1, 0.2), (0, 7, 0.16)):
        sheet.line(arc(towns[first], towns[last], bend), DUNE, 1.6)
    for x, y in towns:
        sheet.dot(x, y, 11, DEEP)
        sheet.dot(x, y, 6, EMBER)
    return sheet


def gangwon() -> Canvas:
    """Ridges that run from north to south, the sea on their right."""
    sheet = Canvas(SAND)
    dice = random.Random(4)
    peaks = [
        (dice.uniform(60, 840), dice.uniform(120, 1000), dice.uniform(40, 110), dice.uniform(20, 62)) for _ in range(34)
    ]
    for number in range(40):
        x = 60 + number * 27
        line = []
        for y in range(-20, HEIGHT + 40, 8):
            push = sum(
                h * math.exp(-((y - py) ** 2) / (2 * s * s) - ((x - px) ** 2) / (2 * 150**2)) for py, px, s, h in peaks
            )
            line.append((x + push * 1.25 - 20, y))
        sheet.area(
            [(-10, -20), *line, (-10, HEIGHT + 40)] if not number else [*line, (x + 400, HEIGHT + 40), (x + 400, -20)],
            SAND,
        )
        sheet.line(line, CLAY if number == 21 else mix(TEAL, MIST, abs(number - 21) / 34), 2.6 if number == 21 else 1.7)
    for number in range(11):
        x = 1185 + number * 42
        line = [(x + 9 * math.sin(y / 46 + number * 0.9), y) for y in range(-20, HEIGHT + 30, 8)]
        sheet.line(line, mix(SEA, MIST, number / 13), 1.5)
    return sheet


def pyeongchang() -> Canvas:
    """A high valley in contours, one height in a warm colour."""
    sheet = Canvas(SAND)
    land = hills(29, 26, (90, 210))
    for number in range(26):
        level = -0.5 + number * 0.12
        warm = number == 12
        sheet.segments(contours(land, level), CLAY if warm else mix(MIST, TEAL, number / 26), 3.2 if warm else 1.3)
    return sheet


def jeju() -> Canvas:
    """An oval island that rises to a crater, with wind across it."""
    sheet = Canvas(TEAL)
    rough = wobble(3, 20, 7)
    for number in range(19):
        share = 1 - number / 19
        line = closed((810, 470), lambda a, s=share: (560 * s + rough(a) * s) + 6 * (1 - s) * math.sin(5 * a), 0.52)
        if number == 0:
            sheet.area(line, FOREST)
        sheet.line(line, mix(FOREST, MINT, 0.25 + number * 0.036), 1.5)
    sheet.line(closed((810, 470), lambda a: 22, 0.6), EMBER, 4)
    for number in range(26):
        y0 = -60 + number * 40
        line = []
        for x in range(-20, WIDTH + 30, 14):
            dx, dy = (x - 810) / 620, (y0 - 470) / 330
            lift = 74 * math.exp(-(dx * dx + dy * dy) * 1.3) * (1 if y0 > 470 else -1)
            line.append((x, y0 + lift + 8 * math.sin(x / 170 + number)))
        for start in range(number % 3, len(line) - 8, 11):
            sheet.line(line[start : start + 8], mix(TEAL, MIST, 0.55), 1.3)
    return sheet


def news_east_asia() -> Canvas:
    """Five groups of towns along a coast, joined to one in the middle."""
    sheet = Canvas(DEEP)
    coast = curve(
        [(980, -40), (900, 120), (1010, 260), (900, 380), (760, 430), (800, 560), (690, 700), (520, 780), (420, 960)]
    )
    for number in range(16):
        sheet.line(
            [(x + number * 17 * 0.9, y + number * 6) for x, y in coast], mix(FOREST, SEA, 0.75 - number * 0.045), 1.3
        )
    middle = (905, 410)
    dice = random.Random(8)
    for cx, cy, count in ((300, 180, 16), (520, 520, 20), (1260, 660, 15), (690, 170, 12), (1290, 250, 12)):
        for _ in range(count):
            x, y = dice.gauss(cx, 62), dice.gauss(cy, 46)
            sheet.line(arc((x, y), middle, 0.12), mix(DEEP, DUNE, 0.36), 1)
            sheet.dot(x, y, 4.5, MINT)
    sheet.dot(*middle, 20, DEEP)
    sheet.dot(*middle, 12, EMBER)
    return sheet


def news_summit_closes() -> Canvas:
    """Ridges one behind another, and a line of birds."""
    sheet = Canvas(SAND)
    sheet.fade(SAND, mix(SAND, DUNE, 0.9))
    sheet.dot(1180, 250, 92, mix(EMBER, SAND, 0.45))
    for number in range(8):
        dice = random.Random(50 + number)
        waves = [(dice.uniform(60, 420), dice.uniform(0, 7), dice.uniform(0.4, 1)) for _ in range(9)]
        base, size = 300 + number * 78, 36 + number * 6
        line = [
            (x, base - size * sum(w * math.sin(x / length + phase) * length / 260 for length, phase, w in waves))
            for x in range(-10, WIDTH + 20, 6)
        ]
        sheet.area([*line, (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)], mix(MIST, DEEP, 0.06 + number * 0.128))
    for number in range(11):
        x, y = 420 + number * 46, 168 - abs(number - 3) * 13 + (number % 2) * 3
        sheet.line(curve([(x - 15, y - 7), (x - 6, y - 9), (x, y), (x + 6, y - 9), (x + 15, y - 7)], 8), DEEP, 2.2)
    return sheet


def summit_coming() -> Canvas:
    """Waves that run around an island from two sides and meet."""
    sheet = Canvas(DEEP)
    x0, y0 = 840, 455
    island = wobble(21, 14, 6)
    for number in range(58):
        y = -60 + number * 17.5
        line = []
        for x in range(-20, WIDTH + 30, 6):
            dx, dy = x - x0, y - y0
            away = math.hypot(dx / 1.5, dy)
            push = 92 * math.exp(-((away / 190) ** 2)) * (1 if dy >= 0 else -1)
            lee = max(0.0, dx) / 700
            swell = 7 * math.sin(x / 58 - number * 0.55) * (1 - 0.5 * lee)
            cross = 9 * lee * math.sin(dx / 44 + abs(dy) / 16)
            line.append((x, y + push + swell + cross))
        sheet.line(
            line, mix(SEA, MINT, 0.5 + 0.5 * math.sin(number * 0.37)) if number % 9 else mix(MINT, SAND, 0.5), 1.4
        )
    sheet.area(closed((x0, y0), lambda a: 118 + island(a), 0.68), FOREST)
    for number in range(7):
        sheet.line(
            closed((x0, y0), lambda a, s=1 - number / 7: (118 + island(a)) * s, 0.68),
            EMBER if number == 6 else MIST,
            1.8,
        )
    return sheet


def copenhagen_cloudburst() -> Canvas:
    """Slanting rain over a square, and water that runs in rings to a planted hollow."""
    sheet = Canvas(DEEP)
    sheet.fade(FOREST, DEEP)
    hollow = (980, 650)
    for number in range(15):
        sheet.line(
            closed(hollow, lambda a, r=60 + number * 52: r, 0.36), mix(MINT, DEEP, number / 16), 2.2 - number * 0.08
        )
    dice = random.Random(31)
    for _ in range(420):
        x, y, length = dice.uniform(-100, WIDTH + 200), dice.uniform(-60, 620), dice.uniform(30, 110)
        fall = 1 - max(0, y) / 760
        sheet.line([(x, y), (x - length * 0.32, y + length)], mix(DEEP, MIST, 0.2 + 0.55 * fall * dice.random()), 1.3)
    for number in range(19):
        angle = -math.pi / 2 + (number - 9) * 0.115
        reach = 78 + 62 * math.cos((number - 9) * 0.17) + (number % 3) * 16
        tip = (hollow[0] + math.cos(angle) * reach * 1.3, hollow[1] + math.sin(angle) * reach)
        sheet.line(arc(hollow, tip, 0.14 if number > 9 else -0.14), EMBER if number % 6 == 3 else MINT, 3.2)
    return sheet


def kitakyushu() -> Canvas:
    """A harbour inlet with straight quays; its water becomes calm towards the sea."""
    sheet = Canvas(SAND)
    shore = [
        (-20, 250),
        (240, 250),
        (240, 330),
        (470, 330),
        (470, 210),
        (720, 210),
        (720, 380),
        (980, 380),
        (980, 290),
        (1240, 290),
        (1240, 180),
        (1640, 180),
    ]
    south = [
        (1640, 720),
        (1330, 720),
        (1330, 650),
        (1080, 650),
        (1080, 760),
        (790, 760),
        (790, 640),
        (520, 640),
        (520, 730),
        (210, 730),
        (210, 620),
        (-20, 620),
    ]
    sheet.area([*shore, *south], TEAL)
    for number in range(34):
        y = 165 + number * 18
        points = []
        for x in range(-20, 1640, 5):
            rough = max(0.0, 1 - x / 1250)
            points.append(
                (
                    x,
                    y
                    + rough * (8 * math.sin(x / 19 + number * 1.3) + 5 * math.sin(x / 8.5 + number * 2.1))
                    + 2 * math.sin(x / 90 + number),
                )
            )
        sheet.line(points, mix(SEA, MINT, 0.25 + 0.75 * number / 34), 1.4)
    sheet.area([(-20, -20), (1640, -20), *reversed(shore)], SAND)
    sheet.area([*south, (-20, 920), (1640, 920)], SAND)
    for quay in (shore, south):
        sheet.line(quay, DEEP, 4)
    dice = random.Random(9)
    for band, low, high in ((-1, 20, 150), (1, 775, 880)):
        for number in range(44):
            x, w, h = 20 + number * 36, dice.choice((18, 26, 30)), dice.uniform(24, 84)
            y = high - h if band < 0 else low
            sheet.box(x, y, w, h, mix(DUNE, SEA, dice.uniform(0.05, 0.55)))
    for x in (330, 860, 1130):
        sheet.box(x, 96, 13, 54, CLAY)
    return sheet


def ulaanbaatar_air() -> Canvas:
    """Isobars over a valley, and small round dwellings at its foot."""
    sheet = Canvas(SAND)
    sheet.fade(mix(DUNE, SAND, 0.2), SAND)
    for number in range(24):
        base = 150 + number * 21
        line = []
        for x in range(-20, WIDTH + 30, 10):
            sag = 150 * math.exp(-(((x - 800) / 420) ** 2)) * (1 - number / 30)
            line.append((x, base + sag + 10 * math.sin(x / 130 + number * 0.4)))
        sheet.line(line, CLAY if number == 15 else mix(MIST, TEAL, number / 26), 2.8 if number == 15 else 1.5)
    left = curve([(-20, 430), (180, 500), (330, 640), (480, 720), (520, 930)])
    right = curve([(1620, 380), (1420, 470), (1290, 610), (1130, 710), (1080, 930)])
    sheet.area([(-20, 930), *left], FOREST)
    sheet.area([*right, (1620, 930)], DEEP)
    dice = random.Random(12)
    for row in range(5):
        for number in range(13 + row * 2):
            x = 800 + (number - (12 + row * 2) / 2) * 50 + dice.uniform(-12, 12)
            y, size = 712 + row * 42 + dice.uniform(-7, 7), 11 + row * 1.6
            if 505 - row * 6 < x < 1100 + row * 4:
                roof = [
                    (x - size, y),
                    (x - size * 0.28, y - size * 0.62),
                    (x + size * 0.28, y - size * 0.62),
                    (x + size, y),
                ]
                sheet.area(
                    [(x - size, y), *roof, (x + size, y), (x + size, y + size * 0.7), (x - size, y + size * 0.7)],
                    mix(TEAL, DEEP, row / 6),
                )
                sheet.area(roof, SAND)
                sheet.line(roof, mix(TEAL, DEEP, row / 6), 1.4)
                if dice.random() < 0.13:
                    sheet.dot(x, y + size * 0.36, 2.6, EMBER)
    return sheet


def jeju_wind() -> Canvas:
    """Rotors along the coast of an island."""
    sheet = Canvas(DEEP)
    rough = wobble(3, 20, 7)
    coast = closed((800, 1120), lambda a: 900 + rough(a) * 2.4, 0.62)
    for number in range(12):
        sheet.line([(x, y - 300 + number * 30 + 90) for x, y in coast], mix(DEEP, SEA, 0.85 - number * 0.06), 1.4)
    sheet.area(coast, FOREST)
    for number in range(9):
        sheet.line(
            closed((800, 1120), lambda a, s=1 - number * 0.055: (900 + rough(a) * 2.4) * s, 0.62),
            mix(FOREST, MINT, 0.6 - number * 0.05),
            1.4,
        )
    for number, (x, radius) in enumerate(((190, 84), (420, 104), (670, 128), (960, 128), (1215, 104), (1440, 82))):
        y = 330 - radius * 0.55 + abs(x - 800) * 0.12
        sheet.line([(x, y), (x, y + radius * 2.5)], DUNE, 3)
        for ring in (1, 0.76, 0.52):
            sheet.ring(x, y, radius * ring, mix(DEEP, MINT, 0.5 if ring == 1 else 0.3), 1.6)
        for blade in range(3):
            angle = number * 0.55 + blade * math.tau / 3
            tip = (x + radius * math.cos(angle), y + radius * math.sin(angle))
            sheet.line([(x, y), tip], EMBER if number == 2 else SAND, 4.2)
        sheet.dot(x, y, 6, SAND)
    return sheet
