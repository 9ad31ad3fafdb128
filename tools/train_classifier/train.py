#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the network that tells what a detection is; about six minutes of one core.

Debian packages: python3-torch python3-onnx python3-numpy python3-pil, so run Debian's Python:
    /usr/bin/python3 tools/train_classifier/train.py DATA/thermal/patches32 OUT
    /usr/bin/python3 tools/train_classifier/report.py DATA/thermal/patches32 OUT
The same machine, data and seed give the same weights. Epochs and temperature are chosen on the
validation part; the test part is not looked at.
"""

import argparse
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import augment
import drawn
import figures
import network
import patches

SEED = 20170706
BATCH = 128
DRAWN = {"animal": (3000, 0.5), "person": (2000, 0.3), "vehicle": (2000, 0.3)}  # crops; their share
MOVED = {"drone": (1500, 0.2), "bird": (1500, 0.2), "aircraft": (1500, 0.2)}
KEEP = 0.998  # of the running average of the weights


class Pool:
    """Training crops by class; every class is as likely in a batch, whatever its count."""

    def __init__(self, rows, rng):
        self.rng = rng
        name = patches.CLASSES.index
        self.real = [rows.crops[rows.labels == c] for c in range(len(patches.CLASSES))]
        grounds = rows.crops[(rows.labels == name("background")) & (rows.sources == "HIT-UAV")]
        self.made = {name(kind): (drawn.draw(kind, count, self.real[name("background")], rng), share)
                     for kind, (count, share) in DRAWN.items()}
        for kind, (count, share) in MOVED.items():
            self.made[name(kind)] = (
                drawn.move_to_ground(self.real[name(kind)], count, grounds, rng), share)

    def pick(self, label):
        crops = self.real[label]
        if label in self.made and self.rng.random() < self.made[label][1]:
            crops = self.made[label][0]
        return crops[self.rng.integers(len(crops))]

    def batch(self):
        labels = self.rng.integers(len(patches.CLASSES), size=BATCH)
        crops = np.stack([self.pick(label) for label in labels]).astype(np.float32)
        return torch.tensor(crops)[:, None], torch.tensor(labels)


def logits_of(model, crops):
    """[n, 32, 32] counts to [n, 7]."""
    model.eval()
    with torch.no_grad():
        pieces = [model(augment.normalise(torch.tensor(piece, dtype=torch.float32)[:, None]))
                  for piece in np.array_split(crops, max(1, len(crops) // 512))]
    return torch.cat(pieces).numpy()


def averaged(average, model, keep):
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
            mean.copy_(keep * mean + (1 - keep) * value if value.is_floating_point() else value)


def class_mean_nll(logits, labels):
    loss = figures.nll(figures.softmax(logits), labels)
    return np.mean([loss[labels == c].mean() for c in np.unique(labels)])


def train(rows, steps):
    rng = np.random.default_rng(SEED)
    torch.manual_seed(SEED)
    noise = torch.Generator().manual_seed(SEED)
    known = rows.labels != patches.BICYCLE
    pool = Pool(rows.only((rows.parts == "train") & known), rng)
    held_out = rows.only((rows.parts == "validation") & known)
    model = network.make()
    average = deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), weight_decay=0.03)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps, pct_start=0.2)
    best, best_loss = None, np.inf
    for step in range(1, steps + 1):
        crops, labels = pool.batch()
        model.train()
        loss = F.cross_entropy(model(augment.change(crops, noise)), labels, label_smoothing=0.03)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        averaged(average, model, min(KEEP, 1 - 1 / step))
        if step % 250 == 0:
            logits = logits_of(average, held_out.crops)
            validation = class_mean_nll(logits, held_out.labels)
            accuracy = figures.balanced_accuracy(
                figures.confusion(figures.softmax(logits), held_out.labels))
            print(f"step {step}: loss {loss.item():.3f}, validation {validation:.3f}, "
                  f"balanced accuracy {accuracy:.3f}", flush=True)
            if validation < best_loss:
                best, best_loss = deepcopy(average), validation
    return best, held_out


def temper(model, held_out):
    """Divides the last layer by the temperature, so that the weights answer calibrated."""
    logits = logits_of(model, held_out.crops)
    temperature = figures.fit_temperature(logits, held_out.labels)
    with torch.no_grad():
        model[-1].weight /= temperature
        model[-1].bias /= temperature
    most_looks = figures.fit_most_looks(logits / temperature, held_out)
    print(f"temperature {temperature:.3f}, most looks {most_looks:.2f}")


def export(model, file):
    model.eval()
    with torch.no_grad():
        torch.onnx.export(
            torch.nn.Sequential(model, torch.nn.Softmax(dim=1)), torch.zeros(1, 1, 32, 32), file,
            opset_version=11, input_names=["crops"], output_names=["probabilities"],
            dynamic_axes={"crops": {0: "n"}, "probabilities": {0: "n"}})


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of train.u8 and train.csv")
    parser.add_argument("out", type=Path, help="folder for network.pt and network.onnx")
    parser.add_argument("--steps", type=int, default=4500)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    model, held_out = train(patches.read(options.data), options.steps)
    temper(model, held_out)
    torch.save(model.state_dict(), options.out / "network.pt")
    export(model, str(options.out / "network.onnx"))


if __name__ == "__main__":
    main()
