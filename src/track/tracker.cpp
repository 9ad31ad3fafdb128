// SPDX-License-Identifier: Apache-2.0
#include "track/tracker.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/check.h"
#include "track/association.h"
#include "track/gate.h"
#include "track/mover.h"

namespace marsad::track {
namespace {

// A plot far inside a gate must be possible even where the visibility model says it isn't.
constexpr double kLeastDetection = 0.05;
constexpr double kMostDetection = 0.99;

// A tentative track is dropped when its existence falls to this part of what it began with.
constexpr double kTentativeLoss = 0.05;

// A mover counts as missed when this many of its own revisit times pass without a plot: one, and
// some slack for scans that don't come on the dot.
constexpr double kOverdue = 1.5;

// Whether a covariance is one, and of a size that can be reckoned with: `least_m4` is the least
// determinant.
bool usable(const geo::CovEn& cov, double least_m4) {
  constexpr double kMost_m2 = 1e10;
  return cov.ee >= 0 && cov.nn >= 0 && cov.ee < kMost_m2 && cov.nn < kMost_m2 &&
         cov.ee * cov.nn - cov.en * cov.en >= least_m4;
}

bool usable(const locate::Plot& plot) {
  constexpr double kLeast_m4 = 1e-12;  // a millimetre each way
  return plot.place && std::isfinite(plot.place->lat_rad) && std::isfinite(plot.place->lon_rad) &&
         std::isfinite(plot.place->height_m) && usable(plot.cov_m2, kLeast_m4) &&
         usable(plot.bias_cov_m2, 0);
}

// A mover with plots of the scan in its gate.
struct Gated {
  std::uint32_t mover = 0;  // its place in the tracker's list
  Motion predicted;         // to the scan
  double detection_probability = 0;
  std::size_t first_candidate = 0;
  std::size_t candidates = 0;
};

struct Sensor {
  sensor::SensorId id;
  std::optional<base::Time> judged;  // when misses were counted last
};

}  // namespace

struct Tracker::State {
  State(TrackerSettings chosen, geo::LocalFrame plane, Visibility model)
      : settings(std::move(chosen)), frame(std::move(plane)), visibility(std::move(model)) {}

  TrackerSettings settings;
  geo::LocalFrame frame;
  Visibility visibility;

  std::vector<Mover> movers;  // by id
  std::vector<Mover> lost;    // by the newest scan
  std::vector<Sensor> sensors;
  base::Time newest = base::Time::min();
  std::uint64_t last_id = 0;

  // Of the scan in hand, kept to save allocations.
  BoxIndex index;
  std::vector<Box> boxes;
  std::vector<std::uint32_t> near_plots;
  std::vector<Sighting> sightings;
  std::vector<Possible> possible;
  std::vector<Gated> gated;
  std::vector<Candidate> candidates;  // by gated mover

