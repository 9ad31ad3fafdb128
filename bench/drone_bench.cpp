// SPDX-License-Identifier: Apache-2.0
// Whether drones over the line are told where two cameras see them before the sky: simulated
// crossings, from drawn frames through the whole chain to incidents. And how far off the places
// are, against what is told of their errors.
//   drone_bench [CROSSINGS]
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "geo/distance2.h"
#include "service/offline.h"
#include "simulate/scenario.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad {
namespace {

constexpr double kBefore_s = 5;     // that the cameras watch before it sets out
constexpr double kHalfWay_m = 120;  // before and after the line
constexpr double kMast_m = 30;
const std::array<std::string, 2> kNames = {"T", "U"};
const double kPointing_rad = geo::radians(0.05);
constexpr double kNear_m = 100;  // from where it truly crossed, along the line

// One crossing of a line that runs east through the middle, home to the south.
struct Crossing {
  sensor::MoverClass mover = sensor::MoverClass::aircraft;
  bool inbound = true;
  double speed_mps = 8;
  double heading_rad = 0;  // off the straight way across
  double up_m = 60;
  std::array<double, 2> aside_m = {};  // of each camera from the place of the crossing
  std::array<double, 2> back_m = {};
  std::array<double, 2> turned_rad = {};  // by which each looks beside what is told
  std::uint64_t seed = 1;
};

struct Outcome {
  bool told = false;  // a drone's crossing, there and that way
  int other = 0;      // incidents beside that
  std::vector<double> off_m;
  std::vector<double> nees;
};

sensor::Camera camera_of(const Crossing& crossing, std::size_t number) {
  sensor::Camera camera;
  camera.id.text = camera.name = kNames.at(number);
  camera.model = {640, 256, geo::radians(24)};
  const double side = number == 0 ? -1 : 1;
  camera.pose.position =
      test::at(side * crossing.aside_m.at(number), -crossing.back_m.at(number), kMast_m);
  const geo::Enu way = terrain::direction_to(camera.pose.position, test::at(0, 0, crossing.up_m));
  camera.pose.azimuth_rad = std::atan2(way.east, way.north);
  camera.pose.elevation_rad = std::atan2(way.up, std::hypot(way.east, way.north));
  camera.sigma = {kPointing_rad, kPointing_rad, kPointing_rad, 0.1, 0.1};
  return camera;
}

service::Site site_of(const Crossing& crossing,
                      const std::shared_ptr<const terrain::Elevation>& ground) {
  simulate::Scenario scenario;
  scenario.name = "drones";
  scenario.seed = crossing.seed;
  simulate::Party party;
  party.name = "drone";
  party.mover = crossing.mover;
  party.speed_mps = crossing.speed_mps;
  party.start_s = kBefore_s;
  party.above_ground_m = crossing.up_m;
  const double north = (crossing.inbound ? 1 : -1) * kHalfWay_m;
  const double east = north * std::tan(crossing.heading_rad);
  party.path = {test::at(east, north), test::at(-east, -north)};
  scenario.duration_s = kBefore_s + 2 * std::hypot(east, north) / crossing.speed_mps + 3;
  scenario.parties.push_back(std::move(party));
  service::Site site;
  site.name = "drones";
  auto line = geo::BorderLine::make({test::at(-2000, 0), test::at(2000, 0)}, false);
  if (!line) std::exit(1);
  site.border = std::make_shared<border::Border>(border::Border{*std::move(line), {}, {}, {}, {}});
  site.judge.rules.drone = incident::everywhere(incident::DroneSettings{});
  site.elevation = ground;
  for (const std::size_t number : {0U, 1U}) {
    service::SiteCamera camera;
    camera.camera = camera_of(crossing, number);
    camera.height_above_ground_m = kMast_m;
    camera.source = "simulated";
    camera.fps = 10;
    scenario.interferences.push_back({camera.camera.id, simulate::Interference::Kind::turned, 0,
                                      crossing.turned_rad.at(number)});
    site.cameras.push_back(std::move(camera));
  }
  site.world = std::make_shared<simulate::World>(std::move(scenario), ground);
  return site;
}

void compare(const track::Track& track, const simulate::TruthState& truth, Outcome& outcome) {
  const geo::Enu off = geo::LocalFrame(track.place).to_enu(truth.place);
  const geo::CovEn cov = track.position_cov_m2();
  outcome.off_m.push_back(std::hypot(off.east, off.north));
  outcome.nees.push_back(geo::distance2(off.east, off.north, cov));
}

Outcome fly(const Crossing& crossing, const std::shared_ptr<const terrain::Elevation>& ground) {
  const service::Site site = site_of(crossing, ground);
  Outcome outcome;
  std::map<incident::IncidentId, incident::Incident> told;
  const auto ran = service::run_offline(site, base::Time{}, [&](const service::Step& step) {
    for (const incident::Incident& incident : step.incidents) told[incident.id] = incident;
    const auto truth = site.world->truth(base::to_seconds(step.frame.time - base::Time{}));
    if (truth.empty()) return true;
    for (const track::Track& track : step.tracks) {
      if (track.status == track::TrackStatus::confirmed && track.last_seen == step.frame.time) {
        compare(track, truth.front(), outcome);
      }
    }
    return true;
  });
  if (!ran) {
    fmt::print(stderr, "{}\n", base::to_string(ran.error()));
    std::exit(1);
  }
  const double s_m = site.border->line.chainage(test::at(0, 0)).s_m;
  for (const auto& [id, incident] : told) {
    if (incident.merged_into) continue;
    const bool right = incident.kind == incident::Kind::drone_crossing &&
                       (incident.direction == incident::Direction::inbound) == crossing.inbound &&
                       std::abs(incident.chainage_m - s_m) <= kNear_m;
    if (right) {
      outcome.told = true;
    } else {
      ++outcome.other;
    }
  }
  return outcome;
}

Crossing draw(std::mt19937_64& random, double nearest_m, double farthest_m) {
  std::uniform_real_distribution<double> even(0, 1);
  const auto between = [&](double low, double high) { return low + (high - low) * even(random); };
  Crossing crossing;
  crossing.inbound = even(random) < 0.5;
  crossing.speed_mps = between(4, 15);
  crossing.heading_rad = geo::radians(between(-40, 40));
  crossing.up_m = between(50, 100);
  for (const std::size_t camera : {0U, 1U}) {
    const double range_m = between(nearest_m, farthest_m), aside = geo::radians(between(20, 70));
    crossing.aside_m.at(camera) = range_m * std::sin(aside);
    crossing.back_m.at(camera) = range_m * std::cos(aside);
    crossing.turned_rad.at(camera) = kPointing_rad * std::normal_distribution<double>()(random);
  }
  crossing.seed = random();
  return crossing;
}

double median(std::vector<double> values) {
  if (values.empty()) return std::nan("");
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void report(const char* name, const std::vector<Outcome>& outcomes) {
  std::vector<double> off_m, nees;
  int told = 0, other = 0;
  for (const Outcome& outcome : outcomes) {
    told += outcome.told ? 1 : 0;
    other += outcome.other;
    off_m.insert(off_m.end(), outcome.off_m.begin(), outcome.off_m.end());
    nees.insert(nees.end(), outcome.nees.begin(), outcome.nees.end());
  }
  double sum = 0;
  for (const double one : nees) sum += one;
  fmt::print("{:22}  {:>9}  {:>4}  {:>5}  {:>11.1f}  {:>9.2f}\n", name, outcomes.size(), told,
             other, median(off_m), nees.empty() ? std::nan("") : sum / double(nees.size()));
}

int run(int crossings) {
  const auto ground = std::make_shared<const terrain::Elevation>(test::flat_terrain(6000));
  std::mt19937_64 random(11);
  fmt::print("{:22}  {:>9}  {:>4}  {:>5}  {:>11}  {:>9}\n", "from both cameras", "crossings",
             "told", "other", "median off m", "mean NEES");
  for (const auto& [name, mover, nearest_m, farthest_m] :
       {std::tuple{"drone 300 to 500 m", sensor::MoverClass::aircraft, 300.0, 500.0},
        {"drone 500 to 800 m", sensor::MoverClass::aircraft, 500.0, 800.0},
        {"drone 800 to 1200 m", sensor::MoverClass::aircraft, 800.0, 1200.0},
        {"bird 300 to 800 m", sensor::MoverClass::bird, 300.0, 800.0}}) {
    std::vector<Outcome> outcomes;
    for (int i = 0; i < crossings; ++i) {
      Crossing crossing = draw(random, nearest_m, farthest_m);
      crossing.mover = mover;
      outcomes.push_back(fly(crossing, ground));
    }
    report(name, outcomes);
  }
  return 0;
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) { return marsad::run(argc > 1 ? std::atoi(argv[1]) : 16); }
