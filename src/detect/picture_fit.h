// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/similarity.h"
#include "detect/steep_points.h"
#include "sensor/camera.h"
#include "video/image.h"

namespace marsad::detect {

// How a picture lies over a reference: picture(similarity(p)) = gain * (reference(p) - pivot) +
// level, with the points' pivot.
struct Fit {
  Similarity similarity;
  double gain = 1;
  double level = 0;    // counts the picture has where the reference has the pivot
  double step_px = 1;  // how far the last step of improve() moved points, at most
};

// The fit of a given similarity with a gain of 1 and the level that the points tell by their
// median. Defined for pictures of float and std::uint16_t, as are those below.
template <class T>
Fit first_fit(const SteepPoints& points, const video::Image<T>& picture,
              const Similarity& similarity);

// Improves a fit by robust least squares on the differences at the points: inverse compositional
// steps [Baker04] of Lucas and Kanade's method [Lucas81], outliers (movers) weighted down by
// Cauchy's weights. Ends early once a step moves no point by more than 1/200 px. False where it
// runs away: less than a quarter of the points stays inside. The gain keeps to 1/3 to 3.
template <class T>
bool improve(const SteepPoints& points, const video::Image<T>& picture, int steps, Fit& fit);

// How well picture and reference agree under a fit.
struct Agreement {
  // Mean cosine of the angle between the slopes of both, steep ones counting more: 1 where they
  // point the same way, about 0 where they have nothing in common; noise lowers it.
  double correlation = 0;
  // By how many standard deviations the slopes correlate in the direction where they do least. It
  // is about 0 where the fit is wrong, where the pictures show nothing but noise, and where they
  // show no more than one straight edge.
  double certainty = 0;
  double inlier_share = 0;   // of all points: inside, and within three standard deviations
  double residual = 0;       // counts, one standard deviation, told by the median
  sensor::CovPixel cov_px2;  // of the shift
};

template <class T>
Agreement agreement(const SteepPoints& points, const video::Image<T>& picture, const Fit& fit);

}  // namespace marsad::detect
