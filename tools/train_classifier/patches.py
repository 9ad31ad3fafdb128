# SPDX-License-Identifier: Apache-2.0
"""The labelled 32x32 crops: which rows there are, what the network calls them, and the fixed split.

The split keeps what was filmed together in one part. Every group of neighbouring pictures has a
number; its remainder by five says the part: 3 is test, 2 is validation, the rest is training.
`bench/classify_bench.cpp` follows the same rule.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SIDE = 32
CLASSES = ["person", "vehicle", "drone", "bird", "aircraft", "animal", "background"]
BICYCLE = -1  # of no class of ours; kept apart to see what the network makes of it

# Sources whose licence lets a network trained on them be given away under ours. The others
# (GPL, AGPL, none stated) are only ever tested on.
TRAINED_SOURCES = {"HIT-UAV", "Halmstad", "ThermalCheetah"}


@dataclass
class Rows:
    """Rows of the table, in its order; all arrays are as long."""

    crops: np.ndarray  # uint8, n x 32 x 32
    labels: np.ndarray  # index into CLASSES, or BICYCLE
    parts: np.ndarray  # "train", "validation", "test", or "other" for sources not trained on
    sources: np.ndarray
    clips: np.ndarray  # what one track would be made of: a clip, else a picture

    def only(self, keep):
        return Rows(self.crops[keep], self.labels[keep], self.parts[keep], self.sources[keep],
                    self.clips[keep])


def label_of(name):
    if name in ("airplane", "helicopter"):
        return CLASSES.index("aircraft")
    return BICYCLE if name == "bicycle" else CLASSES.index(name)


def group_of(source, image):
    """The number of a group of pictures that were filmed together."""
    if source == "Halmstad":  # IR_BIRD_027#12: five neighbouring clips may be cuts of one recording
        return int(re.match(r"IR_[A-Z]+_(\d+)#", image)[1]) // 5
    if source == "HIT-UAV":  # 0_110_50_0_08412.jpg: night, altitude, camera angle, weather, number
        night, altitude, angle = (int(part) for part in image.split("_")[:3])
        return altitude // 10 + 2 * (angle // 10) + night
    clip = re.match(r"PIR-206_(\d+)_", image)  # ThermalCheetah: a clip, or a single photograph
    return int(clip[1]) if clip else 0


def part_of(source, name, image):
    # The few people of ThermalCheetah stay out of training, to test on a camera never seen.
    if source not in TRAINED_SOURCES or (source == "ThermalCheetah" and name == "person"):
        return "other"
    return {3: "test", 2: "validation"}.get(group_of(source, image) % 5, "train")


def read(folder):
    folder = Path(folder)
    crops = np.fromfile(folder / "train.u8", np.uint8).reshape(-1, SIDE, SIDE)
    with open(folder / "train.csv", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == len(crops)
    column = lambda of: np.array([of(row) for row in table])
    return Rows(
        crops,
        column(lambda r: label_of(r["class"])),
        column(lambda r: part_of(r["source"], r["class"], r["image"])),
        column(lambda r: r["source"]),
        column(lambda r: r["image"].split("#")[0]))
