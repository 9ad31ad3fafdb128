// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/csv.h"
#include "score/score.h"

namespace marsad::test {

// A table of truth or of tracks; empty where it can't be read.
inline std::vector<score::TimedPoint> read_points(const std::filesystem::path& path) {
  std::ifstream in(path);
  auto row = base::CsvReader::open(in, path.string(), {"t", "id", "e", "n"});
  std::vector<score::TimedPoint> points;
  if (!row) return points;
  while (*row->next()) {
    points.push_back(
        {*row->number("t"), std::string(row->text("id")), *row->number("e"), *row->number("n")});
  }
  return points;
}

}  // namespace marsad::test
