// SPDX-License-Identifier: Apache-2.0
#include "plan/belt.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "geo/local_frame.h"

namespace marsad::plan {
namespace {

std::size_t parts(double length_m, double most_m) {
  return static_cast<std::size_t>(std::max(1.0, std::ceil(length_m / most_m - 1e-9)));
}

// The way home at a chainage, averaged over the line around it.
geo::Enu smoothed_home(const geo::BorderLine& line, double s_m, double reach_m) {
  constexpr int kSamples = 8;
  geo::Enu sum{};
  for (int i = -kSamples; i <= kSamples; ++i) {
    sum = sum + line.toward_home(s_m + reach_m * i / kSamples);
  }
  const double length = norm(sum);
  // Where the line turns back on itself no way is home on average.
  return length > 1e-3 ? (1 / length) * sum : line.toward_home(s_m);
}

// Whether a place is about as far off the line, and on the side, as its row says.
bool lies_in_row(const geo::BorderLine& line, geo::Geodetic place, double d_m, double row_m) {
  constexpr double kTolerance = 0.25;
  const double off_m = line.chainage(place).d_m - d_m;
  return std::abs(off_m) <= row_m + kTolerance * std::abs(d_m);
}

}  // namespace

Belt::Belt(geo::BorderLine line, const terrain::Elevation& elevation, BeltSettings settings)
    : line_(std::move(line)), settings_(settings) {
  CHECK(settings.far_m > 0 && settings.home_m > 0);
  CHECK(settings.along_m > 0 && settings.across_m > 0);
  const double width_m = settings.far_m + settings.home_m;
  columns_ = parts(line_.length_m(), settings.along_m);
  rows_ = std::max<std::size_t>(2, parts(width_m, settings.across_m));
  column_m_ = line_.length_m() / static_cast<double>(columns_);
  row_m_ = width_m / static_cast<double>(rows_);
  cells_.resize(columns_ * rows_);
  const double reach_m = std::max(settings.far_m, settings.home_m);
  for (std::size_t column = 0; column < columns_; ++column) {
    const geo::LocalFrame frame(line_.at(s_m(column)));
    const geo::Enu home = smoothed_home(line_, s_m(column), reach_m);
    home_.push_back(home);
    for (std::size_t row = 0; row < rows_; ++row) {
      geo::Geodetic place =
          frame.to_geodetic_at_height(d_m(row) * home.east, d_m(row) * home.north, 0);
      const auto height_m = elevation.height_m(place.lat_rad, place.lon_rad);
      if (!height_m || !lies_in_row(line_, place, d_m(row), row_m_)) continue;
      place.height_m = *height_m;
      cells_[index(column, row)] = place;
    }
  }
}

std::size_t Belt::line_row() const {
  const auto row = static_cast<std::size_t>(std::lround(settings_.far_m / row_m_));
  return std::clamp<std::size_t>(row, 1, rows_ - 1);
}

std::size_t Belt::column_at(double s_m) const {
  const double column = std::clamp(s_m / column_m_, 0.0, static_cast<double>(columns_ - 1));
  return std::min(static_cast<std::size_t>(column), columns_ - 1);
}

}  // namespace marsad::plan
