"""Streets, roofs, rails and wheels."""

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
    Ink,
    Point,
    mix,
)
from demo.draw.shapes import arc, closed, curve, distance, turned, wobble


def suwon() -> Canvas:
    """The outline of a walled town, its gates joined by a ring path."""
    sheet = Canvas(SAND)
    centre, rough = (800, 455), wobble(6, 34, 5)

    def wall(share: float) -> list[Point]:
        return closed(centre, lambda a: (345 + rough(a)) * share, 0.92)

    for number in range(12):
        sheet.line([(x * 1.0, y) for x, y in wall(1.16 + number * 0.13)], mix(DUNE, SAND, number / 13), 1.6)
    sheet.area(wall(1), mix(MIST, SAND, 0.45))
    for number in range(9):
        sheet.line(wall(0.9 - number * 0.095), mix(SEA, MIST, number / 11), 1.4)
    gates = [wall(1)[index] for index in (8, 52, 97, 141)]
    for gate in gates:
        sheet.line(arc(gate, centre, 0.12), TEAL, 3)
        sheet.line(
            [gate, (centre[0] + (gate[0] - centre[0]) * 2.7, centre[1] + (gate[1] - centre[1]) * 2.7)],
            mix(TEAL, MIST, 0.4),
            2,
        )
    sheet.line(wall(1), DEEP, 9)
    for index in range(0, 180, 9):
        sheet.dot(*wall(1)[index], 9, DEEP)
    sheet.line(wall(0.62), CLAY, 3.4)
    for x, y in gates:
        sheet.box(x - 21, y - 21, 42, 42, DEEP)
        sheet.box(x - 11, y - 11, 22, 22, EMBER)
    return sheet


def _rows_of_roofs(
    sheet: Canvas, dice: random.Random, angle: float, inks: tuple, step: Point = (132, 92)
) -> list[list[Point]]:
    """Draw rows of long roofs turned by ``angle``, light on the side of the sun; return their outlines."""
    light, dark = inks
    roofs = []
    for row in range(-4, 15):
        for column in range(-3, 15):
            width, height = step[0] * dice.uniform(0.68, 0.86), step[1] * 0.42
            x, y = column * step[0] + (row % 2) * 34, row * step[1]
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            middle = [(x, y + height * 0.42), (x + width, y + height * 0.42)]
            corners, middle = turned(corners, angle, (800, 450)), turned(middle, angle, (800, 450))
            roofs.append(corners)
            sheet.area(corners, light)
            sheet.area([corners[0], corners[1], middle[1], middle[0]], dark)
    return roofs


def freiburg() -> Canvas:
    """Straight rows of roofs turned to the sun, beside a curved tram line."""
    sheet = Canvas(mix(SAND, MIST, 0.35))
    dice = random.Random(14)
    for number in range(16):
        sheet.line(
            turned([(-300, number * 92 + 62), (1900, number * 92 + 62)], -0.2, (800, 450)), mix(MINT, MIST, 0.5), 17
        )
    _rows_of_roofs(sheet, dice, -0.2, (DUNE, SEA))
    tram = curve([(-40, 860), (360, 700), (700, 640), (980, 500), (1180, 260), (1270, -40)])
    sheet.line(tram, mix(SAND, MIST, 0.35), 62)
    for side in (-9, 9):
        sheet.line([(x + side * 0.6, y + side) for x, y in tram], CLAY, 3)
    for step in range(4, len(tram), 6):
        x, y = tram[step]
        sheet.line([(x - 9, y - 13), (x + 9, y + 13)], mix(CLAY, SAND, 0.45), 2)
    return sheet


