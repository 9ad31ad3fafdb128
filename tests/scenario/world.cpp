// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/world.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "geo/border_line.h"
#include "service/offline.h"
#include "simulate/scenario.h"

namespace marsad::scenario {
namespace {

const geo::Geodetic kMiddle{geo::radians(34), geo::radians(41), 0};
constexpr double kGround_m = 300;
constexpr double kAround_m = 4000;  // level ground around the picture
constexpr double kFps = 10;
// A wide strip: all that walks is between the mast's foot and the horizon, and a frame takes half
// as long as a whole one.
constexpr int kWidth_px = 640;
constexpr int kHeight_px = 256;

// Puts cells on the map. The elevation's nodes are the cells' middles.
class Ground {
 public:
  explicit Ground(const Plan& plan)
      : plan_(plan), margin_(static_cast<int>(kAround_m / plan.cell_m)) {
    const geo::LocalFrame frame(kMiddle);
    const geo::Geodetic step = frame.to_geodetic({plan.cell_m, plan.cell_m, 0});
    lon_step_rad_ = step.lon_rad - kMiddle.lon_rad;
    lat_step_rad_ = step.lat_rad - kMiddle.lat_rad;
  }

  geo::Geodetic place(Cell cell) const {
    const geo::Enu metres = plan_.metres(cell);
    return {kMiddle.lat_rad + metres.north / plan_.cell_m * lat_step_rad_,
            kMiddle.lon_rad + metres.east / plan_.cell_m * lon_step_rad_, kGround_m};
  }

  terrain::Elevation elevation() const {
    const Picture& picture = plan_.picture;
    std::vector<float> heights_m;
    for (int row = -margin_; row < picture.height() + margin_; ++row) {
      for (int column = -margin_; column < picture.columns() + margin_; ++column) {
        heights_m.push_back(static_cast<float>(height_m(picture.at({column, row}))));
      }
    }
    const Cell last{picture.columns() + margin_ - 1, picture.height() + margin_ - 1};
    const geo::Geodetic north_west = place({-margin_, -margin_}), south_east = place(last);
    return terrain::Elevation::from_grid(
        {south_east.lat_rad, north_west.lat_rad, north_west.lon_rad, south_east.lon_rad},
        picture.columns() + 2 * margin_, picture.height() + 2 * margin_, std::move(heights_m));
  }

 private:
  double height_m(char c) const {
    return kGround_m + (c == '^' ? plan_.ridge_m : c == 'v' ? -plan_.wadi_m : 0);
  }

  const Plan& plan_;
  int margin_;
  double lat_step_rad_ = 0;
  double lon_step_rad_ = 0;
};

base::Result<geo::BorderLine> border_line(const Plan& plan, const Ground& ground) {
  const std::vector<Cell>& cells = plan.picture.border;
  std::vector<geo::Geodetic> places;
  for (const Cell& cell : cells) places.push_back(ground.place(cell));
  const geo::Enu way = plan.metres(cells.back()) - plan.metres(cells.front());
  const double left = way.east * plan.home.north - way.north * plan.home.east;
  if (std::abs(left) < 0.1 * norm(way)) {
    return base::Error{"",
                       "the border's line runs towards the home side; expected it to lie to "
                       "one side of the line"};
  }
  return geo::BorderLine::make(std::move(places), left > 0);
}

service::SiteCamera site_camera(const CameraPlan& plan, const Ground& ground) {
  service::SiteCamera out;
  sensor::Camera& camera = out.camera;
  camera.id.text = camera.name = plan.name;
  camera.model = {kWidth_px, kHeight_px, geo::radians(plan.fov_deg)};
  camera.pose.position = ground.place(plan.cell);
  camera.pose.position.height_m += plan.mast_m;
  camera.pose.azimuth_rad = geo::radians(plan.azimuth_deg);
  camera.pose.elevation_rad = geo::radians(plan.sky_deg) - camera.model.vertical_fov_rad() / 2;
  const double pointing_rad = geo::radians(0.02);
  camera.sigma = {pointing_rad, pointing_rad, geo::radians(0.1), 2, 1};
  out.height_above_ground_m = plan.mast_m;
  out.source = "simulated";
  out.fps = kFps;
  return out;
}

simulate::Scenario scenario(const Plan& plan, const Ground& ground) {
  simulate::Scenario out;
  out.seed = plan.seed;
  out.duration_s = plan.time_s;
  for (const PartyPlan& party : plan.parties) {
    simulate::Party added;
    added.name = party.name;
    added.mover = party.mover;
    added.count = party.count;
    added.spacing_m = party.apart_m;
    added.start_s = party.from_s;
    added.speed_mps = party.speed_mps;
    added.wander_m = party.roaming_m;
    added.above_ground_m = party.up_m;
    added.halt_s = party.halting_s;
    for (const Cell& cell : party.path) added.path.push_back(ground.place(cell));
    out.parties.push_back(std::move(added));
  }
  using Interference = simulate::Interference;
  for (const CameraPlan& camera : plan.cameras) {
    if (camera.covered_from_s) {
      out.interferences.push_back(
          {{camera.name}, Interference::Kind::covered, *camera.covered_from_s, 0});
    }
    if (camera.turned_at_s) {
      out.interferences.push_back({{camera.name},
                                   Interference::Kind::turned,
                                   *camera.turned_at_s,
                                   geo::radians(camera.turn_deg)});
    }
  }
  return out;
}

// Keeps what the steps say.
class Chronicle {
 public:
  void take(const service::Step& step) {
    ++outcome_.frames;
    outcome_.detections += step.frame.detections.size();
    for (const track::Track& track : step.tracks) {
      if (track.status == track::TrackStatus::tentative ||
          track.status == track::TrackStatus::hidden) {
        continue;
      }
      newest_[track.id] = track;
      outcome_.history.push_back(track);
    }
    for (const incident::Incident& incident : step.incidents) {
      incidents_[incident.id] = incident;
    }
  }

