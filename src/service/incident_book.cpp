// SPDX-License-Identifier: Apache-2.0
#include "service/incident_book.h"

#include <fmt/format.h>

namespace marsad::service {

IncidentBook::IncidentBook(store::Store& store, store::RunId run, Published published)
    : store_(store), run_(run), published_(std::move(published)) {}

base::Result<std::unique_ptr<IncidentBook>> IncidentBook::open(store::Store& store,
                                                               store::RunId run,
                                                               Published published) {
  std::unique_ptr<IncidentBook> book(new IncidentBook(store, run, std::move(published)));
  auto stored = store.incidents();
  if (!stored) return stored.error();
  auto with_picture = store.with_picture();
  if (!with_picture) return with_picture.error();
  book->with_picture_ = *std::move(with_picture);
  for (incident::Incident& incident : *stored) {
    book->incidents_[incident.id] = std::move(incident);
  }
  return book;
}

base::Result<void> IncidentBook::put(const incident::Incident& incident) {
  std::optional<video::Bytes> picture;
  const auto fresh = new_pictures_.find(incident.id);
  if (fresh != new_pictures_.end()) picture = fresh->second;
  auto stored = store_.put_incident(run_, incident, picture);
  if (stored) {
    new_pictures_.erase(incident.id);
    pending_.erase(incident.id);
  }
  return stored;
}

void IncidentBook::judged(const incident::Incident& incident, std::optional<video::Bytes> picture) {
  incident::Incident shown = incident;
  std::lock_guard in_order(publishing_);
  {
    std::lock_guard lock(mutex_);
    const auto known = incidents_.find(incident.id);
    if (known != incidents_.end()) shown = incident::grown(known->second, incident);
    incidents_[incident.id] = shown;
    if (picture && with_picture_.insert(incident.id).second) {
      new_pictures_[incident.id] = *std::move(picture);
    }
    pending_.insert(incident.id);
  }
  published_(shown);
}

base::Result<void> IncidentBook::store_pending() {
  std::lock_guard lock(mutex_);
  const std::set<incident::IncidentId> waiting = pending_;
  for (const incident::IncidentId& id : waiting) {
    auto stored = put(incidents_.at(id));
    if (!stored) return stored;
  }
  return {};
}

std::variant<incident::Incident, Refusal> IncidentBook::change(incident::IncidentId id,
                                                               const Change& change) {
  incident::Incident changed;
  std::lock_guard in_order(publishing_);
  {
    std::lock_guard lock(mutex_);
    const auto known = incidents_.find(id);
    if (known == incidents_.end()) {
      return Refusal{Refusal::Reason::unknown_incident, fmt::format("no incident {}", id.value)};
    }
    auto wanted = change(known->second);
    if (!wanted) return Refusal{Refusal::Reason::wrong_state, to_string(wanted.error())};
    const auto stored = put(*wanted);
    if (!stored) {
      return Refusal{Refusal::Reason::not_recorded,
                     "not recorded, so not done: " + to_string(stored.error())};
    }
    changed = known->second = *std::move(wanted);
  }
  published_(changed);
  return changed;
}

std::vector<incident::Incident> IncidentBook::remind(base::Time now, double after_s) {
  std::vector<incident::Incident> due;
  std::lock_guard in_order(publishing_);
  {
    std::lock_guard lock(mutex_);
    for (auto& [id, incident] : incidents_) {
      auto again = incident::reminded(incident, now, after_s);
      if (!again) continue;
      incident = *std::move(again);
      pending_.insert(id);
      due.push_back(incident);
    }
  }
  for (const incident::Incident& incident : due) published_(incident);
  return due;
}

std::vector<incident::Incident> IncidentBook::newest_first() const {
  std::lock_guard lock(mutex_);
  std::vector<incident::Incident> out;
  for (auto i = incidents_.rbegin(); i != incidents_.rend(); ++i) out.push_back(i->second);
  return out;
}

std::optional<incident::Incident> IncidentBook::find(incident::IncidentId id) const {
  std::lock_guard lock(mutex_);
  const auto known = incidents_.find(id);
  return known == incidents_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<video::Bytes> IncidentBook::picture(incident::IncidentId id) const {
  std::lock_guard lock(mutex_);
  const auto fresh = new_pictures_.find(id);
  if (fresh != new_pictures_.end()) return fresh->second;
  auto stored = store_.picture(id);
  if (!stored) return std::nullopt;
  return *std::move(stored);
}

bool IncidentBook::has_picture(incident::IncidentId id) const {
  std::lock_guard lock(mutex_);
  return with_picture_.contains(id);
}

}  // namespace marsad::service
