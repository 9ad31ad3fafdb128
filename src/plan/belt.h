// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geo/border_line.h"
#include "geo/geodetic.h"
#include "terrain/elevation.h"

namespace marsad::plan {

struct BeltSettings {
  double far_m = 3000;   // from its far edge to the line
  double home_m = 3000;  // from the line to its home edge
  double along_m = 200;  // a cell, at most
  double across_m = 100;
};

// The land along a border as a grid: columns along the line, rows across it from the far edge to
// home. Rows follow the line smoothed over the belt's width, so that they rarely fold where it
// bends; a cell that lies elsewhere than its row says, or on unknown ground, is none. Immutable.
class Belt {
 public:
  Belt(geo::BorderLine line, const terrain::Elevation& elevation, BeltSettings settings);

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  std::size_t cells() const { return cells_.size(); }
  std::size_t index(std::size_t column, std::size_t row) const { return column * rows_ + row; }
  std::size_t column_of(std::size_t cell) const { return cell / rows_; }
  std::size_t row_of(std::size_t cell) const { return cell % rows_; }

  // A cell's middle on the ground; none where it is no cell.
  const std::optional<geo::Geodetic>& cell(std::size_t index) const { return cells_[index]; }
  // Chainage of a column's middle and offset of a row's.
  double s_m(std::size_t column) const { return (static_cast<double>(column) + 0.5) * column_m_; }
  double d_m(std::size_t row) const {
    return -settings_.far_m + (static_cast<double>(row) + 0.5) * row_m_;
  }
  // The first row at home; the one before it is the last on the far side.
  std::size_t line_row() const;
  // The column nearest to a chainage.
  std::size_t column_at(double s_m) const;
  const geo::BorderLine& line() const { return line_; }
  // The way across a column towards home, east and north, of length 1.
  const geo::Enu& toward_home(std::size_t column) const { return home_[column]; }
  // What a cell measures along and across, metres.
  double column_m() const { return column_m_; }
  double row_m() const { return row_m_; }

 private:
  geo::BorderLine line_;
  BeltSettings settings_;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  double column_m_ = 0;
  double row_m_ = 0;
  std::vector<geo::Enu> home_;  // by column
  std::vector<std::optional<geo::Geodetic>> cells_;
};

}  // namespace marsad::plan