def freiburg_vauban() -> Canvas:
    """A plan: rows of houses between green strips, with the tram line beside them."""
    sheet = Canvas(DEEP)
    dice = random.Random(19)
    angle = 0.12
    for column in range(9):
        x = 70 + column * 172
        strip = turned([(x + 102, 60), (x + 150, 60), (x + 150, 640), (x + 102, 640)], angle, (800, 450))
        sheet.area(strip, FOREST)
        for row in range(7):
            y = 66 + row * 83
            width, height = 78 + dice.uniform(-8, 8), dice.choice((44, 58, 58, 66))
            house = turned([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], angle, (800, 450))
            sheet.area(house, SAND if (row + column) % 5 else MINT)
            sheet.line(
                turned([(x + width * 0.45, y), (x + width * 0.45, y + height)], angle, (800, 450)),
                mix(SAND, SEA, 0.5),
                1.6,
            )
        for _ in range(13):
            tree = turned([(x + dice.uniform(106, 146), dice.uniform(70, 632))], angle, (800, 450))[0]
            sheet.dot(*tree, dice.uniform(7, 13), mix(SEA, MINT, dice.random() * 0.6))
    line = turned([(-200, 706), (1900, 706)], angle, (800, 450))
    for offset in (0, 16):
        sheet.line([(x, y + offset) for x, y in line], EMBER, 4)
    for number in range(60):
        tie = turned([(-180 + number * 34, 698), (-180 + number * 34, 730)], angle, (800, 450))
        sheet.line(tie, mix(EMBER, DEEP, 0.5), 2)
    stream = curve([(-40, 720), (300, 800), (620, 806), (980, 868), (1320, 900), (1660, 930)])
    for number in range(4):
        sheet.line([(x, y + number * 11) for x, y in stream], mix(MINT, DEEP, number / 5), 2.2)
    return sheet


def curitiba() -> Canvas:
    """Five broad lines that meet in the middle of a city of small blocks."""
    sheet = Canvas(SAND)
    dice = random.Random(5)
    middle = (790, 470)
    ends = [(-60, 210), (520, 980), (1660, 820), (1400, -60), (560, -60)]
    axes = [arc(end, middle, bend, 80) for end, bend in zip(ends, (0.08, -0.1, 0.1, -0.07, 0.05), strict=True)]
    for row in range(31):
        for column in range(54):
            x, y = column * 30 + 6, row * 30 + 4
            near = min(distance((x + 11, y + 11), axis) for axis in axes)
            if near < 25:
                continue
            tall = max(0.0, 1 - (near - 25) / 150)
            sheet.box(
                x, y, 22, 22, mix(mix(SAND, DUNE, dice.uniform(0.35, 0.9)), TEAL, tall * dice.uniform(0.55, 0.95))
            )
    for number, axis in enumerate(axes):
        sheet.line(axis, CLAY if number == 2 else DEEP, 9)
        sheet.line(axis, SAND, 2)
        for step in range(8, 76, 9):
            sheet.dot(*axis[step], 8, SAND)
            sheet.dot(*axis[step], 5, CLAY if number == 2 else DEEP)
    sheet.dot(*middle, 34, SAND)
    sheet.ring(*middle, 26, DEEP, 7)
    return sheet


def _wheel(sheet: Canvas, x: float, y: float, radius: float, spokes: int, inks: tuple) -> None:
    rim, wire = inks
    hub = radius * 0.1
    for number in range(spokes):
        around = math.tau * number / spokes
        lean = 0.62 if number % 2 else -0.62
        start = (x + hub * math.cos(around + lean * 2.2), y + hub * math.sin(around + lean * 2.2))
        sheet.line([start, (x + radius * 0.94 * math.cos(around), y + radius * 0.94 * math.sin(around))], wire, 1.5)
    sheet.ring(x, y, radius, rim, 10)
    sheet.ring(x, y, radius * 0.945, wire, 3)
    sheet.ring(x, y, hub, rim, 5)
    sheet.dot(x, y, hub * 0.45, EMBER)


