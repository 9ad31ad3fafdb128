#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells how good a trained network is on what it never saw: the tables of docs/classification.md.

    /usr/bin/python3 tools/train_classifier/report.py DATA/thermal/patches32 OUT
OUT is train.py's. Also writes OUT/network_cases.csv, which tests/detect/network_test.cpp reads.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

import cases
import figures
import network
import patches
from train import logits_of


def print_table(head, rows):
    for line in [head, ["---"] + ["--:"] * (len(head) - 1), *rows]:
        print("| " + " | ".join(line) + " |")
    print()


def shares(logits, name):
    """What crops of one kind were taken for, and the top probability when they were."""
    probabilities = figures.softmax(logits)
    counts = np.bincount(probabilities.argmax(1), minlength=len(patches.CLASSES))
    return [f"{name} ({len(logits)})", *(f"{count / len(logits):.2f}" for count in counts)]


def held_out(part, rows, logits):
    probabilities = figures.softmax(logits)
    table = figures.confusion(probabilities, rows.labels)
    bins, error = figures.calibration(probabilities, rows.labels)
    print(f"## {part}: {len(rows.labels)} crops, balanced accuracy "
          f"{figures.balanced_accuracy(table):.3f}, expected calibration error {error:.3f}\n")
    print_table(["truth", *patches.CLASSES, "recall"],
                [[name, *map(str, line), f"{line[i] / line.sum():.3f}"]
                 for i, (name, line) in enumerate(zip(patches.CLASSES, table))])
    print_table(["top probability", "crops", "mean", "share right"],
                [[f"{b[0]:.2f} to {b[1]:.2f}", str(b[2]), f"{b[3]:.3f}", f"{b[4]:.3f}"] for b in bins])


def repeated(rows, logits, most_looks):
    lines = []
    for most in (1.0, most_looks, 1e6):
        probabilities, labels = figures.fused(logits, rows, most)
        _, error = figures.calibration(probabilities, labels)
        lines.append([f"{most:g}", str(len(labels)), f"{(probabilities.argmax(1) == labels).mean():.3f}",
                      f"{probabilities.max(1).mean():.3f}",
                      f"{figures.nll(probabilities, labels).mean():.3f}", f"{error:.3f}"])
    print_table(["looks worth at most", "movers", "right", "mean probability", "-log p of the truth",
                 "calibration error"], lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--most-looks", type=float, default=1.5,
                        help="independent looks, to compare with one and with no bound")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = network.make()
    model.load_state_dict(torch.load(options.out / "network.pt"))
    everything = patches.read(options.data)
    known = everything.labels != patches.BICYCLE
    for part in ("validation", "test"):
        rows = everything.only((everything.parts == part) & known)
        logits = logits_of(model, rows.crops)
        held_out(part, rows, logits)
        repeated(rows, logits, options.most_looks)
    print("## what never was in training: share taken for each class\n")
    lines = [shares(logits_of(model, everything.crops[~known]), "bicycles, HIT-UAV")]
    other = everything.only(everything.parts == "other")
    for source in sorted(set(other.sources)):
        rows = other.only(other.sources == source)
        for label in sorted(set(rows.labels)):
            name = f"{patches.CLASSES[label]}, {source}"
            lines.append(shares(logits_of(model, rows.crops[rows.labels == label]), name))
    print_table(["crops", *patches.CLASSES], lines)
    (options.out / "network_cases.csv").write_text(
        cases.table(lambda crops: figures.softmax(logits_of(model, crops))))


if __name__ == "__main__":
    main()
