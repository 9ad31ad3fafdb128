// SPDX-License-Identifier: Apache-2.0
#include "tests/detect/network_cases.h"

#include <fstream>

#include "base/check.h"
#include "base/csv.h"

namespace marsad::test {
namespace {

constexpr int kWidth = 96;
constexpr int kHeight = 80;

// Part of a shape: counts more than the ground's.
struct Patch {
  detect::Box box;
  int more = 0;
};

const std::vector<std::vector<Patch>>& shapes() {
  static const std::vector<std::vector<Patch>> kShapes = {
      {},
      {{{44, 31, 5, 10}, 300}, {{45, 28, 3, 3}, 380}},
      {{{30, 39, 26, 7}, 250}, {{36, 36, 12, 3}, 120}},
      {{{60, 20, 3, 3}, 500}},
      {{{20, 50, 12, 9}, -90}},
      {{{50, 42, 14, 5}, 260}, {{51, 47, 2, 5}, 240}, {{61, 47, 2, 5}, 240}, {{63, 40, 3, 4}, 280}},
      {{{88, 70, 8, 10}, 400}},
      {{{10, 20, 60, 40}, 200}, {{20, 10, 30, 12}, 350}}};
  return kShapes;
}

video::Image<std::uint16_t> frame(std::size_t number) {
  video::Image<std::uint16_t> counts(kWidth, kHeight);
  const auto add = [&](int x, int y, int more) {
    counts.at(x, y) = static_cast<std::uint16_t>(counts.at(x, y) + more);
  };
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      add(x, y, 2000 + 3 * ((x * 5 + y * 3 + static_cast<int>(number)) % 11) + y / 4);
  for (const Patch& patch : shapes().at(number))
    for (int y = patch.box.y; y < patch.box.y + patch.box.height; ++y)
      for (int x = patch.box.x; x < patch.box.x + patch.box.width; ++x) add(x, y, patch.more);
  return counts;
}

}  // namespace

std::vector<NetworkCase> network_cases() {
  const std::string file = "tests/detect/network_cases.csv";
  std::ifstream in(file);
  auto row = base::CsvReader::open(in, file, {"name", "x", "y", "width", "height"});
  CHECK(row);
  std::vector<NetworkCase> cases;
  while (*row->next()) {
    const auto whole = [&](std::string_view column) {
      return static_cast<int>(*row->integer(column));
    };
    NetworkCase one{std::string(row->text("name")),
                    frame(cases.size()),
                    {whole("x"), whole("y"), whole("width"), whole("height")}};
    for (std::size_t c = 0; c < one.expected.size(); ++c)
      one.expected[c] = *row->number(detect::kNetworkClasses[c]);
    cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace marsad::test