  Outcome outcome() && {
    for (auto& [id, track] : newest_) outcome_.tracks.push_back(std::move(track));
    for (auto& [id, incident] : incidents_) {
      if (!incident.merged_into) outcome_.incidents.push_back(std::move(incident));
    }
    return std::move(outcome_);
  }

 private:
  Outcome outcome_;
  std::map<track::TrackId, track::Track> newest_;
  std::map<incident::IncidentId, incident::Incident> incidents_;
};

}  // namespace

geo::Geodetic World::place(Cell cell) const { return Ground(plan).place(cell); }

base::Result<World> build(std::string_view text) {
  auto plan = read_plan(text);
  if (!plan) return plan.error();
  World world;
  world.plan = *std::move(plan);
  const Ground ground(world.plan);
  auto line = border_line(world.plan, ground);
  if (!line) return line.error();
  service::Site& site = world.site;
  site.name = "a drawn world";
  border::Border border{*std::move(line), {}, {}, {}, {}};
  for (const PrivacyPlan& planned : world.plan.privacy) {
    border::Zone& zone = border.zones.emplace_back();
    zone = {planned.name, border::ZoneKind::privacy, {}, planned.height_m, {}, {}};
    for (const Cell& corner : planned.corners) zone.ring.push_back(ground.place(corner));
  }
  for (const BarrierPlan& planned : world.plan.barriers) {
    border::Barrier& barrier = border.barriers.emplace_back();
    barrier.name = planned.name;
    for (const Cell& cell : planned.line) barrier.line.push_back(ground.place(cell));
    if (!planned.breached) continue;
    barrier.history.push_back({0, border.line.length_m(), border::BarrierCondition::breached,
                               base::Time{}, base::Time{}, "drawn"});
  }
  site.judge.rules = world.plan.rules;
  site.judge.tells_tampering = world.plan.tells_tampering;
  site.judge.known = world.plan.known;
  site.border = std::make_shared<border::Border>(std::move(border));
  site.elevation = std::make_shared<terrain::Elevation>(ground.elevation());
  site.world = std::make_shared<simulate::World>(scenario(world.plan, ground), site.elevation);
  for (const CameraPlan& camera : world.plan.cameras) {
    site.cameras.push_back(site_camera(camera, ground));
  }
  return world;
}

Outcome run(std::string_view text) {
  auto world = build(text);
  if (!world) {
    ADD_FAILURE() << base::to_string(world.error()) << "\nin this picture:\n" << text;
    return {};
  }
  Chronicle chronicle;
  const auto ran = service::run_offline(world->site, base::Time{}, [&](const service::Step& step) {
    chronicle.take(step);
    return true;
  });
  if (!ran) ADD_FAILURE() << base::to_string(ran.error());
  Outcome outcome = std::move(chronicle).outcome();
  outcome.world = std::make_shared<const World>(*std::move(world));
  return outcome;
}

}  // namespace marsad::scenario
