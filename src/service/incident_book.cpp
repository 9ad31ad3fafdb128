// SPDX-License-Identifier: Apache-2.0
#include "service/incident_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace marsad::service {
namespace {

// How long an incident stays at hand once it is resolved, and how often that is looked at.
constexpr auto kAtHand = std::chrono::hours(24);
constexpr auto kBetweenLooks = std::chrono::hours(1);
// Of older ones that nobody resolved.
constexpr std::size_t kMostOlder = 2000;

}  // namespace

IncidentBook::IncidentBook(store::Store& store, store::RunId run, Published published)
    : store_(store), run_(run), published_(std::move(published)) {}

base::Result<std::unique_ptr<IncidentBook>> IncidentBook::open(store::Store& store,
                                                               store::RunId run,
                                                               Published published) {
  std::unique_ptr<IncidentBook> book(new IncidentBook(store, run, std::move(published)));
  const auto newest = store.newest_incident();
  if (!newest) return newest.error();
  if (!*newest) return book;
  book->newest_id_ = (*newest)->id;
  book->newest_ = (*newest)->time;
  book->let_go_ = book->newest_;
  auto stored = store.incidents_at_hand(book->newest_ - kAtHand, kMostOlder);
  if (!stored) return stored.error();
  for (incident::Incident& incident : *stored) {
    book->incidents_[incident.id] = std::move(incident);
  }
  auto with_picture = store.with_picture(book->incidents_.begin()->first, book->newest_id_);
  if (!with_picture) return with_picture.error();
  book->with_picture_ = *std::move(with_picture);
  return book;
}

base::Result<void> IncidentBook::put(const std::vector<incident::Incident>& incidents) {
  std::vector<store::Store::IncidentPut> puts;
  for (const incident::Incident& incident : incidents) {
    std::optional<video::Bytes> picture;
    const auto fresh = new_pictures_.find(incident.id);
    if (fresh != new_pictures_.end()) picture = fresh->second;
    puts.push_back({incident, std::move(picture)});
  }
  auto stored = store_.put_incidents(run_, puts);
  if (!stored) return stored;
  for (const incident::Incident& incident : incidents) {
    new_pictures_.erase(incident.id);
    pending_.erase(incident.id);
  }
  return stored;
}

std::optional<incident::Incident> IncidentBook::known(incident::IncidentId id) const {
  const auto at_hand = incidents_.find(id);
  if (at_hand != incidents_.end()) return at_hand->second;
  if (newest_id_ < id) return std::nullopt;
  auto stored = store_.incident(id);
  return stored ? *std::move(stored) : std::nullopt;
}

bool IncidentBook::pictured(incident::IncidentId id) const {
  if (with_picture_.contains(id)) return true;
  if (newest_id_ < id || incidents_.contains(id)) return false;
  const auto stored = store_.with_picture(id, id);
  return stored && !stored->empty();
}

void IncidentBook::let_go_of_old() {
  if (!let_go_) let_go_ = newest_;
  if (newest_ - *let_go_ < kBetweenLooks) return;
  let_go_ = newest_;
  std::size_t older = 0;
  for (auto at = incidents_.rbegin(); at != incidents_.rend(); ++at) {
    if (at->second.time < newest_ - kAtHand) ++older;
  }
  for (auto at = incidents_.begin(); at != incidents_.end() && older > 0;) {
    const auto& [id, incident] = *at;
    const bool old = incident.time < newest_ - kAtHand;
    const bool settled = incident.state == incident::LifecycleState::resolved;
    if (!old || pending_.contains(id) || !(settled || older > kMostOlder)) {
      ++at;
      continue;
    }
    --older;
    with_picture_.erase(id);
    at = incidents_.erase(at);
  }
}

void IncidentBook::judged(const incident::Incident& incident, std::optional<video::Bytes> picture) {
  incident::Incident shown = incident;
  std::lock_guard in_order(publishing_);
  {
    std::lock_guard lock(mutex_);
    const auto before = known(incident.id);
    if (before) shown = incident::grown(*before, incident);
    if (picture && !pictured(incident.id)) {
      with_picture_.insert(incident.id);
      new_pictures_[incident.id] = *std::move(picture);
    }
    incidents_[incident.id] = shown;
    pending_.insert(incident.id);
    newest_id_ = std::max(newest_id_, incident.id);
    newest_ = std::max(newest_, incident.time);
    let_go_of_old();
  }
  published_(shown);
}

base::Result<void> IncidentBook::store_pending() {
  std::lock_guard lock(mutex_);
  std::vector<incident::Incident> waiting;
  for (const incident::IncidentId& id : pending_) waiting.push_back(incidents_.at(id));
  return put(waiting);
}

std::variant<incident::Incident, Refusal> IncidentBook::change(incident::IncidentId id,
                                                               const Change& change) {
  incident::Incident changed;
  std::lock_guard in_order(publishing_);
  {
    std::lock_guard lock(mutex_);
    const auto before = known(id);
    if (!before) {
      return Refusal{Refusal::Reason::unknown_incident, fmt::format("no incident {}", id.value)};
    }
    auto wanted = change(*before);
    if (!wanted) return Refusal{Refusal::Reason::wrong_state, to_string(wanted.error())};
    const auto stored = put({*wanted});
    if (!stored) {
      return Refusal{Refusal::Reason::not_recorded,
                     "not recorded, so not done: " + to_string(stored.error())};
    }
    changed = *std::move(wanted);
    const auto at_hand = incidents_.find(id);
    if (at_hand != incidents_.end()) at_hand->second = changed;
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

base::Result<std::vector<incident::Incident>> IncidentBook::between(base::Time from, base::Time to,
                                                                    std::uint64_t most) const {
  std::map<incident::IncidentId, incident::Incident> fresh;  // as it is in memory, not stored yet
  {
    std::lock_guard lock(mutex_);
    for (const incident::IncidentId& id : pending_) fresh[id] = incidents_.at(id);
  }
  auto found = store_.incidents_between(from, to, most);
  if (!found || fresh.empty()) return found;
  std::erase_if(*found, [&](const auto& incident) { return fresh.contains(incident.id); });
  for (auto& [id, incident] : fresh) {
    if (incident.time >= from && incident.time < to) found->push_back(std::move(incident));
  }
  std::sort(found->begin(), found->end(), [](const auto& a, const auto& b) {
    return std::pair(b.time, b.id) < std::pair(a.time, a.id);
  });
  return found;
}

incident::IncidentId IncidentBook::next_id() const {
  std::lock_guard lock(mutex_);
  return {newest_id_.value + 1};
}

std::optional<incident::Incident> IncidentBook::find(incident::IncidentId id) const {
  std::lock_guard lock(mutex_);
  return known(id);
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
  return pictured(id);
}

}  // namespace marsad::service
