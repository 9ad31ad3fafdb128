# SPDX-License-Identifier: Apache-2.0
"""Made frames with boxes and what the network answers, for tests/detect/network_test.cpp, which cuts
and asks by the program's own code. The frames follow from integer formulas, so both have the same."""

import numpy as np

SIDE = 32
WIDTH, HEIGHT = 96, 80
# Name; box x, y, width, height; rectangles x, y, width, height, counts more than the ground's.
CASES = [
    ("ground", (40, 30, 12, 12), []),
    ("upright", (44, 28, 5, 13), [(44, 31, 5, 10, 300), (45, 28, 3, 3, 380)]),
    ("wide", (30, 36, 26, 10), [(30, 39, 26, 7, 250), (36, 36, 12, 3, 120)]),
    ("dot", (60, 20, 3, 3), [(60, 20, 3, 3, 500)]),
    ("colder", (20, 50, 12, 9), [(20, 50, 12, 9, -90)]),
    ("four legs", (50, 40, 16, 12), [(50, 42, 14, 5, 260), (51, 47, 2, 5, 240), (61, 47, 2, 5, 240),
                                     (63, 40, 3, 4, 280)]),
    ("corner", (88, 70, 8, 10), [(88, 70, 8, 10, 400)]),
    ("large", (10, 10, 60, 50), [(10, 20, 60, 40, 200), (20, 10, 30, 12, 350)]),
]


def frame(number):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    counts = 2000 + 3 * ((x * 5 + y * 3 + number) % 11) + y // 4
    for left, top, width, height, more in CASES[number][2]:
        counts[top:top + height, left:left + width] += more
    return counts


def places(middle, side, fineness, size):
    count = SIDE * fineness
    at = np.clip(middle + side * ((np.arange(count) + 0.5) / count - 0.5) - 0.5, 0, size - 1)
    first = at.astype(int)
    return first, np.minimum(first + 1, size - 1), at - first


def cut(counts, box):
    """As src/detect/crop.cpp."""
    x, y, width, height = box
    side = max(1.4 * max(width, height), 14)
    fineness = max(1, int(np.ceil(side / SIDE)))
    left, right, across = places(x + width / 2, side, fineness, counts.shape[1])
    above, below, down = places(y + height / 2, side, fineness, counts.shape[0])
    row = lambda of: counts[of][:, left] * (1 - across) + counts[of][:, right] * across
    fine = row(above) * (1 - down)[:, None] + row(below) * down[:, None]
    return fine.reshape(SIDE, fineness, SIDE, fineness).mean((1, 3))


def table(answers):
    """The committed file: what `answers`, a function from crops to probabilities, says."""
    crops = np.stack([cut(frame(i), box) for i, (_, box, _) in enumerate(CASES)])
    lines = ["name,x,y,width,height,person,vehicle,drone,bird,aircraft,animal,background"]
    for (name, box, _), probabilities in zip(CASES, answers(crops)):
        lines.append(",".join([name, *map(str, box), *(f"{p:.6f}" for p in probabilities)]))
    return "\n".join(lines) + "\n"