def suwon_ecomobility() -> Canvas:
    """Two bicycle wheels over a plan of streets."""
    sheet = Canvas(DEEP)
    dice = random.Random(33)
    for number in range(26):
        x = number * 66 + dice.uniform(-14, 14)
        sheet.line([(x, -10), (x + dice.uniform(-70, 70), HEIGHT + 10)], mix(DEEP, FOREST, 0.9), dice.choice((2, 2, 5)))
        y = number * 42 + dice.uniform(-12, 12)
        sheet.line([(-10, y), (WIDTH + 10, y + dice.uniform(-60, 60))], mix(DEEP, FOREST, 0.9), dice.choice((2, 2, 5)))
    _wheel(sheet, 470, 500, 300, 36, (SAND, mix(MINT, DEEP, 0.25)))
    _wheel(sheet, 1130, 500, 300, 36, (SAND, mix(MINT, DEEP, 0.25)))
    frame = [(470, 500), (640, 265), (1010, 250), (775, 505), (470, 500)]
    sheet.line(frame, EMBER, 7)
    sheet.line([(640, 265), (775, 505)], EMBER, 7)
    sheet.line([(1130, 500), (1010, 250), (988, 196)], EMBER, 7)
    sheet.line([(640, 265), (622, 222)], EMBER, 7)
    sheet.line([(575, 220), (668, 220)], SAND, 11)
    sheet.line(curve([(988, 196), (1042, 180), (1080, 206)], 10), SAND, 9)
    sheet.ring(775, 505, 34, SAND, 5)
    return sheet


def cheonggyecheon() -> Canvas:
    """A stream that winds through a dense grid of blocks."""
    sheet = Canvas(DEEP)
    stream = curve(
        [
            (-80, 520),
            (160, 470),
            (380, 560),
            (620, 500),
            (800, 380),
            (1010, 430),
            (1190, 560),
            (1420, 500),
            (1680, 380),
        ],
        30,
    )
    dice = random.Random(44)
    for row in range(24):
        for column in range(36):
            x, y = column * 45 + 2, row * 38 + 2
            near = distance((x + 19, y + 15), stream)
            if near < 62:
                continue
            width, height = dice.choice((38, 38, 38, 17)), dice.choice((31, 31, 14))
            warm = dice.random() < 0.018
            ink = EMBER if warm else mix(FOREST, MIST, max(0.03, min(0.75, (near - 60) / 520)) * dice.uniform(0.5, 1.1))
            sheet.box(x, y, width, height, ink)
    for number, offset in enumerate((-38, -26, -14, -4, 4, 14, 26, 38)):
        line = [(x, y + offset + 4 * math.sin(x / 60 + number)) for x, y in stream]
        sheet.line(line, mix(MINT, SEA, abs(offset) / 44), 3.4 if abs(offset) < 10 else 2.2)
    for step in range(10, len(stream), 27):
        x, y = stream[step]
        sheet.line([(x - 5, y - 56), (x + 5, y + 56)], DUNE, 4)
    return sheet


def seoul_energy() -> Canvas:
    """Roofs, some of them shining, under rays from one corner."""
    sheet = Canvas(DEEP)
    for number in range(44):
        angle = 0.03 + number * 0.036
        sheet.line(
            [(0, 0), (2100 * math.cos(angle), 2100 * math.sin(angle))],
            mix(DEEP, EMBER, 0.16 if number % 2 else 0.34),
            1.5,
        )
    for radius in (70, 96, 122):
        sheet.ring(0, 0, radius * 1.3, EMBER, 3)
    sheet.dot(0, 0, 70, EMBER)
    dice = random.Random(55)
    for row in range(9):
        for column in range(12):
            x, y = 250 + column * 150 - row * 62, 170 + row * 84 + column * 12
            w, d, h = 86, 40, dice.uniform(26, 84)
            if x < 60 and y < 330 or math.hypot(x, y) < 330:
                continue
            top = [(x, y - h), (x + w, y - h + 12), (x + w - d, y - h + 46), (x - d, y - h + 34)]
            down = [(px, py + h + 40) for px, py in top]
            sheet.area([top[3], top[2], down[2], down[3]], FOREST)
            sheet.area([top[2], top[1], down[1], down[2]], mix(FOREST, DEEP, 0.5))
            shining = dice.random() < 0.36
            sheet.area(top, DUNE if shining else SEA)
            if shining:
                for part in (0.25, 0.5, 0.75):
                    a = (top[0][0] + (top[1][0] - top[0][0]) * part, top[0][1] + (top[1][1] - top[0][1]) * part)
                    b = (top[3][0] + (top[2][0] - top[3][0]) * part, top[3][1] + (top[2][1] - top[3][1]) * part)
                    sheet.line([a, b], CLAY, 1.5)
    return sheet


