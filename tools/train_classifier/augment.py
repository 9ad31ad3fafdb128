# SPDX-License-Identifier: Apache-2.0
"""What is done to crops: the normalising that the program does too, and changes for training that
take out the camera (gain, polarity, sharpness, resolution, noise) and how the box was drawn."""

import math

import torch
import torch.nn.functional as F

LEAST_DEVIATION = 1.0  # counts; flatter crops are not blown up to noise
MOST = 6.0  # deviations; what is brighter is told as this


def normalise(crops):
    """[n, 1, 32, 32] of any counts: mean 0, deviation 1, limited. As src/detect/network.cpp."""
    mean = crops.mean((1, 2, 3), keepdim=True)
    deviation = (crops - mean).square().mean((1, 2, 3), keepdim=True).sqrt()
    return ((crops - mean) / deviation.clamp(min=LEAST_DEVIATION)).clamp(-MOST, MOST)


def between(low, high, count, rng):
    return low + (high - low) * torch.rand(count, generator=rng)


def move(crops, rng):
    """Mirrors, turns a little, zooms and shifts."""
    n = len(crops)
    zoom = torch.exp(between(math.log(0.8), math.log(1.25), n, rng))
    turn = between(-0.12, 0.12, n, rng)
    mirror = torch.where(torch.rand(n, generator=rng) < 0.5, -1.0, 1.0)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = zoom * turn.cos() * mirror
    theta[:, 0, 1] = -zoom * turn.sin()
    theta[:, 1, 0] = zoom * turn.sin() * mirror
    theta[:, 1, 1] = zoom * turn.cos()
    theta[:, :, 2] = torch.randn(n, 2, generator=rng) * 0.05
    grid = F.affine_grid(theta, list(crops.shape), align_corners=False)
    return F.grid_sample(crops, grid, padding_mode="border", align_corners=False)


def coarsen(crops, rng):
    """Half of the batch loses resolution, an eighth at a time, as a mover farther off would."""
    pieces = []
    for piece in crops.chunk(8):
        side = int(torch.randint(9, 41, (1,), generator=rng))
        if side < 25:
            piece = F.interpolate(F.adaptive_avg_pool2d(piece, side), crops.shape[2:],
                                  mode="bilinear", align_corners=False)
        pieces.append(piece)
    return torch.cat(pieces)


def change(crops, rng):
    """A changed copy of a batch, normalised."""
    n = len(crops)
    crops = normalise(coarsen(move(crops, rng), rng))
    each = (n, 1, 1, 1)
    blurred = F.avg_pool2d(F.pad(crops, (1, 1, 1, 1), mode="replicate"), 3, 1)
    share = between(-0.5, 0.8, n, rng).clamp(min=0).view(each)
    crops = crops + share * (blurred - crops)
    strength = between(-0.15, 0.3, n, rng).clamp(min=0).view(each)
    crops = crops + strength * torch.randn(crops.shape, generator=rng)
    saturated = between(1.0, 9.0, n, rng).view(each)  # in deviations
    crops = torch.minimum(crops, saturated)
    tilt = between(-0.3, 0.3, n, rng).view(each) * torch.linspace(-1, 1, 32).view(1, 1, 32, 1)
    polarity = torch.where(torch.rand(n, generator=rng) < 0.2, -1.0, 1.0).view(each)
    return normalise(100 * (crops + tilt) * polarity)
