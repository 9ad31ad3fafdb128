// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sensor/mover_class.h"

namespace marsad::track {

// What is believed of a mover's class after one more plot. Recursive Bayes over the named classes,
// the plot's answer taken as a likelihood to the power `weight` (0 to 1): frames soon after each
// other err alike, so each is worth the less the sooner it follows. "unknown" stays as likely as
// every plot so far was to know nothing.
sensor::ClassProbabilities fuse_classes(const sensor::ClassProbabilities& believed,
                                        const sensor::ClassProbabilities& plot, double weight);

}  // namespace marsad::track