def news_energy_days() -> Canvas:
    """Rows of small roofs under a rising sun of fine rays."""
    sheet = Canvas(SAND)
    for number in range(91):
        angle = math.pi + math.pi * number / 90
        reach = 1100 if number % 3 else 560
        start = 188 if number % 3 else 150
        line = [(800 + r * math.cos(angle), 560 + r * math.sin(angle)) for r in (start, reach)]
        sheet.line(line, mix(EMBER, SAND, 0.25 if number % 3 == 0 else 0.6), 1.8)
    sheet.dot(800, 560, 130, CLAY)
    for row in range(6):
        base, size = 560 + row * 62, 44 + row * 9
        count = int(WIDTH / size) + 3
        for number in range(count):
            x = number * size - (row % 2) * size / 2 - size
            roof = [(x, base + size * 0.42), (x + size / 2, base), (x + size, base + size * 0.42)]
            sheet.area([*roof, (x + size, base + 90), (x, base + 90)], mix(SEA, DEEP, row / 5.5))
            sheet.line(roof, mix(MINT, DEEP, row / 9), 2)
    return sheet


def copenhagen_cycling() -> Canvas:
    """A bridge for bicycles that swings over a harbour basin."""
    sheet = Canvas(TEAL)
    for number in range(46):
        y = number * 21
        line = [(x, y + 5 * math.sin(x / 64 + number * 0.8)) for x in range(-10, WIDTH + 20, 10)]
        sheet.line(line, mix(TEAL, SEA, 0.55 + 0.4 * math.sin(number * 0.7)), 1.4)
    sheet.area([(-10, -10), (430, -10), (300, 210), (250, 910), (-10, 910)], SAND)
    sheet.area([(1610, -10), (1330, -10), (1390, 330), (1270, 560), (1340, 910), (1610, 910)], SAND)
    deck = curve(
        [
            (-60, 300),
            (200, 330),
            (400, 470),
            (560, 690),
            (760, 740),
            (900, 560),
            (1000, 330),
            (1180, 250),
            (1340, 420),
            (1660, 610),
        ]
    )
    sheet.line([(x + 10, y + 22) for x, y in deck], mix(TEAL, DEEP, 0.7), 46)
    sheet.line(deck, EMBER, 48)
    sheet.line(deck, mix(EMBER, SAND, 0.55), 3)
    for step in range(6, len(deck), 13):
        x, y = deck[step]
        ax, ay = deck[min(step + 1, len(deck) - 1)]
        turn = math.atan2(ay - y, ax - x)
        side = 11 if step % 2 else -11
        cx, cy = x - math.sin(turn) * side, y + math.cos(turn) * side
        for wheel in (-6, 6):
            sheet.dot(cx + wheel * math.cos(turn), cy + wheel * math.sin(turn), 3.4, DEEP)
        sheet.line(
            [(cx - 6 * math.cos(turn), cy - 6 * math.sin(turn)), (cx + 6 * math.cos(turn), cy + 6 * math.sin(turn))],
            DEEP,
            2,
        )
    return sheet


