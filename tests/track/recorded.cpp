// SPDX-License-Identifier: Apache-2.0
#include "tests/track/recorded.h"

#include <fstream>
#include <utility>

#include "base/check.h"
#include "tests/support/real_data.h"
#include "tests/support/timed_points.h"
#include "tests/track/plane.h"
#include "track/csv.h"

namespace marsad::test {

std::optional<Recorded> read_recorded(const std::string& name) {
  const auto folder = real_data("tracking/" + name);
  if (!folder) return std::nullopt;
  std::ifstream in(*folder / "plots.csv");
  auto scans = track::read_plots(in, "plots.csv", plane());
  CHECK(scans.has_value());
  return Recorded{*std::move(scans), read_points(*folder / "truth.csv"),
                  read_points(*folder / "stonesoup_gnn.csv")};
}

}  // namespace marsad::test
