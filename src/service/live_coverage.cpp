// SPDX-License-Identifier: Apache-2.0
#include "service/live_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace marsad::service {
namespace {

// To three decimals, as nothing is known better.
double thousandths(double value) { return std::round(value * 1000) / 1000; }

// Whether the ledger, or what is told of it, changes from one to the other.
bool differs(const CameraNow& before, const CameraNow& now) {
  if (before.up != now.up) return true;
  return !now.up && (before.state != now.state || before.since != now.since);
}

bool differs(const AirNow& before, const AirNow& now) {
  return before.extinction_per_km != now.extinction_per_km || before.since != now.since;
}

}  // namespace

LiveCoverage::LiveCoverage(const Site& site, plan::LiveLedger ledger)
    : site_(site), ledger_(std::move(ledger)) {}

bool LiveCoverage::differs(const ConditionsNow& conditions) const {
  if (!conditions_ || service::differs(conditions_->air, conditions.air)) return true;
  for (std::size_t i = 0; i < conditions.cameras.size(); ++i) {
    if (service::differs(conditions_->cameras[i], conditions.cameras[i])) return true;
  }
  return false;
}

// When the newest of what has changed began.
base::Time LiveCoverage::date_of(const ConditionsNow& conditions, base::Time now) const {
  if (!conditions_) return now;
  std::optional<base::Time> newest;
  if (service::differs(conditions_->air, conditions.air)) newest = conditions.air.since;
  for (std::size_t i = 0; i < conditions.cameras.size(); ++i) {
    const CameraNow& camera = conditions.cameras[i];
    if (!service::differs(conditions_->cameras[i], camera)) continue;
    newest = std::max(newest.value_or(camera.since), camera.since);
  }
  return std::clamp(newest.value_or(now), std::min(settled_, now), now);
}

bool LiveCoverage::take(const ConditionsNow& conditions, base::Time now) {
  CHECK(conditions.cameras.size() == site_.cameras.size());
  if (!differs(conditions)) return false;
  settled_ = date_of(conditions, now);
  for (std::size_t i = 0; i < conditions.cameras.size(); ++i) {
    const bool up = conditions.cameras[i].up;
    if (!conditions_ || conditions_->cameras[i].up != up) ledger_.set_up(i, up);
  }
  const double per_km = conditions.air.extinction_per_km;
  if (!conditions_ || conditions_->air.extinction_per_km != per_km) ledger_.set_air(per_km);
  conditions_ = conditions;
  ledger_.settle(settled_);
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) dark_[kind] = ledger_.dark(kind);
  follow_spells();
  return true;
}

std::string LiveCoverage::cause_words(const plan::DarkStretch& stretch) const {
  if (stretch.causes.empty()) return "no camera reaches there";
  std::string words;
  for (const std::size_t cause : stretch.causes) {
    if (!words.empty()) words += ", ";
    if (cause == plan::kAir) {
      words += "air: " + conditions_->air.text;
      continue;
    }
    const bool floats = site_.cameras[cause].mount == MountKind::balloon;
    const CameraNow& camera = conditions_->cameras[cause];
    words += fmt::format("{} {} {}", floats ? "balloon" : "camera",
                         site_.cameras[cause].camera.id.text, camera.state);
    if (camera.state == "down" && !camera.detail.empty()) words += ": " + camera.detail;
  }
  return words;
}

wire::DarkCauseView LiveCoverage::cause_view(std::size_t cause) const {
  if (cause == plan::kAir) {
    const AirNow& air = conditions_->air;
    return {"air", "", "worse", air.since ? base::to_iso8601(*air.since) : "", air.text};
  }
  const SiteCamera& camera = site_.cameras[cause];
  const CameraNow& now = conditions_->cameras[cause];
  return {camera.mount == MountKind::balloon ? "balloon" : "camera", camera.camera.id.text,
          now.state, base::to_iso8601(now.since), now.detail};
}

void LiveCoverage::follow_spells() {
  std::map<Place, plan::DarkSpell> before = std::exchange(lasting_, {});
  const double column_m = ledger_.belt().column_m();
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    for (const plan::DarkStretch& stretch : dark_[kind]) {
      const double from_m = static_cast<double>(stretch.first_column) * column_m;
      const double to_m = static_cast<double>(stretch.first_column + stretch.columns) * column_m;
      const Place place{kind, from_m, to_m, cause_words(stretch)};
      if (auto known = before.extract(place)) {
        lasting_.insert(std::move(known));
        continue;
      }
      const plan::DarkSpell fresh{spells_++,         kind, from_m, to_m, settled_, std::nullopt,
                                  std::get<3>(place)};
      lasting_.emplace(place, fresh);
      changed_.push_back(fresh);
    }
  }
  for (auto& [place, spell] : before) {
    spell.until = settled_;
    changed_.push_back(spell);
  }
}

void LiveCoverage::end(base::Time now) {
  for (auto& [place, spell] : lasting_) {
    spell.until = std::max(now, spell.since);
    changed_.push_back(spell);
  }
  lasting_.clear();
}

void LiveCoverage::tell(wire::LedgerMessage& message) const {
  const plan::Belt& belt = ledger_.belt();
  const double column_km = belt.column_m() / 1000;
  message.stretch_km = column_km;
  message.enough = site_.plan.enough;
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    wire::FoundView& found = message.kinds.emplace_back();
    found.who = plan::kCrosserNames[kind];
    for (std::size_t column = 0; column < belt.columns(); ++column) {
      found.found.push_back(thousandths(ledger_.found(column, kind)));
    }
    for (const plan::DarkStretch& stretch : dark_[kind]) {
      wire::DarkStretchView& dark = message.dark.emplace_back();
      dark.who = plan::kCrosserNames[kind];
      dark.from_km = thousandths(static_cast<double>(stretch.first_column) * column_km);
      dark.to_km =
          thousandths(static_cast<double>(stretch.first_column + stretch.columns) * column_km);
      dark.least_found = thousandths(stretch.least_found);
      if (stretch.since) dark.since = base::to_iso8601(*stretch.since);
      for (const std::size_t cause : stretch.causes) dark.causes.push_back(cause_view(cause));
    }
  }
}

std::vector<plan::DarkSpell> LiveCoverage::take_spells() { return std::exchange(changed_, {}); }

}  // namespace marsad::service
