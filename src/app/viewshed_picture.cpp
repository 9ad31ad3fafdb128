// SPDX-License-Identifier: Apache-2.0
#include "app/viewshed_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "video/lettering.h"

namespace marsad::app {
namespace {

using video::Rgb;

constexpr int kMostPixels = 2000;  // a side
constexpr int kLeastPixels = 500;  // a side, where cells are few
constexpr Rgb kPaper{16, 20, 26};
constexpr Rgb kInk{222, 228, 236};
constexpr Rgb kRing{255, 255, 255};
constexpr Rgb kObserver{255, 48, 48};
constexpr int kScale = 2;  // of the lettering
constexpr int kLine_px = kScale * video::kLetterHeight_px + 6;

// Bands of the least visible height: told apart by brightness alone, too.
struct Band {
  float up_to_m;
  Rgb colour;
  const char* words;
};
constexpr std::array<Band, 5> kBands{{{0, {253, 231, 37}, "GROUND SEEN"},
                                      {2, {122, 209, 81}, "SEEN FROM 2 M UP"},
                                      {5, {34, 168, 132}, "SEEN FROM 5 M UP"},
                                      {20, {42, 120, 142}, "SEEN FROM 20 M UP"},
                                      {100, {65, 68, 135}, "SEEN FROM 100 M UP"}}};

Rgb mixed(Rgb ground, const Tint& tint) {
  const auto part = [&](int below, int above) {
    return static_cast<std::uint8_t>(std::lround((1 - tint.share) * below + tint.share * above));
  };
  return {part(ground.r, tint.colour.r), part(ground.g, tint.colour.g),
          part(ground.b, tint.colour.b)};
}

// How cells and pixels go together.
struct Scale {
  int cells = 1;   // along a pixel
  int pixels = 1;  // along a cell

