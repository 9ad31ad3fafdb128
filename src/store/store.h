// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "detect/detection.h"
#include "incident/incident.h"
#include "track/track.h"

namespace marsad::store {

// One stretch of a program's life, from start to end or kill.
using RunId = base::Id<struct RunTag>;

// The record. What a call that returned without error wrote survives `kill -9` and power loss;
// opening it again finds all of it. One file, SQLite in WAL mode. Any thread.
class Store {
 public:
  // Opens or creates the file. Errors: can't be written, not a Marsad record, newer version.
  static base::Result<Store> open(const std::string& file);
  // Opens an existing file and never writes to it.
  static base::Result<Store> open_to_read(const std::string& file);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  // Starts a run; `site` is the site's files as text, so that a replay needs nothing else.
  base::Result<RunId> begin_run(base::Time time, const std::string& site);
  base::Result<RunId> newest_run() const;
  base::Result<std::string> site_of(RunId run) const;

  // Detections in the order in which the tracker took them: all that a replay needs. Several
  // frames in one transaction, since each costs a disk sync.
  base::Result<void> append(RunId run, const std::vector<detect::FrameDetections>& frames);
  // Calls `take` for each in that order; stops early where it returns false.
  base::Result<void> read_detections(
      RunId run, const std::function<bool(const detect::FrameDetections&)>& take) const;

  // Tracks as they were shown, a row a track and second; kept for the map's history.
  base::Result<void> append_tracks(RunId run, const std::vector<track::Track>& tracks);

  // Adds or replaces by id. `picture` (JPEG) is kept with the incident where it is given.
  base::Result<void> put_incident(RunId run, const incident::Incident& incident,
                                  const std::optional<std::vector<std::uint8_t>>& picture);
  base::Result<std::vector<incident::Incident>> incidents() const;              // all, newest first
  base::Result<std::vector<incident::Incident>> incidents_of(RunId run) const;  // oldest first
  base::Result<std::optional<incident::Incident>> incident(incident::IncidentId id) const;
  base::Result<std::optional<std::vector<std::uint8_t>>> picture(incident::IncidentId id) const;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::store
