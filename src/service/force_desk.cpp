// SPDX-License-Identifier: Apache-2.0
#include "service/force_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/words.h"
#include "geo/local_frame.h"
#include "service/views.h"

namespace marsad::service {
namespace {

constexpr std::chrono::seconds kKeepEvery{10};
constexpr std::chrono::seconds kFutureAllowed{30};  // clocks differ
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostForces = 2'000;  // heard of over the listeners
constexpr double kFarOff_m = 200'000;       // of the border
constexpr double kMostError_m = 5'000;
constexpr double kUnknownError_m = 100;  // where the sender does not know its own

bool is_name(const std::string& name) {
  const bool is_odd =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return !name.empty() && name.size() <= kLongestName && !is_odd;
}

// As people call it; else its number. None where that can't be a name.
std::optional<std::string> name_of(const exchange::CotEvent& event) {
  const std::string& name = event.callsign.empty() ? event.uid : event.callsign;
  if (!is_name(name)) return std::nullopt;
  return name;
}

wire::ForceView view_of(const border::ForceReport& report, base::Time now) {
  return {report.name,
          std::string(base::word(report.allegiance)),
          std::string(base::word(report.role)),
          view(report.place),
          border::drift_m(report, now),
          base::to_iso8601(report.heard),
          base::to_seconds(now - report.heard),
          report.source};
}

}  // namespace

ForceDesk::ForceDesk(const border::Border& border, store::Store& store)
    : border_(border), log_(store) {}

base::Result<std::unique_ptr<ForceDesk>> ForceDesk::open(const border::Border& border,
                                                         store::Store& store) {
  std::unique_ptr<ForceDesk> desk(new ForceDesk(border, store));
  const auto known = desk->log_.newest_forces();
  if (!known) return known.error();
  for (const border::ForceReport& report : *known) desk->heard_[report.name] = report;
  return desk;
}

std::optional<std::string> ForceDesk::hear(const exchange::CotEvent& event,
                                           border::Allegiance allegiance, const std::string& source,
                                           base::Time now) {
  if (!event.type.starts_with("a-")) return "other_kind";
  if (!event.is_friend()) return "not_friend";
  if (event.stale <= now) return "stale";
  if (event.time > now + kFutureAllowed) return "from_the_future";
  if (std::abs(border_.line.chainage(event.place).d_m) > kFarOff_m) return "far_off";
  if (event.circular_error_m.value_or(0) > kMostError_m) return "too_unsure";
  const auto name = name_of(event);
  if (!name) return "no_name";
  border::ForceReport report;
  report.name = *name;
  report.allegiance = allegiance;
  report.role = border::ForceRole::patrol;
  report.place = {event.place.lat_rad, event.place.lon_rad, 0};
  report.uncertainty_m = event.circular_error_m.value_or(kUnknownError_m);
  report.heard = std::min(event.time, now);
  report.source = source;
  const std::lock_guard lock(mutex_);
  const auto known = heard_.find(*name);
  if (known == heard_.end() && heard_.size() >= kMostForces) return "too_many_forces";
  if (known != heard_.end() && known->second.heard > report.heard) return "older_than_known";
  heard_[*name] = report;
  base::Time& kept = kept_[*name];
  if (report.heard - kept >= kKeepEvery) {
    kept = report.heard;
    unwritten_[*name] = report;
  }
  return std::nullopt;
}

std::optional<ForceDesk::Refusal> ForceDesk::tell(const border::ForceReport& report,
                                                  base::Time now) {
  if (!is_name(report.name)) {
    return Refusal{false, fmt::format("name: expected 1 to {} printed characters", kLongestName)};
  }
  if (report.heard > now + kFutureAllowed) {
    return Refusal{false,
                   fmt::format("heard: {} has not come yet", base::to_iso8601(report.heard))};
  }
  if (!(report.uncertainty_m >= 0 && report.uncertainty_m <= kMostError_m)) {
    return Refusal{false, fmt::format("uncertainty_m: expected 0 to {:g}", kMostError_m)};
  }
  if (!(std::abs(border_.line.chainage(report.place).d_m) <= kFarOff_m)) {
    return Refusal{false, fmt::format("at: more than {:g} km from the border", kFarOff_m / 1000)};
  }
  const std::lock_guard lock(mutex_);
  const auto known = heard_.find(report.name);
  if (known != heard_.end() && known->second.heard > report.heard) {
    return Refusal{false, fmt::format("heard: older than what {} told: {}", known->second.source,
                                      base::to_iso8601(known->second.heard))};
  }
  if (const auto stored = log_.put_told(report, now); !stored) {
    return Refusal{true, "not recorded, so not taken: " + to_string(stored.error())};
  }
  heard_[report.name] = report;
  unwritten_.erase(report.name);
  return std::nullopt;
}

base::Result<void> ForceDesk::store_new() {
  std::vector<border::ForceReport> reports;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, report] : unwritten_) reports.push_back(report);
  }
  if (reports.empty()) return {};
  if (const auto stored = log_.put(reports); !stored) return stored;
  const std::lock_guard lock(mutex_);
  for (const border::ForceReport& report : reports) {
    const auto found = unwritten_.find(report.name);
    if (found != unwritten_.end() && found->second == report) unwritten_.erase(found);
  }
  return {};
}

std::vector<border::ForceReport> ForceDesk::newest(base::Time now) const {
  std::vector<border::ForceReport> all = border_.forces;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, report] : heard_) all.push_back(report);
  }
  return border::newest_reports(all, now);
}

border::Border ForceDesk::picture(base::Time now) const {
  border::Border out = border_;
  out.forces = newest(now);
  return out;
}

std::vector<wire::ForceView> ForceDesk::views(base::Time now) const {
  std::vector<wire::ForceView> out;
  for (const border::ForceReport& report : newest(now)) {
    out.push_back(view_of(report, now));
  }
  return out;
}

}  // namespace marsad::service
