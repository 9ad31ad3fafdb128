// SPDX-License-Identifier: Apache-2.0
#include "detect/usual_picture.h"

#include <algorithm>
#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kLearningLooks = 120;  // all alike; a look is a second
constexpr double kCarriedLooks = 600;
constexpr double kSteadyLikeness = 0.5;
constexpr double kSteepness = 2;  // over what noise alone would make
constexpr double kSharpness = 1;  // mean square between neighbours, over the noise's square

void carry(double& usual, double now, double weight) { usual += weight * (now - usual); }

// `edges` moved by the fit's shift, to a fraction of a cell, to where the usual edges are.
float edge_at(const video::Image<float>& edges, double x, double y) {
  x = std::clamp(x, 0.0, edges.width() - 1.0);
  y = std::clamp(y, 0.0, edges.height() - 1.0);
  const int left = std::min(static_cast<int>(x), edges.width() - 2);
  const int top = std::min(static_cast<int>(y), edges.height() - 2);
  const auto fx = static_cast<float>(x - left);
  const auto fy = static_cast<float>(y - top);
  const float upper = edges.at(left, top) + fx * (edges.at(left + 1, top) - edges.at(left, top));
  const float lower =
      edges.at(left, top + 1) + fx * (edges.at(left + 1, top + 1) - edges.at(left, top + 1));
  return upper + fy * (lower - upper);
}

}  // namespace

void UsualPicture::learn(const PictureFigures& figures, const std::optional<Structure>& structure,
                         const StructureFit& fit) {
  ++looks_;
  const double weight = looks_ <= kLearningLooks ? 1.0 / looks_ : 1 / kCarriedLooks;
  if (looks_ == 1) {
    figures_ = figures;
    structure_ = structure;
    return;
  }
  figures_.lowest = std::min(figures_.lowest, figures.lowest);
  figures_.highest = std::max(figures_.highest, figures.highest);
  carry(figures_.hot_share, figures.hot_share, weight);
  carry(figures_.noise, figures.noise, weight);
  carry(figures_.fine_contrast, figures.fine_contrast, weight);
  carry(figures_.broad_contrast, figures.broad_contrast, weight);
  if (structure && structure_) learn_structure(*structure, fit, weight);
}

void UsualPicture::learn_structure(const Structure& structure, const StructureFit& fit,
                                   double weight) {
  carry(likeness_, fit.likeness, weight);
  carry(structure_->steepness, structure.steepness, weight);
  const double dx = fit.shift_x_px / structure.cell_px;
  const double dy = fit.shift_y_px / structure.cell_px;
  for (int y = 0; y < structure.edges.height(); ++y) {
    for (int x = 0; x < structure.edges.width(); ++x) {
      float& usual = structure_->edges.at(x, y);
      usual += static_cast<float>(weight) * (edge_at(structure.edges, x + dx, y + dy) - usual);
    }
  }
}

bool UsualPicture::has_structure() const {
  return structure_ && likeness_ > kSteadyLikeness &&
         structure_->steepness > kSteepness * figures_.noise / structure_->cell_px;
}

bool UsualPicture::has_sharp_edges() const {
  return figures_.fine_contrast > kSharpness * figures_.noise * figures_.noise;
}

}  // namespace marsad::detect
