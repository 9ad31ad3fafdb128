# SPDX-License-Identifier: Apache-2.0
"""Crops that are made, so that the background does not give the class away.

In the data everything that flies is before smooth sky, everything else on the ground, seen from above,
and animals are few. Here side views of animals, people and vehicles are drawn as warm shapes on real
background crops and on ground as plain as sky; and real things that fly are moved to the ground.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FINE = 128  # pixels a side of the drawing, made small at the end
SIDE_FINE = 64


def limb(draw, start, end, width, heat):
    draw.line([tuple(start), tuple(end)], fill=heat, width=max(2, int(width)))


def ellipse(draw, x, y, rx, ry, heat):
    draw.ellipse([x - rx, y - ry, x + rx, y + ry], fill=heat)


def animal(draw, rng, heat):
    """A four-legged animal from the side, or half turned; from sheep to camel and elephant."""
    length = rng.uniform(18, 34)  # half of the body's
    thick = length * rng.uniform(0.38, 0.72)
    legs = length * rng.uniform(0.5, 1.5)
    x, y = 64, 64 - legs / 2
    ellipse(draw, x, y, length, thick, heat())
    leg = max(3, length * rng.uniform(0.1, 0.3))
    for at in (-0.75, -0.55, 0.55, 0.75):
        foot = x + length * at + rng.uniform(-0.3, 0.3) * legs
        limb(draw, (x + length * at, y), (foot, y + thick + legs), leg, heat())
    rise = rng.uniform(-0.4, 1.6) * length  # of the head over the back
    head = (x + length * rng.uniform(1.1, 1.6), y - rise * 0.7)
    limb(draw, (x + 0.8 * length, y), head, thick * rng.uniform(0.4, 0.9), heat())
    size = length * rng.uniform(0.22, 0.45)
    ellipse(draw, *head, size * rng.uniform(1, 1.5), size, heat())
    if rng.random() < 0.5:
        limb(draw, head, (head[0] + rng.uniform(0, 0.4) * length, head[1] + size * rng.uniform(1, 3)),
             size * 0.6, heat())
    limb(draw, (x - length, y), (x - length * rng.uniform(1.1, 1.6), y + thick * rng.uniform(-1, 2)),
         max(2, length * 0.08), heat())


def person(draw, rng, heat):
    tall = rng.uniform(60, 76)
    x, top = 64, 64 - tall / 2
    hip, shoulder = top + 0.52 * tall, top + 0.18 * tall
    wide = tall * rng.uniform(0.09, 0.15)
    ellipse(draw, x, top + 0.08 * tall, tall * 0.065, tall * 0.085, heat())
    draw.polygon([(x - wide, shoulder), (x + wide, shoulder), (x + wide * 0.8, hip),
                  (x - wide * 0.8, hip)], fill=heat())
    for side in (-1, 1):
        stride = side * tall * rng.uniform(0.02, 0.2)
        limb(draw, (x, hip), (x + stride, top + tall), tall * rng.uniform(0.07, 0.12), heat())
        reach = side * tall * rng.uniform(0.05, 0.22)
        limb(draw, (x + side * wide, shoulder), (x + reach, hip), tall * 0.06, heat())


def vehicle(draw, rng, heat):
    """A car, a pick-up or a lorry from the side or the front, wheels and engine warmer."""
    half = rng.uniform(20, 40)
    high = half * rng.uniform(0.3, 0.55)
    x, y = 64, 70
    draw.rectangle([x - half, y - high * 0.6, x + half, y + high * 0.6], fill=heat())
    left, right = sorted(rng.uniform(-1, 1, 2))
    left, right = (left, right) if right - left > 0.4 else (-0.6, 0.5)
    roof = y - high * rng.uniform(1.1, 2)
    draw.polygon([(x + half * left, y - high * 0.5), (x + half * (left + 0.12), roof),
                  (x + half * (right - 0.12), roof), (x + half * right, y - high * 0.5)], fill=heat())
    for at in (-0.65, 0.65) if half > 14 else (0,):
        size = high * rng.uniform(0.3, 0.5)
        ellipse(draw, x + half * at, y + high * 0.7, size, size, heat())
    if rng.random() < 0.5:
        draw.rectangle([x + half * 0.5, y - high * 0.4, x + half, y + high * 0.3], fill=heat())


KINDS = {"animal": animal, "person": person, "vehicle": vehicle}


def draw_one(kind, background, rng):
    """One 32x32 crop, float: the shape over a background crop, warmer than it on the whole."""
    shape = Image.new("L", (FINE, FINE), 0)
    spread = rng.uniform(5, 60)
    heat = lambda: int(np.clip(rng.normal(190, spread), 90, 255))
    KINDS[kind](ImageDraw.Draw(shape), rng, heat)
    if rng.random() < 0.5:
        shape = shape.transpose(Image.FLIP_LEFT_RIGHT)
    if kind != "person":
        shape = shape.rotate(rng.uniform(-8, 8), Image.BILINEAR)
    box = shape.getbbox()  # as labelled crops: a square 1.4 times the longer side
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    half = 0.7 * max(box[2] - box[0], box[3] - box[1])
    shape = shape.filter(ImageFilter.GaussianBlur(rng.uniform(1, 5)))
    around = (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
    small = shape.transform((SIDE_FINE, SIDE_FINE), Image.EXTENT, around, Image.BILINEAR)
    small = np.asarray(small.resize((32, 32), Image.BOX), np.float32) / 255
    opaque = np.clip(small * 2.2, 0, 1)
    contrast = rng.uniform(1.5, 7) * max(float(background.std()), 6)
    level = float(background.mean()) if rng.random() < 0.5 else background
    return background * (1 - opaque) + opaque * (level + contrast * small)




def plain(rng):
    """Ground without features: a slope of brightness, blurred noise and fresh noise."""
    y, x = np.mgrid[-1:1:32j, -1:1:32j]
    slopes = rng.normal(0, 4, 2)
    coarse = Image.fromarray(rng.normal(0, 1, (4, 4)).astype(np.float32))
    coarse = np.asarray(coarse.resize((32, 32), Image.BICUBIC))
    made = 110 + slopes[0] * x + slopes[1] * y + rng.uniform(0, 4) * coarse
    return (made + rng.uniform(0, 5) * rng.normal(0, 1, (32, 32))).astype(np.float32)


def draw(kind, count, backgrounds, rng):
    drawn = []
    for _ in range(count):
        background = backgrounds[rng.integers(len(backgrounds))].astype(np.float32)
        drawn.append(draw_one(kind, plain(rng) if rng.random() < 0.4 else background, rng))
    return np.stack(drawn)


def edge_of(crop):
    return np.concatenate([crop[0], crop[-1], crop[:, 0], crop[:, -1]])


def move_to_ground(crops, count, backgrounds, rng):
    """Things that fly, taken off their sky and put on background crops; those before smooth sky."""
    moved = []
    while len(moved) < count:
        crop = crops[rng.integers(len(crops))].astype(np.float32)
        thing = crop - np.median(edge_of(crop))
        if edge_of(thing).std() > 0.15 * np.abs(thing).max():
            continue
        background = backgrounds[rng.integers(len(backgrounds))].astype(np.float32)
        contrast = rng.uniform(2, 9) * max(float(background.std()), 4)
        moved.append(background + thing * (contrast / np.abs(thing).max()))
    return np.stack(moved)
