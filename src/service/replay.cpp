// SPDX-License-Identifier: Apache-2.0
#include "service/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "service/chain.h"
#include "service/track_log.h"

namespace marsad::service {
namespace {

// Numbers are given as events become sure, which need not be the order in which they happened.
incident::IncidentId first_id(const std::vector<incident::Incident>& incidents) {
  const auto first = std::min_element(
      incidents.begin(), incidents.end(),
      [](const incident::Incident& a, const incident::Incident& b) { return a.id < b.id; });
  return first == incidents.end() ? incident::IncidentId{1} : first->id;
}

// What was told of sensors comes from their pictures, which are not recorded: a replay leaves it
// out, and its numbers free.
std::set<incident::IncidentId> take_sensors_out(std::vector<incident::Incident>& incidents) {
  std::set<incident::IncidentId> taken;
  std::erase_if(incidents, [&](const incident::Incident& incident) {
    if (incident.kind != incident::Kind::tampering) return false;
    taken.insert(incident.id);
    return true;
  });
  return taken;
}

class Comparison {
 public:
  void tracks(const TrackLog::States& recorded, const TrackLog::States& again) {
    for (const auto& [key, track] : recorded) {
      ++report.track_states;
      const auto found = again.find(key);
      if (found == again.end() || !(found->second == track)) {
        differ(fmt::format("track {} at {}", key.second.value, base::to_iso8601(track.time)));
      }
    }
    if (again.size() > recorded.size()) {
      differ(fmt::format("{} track states more than recorded", again.size() - recorded.size()));
    }
  }

  void incidents(const std::vector<incident::Incident>& recorded,
                 std::map<incident::IncidentId, incident::Incident> again) {
    for (const incident::Incident& incident : recorded) {
      ++report.incidents;
      const auto found = again.find(incident.id);
      const bool same =
          found != again.end() && incident::grown(incident, found->second) == incident;
      if (!same) differ(fmt::format("incident {}", incident.id.value));
      if (found != again.end()) again.erase(found);
    }
    for (const auto& [id, incident] : again) {
      differ(fmt::format("incident {} was not recorded", id.value));
    }
  }

  ReplayReport report;

 private:
  void differ(std::string what) {
    if (report.differences++ == 0) report.first_difference = std::move(what);
  }
};

}  // namespace

base::Result<ReplayReport> replay(const store::Store& store, store::RunId run, const Site& site,
                                  const std::function<void()>& after_each_frame) {
  auto recorded = store.incidents_of(run);
  if (!recorded) return recorded.error();
  const incident::IncidentId first = first_id(*recorded);
  const auto words = store.words_of(run);
  if (!words) return words.error();
  auto next_word = words->begin();
  Chain chain(site, first, take_sensors_out(*recorded));
  TrackLog log;
  std::map<incident::IncidentId, incident::Incident> incidents;
  Comparison comparison;
  base::Time newest;
  const auto read = store.read_detections(run, [&](const detect::FrameDetections& frame) {
    Step step;
    step.frame = frame;
    for (; next_word != words->end() && next_word->frames <= comparison.report.frames;
         ++next_word) {
      chain.operators().say_again(next_word->word);
    }
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
    for (const incident::Incident& incident : step.incidents) incidents[incident.id] = incident;
    log.take(step);
    newest = std::max(newest, frame.time);
    ++comparison.report.frames;
    if (after_each_frame) after_each_frame();
    return true;
  });
  if (!read) return read.error();

  const auto tracks = store.tracks_of(run, base::Time{}, newest + std::chrono::hours(1));
  if (!tracks) return tracks.error();
  TrackLog::States recorded_states;
  for (const track::Track& track : *tracks) {
    recorded_states[{std::chrono::floor<std::chrono::seconds>(track.time), track.id}] = track;
  }
  comparison.tracks(recorded_states, log.unwritten());
  comparison.incidents(*recorded, std::move(incidents));
  return comparison.report;
}

}  // namespace marsad::service