def kitakyushu_blue_sky() -> Canvas:
    """Chimneys whose smoke turns into waves of clean water."""
    sheet = Canvas(SAND)
    for number in range(17):
        x, top = 70 + number * 34, 560 - 110 * math.sin(number * 0.9) - number * 4
        sheet.line([(x, 920), (x, top)], mix(DEEP, SEA, number / 22), 9 if number % 3 else 13)
        for strand in range(3):
            line = []
            for step in range(90):
                t = step / 89
                far = x + t * (1720 - x)
                rough = (1 - t) ** 1.5 * 40
                y = top - 8 - strand * 6 - 250 * math.sin(math.pi * min(1, t * 1.35)) ** 1.2 * (1 - t * 0.4)
                y += rough * math.sin(step / 2.4 + number + strand) * 0.55
                y += t * t * (480 + number * 17 + strand * 8 - top * 0.55) + t * 10 * math.sin(far / 42 + number * 0.4)
                line.append((far, y))
            for step in range(0, 88, 4):
                share = step / 88
                sheet.line(line[step : step + 5], mix(mix(DUNE, CLAY, 0.35), SEA, share**0.7), 1.5)
    sheet.dot(1330, 170, 62, EMBER)
    return sheet


def taipei_waste() -> Canvas:
    """Folded bags as facets, becoming smaller from left to right."""
    sheet = Canvas(DEEP)
    for number in range(9):
        sheet.line([(0, 742 + number * 14), (WIDTH, 742 + number * 14)], mix(SEA, DEEP, 0.35 + number / 14), 2)
    x = 56.0
    for number in range(9):
        size = 276 * 0.83**number
        dice = random.Random(90 + number)
        _bag(sheet, (x, 740.0), size, dice, EMBER if number == 8 else None)
        x += size + 22
    return sheet


def _bag(sheet: Canvas, foot: Point, size: float, dice: random.Random, warm: Ink | None) -> None:
    """Draw a tied bag whose lower left corner is ``foot``, in one ink or in shades."""

    def at(right: float, up: float) -> Point:
        return (foot[0] + right * size, foot[1] - up * size)

    left, right = at(0, 0.42), at(1, 0.46)
    low_left, low_right = at(0.13, 0), at(0.87, 0)
    tie_left, tie_right = at(0.42, 1.08), at(0.58, 1.08)
    shoulder_left, shoulder_right = at(0.14, 0.82), at(0.87, 0.8)
    one = at(dice.uniform(0.32, 0.42), dice.uniform(0.36, 0.55))
    two = at(dice.uniform(0.58, 0.68), dice.uniform(0.46, 0.68))
    faces = [
        (left, low_left, one),
        (low_left, low_right, one),
        (low_right, two, one),
        (low_right, right, two),
        (right, shoulder_right, two),
        (shoulder_right, tie_right, two),
        (tie_right, tie_left, two),
        (tie_left, one, two),
        (tie_left, shoulder_left, one),
        (shoulder_left, left, one),
        (tie_left, tie_right, at(0.74, 1.34), at(0.52, 1.26), at(0.28, 1.36)),
    ]
    for order, face in enumerate(faces):
        shade = mix(SEA, MINT, 0.1 + 0.11 * ((order * 5 + 3) % 8))
        sheet.area(list(face), mix(warm, SAND, 0.06 * (order % 5)) if warm else shade)
        sheet.line([*face, face[0]], DEEP, 1.8)
    sheet.line([at(0.38, 1.08), at(0.62, 1.08)], DEEP, max(3, size * 0.035))


def shenzhen_buses() -> Canvas:
    """Bus lines side by side with round charging points, like a circuit."""
    sheet = Canvas(DEEP)
    dice = random.Random(66)
    for number in range(23):
        y, x = 40 + number * 37.0, -20.0
        line: list[Point] = [(x, y)]
        while x < WIDTH:
            x += dice.uniform(90, 280)
            line.append((x, y))
            shift = dice.choice((-37, 37, 0))
            if 30 < y + shift < 880 and shift:
                y += shift
                x += 37
                line.append((x, y))
        warm = number in (6, 15)
        sheet.line(line, EMBER if warm else mix(FOREST, MINT, 0.25 + (number % 4) * 0.17), 4.5 if warm else 3)
        for px, py in line[1:-1]:
            if dice.random() < 0.36:
                sheet.dot(px, py, 12, DEEP)
                sheet.ring(px, py, 10, SAND if not warm else EMBER, 3)
                sheet.dot(px, py, 3.6, SAND if not warm else EMBER)
    return sheet
