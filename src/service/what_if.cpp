// SPDX-License-Identifier: Apache-2.0
#include "service/what_if.h"

#include <fmt/format.h>

#include <cmath>

#include "service/site_plan.h"

namespace marsad::service {
namespace {

using base::Error;
using base::Result;

// The camera's number among the site's.
Result<std::size_t> number_of(const Site& site, std::string_view key, const std::string& id) {
  for (std::size_t i = 0; i < site.cameras.size(); ++i) {
    if (site.cameras[i].camera.id.text == id) return i;
  }
  return Error{std::string(key), fmt::format("no camera '{}'", id)};
}

std::optional<Error> out_of_range(std::string_view key, double value, double low, double high) {
  if (value >= low && value <= high) return std::nullopt;
  return Error{fmt::format("with.{}", key),
               fmt::format("found {}; expected a number from {} to {}", value, low, high)};
}

std::optional<Error> wrong_number(const wire::WhatIfSensorView& asked) {
  for (const auto& wrong :
       {out_of_range("lon_deg", asked.lon_deg, -180, 180),
        out_of_range("lat_deg", asked.lat_deg, -89, 89),
        out_of_range("height_above_ground_m", asked.height_above_ground_m, 0, 5000),
        out_of_range("azimuth_deg", asked.azimuth_deg.value_or(0), -360, 360),
        out_of_range("elevation_deg", asked.elevation_deg.value_or(0), -90, 90),
        out_of_range("horizontal_fov_deg", asked.horizontal_fov_deg.value_or(12), 0.1, 120),
        out_of_range("sweep_deg", asked.sweep_deg.value_or(0), 0, 360)}) {
    if (wrong) return wrong;
  }
  return std::nullopt;
}

Result<plan::Watcher> watcher_of(const Site& site, const wire::WhatIfSensorView& asked) {
  if (const auto wrong = wrong_number(asked)) return *wrong;
  const auto like = number_of(site, "with.like", asked.like);
  if (!like) return like.error();
  plan::Watcher watcher = sensors_of(site)[*like].watcher;
  sensor::Camera& camera = watcher.camera;
  geo::Geodetic& place = camera.pose.position;
  place = {geo::radians(asked.lat_deg), geo::radians(asked.lon_deg), 0};
  const auto ground_m = site.elevation->height_m(place.lat_rad, place.lon_rad);
  if (!ground_m) {
    return Error{"with.lat_deg", fmt::format("found {}, {}, where the elevation has no height",
                                             asked.lat_deg, asked.lon_deg)};
  }
  place.height_m = *ground_m + asked.height_above_ground_m;
  if (asked.azimuth_deg) camera.pose.azimuth_rad = geo::radians(*asked.azimuth_deg);
  if (asked.elevation_deg) camera.pose.elevation_rad = geo::radians(*asked.elevation_deg);
  if (asked.horizontal_fov_deg) {
    camera.model.horizontal_fov_rad = geo::radians(*asked.horizontal_fov_deg);
    // Another lens: how the old one bends rays doesn't count.
    camera.model.axis = std::nullopt;
    camera.model.distortion = {};
  }
  if (asked.sweep_deg) watcher.sweep_rad = geo::radians(*asked.sweep_deg);
  return watcher;
}

std::vector<wire::FoundView> found_in(const plan::Ledger& ledger) {
  std::vector<wire::FoundView> kinds;
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    wire::FoundView& found = kinds.emplace_back();
    found.who = plan::kCrosserNames[kind];
    for (std::size_t column = 0; column < ledger.columns(); ++column) {
      found.found.push_back(std::round(1000 * ledger.found(column, kind)) / 1000);
    }
  }
  return kinds;
}

}  // namespace

Result<wire::WhatIfView> what_if(const Site& site, const plan::WhatIf& plans,
                                 const wire::WhatIfRequest& request) {
  std::optional<std::size_t> without;
  std::optional<plan::Watcher> with;
  if (request.without.empty() && !request.with) {
    return Error{"without", "expected a camera to leave out, one to add (with), or both"};
  }
  if (!request.without.empty()) {
    const auto number = number_of(site, "without", request.without);
    if (!number) return number.error();
    without = *number;
  }
  if (request.with) {
    const auto watcher = watcher_of(site, *request.with);
    if (!watcher) return watcher.error();
    with = *watcher;
  }
  return wire::WhatIfView{plans.belt().column_m() / 1000, site.plan.enough,
                          found_in(plans.planned()),
                          found_in(plans.changed(*site.elevation, without, with))};
}

}  // namespace marsad::service
