// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/going.h"
#include "plan/warning.h"
#include "plan/watch.h"
#include "service/site.h"
#include "service/toml_reader.h"

namespace marsad::service {

// The table [plan] of a site's file; what it does not say is as usual.
PlanSettings read_plan(TomlReader::Table& root, const std::filesystem::path& folder);

// Whether the site's belt has so few cells that it can be worked out.
base::Result<void> check_belt_size(const Site& site);

// A sensor that is there or might be, as plans count with it.
struct PlannedSensor {
  std::string name;
  MountKind mount = MountKind::tower;
  plan::Watcher watcher;
  double availability = 1;  // the share of the time that it is up and works
};

// The site's cameras as plans count with them.
std::vector<PlannedSensor> sensors_of(const Site& site);

// A table of sensors: id, lat_deg, lon_deg, height_above_ground_m; and where it says, mount, how
// they look (azimuth_deg, elevation_deg, horizontal_fov_deg, width_px, height_px, sweep_deg), what
// they are (netd_k, pitch_um, f_number, frames_per_s), height_band_m and availability. Without them
// a tower's head turns all round and works for 95 % of the time; a balloon's too, which is up for
// 70 % and hangs in a band of 60 m.
base::Result<std::vector<PlannedSensor>> read_planned_sensors(const std::string& file,
                                                              const terrain::Elevation& ground);

// A table of posts from which patrols drive: id, lat_deg, lon_deg, and speed_kmh over the ground in
// a straight line, 20 where it says none.
base::Result<std::vector<plan::ResponsePost>> read_posts(const std::string& file);

// The site's barriers as obstacles, by what each kind of barrier costs each kind of crosser
// (docs/planner.md tells the times).
std::vector<plan::Obstacle> obstacles_of(const Site& site);

}  // namespace marsad::service
