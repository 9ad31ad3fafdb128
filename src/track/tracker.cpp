// SPDX-License-Identifier: Apache-2.0
#include "track/tracker.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "track/history.h"
#include "track/in_order.h"
#include "track/renumber.h"
#include "track/sighting.h"

namespace marsad::track {
namespace {

// Going back may cost so many times the work of the scans themselves.
constexpr double kRepeats = 3;

// Work, in plots and scans, that is soon done whatever came before: milliseconds.
constexpr double kSoonDone = 5000;

// The movers as they were at some moment.
struct Moment {
  base::Time time;
  std::vector<Mover> movers;
};

}  // namespace

struct Tracker::State {
  State(TrackerSettings chosen, geo::LocalFrame plane, Visibility visibility, Watched watched)
      : settings(std::move(chosen)),
        frame(std::move(plane)),
        tracker(settings, frame, std::move(visibility), std::move(watched)),
        history(base::from_seconds(settings.most_lateness_s * 2 / 3)) {}

  const TrackerSettings settings;
  const geo::LocalFrame frame;
  InOrder tracker;
  History history;
  RefusedCounts refused;
  std::unordered_map<sensor::SensorId, std::uint32_t> sensor_numbers;
  std::deque<sensor::SensorId> sensors;  // by number; where they stand they stay
  std::uint64_t last_id = 0;
  std::vector<Track> lost;         // since the newest scan came
  std::optional<Amended> amended;  // since then

  // Of the looks that wait to be worked in, the first in order; and when they began to wait.
  std::optional<History::Key> late_from;
  base::Time late_since;
  double credit = kSoonDone;  // work that going back may cost now

