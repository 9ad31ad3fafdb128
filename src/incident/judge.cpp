// SPDX-License-Identifier: Apache-2.0
#include "incident/judge.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace marsad::incident {
namespace {

// Movers so near to the line, or as near as their place is unsure, are looked at so often; those
// farther off when they could have come there at this speed, which aircraft and cars seldom exceed,
// and at least every so often. Surveyed are those not so far off.
constexpr double kClose_m = 100;
constexpr double kOften_s = 0.15;  // every other frame of most cameras
constexpr double kFastest_mps = 50;
constexpr double kSeldom_s = 5;
constexpr double kSurveyed_m = 500;
constexpr double kSurvey_s = 1;

base::Duration until_next_look(const Seen& mover) {
  const double off_m = mover.distance_m() - kClose_m - 3 * mover.sigma_m;
  return base::from_seconds(std::clamp(off_m / kFastest_mps, kOften_s, kSeldom_s));
}

// A confirmed mover; what flies and is taken for a bird crosses no border.
bool is_judged(const track::Track& track) {
  const bool bird = track.in_air && sensor::likeliest(track.classes) == sensor::MoverClass::bird;
  return track.status == track::TrackStatus::confirmed && !bird;
}

}  // namespace

struct Judge::State {
  State(JudgeSettings of, std::shared_ptr<const border::Border> at, IncidentId next_id,
        std::set<IncidentId> taken)
      : settings(std::move(of)),
        border(std::move(at)),
        rules(make_rules(settings.rules)),
        events(settings.events, next_id, std::move(taken)),
        known(settings.known, settings.patrols) {}

  JudgeSettings settings;
  std::shared_ptr<const border::Border> border;
  std::vector<std::unique_ptr<Rule>> rules;
  Events events;
  KnownTrafficDesk known;
  std::unordered_map<track::TrackId, base::Time> due;  // when a mover is looked at next
  std::unordered_set<track::TrackId> surveyable;       // those not far off the line
  std::optional<base::Time> surveyed;

  void look(const track::Track& track, std::vector<Incident>& changed);
  void survey(std::span<const track::Track> tracks, std::span<const track::Group> groups,
              std::vector<Incident>& changed);
  void take(const std::vector<Finding>& found, const Scene& scene, std::vector<Incident>& changed);
  void forget(track::TrackId id);
};

void Judge::State::forget(track::TrackId id) {
  for (const auto& rule : rules) rule->forget(id);
  known.forget(id);
  due.erase(id);
  surveyable.erase(id);
}

void Judge::State::take(const std::vector<Finding>& found, const Scene& scene,
                        std::vector<Incident>& changed) {
  for (const Finding& finding : found) {
    if (is_private(border->zones, finding.place) || known.holds_back(finding, scene)) continue;
    for (Incident& incident : events.add(finding, scene.now)) {
      std::erase_if(changed, [&](const Incident& other) { return other.id == incident.id; });
      changed.push_back(std::move(incident));
    }
  }
}

void Judge::State::look(const track::Track& track, std::vector<Incident>& changed) {
  base::Time& next = due.try_emplace(track.id, track.time).first->second;
  if (track.time < next) return;
  const Seen mover = see(track, border->line);
  next = track.time + until_next_look(mover);
  if (mover.distance_m() - 3 * mover.sigma_m <= kSurveyed_m) {
    surveyable.insert(track.id);
  } else {
    surveyable.erase(track.id);
  }
  const Scene scene{track.time, *border, {}, {}};
  std::vector<Finding> found;
  for (const auto& rule : rules) rule->look(mover, scene, found);
  take(found, scene, changed);
}

void Judge::State::survey(std::span<const track::Track> tracks,
                          std::span<const track::Group> groups, std::vector<Incident>& changed) {
  base::Time now = base::Time::min();
  for (const track::Track& track : tracks) now = std::max(now, track.time);
  if (tracks.empty() || (surveyed && base::to_seconds(now - *surveyed) < kSurvey_s)) return;
  surveyed = now;
  std::vector<Seen> movers;
  for (const track::Track& track : tracks) {
    if (!is_judged(track) || !surveyable.contains(track.id)) continue;
    movers.push_back(see(track, border->line));
  }
  std::stable_sort(movers.begin(), movers.end(),
                   [](const Seen& a, const Seen& b) { return a.at.s_m < b.at.s_m; });
  const Scene scene{now, *border, movers, groups};
  std::vector<Finding> found;
  for (const auto& rule : rules) rule->survey(scene, found);
  take(found, scene, changed);
}

Judge::Judge(JudgeSettings settings, std::shared_ptr<const border::Border> border,
             IncidentId next_id, std::set<IncidentId> taken)
    : state_(std::make_unique<State>(std::move(settings), std::move(border), next_id,
                                     std::move(taken))) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::forget(track::TrackId id) { state_->forget(id); }

std::vector<HeldBack> Judge::held_back() const { return state_->known.counts(); }

std::vector<Incident> Judge::judge(std::span<const track::Track> tracks,
                                   std::span<const track::Group> groups) {
  std::vector<Incident> changed;
  for (const track::Track& track : tracks) {
    if (is_judged(track)) state_->look(track, changed);
    if (track.status == track::TrackStatus::lost) state_->forget(track.id);
  }
  state_->survey(tracks, groups, changed);
  return changed;
}

std::vector<Incident> Judge::judge(const SensorTrouble& trouble, base::Time now) {
  if (!state_->settings.tells_tampering) return {};
  const auto found = tampering(trouble, state_->border->line);
  if (!found || !state_->settings.tampering.covers(found->chainage_m, found->time)) return {};
  return state_->events.add_tampering(*found, trouble.sensor, now);
}

}  // namespace marsad::incident
