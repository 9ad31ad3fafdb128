// SPDX-License-Identifier: Apache-2.0
#include "service/live_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace marsad::service {
namespace {

bool sees(const Scope& scope, const Sighting& sighting) {
  return scope.sees(sighting.chainage_m, *sighting.seen_by);
}

void keep_own(std::vector<std::string>& sensors, const Scope& scope) {
  std::erase_if(sensors, [&](const std::string& id) { return !scope.sees(sensor::SensorId{id}); });
}

// Of a dark stretch the pieces that are told, each with the least that is found in it.
void add_pieces(const wire::DarkStretchView& dark, const std::vector<double>& found,
                double stretch_km, std::vector<wire::DarkStretchView>& out) {
  const auto at = [&](double km) {
    return std::min(static_cast<std::size_t>(std::lround(km / stretch_km)), found.size());
  };
  bool goes_on = false;
  for (std::size_t i = at(dark.from_km); i < at(dark.to_km); ++i) {
    const bool is_told = std::isfinite(found[i]);
    if (is_told && !goes_on) {
      out.push_back(dark);
      out.back().from_km = std::max(dark.from_km, static_cast<double>(i) * stretch_km);
      out.back().least_found = found[i];
    }
    if (is_told) {
      out.back().to_km = std::min(dark.to_km, static_cast<double>(i + 1) * stretch_km);
      out.back().least_found = std::min(out.back().least_found, found[i]);
    }
    goes_on = is_told;
  }
}

// What of these pieces lies in the stretches.
std::vector<wire::HeldView> within(const std::vector<wire::HeldView>& held,
                                   const std::vector<liaison::Stretch>& stretches) {
  std::vector<wire::HeldView> told;
  for (const wire::HeldView& piece : held) {
    for (const liaison::Stretch& stretch : stretches) {
      wire::HeldView cut = piece;
      cut.from_km = std::max(cut.from_km, stretch.from_m / 1000);
      cut.to_km = std::min(cut.to_km, stretch.to_m / 1000);
      if (cut.from_km < cut.to_km) told.push_back(std::move(cut));
    }
  }
  return told;
}

}  // namespace

wire::TracksMessage part_of(const TracksToTell& tracks, const Scope& scope) {
  wire::TracksMessage part;
  part.time = tracks.whole.time;
  part.entered_ms = tracks.whole.entered_ms;
  for (std::size_t i = 0; i < tracks.tracks.size(); ++i) {
    if (!sees(scope, tracks.tracks[i])) continue;
    wire::TrackView& track = part.tracks.emplace_back(tracks.whole.tracks[i]);
    keep_own(track.sensors, scope);
    const std::vector<Sighting>& tail = tracks.tails[i];
    const auto hidden = std::find_if(tail.rbegin(), tail.rend(),
                                     [&](const Sighting& point) { return !sees(scope, point); });
    track.tail.erase(track.tail.begin(), track.tail.begin() + (tail.rend() - hidden));
  }
  for (std::size_t i = 0; i < tracks.groups.size(); ++i) {
    const auto& members = tracks.groups[i];
    const bool is_seen =
        members && std::all_of(members->begin(), members->end(),
                               [&](const Sighting& member) { return sees(scope, member); });
    if (is_seen) part.groups.push_back(tracks.whole.groups[i]);
  }
  return part;
}

wire::HealthMessage part_of(wire::HealthMessage message, const Scope& scope) {
  std::erase_if(message.cameras, [&](const wire::CameraHealthView& camera) {
    return !scope.sees(sensor::SensorId{camera.id});
  });
  message.queues.clear();
  message.refused.clear();
  message.held_back.clear();
  return message;
}

std::optional<wire::LedgerMessage> part_of(wire::LedgerMessage message, const Scope& scope,
                                           double length_m) {
  if (!scope.sensors.empty()) return std::nullopt;
  const double stretch_m = message.stretch_km * 1000;
  for (wire::FoundView& kind : message.kinds) {
    for (std::size_t i = 0; i < kind.found.size(); ++i) {
      const double from_m = static_cast<double>(i) * stretch_m;
      if (!scope.covers(from_m, std::min(from_m + stretch_m, length_m))) {
        kind.found[i] = std::numeric_limits<double>::quiet_NaN();
      }
    }
  }
  std::vector<wire::DarkStretchView> told;
  for (const wire::DarkStretchView& dark : message.dark) {
    const auto kind = std::find_if(message.kinds.begin(), message.kinds.end(),
                                   [&](const wire::FoundView& one) { return one.who == dark.who; });
    if (kind != message.kinds.end()) add_pieces(dark, kind->found, message.stretch_km, told);
  }
  message.dark = std::move(told);
  if (!scope.stretches.empty()) message.held = within(message.held, scope.stretches);
  return message;
}

wire::IncidentView part_of(wire::IncidentView incident, const Scope& scope) {
  keep_own(incident.sensors, scope);
  return incident;
}

}  // namespace marsad::service
