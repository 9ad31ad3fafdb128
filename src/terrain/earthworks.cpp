// SPDX-License-Identifier: Apache-2.0
#include "terrain/earthworks.h"

#include <algorithm>
#include <cmath>

#include "geo/local_frame.h"
#include "terrain/elevation.h"

namespace marsad::terrain {
namespace {

// Over this length a line straight in latitude and longitude is straight on a map to a millimetre.
constexpr double kLongestPiece_m = 250;
constexpr std::size_t kLeaf = 4;  // pieces

GridPoint middle(const EarthworkPiece& piece) {
  return {(piece.from().column + piece.to().column) / 2, (piece.from().row + piece.to().row) / 2};
}

geo::Geodetic between(geo::Geodetic a, geo::Geodetic b, double share) {
  return {a.lat_rad + share * (b.lat_rad - a.lat_rad), a.lon_rad + share * (b.lon_rad - a.lon_rad),
          0};
}

// Whether a number going from one value to another is within [least, most], and when: narrows the
// shares of the way at which everything so far was.
bool narrow(double from, double to, double least, double most, double& first, double& last) {
  const double way = to - from;
  if (way == 0) return from >= least && from <= most;
  const double a = (least - from) / way, b = (most - from) / way;
  first = std::max(first, std::min(a, b));
  last = std::min(last, std::max(a, b));
  return first <= last;
}

}  // namespace

Earthworks::Earthworks(const std::vector<EarthworkPiece>& pieces) {
  for (const EarthworkPiece& piece : pieces) {
    Tree& tree = piece.is_raised() ? raised_ : dug_;
    tree.pieces.push_back(piece);
    tree.most_m = std::max(tree.most_m, std::abs(piece.rise_m()));
  }
  raised_.grow();
  dug_.grow();
}

bool Earthworks::Box::touches(GridPoint from, GridPoint to, GridPoint beside) const {
  double first = 0, last = 1;
  return narrow(from.column, to.column, least.column - beside.column, most.column + beside.column,
                first, last) &&
         narrow(from.row, to.row, least.row - beside.row, most.row + beside.row, first, last);
}

void Earthworks::Tree::grow() {
  if (!pieces.empty()) grow(0, pieces.size());
}

void Earthworks::Tree::grow(std::size_t first, std::size_t last) {
  Box box{pieces[first].from(), pieces[first].from()};
  for (std::size_t i = first; i < last; ++i) {
    for (const GridPoint corner : pieces[i].corners()) {
      box.least = {std::min(box.least.column, corner.column), std::min(box.least.row, corner.row)};
      box.most = {std::max(box.most.column, corner.column), std::max(box.most.row, corner.row)};
    }
  }
  const std::size_t node = nodes.size();
  nodes.push_back({box, 0, first, last - first});
  if (last - first > kLeaf) {
    nodes[node].count = 0;
    const bool by_columns = box.most.column - box.least.column > box.most.row - box.least.row;
    const auto begin = pieces.begin();
    const std::size_t half = (first + last) / 2;
    std::stable_sort(
        begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
        [&](const EarthworkPiece& a, const EarthworkPiece& b) {
          return by_columns ? middle(a).column < middle(b).column : middle(a).row < middle(b).row;
        });
    grow(first, half);
    grow(half, last);
  }
  nodes[node].after = nodes.size();
}

double Earthworks::rise_at_m(GridPoint point) const {
  double highest_m = 0, deepest_m = 0;
  bool is_raised = false;
  each_raised(point, point, {}, [&](const EarthworkPiece& piece) {
    is_raised = is_raised || piece.covers(point);
    highest_m = std::max(highest_m, piece.rise_at_m(point));
  });
  if (is_raised) return highest_m;
  each_dug(point, point, {}, [&](const EarthworkPiece& piece) {
    deepest_m = std::min(deepest_m, piece.rise_at_m(point));
  });
  return deepest_m;
}

std::vector<EarthworkPiece> pieces_of(const std::vector<Earthwork>& works, const OnGrid& grid) {
  std::vector<EarthworkPiece> pieces;
  for (const Earthwork& work : works) {
    for (std::size_t i = 0; i + 1 < work.line.size(); ++i) {
      const geo::Geodetic a = between(work.line[i], work.line[i], 0);
      const geo::Geodetic b = between(work.line[i + 1], work.line[i + 1], 0);
      const double length_m = geo::norm(geo::LocalFrame(a).to_enu(b));
      const int count = std::max(1, static_cast<int>(std::ceil(length_m / kLongestPiece_m)));
      for (int k = 0; k < count; ++k) {
        const geo::Geodetic from = between(a, b, double{1} * k / count);
        const geo::Geodetic to = between(a, b, double{1} * (k + 1) / count);
        pieces.emplace_back(grid.point(from), grid.point(to), grid.steps(between(from, to, 0.5)),
                            work);
      }
    }
  }
  return pieces;
}

Elevation Elevation::with(const std::vector<Earthwork>& works) && {
  const double per_column = (bounds_.east_rad - bounds_.west_rad) / (columns_ - 1);
  const double per_row = (bounds_.north_rad - bounds_.south_rad) / (rows_ - 1);
  const OnGrid grid{[this](geo::Geodetic at) { return grid_point(at.lat_rad, at.lon_rad); },
                    [=](geo::Geodetic at) {
                      const geo::Geodetic a_metre = geo::LocalFrame(at).rates({1, 1, 0});
                      return Steps{per_column / a_metre.lon_rad, per_row / a_metre.lat_rad};
                    }};
  auto made = std::make_shared<const Earthworks>(pieces_of(works, grid));
  earthworks_ = made->empty() ? nullptr : std::move(made);
  return std::move(*this);
}

std::optional<double> Elevation::surface_m(double lat_rad, double lon_rad) const {
  auto height = height_m(lat_rad, lon_rad);
  if (height && earthworks_) *height += earthworks_->rise_at_m(grid_point(lat_rad, lon_rad));
  return height;
}

}  // namespace marsad::terrain