  std::uint32_t sensor_number(const sensor::SensorId& id);
  void process(const Scan& scan);
  void pass(Look& look);
  void work_in();
  bool can_work_in() const { return late_from && double(history.work_since(*late_from)) <= credit; }
  void amend(std::vector<Moment>& past, const Renumbering& numbers);
  Track publish(const Mover& mover, base::Time time) const;
  std::vector<Track> tracks() const;
};

std::uint32_t Tracker::State::sensor_number(const sensor::SensorId& id) {
  const auto [at, is_new] =
      sensor_numbers.try_emplace(id, static_cast<std::uint32_t>(sensors.size()));
  if (is_new) sensors.push_back(id);
  return at->second;
}

void Tracker::State::process(const Scan& scan) {
  lost.clear();
  amended.reset();
  const base::Duration horizon = base::from_seconds(settings.most_lateness_s);
  const base::Time newest = tracker.newest();
  if (newest != base::Time::min() && newest - scan.time > horizon) {
    ++refused[Refusal::too_late];
    return;
  }
  const std::uint32_t number = sensor_number(scan.sensor);
  const History::Key key{scan.time, &sensors[number]};
  const bool in_order = history.is_last(key);
  Look* const look = history.add({key.sensor, number, scan.time, {}, {}});
  if (look == nullptr) {
    ++refused[Refusal::repeated_scan];
    return;
  }
  look->sightings = sightings_of(scan.plots, frame, refused);
  look->bearings = bearings_of(scan.plots, frame, refused);
  if (in_order) {
    pass(*look);
  } else {
    if (!late_from) late_since = newest;
    if (!late_from || key < *late_from) late_from = key;
  }
  credit = std::min(credit + kRepeats * double(look->work()),
                    kSoonDone + kRepeats * double(history.work_kept()));
  if (late_from && tracker.newest() - late_since >= horizon / 3) work_in();
  history.forget_before(
      std::min(tracker.newest() - horizon, late_from ? late_from->time : base::Time::max()));
}

// The tracker goes on by one look.
void Tracker::State::pass(Look& look) {
  tracker.process(look);
  for (const std::uint32_t slot : tracker.newborn()) tracker.at(slot).id = TrackId{++last_id};
  for (std::size_t i = 0; i < look.sightings.size(); ++i) {
    const Mover* const owner = tracker.owner(i);
    look.sightings[i].owner = owner == nullptr ? TrackId{} : owner->id;
  }
  for (const Mover& mover : tracker.lost()) lost.push_back(publish(mover, look.time));
  history.passed(look, tracker);
}

// Goes back to before the first look that waits, and through all since.
void Tracker::State::work_in() {
  std::vector<Track> known = std::move(lost);
  tracker.for_each([&](const Mover& mover) {
    if (mover.status == TrackStatus::confirmed) known.push_back(publish(mover, tracker.newest()));
  });
  credit -= double(history.work_since(*late_from));
  auto at = history.go_back(*late_from, tracker);
  const History::Key changed_from = *std::exchange(late_from, std::nullopt);
  Renumbering numbers;
  std::vector<Moment> past;
  tracker.for_each([&](const Mover& mover) { numbers.keeps(mover.id); });
  for (; at != history.looks().end(); ++at) {
    Look& look = at->second;
    tracker.process(look);
    for (std::size_t i = 0; i < look.sightings.size(); ++i) {
      numbers.owns(tracker.owner(i), look.sightings[i]);
    }
    history.passed(look, tracker);
    if (!(at->first < changed_from) && history.begins_second(at)) {
      InOrder::State now;
      tracker.keep_in(now);
      past.push_back({look.time, std::move(now.movers)});
      for (const Mover& mover : tracker.lost()) past.back().movers.push_back(mover);
    }
  }
  numbers.decide(last_id);
  const auto name = [&](Mover& mover) { numbers.name(mover); };
  tracker.for_each(name);
  history.for_each_kept(name);
  amend(past, numbers);

  lost.clear();
  std::vector<TrackId> live;
  tracker.for_each([&](const Mover& mover) { live.push_back(mover.id); });
  std::sort(live.begin(), live.end());
  for (Track& track : known) {
    if (std::binary_search(live.begin(), live.end(), track.id)) continue;
    track.status = TrackStatus::lost;
    lost.push_back(std::move(track));
  }
}

void Tracker::State::amend(std::vector<Moment>& past, const Renumbering& numbers) {
  if (past.empty()) return;
  amended = Amended{second_of(past.front().time), second_of(past.back().time), {}};
  for (Moment& moment : past) {
    for (Mover& mover : moment.movers) numbers.name(mover);
    std::sort(moment.movers.begin(), moment.movers.end(),
              [](const Mover& a, const Mover& b) { return a.id < b.id; });
    for (const Mover& mover : moment.movers) {
      amended->tracks.push_back(publish(mover, moment.time));
    }
  }
}

// As it is after the scan of `time`, or was.
Track Tracker::State::publish(const Mover& mover, base::Time time) const {
  const Kinematics now = moments(motion_at(mover, time, settings));
  Existence existence = mover.existence;
  predict(existence, base::to_seconds(time - mover.existence_time), tracker.existence_settings());
  Track track;
  track.id = mover.id;
  track.status = tracker.hidden(mover, time) ? TrackStatus::hidden : mover.status;
  track.time = time;
  track.place = frame.to_geodetic_at_height(now.mean[0], now.mean[1], mover.height_m);
  track.ve_mps = now.mean[2];
  track.vn_mps = now.mean[3];
  track.cov = now.cov;
  const geo::CovEn mixups_m2 = mover.mixup_root.cov_m2();
  track.cov[0] += mixups_m2.ee;
  track.cov[1] += mixups_m2.en;
  track.cov[4] += mixups_m2.nn;
  track.bias_cov_m2 = mover.bias_root.cov_m2();
  track.existence = existence.total();
  track.classes = mover.classes.probabilities();
  track.in_air = mover.in_air;
  track.first_seen = mover.first_seen;
  track.last_seen = mover.last_seen;
  track.plots = mover.plots;
  track.last_sensor = sensors[mover.last_sensor];
  track.last_cause = mover.last_cause;
  for (const std::uint32_t sensor : mover.sensors) track.sensors.push_back(sensors[sensor]);
  return track;
}

std::vector<Track> Tracker::State::tracks() const {
  // Movers are put in order before they become tracks, which are larger.
  std::vector<const Mover*> movers;
  movers.reserve(tracker.size());
  tracker.for_each([&](const Mover& mover) { movers.push_back(&mover); });
  std::sort(movers.begin(), movers.end(),
            [](const Mover* a, const Mover* b) { return a->id < b->id; });
  const auto before = [](const Track& a, const Track& b) { return a.id < b.id; };
  std::vector<Track> tracks;
  tracks.reserve(lost.size() + movers.size());
  tracks.insert(tracks.end(), lost.begin(), lost.end());
  std::sort(tracks.begin(), tracks.end(), before);
  for (const Mover* mover : movers) tracks.push_back(publish(*mover, tracker.newest()));
  std::inplace_merge(tracks.begin(), tracks.begin() + std::ptrdiff_t(lost.size()), tracks.end(),
                     before);
  return tracks;
}

Tracker::Tracker(TrackerSettings settings, geo::LocalFrame frame, Visibility visibility,
                 Watched watched)
    : state_(new State(std::move(settings), std::move(frame), std::move(visibility),
                       std::move(watched))) {
  const TrackerSettings& s = state_->settings;
  CHECK(s.false_plots_per_km2 > 0);
  CHECK(s.false_bearings_per_rad > 0);
  CHECK(s.detection_probability > 0 && s.detection_probability < 1);
  CHECK(s.birth_existence > 0 && s.birth_existence < 1);
  CHECK(s.gate_sigma > 0);
  CHECK(s.look_interval_s > 0);
  CHECK(s.most_lateness_s >= 0);
}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

void Tracker::process(const Scan& scan) { state_->process(scan); }

void Tracker::settle() {
  if (state_->late_from) state_->work_in();
}

std::vector<Track> Tracker::tracks() const {
  if (state_->can_work_in()) state_->work_in();
  return state_->tracks();
}

const std::optional<Amended>& Tracker::amended() const { return state_->amended; }

const RefusedCounts& Tracker::refused() const { return state_->refused; }

}  // namespace marsad::track
