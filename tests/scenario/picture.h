// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marsad::scenario {

// A cell of the picture: columns from the west, rows from the north.
struct Cell {
  int column = 0;
  int row = 0;
  auto operator<=>(const Cell&) const = default;
};

// "walker: person along a-b, 1.4 m/s" below the picture.
struct LegendLine {
  std::string where;  // "line 5"
  std::string name;
  std::vector<std::string> clauses;
};

// A drawn world as it was read, nothing of it understood yet but what each character stands for.
struct Picture {
  std::vector<std::string> rows;  // a character a cell, all of the same length
  std::map<char, Cell> letters;   // small ones mark places, capitals are cameras
  std::vector<Cell> border;       // from one end of the line to the other
  std::vector<LegendLine> legend;

  int columns() const { return static_cast<int>(rows.front().size()); }
  int height() const { return static_cast<int>(rows.size()); }
  // Blank outside the picture.
  char at(Cell cell) const;
};

// Reads the drawing and its legend; docs/worlds.md tells the notation. Errors name the line and
// column at fault.
base::Result<Picture> read_picture(std::string_view text);

}  // namespace marsad::scenario
