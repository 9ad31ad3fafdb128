# SPDX-License-Identifier: Apache-2.0
"""Figures of a classifier's answers: balanced accuracy, confusion, calibration, repeated looks."""

import numpy as np

from patches import CLASSES

BINS = 15


def softmax(logits):
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def nll(probabilities, labels):
    return -np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-9))


def confusion(probabilities, labels):
    """Rows: truth, columns: the likeliest class; counts."""
    table = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(table, (labels, probabilities.argmax(1)), 1)
    return table


def balanced_accuracy(table):
    of = table.sum(1)
    return float(np.mean(np.diag(table)[of > 0] / of[of > 0]))


def calibration(probabilities, labels):
    """Bins of the top probability: [from, to, crops, mean probability, share right]; the expected
    calibration error [Guo 2017]."""
    top = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    of = np.minimum((top * BINS).astype(int), BINS - 1)
    bins, error = [], 0.0
    for b in range(BINS):
        inside = of == b
        if inside.any():
            mean, share = top[inside].mean(), right[inside].mean()
            bins.append([b / BINS, (b + 1) / BINS, int(inside.sum()), float(mean), float(share)])
            error += inside.mean() * abs(mean - share)
    return bins, float(error)


def fit_temperature(logits, labels):
    """The divisor of logits that makes these labels likeliest."""
    tried = np.exp(np.linspace(np.log(0.4), np.log(4), 200))
    return float(tried[np.argmin([nll(softmax(logits / t), labels).mean() for t in tried])])


def fuse(logits, looks, most_looks):
    """One mover's answers taken together: the mean of their logarithms, worth as many independent
    looks as `looks` are that saturate at `most_looks`."""
    worth = looks / (1 + (looks - 1) / most_looks)
    return logits.mean(0) * worth


def movers(rows):
    """Row numbers of each clip's mover that was seen at least five times: one class in one clip."""
    found = {}
    for i, (clip, label) in enumerate(zip(rows.clips, rows.labels)):
        if rows.sources[i] in ("Halmstad", "ThermalCheetah") and CLASSES[label] != "background":
            found.setdefault((clip, label), []).append(i)
    return [(label, np.array(of)) for (_, label), of in sorted(found.items()) if len(of) >= 5]


def fused(logits, rows, most_looks):
    """Probabilities and labels of movers after all their looks."""
    logs = np.log(softmax(logits))
    of = movers(rows)
    return (softmax(np.stack([fuse(logs[i], len(i), most_looks) for _, i in of])),
            np.array([label for label, _ in of]))


def fit_most_looks(logits, rows):
    tried = np.linspace(1, 6, 101)
    return float(tried[np.argmin([nll(*fused(logits, rows, m)).mean() for m in tried])])
