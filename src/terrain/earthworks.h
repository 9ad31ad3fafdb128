// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "terrain/earthwork_piece.h"

namespace marsad::terrain {

// The pieces of earthworks on a grid, found by place. What is raised stands in what is dug too:
// over several, the highest raised one counts, and where none is raised the deepest dug one.
// Immutable, so threads may share it.
class Earthworks {
 public:
  explicit Earthworks(const std::vector<EarthworkPiece>& pieces);

  bool empty() const { return raised_.pieces.empty() && dug_.pieces.empty(); }
  // The highest crest above the natural ground, and the deepest floor below it; 0 where none is.
  double highest_m() const { return raised_.most_m; }
  double deepest_m() const { return dug_.most_m; }

  // How much higher than the natural ground the ground is, below 0 where it is dug.
  double rise_at_m(GridPoint point) const;

  // Calls `visit(piece)` for each raised, or each dug piece that may lie within so many columns and
  // rows of the straight line between two points.
  template <class Visit>
  void each_raised(GridPoint from, GridPoint to, GridPoint beside, Visit visit) const {
    raised_.each(from, to, beside, visit);
  }
  template <class Visit>
  void each_dug(GridPoint from, GridPoint to, GridPoint beside, Visit visit) const {
    dug_.each(from, to, beside, visit);
  }

 private:
  struct Box {
    GridPoint least, most;
    bool touches(GridPoint from, GridPoint to, GridPoint beside) const;
  };
  // A box around pieces; those inside it follow it, up to `after`.
  struct Node {
    Box box;
    std::size_t after = 0;
    std::size_t piece = 0, count = 0;  // of a leaf
  };
  struct Tree {
    std::vector<EarthworkPiece> pieces;
    std::vector<Node> nodes;
    double most_m = 0;

    void grow();
    void grow(std::size_t first, std::size_t last);
    template <class Visit>
    void each(GridPoint from, GridPoint to, GridPoint beside, Visit& visit) const {
      for (std::size_t i = 0; i < nodes.size();) {
        const Node& node = nodes[i];
        if (!node.box.touches(from, to, beside)) {
          i = node.after;
          continue;
        }
        for (std::size_t k = 0; k < node.count; ++k) visit(pieces[node.piece + k]);
        ++i;
      }
    }
  };

  Tree raised_, dug_;
};

// A place's point on a grid, and the grid's steps there.
struct OnGrid {
  std::function<GridPoint(geo::Geodetic)> point;
  std::function<Steps(geo::Geodetic)> steps;
};

// The earthworks cut into pieces so short that they are straight on any grid, to a millimetre.
std::vector<EarthworkPiece> pieces_of(const std::vector<Earthwork>& works, const OnGrid& grid);

}  // namespace marsad::terrain