  std::uint32_t sensor_number(const sensor::SensorId& id);
  void read_sightings(const Scan& scan);
  void gate(std::uint32_t sensor, base::Time time);
  void gate_mover(std::uint32_t number, std::uint32_t sensor, base::Time time);
  double detection_probability(const Mover& mover, const Motion& motion,
                               const sensor::SensorId& sensor) const;
  void update_gated(const Association& found, std::uint32_t sensor, base::Time time);
  void judge_by_visibility(std::uint32_t sensor, base::Time time);
  void judge_by_history(base::Time time);
  void begin_movers(const Association& found, std::uint32_t sensor, base::Time time);
  void settle();
  bool gone(const Mover& mover) const;
  geo::Geodetic place_of(const Kinematics& kinematics, double height_m) const;
  Track publish(const Mover& mover) const;
};

std::uint32_t Tracker::State::sensor_number(const sensor::SensorId& id) {
  const auto found = std::find_if(sensors.begin(), sensors.end(),
                                  [&id](const Sensor& sensor) { return sensor.id == id; });
  const auto number = static_cast<std::uint32_t>(found - sensors.begin());
  if (found == sensors.end()) sensors.push_back({id, std::nullopt});
  return number;
}

void Tracker::State::read_sightings(const Scan& scan) {
  sightings.clear();
  for (const locate::Plot& plot : scan.plots) {
    if (!usable(plot)) continue;
    const geo::Enu at = frame.to_enu(*plot.place);
    sightings.push_back(
        {{at.east, at.north, plot.cov_m2}, plot.bias_cov_m2, plot.place->height_m, &plot});
  }
}

geo::Geodetic Tracker::State::place_of(const Kinematics& kinematics, double height_m) const {
  return frame.to_geodetic_at_height(kinematics.mean[0], kinematics.mean[1], height_m);
}

double Tracker::State::detection_probability(const Mover& mover, const Motion& motion,
                                             const sensor::SensorId& sensor) const {
  if (!visibility) return settings.detection_probability;
  return visibility(sensor, place_of(moments(motion), mover.height_m),
                    sensor::likeliest(mover.classes.probabilities()));
}

void Tracker::State::gate(std::uint32_t sensor, base::Time time) {
  boxes.clear();
  for (const Sighting& seen : sightings) {
    const geo::CovEn cov = seen.position.cov_m2 + seen.bias_cov_m2;
    boxes.push_back(Box::around(seen.position.e_m, seen.position.n_m,
                                settings.gate_sigma * std::sqrt(cov.ee),
                                settings.gate_sigma * std::sqrt(cov.nn)));
  }
  index.build(boxes);
  gated.clear();
  candidates.clear();
  for (std::uint32_t m = 0; m < movers.size(); ++m) gate_mover(m, sensor, time);
}

void Tracker::State::gate_mover(std::uint32_t number, std::uint32_t sensor, base::Time time) {
  const Mover& mover = movers[number];
  const double dt_s = base::to_seconds(time - mover.time);
  const Reach around = reach(mover.motion, dt_s, settings.modes, settings.gate_sigma);
  // Another sensor's plot may lie off by the bias of the sensor the track follows.
  const double bias_e_m = settings.gate_sigma * std::sqrt(mover.bias_cov_m2.ee);
  const double bias_n_m = settings.gate_sigma * std::sqrt(mover.bias_cov_m2.nn);
  index.find(
      Box::around(around.e_m, around.n_m, around.half_e_m + bias_e_m, around.half_n_m + bias_n_m),
      near_plots);
  if (near_plots.empty()) return;

  Gated here{.mover = number, .predicted = motion_at(mover, time, settings)};
  here.first_candidate = candidates.size();
  for (const std::uint32_t p : near_plots) {
    const Sighting& seen = sightings[p];
    const Fit fitted =
        fit(here.predicted, mover.offsets.to_anchor(seen.position, seen.bias_cov_m2, sensor, time,
                                                    settings.bias_memory_s));
    if (fitted.distance2 > settings.gate_sigma * settings.gate_sigma) continue;
    candidates.push_back({static_cast<std::uint32_t>(gated.size()), p, fitted.density_pm2});
  }
  here.candidates = candidates.size() - here.first_candidate;
  if (here.candidates == 0) return;

  here.detection_probability =
      std::clamp(detection_probability(mover, here.predicted, sensors[sensor].id), kLeastDetection,
                 kMostDetection);
  Existence existence = mover.existence;
  predict(existence, base::to_seconds(time - mover.existence_time), settings.existence);
  // Seen against missed, and against a false plot [Musicki94].
  const double seen = existence.visible * here.detection_probability;
  const double ratio_m2 = seen / ((1 - seen) * settings.false_plots_per_km2 * 1e-6);
  for (std::size_t c = here.first_candidate; c < candidates.size(); ++c) {
    candidates[c].weight *= ratio_m2;
  }
  gated.push_back(here);
}

void Tracker::State::update_gated(const Association& found, std::uint32_t sensor, base::Time time) {
  for (std::size_t g = 0; g < gated.size(); ++g) {
    const Gated& here = gated[g];
    Mover& mover = movers[here.mover];
    const std::int32_t likeliest = found.plot_of[g];
    possible.clear();
    double explained = 0;
    for (std::size_t i = 0; i < here.candidates; ++i) {
      const Candidate& c = candidates[here.first_candidate + i];
      const bool chosen = static_cast<std::int32_t>(c.plot) == likeliest;
      possible.push_back(
          {&sightings[c.plot], chosen ? settings.commitment * c.probability : c.probability});
      explained += c.probability;
    }
    follow(mover, here.predicted, possible, std::max(0.0, 1 - explained), sensor, time, settings);

    // A plot that may be this mover's always counts for it; none counts against it only where the
    // look is not one with those before.
    const bool missed = likeliest == kUnassigned;
    const bool same_look = base::to_seconds(time - mover.last_look) < settings.look_interval_s;
    advance_existence(mover, time, settings);
    update(mover.existence, missed && same_look ? 0.0 : here.detection_probability,
           found.detected[g]);
    if (missed) {
      mover.last_look = std::max(mover.last_look, time);
    } else {
      note(mover, here.predicted, sightings[static_cast<std::size_t>(likeliest)], sensor, time,
           settings);
    }
  }
}

// With a visibility model: at most once in a look interval, each mover this sensor should have seen
// and nobody saw of late is a little less likely to be there.
void Tracker::State::judge_by_visibility(std::uint32_t sensor, base::Time time) {
  const auto interval = base::from_seconds(settings.look_interval_s);
  if (sensors[sensor].judged && time - *sensors[sensor].judged < interval) return;
  sensors[sensor].judged = time;
  std::size_t g = 0;
  for (std::uint32_t m = 0; m < movers.size(); ++m) {
    while (g < gated.size() && gated[g].mover < m) ++g;
    if (g < gated.size() && gated[g].mover == m) continue;
    Mover& mover = movers[m];
    if (time - mover.last_seen < interval) continue;
    const double probability =
        detection_probability(mover, motion_at(mover, time, settings), sensors[sensor].id);
    advance_existence(mover, time, settings);
    update(mover.existence, std::clamp(probability, 0.0, kMostDetection), 0);
  }
}

// Without one: a mover is missed each time its own revisit time passes with no plot near it.
void Tracker::State::judge_by_history(base::Time time) {
  for (Mover& mover : movers) {
    const double due_s = std::max(mover.revisit_s, settings.look_interval_s);
    if (base::to_seconds(time - mover.last_look) < kOverdue * due_s) continue;
    advance_existence(mover, time, settings);
    update(mover.existence, settings.detection_probability, 0);
    mover.last_look += base::from_seconds(due_s);
  }
}

void Tracker::State::begin_movers(const Association& found, std::uint32_t sensor, base::Time time) {
  std::vector<bool> used(sightings.size(), false);
  for (const std::int32_t plot : found.plot_of) {
    if (plot != kUnassigned) used[static_cast<std::size_t>(plot)] = true;
  }
  for (std::size_t p = 0; p < sightings.size(); ++p) {
    if (used[p]) continue;
    const double existence = settings.birth_existence * (1 - found.taken[p]);
    Mover mover = born(sightings[p], sensor, time, existence, settings);
    mover.id = TrackId{++last_id};
    movers.push_back(std::move(mover));
  }
}

bool Tracker::State::gone(const Mover& mover) const {
  const double unseen_s = base::to_seconds(newest - mover.last_seen);
  const double drop = mover.status == TrackStatus::confirmed
                          ? settings.drop_existence
                          : kTentativeLoss * mover.birth_existence;
  return unseen_s > settings.drop_after_s || mover.existence.total() < drop ||
         newest > mover.drifts;
}

// Confirms and drops.
void Tracker::State::settle() {
  for (Mover& mover : movers) {
    if (mover.status == TrackStatus::tentative && mover.plots >= settings.confirm_plots &&
        mover.existence.total() >= settings.confirm_existence) {
      mover.status = TrackStatus::confirmed;
    }
    if (gone(mover) && mover.status == TrackStatus::confirmed) {
      mover.status = TrackStatus::lost;
      lost.push_back(mover);
    }
  }
  std::erase_if(movers, [this](const Mover& mover) {
    return mover.status == TrackStatus::lost || gone(mover);
  });
}

Track Tracker::State::publish(const Mover& mover) const {
  const Kinematics now = moments(motion_at(mover, newest, settings));
  Existence existence = mover.existence;
  predict(existence, base::to_seconds(newest - mover.existence_time), settings.existence);
  Track track;
  track.id = mover.id;
  track.status = mover.status;
  track.time = newest;
  track.place = place_of(now, mover.height_m);
  track.ve_mps = now.mean[2];
  track.vn_mps = now.mean[3];
  track.cov = now.cov;
  track.bias_cov_m2 = mover.bias_cov_m2;
  track.existence = existence.total();
  track.classes = mover.classes.probabilities();
  track.first_seen = mover.first_seen;
  track.last_seen = mover.last_seen;
  track.plots = mover.plots;
  track.last_sensor = sensors[mover.last_sensor].id;
  track.last_cause = mover.last_cause;
  for (const std::uint32_t sensor : mover.sensors) track.sensors.push_back(sensors[sensor].id);
  return track;
}

Tracker::Tracker(TrackerSettings settings, geo::LocalFrame frame, Visibility visibility)
    : state_(new State(std::move(settings), std::move(frame), std::move(visibility))) {
  const TrackerSettings& s = state_->settings;
  CHECK(s.false_plots_per_km2 > 0);
  CHECK(s.detection_probability > 0 && s.detection_probability < 1);
  CHECK(s.birth_existence > 0 && s.birth_existence < 1);
  CHECK(s.gate_sigma > 0);
  CHECK(s.look_interval_s > 0);
}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

void Tracker::process(const Scan& scan) {
  State& s = *state_;
  s.lost.clear();
  if (s.newest != base::Time::min() &&
      base::to_seconds(s.newest - scan.time) > s.settings.most_lateness_s) {
    return;
  }
  s.newest = std::max(s.newest, scan.time);
  const std::uint32_t sensor = s.sensor_number(scan.sensor);
  s.settle();
  s.read_sightings(scan);
  s.gate(sensor, scan.time);
  const Association found = associate(s.gated.size(), s.sightings.size(), s.candidates);
  s.update_gated(found, sensor, scan.time);
  if (s.visibility) {
    s.judge_by_visibility(sensor, scan.time);
  } else {
    s.judge_by_history(scan.time);
  }
  s.begin_movers(found, sensor, scan.time);
  s.settle();
}

std::vector<Track> Tracker::tracks() const {
  std::vector<Track> tracks;
  for (const Mover& mover : state_->movers) tracks.push_back(state_->publish(mover));
  for (const Mover& mover : state_->lost) tracks.push_back(state_->publish(mover));
  std::sort(tracks.begin(), tracks.end(),
            [](const Track& a, const Track& b) { return a.id < b.id; });
  return tracks;
}

}  // namespace marsad::track
