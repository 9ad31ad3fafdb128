// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "detect/picture_figures.h"
#include "detect/structure.h"

namespace marsad::detect {

// What a camera's pictures are usually like: learnt fast at first, then carried slowly.
class UsualPicture {
 public:
  // `fit` is how the structure lies over the usual one; it is learnt where the usual one has it, so
  // that a camera that sags slowly is not followed.
  void learn(const PictureFigures& figures, const std::optional<Structure>& structure,
             const StructureFit& fit);

  bool is_known() const { return looks_ >= kKnownLooks; }
  const PictureFigures& figures() const { return figures_; }
  const std::optional<Structure>& structure() const { return structure_; }
  double likeness() const { return likeness_; }

  // Whether there is enough structure, steadily enough, to miss it.
  bool has_structure() const;
  // Whether fine structure stands out from the noise, so that its loss shows.
  bool has_sharp_edges() const;

 private:
  static constexpr int kKnownLooks = 8;

  void learn_structure(const Structure& structure, const StructureFit& fit, double weight);

  int looks_ = 0;
  PictureFigures figures_;
  std::optional<Structure> structure_;
  double likeness_ = 1;
};

}  // namespace marsad::detect