  Scale(int columns, int rows) {
    const int side = std::max(columns, rows);
    cells = (side + kMostPixels - 1) / kMostPixels;
    pixels = cells > 1 ? 1 : std::max(1, kLeastPixels / std::max(1, side));
  }
  int to_pixels(int count) const { return count / cells * pixels; }
  int to_cell(int pixel) const { return pixel / pixels * cells; }
  double pixel_of(double cell) const { return (cell + 0.5) / cells * pixels; }
};

// Light from the north-west, 45 degrees up, on the ground's slope between neighbours.
Rgb shade(const terrain::GroundGrid& grid, int column, int row, int reach) {
  const int west = std::max(column - reach, 0), east = std::min(column + reach, grid.columns - 1);
  const int north = std::max(row - reach, 0), south = std::min(row + reach, grid.rows - 1);
  const double dx = (double{grid.height_m(east, row)} - double{grid.height_m(west, row)}) /
                    (std::max(1, east - west) * grid.column_step_m);
  const double dy = (double{grid.height_m(column, south)} - double{grid.height_m(column, north)}) /
                    (std::max(1, south - north) * grid.row_step_m);
  if (std::isnan(dx + dy)) return kPaper;
  const double light = (dx + dy + std::numbers::sqrt2) / (2 * std::sqrt(1 + dx * dx + dy * dy));
  const auto grey = static_cast<std::uint8_t>(std::clamp(40 + 190 * light, 20.0, 235.0));
  return {grey, grey, grey};
}

// Rings at 1, 2 or 5 times a power of ten, five at most.
double ring_step_m(double range_m) {
  double step_m = 1;
  while (true) {
    for (const double factor : {1.0, 2.0, 5.0})
      if (factor * step_m * 5 >= range_m) return factor * step_m;
    step_m *= 10;
  }
}

void dot(video::Image<Rgb>& picture, double x, double y, Rgb colour) {
  const int column = static_cast<int>(std::floor(x)), row = static_cast<int>(std::floor(y));
  if (column >= 0 && row >= 0 && column < picture.width() && row < picture.height())
    picture.at(column, row) = colour;
}

void draw_ring(video::Image<Rgb>& picture, const terrain::GroundMap& map, const Scale& scale,
               double radius_m) {
  const terrain::GridPoint at = map.places.front();
  const double rx = radius_m / map.grid.column_step_m, ry = radius_m / map.grid.row_step_m;
  const int steps = 8 * static_cast<int>(std::max(rx, ry) * scale.pixels / scale.cells + 8);
  for (int i = 0; i < steps; ++i) {
    const double angle = 2 * std::numbers::pi * i / steps;
    dot(picture, scale.pixel_of(at.column + rx * std::cos(angle)),
        scale.pixel_of(at.row + ry * std::sin(angle)), kRing);
  }
  const std::string words = fmt::format("{:g} KM", radius_m / 1000);
  video::write_text(picture, static_cast<int>(scale.pixel_of(at.column)) + 3,
                    static_cast<int>(scale.pixel_of(at.row - ry)) + 3, words, kRing, 1);
}

void draw_observer(video::Image<Rgb>& picture, const Scale& scale, terrain::GridPoint at) {
  const double x = scale.pixel_of(at.column), y = scale.pixel_of(at.row);
  for (int i = -5; i <= 5; ++i) {
    dot(picture, x + i, y, kObserver);
    dot(picture, x, y + i, kObserver);
  }
}

}  // namespace

Tint tint_of(float least_m) {
  for (const Band& band : kBands)
    if (least_m <= band.up_to_m) return {band.colour, 0.55};
  return {kPaper, std::isnan(least_m) ? 0.6 : 0.25};
}

Tint tint_of(terrain::Sight sight) {
  if (sight == terrain::Sight::seen) return {kBands.front().colour, 0.55};
  return {kPaper, sight == terrain::Sight::not_asked ? 0.6 : 0.25};
}

std::vector<LegendLine> height_legend() {
  std::vector<LegendLine> lines;
  for (const Band& band : kBands) lines.push_back({band.colour, band.words});
  return lines;
}

std::vector<LegendLine> sight_legend(double target_height_m) {
  return {{kBands.front().colour, fmt::format("{:g} M HIGH IS SEEN", target_height_m)}};
}

video::Image<Rgb> picture_of(const terrain::GroundMap& map,
                             const std::function<Tint(std::size_t)>& tint_of_cell,
                             const PictureSettings& settings) {
  const Scale scale(map.grid.columns, map.grid.rows);
  const int width = scale.to_pixels(map.grid.columns), height = scale.to_pixels(map.grid.rows);
  const int legend_px = kLine_px * static_cast<int>(settings.legend.size());
  video::Image<Rgb> picture(std::max(width, 1), height + legend_px, kPaper);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int column = scale.to_cell(x), row = scale.to_cell(y);
      picture.at(x, y) = mixed(shade(map.grid, column, row, scale.cells),
                               tint_of_cell(map.grid.index(column, row)));
    }
  }
  if (map.places.size() == 1) {
    const double step_m = ring_step_m(settings.range_m);
    for (double radius_m = step_m; radius_m <= settings.range_m * 1.0001; radius_m += step_m)
      draw_ring(picture, map, scale, radius_m);
  }
  for (const terrain::GridPoint& place : map.places) draw_observer(picture, scale, place);
  video::fill(picture, 0, height, picture.width(), legend_px, kPaper);
  for (std::size_t i = 0; i < settings.legend.size(); ++i) {
    const int y = height + static_cast<int>(i) * kLine_px + 3;
    video::fill(picture, 4, y, 2 * kScale * video::kLetterHeight_px,
                kScale * video::kLetterHeight_px,
                mixed({150, 150, 150}, {settings.legend[i].colour, 0.55}));
    video::write_text(picture, 12 + 2 * kScale * video::kLetterHeight_px, y,
                      settings.legend[i].words, kInk, kScale);
  }
  return picture;
}

}  // namespace marsad::app
