// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "incident/incident.h"
#include "store/store.h"
#include "video/encode.h"

namespace marsad::service {

// Why a person's change to an incident was not made.
struct Refusal {
  enum class Reason { unknown_incident, wrong_state, not_recorded };
  Reason reason;
  std::string message;
};

// Incidents: those of the last day and those not resolved yet in memory, all in the store. A
// person's change counts only once it is stored; an incident of the judge is shown even while the
// store takes nothing, and stored when it does again. Any thread.
class IncidentBook {
 public:
  using Published = std::function<void(const incident::Incident&)>;
  using Change = std::function<base::Result<incident::Incident>(const incident::Incident& current)>;

  // Starts with what is at hand in the store. `published` is called for every new state.
  static base::Result<std::unique_ptr<IncidentBook>> open(store::Store& store, store::RunId run,
                                                          Published published);

  // Takes a new or grown incident from the judge.
  void judged(const incident::Incident& incident, std::optional<video::Bytes> picture);
  // Tries again to store what could not be; an error where that fails.
  base::Result<void> store_pending();

  // Brings open incidents to mind that nobody acknowledged in time (incident::reminded); those.
  std::vector<incident::Incident> remind(base::Time now, double after_s);

  std::variant<incident::Incident, Refusal> change(incident::IncidentId id, const Change& change);

  // Those at hand: of the day before the newest, and at most 2000 older ones not resolved.
  std::vector<incident::Incident> newest_first() const;
  // All those of from <= time < to, newest first; at most so many of the store.
  base::Result<std::vector<incident::Incident>> between(base::Time from, base::Time to,
                                                        std::uint64_t most) const;
  // What the next incident's number is to be.
  incident::IncidentId next_id() const;
  std::optional<incident::Incident> find(incident::IncidentId id) const;
  std::optional<video::Bytes> picture(incident::IncidentId id) const;
  bool has_picture(incident::IncidentId id) const;

 private:
  IncidentBook(store::Store& store, store::RunId run, Published published);
  base::Result<void> put(const std::vector<incident::Incident>& incidents);
  // At hand or stored. Needs mutex_, as all below.
  std::optional<incident::Incident> known(incident::IncidentId id) const;
  bool pictured(incident::IncidentId id) const;
  void let_go_of_old();

  store::Store& store_;
  const store::RunId run_;
  const Published published_;
  std::mutex publishing_;  // held from a change until it is published, so that states come in order
  mutable std::mutex mutex_;  // of what follows; `published` may ask while publishing_ is held
  std::map<incident::IncidentId, incident::Incident> incidents_;  // at hand
  incident::IncidentId newest_id_;
  base::Time newest_ = base::Time::min();
  std::optional<base::Time> let_go_;  // when that was done, or not needed yet
  std::map<incident::IncidentId, video::Bytes> new_pictures_;  // not stored yet
  std::set<incident::IncidentId> with_picture_;
  std::set<incident::IncidentId> pending_;
};

}  // namespace marsad::service
