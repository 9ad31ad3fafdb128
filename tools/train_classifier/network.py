# SPDX-License-Identifier: Apache-2.0
"""The network: seven small convolutions, an average, one linear layer."""

from torch import nn

from patches import CLASSES


def block(channels_in, channels_out, stride):
    return [nn.Conv2d(channels_in, channels_out, 3, stride, 1, bias=False),
            nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True)]


def make():
    """Normalised crops [n, 1, 32, 32] to logits [n, 7]."""
    return nn.Sequential(
        *block(1, 16, 1), *block(16, 32, 2), *block(32, 32, 1), *block(32, 64, 2),
        *block(64, 64, 1), *block(64, 96, 2), *block(96, 96, 1),
        nn.AvgPool2d(4), nn.Flatten(), nn.Dropout(0.2), nn.Linear(96, len(CLASSES)))
