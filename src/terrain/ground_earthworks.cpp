// SPDX-License-Identifier: Apache-2.0
#include "terrain/ground_earthworks.h"

#include <algorithm>

namespace marsad::terrain {
namespace {

bool touches(const EarthworkPiece& piece, const GroundGrid& grid) {
  const auto corners = piece.corners();
  const auto all = [&](const auto& beyond) {
    return std::all_of(corners.begin(), corners.end(), beyond);
  };
  return !all([](GridPoint c) { return c.column < 0; }) &&
         !all([](GridPoint c) { return c.row < 0; }) &&
         !all([&](GridPoint c) { return c.column > grid.columns - 1; }) &&
         !all([&](GridPoint c) { return c.row > grid.rows - 1; });
}

}  // namespace

std::vector<EarthworkPiece> touching(const GroundGrid& grid, std::vector<EarthworkPiece> pieces) {
  std::erase_if(pieces, [&](const EarthworkPiece& piece) { return !touches(piece, grid); });
  return pieces;
}

std::vector<EarthworkPiece> pieces_on(const MapPart& part,
                                      const std::vector<EarthworkPiece>& pieces) {
  const Steps steps{part.grid.column_step_m, part.grid.row_step_m};
  std::vector<EarthworkPiece> out;
  for (const EarthworkPiece& piece : pieces)
    out.push_back(piece.on_part(part.column, part.row, steps));
  return touching(part.grid, std::move(out));
}

}  // namespace marsad::terrain
