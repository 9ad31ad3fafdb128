// SPDX-License-Identifier: Apache-2.0
#include "service/ledger_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/words.h"
#include "plan/watch.h"
#include "service/camera_feed.h"
#include "service/live_parts.h"
#include "service/site_plan.h"
#include "service/views.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

// How often the cameras' health is looked at.
constexpr auto kLookEvery = std::chrono::milliseconds(100);
// How often the record is told that the ledger is still kept: what a killed program's history
// lacks at most.
constexpr auto kRecordEvery = std::chrono::seconds(30);
constexpr auto kAskHoldersEvery = std::chrono::seconds(1);
constexpr std::size_t kMostUnrecorded = 10'000;

}  // namespace

LedgerDesk::LedgerDesk(const Site& site, const HealthDesk& health, store::Store& store,
                       store::RunId run, Publish publish)
    : site_(site),
      health_(health),
      store_(store),
      run_(run),
      publish_(std::move(publish)),
      started_(now()),
      weather_file_(site.plan.weather) {
  air_.extinction_per_km = site.plan.watch.extinction_per_km;
  air_.text = "as planned";
  const auto known = store.newest_conditions();
  if (!known) base::log_warning("record: " + base::to_string(known.error()));
  for (const plan::ConditionWord& word : known ? *known : std::vector<plan::ConditionWord>{}) {
    if (word.balloon.empty()) {
      air_ = word;
    } else {
      balloons_[word.balloon] = word;
    }
  }
  holders_changed();
  tell(nullptr);
}

LedgerDesk::~LedgerDesk() { end(); }

void LedgerDesk::start() {
  keeper_ = std::jthread([this](std::stop_token stop) { keep(std::move(stop)); });
}

void LedgerDesk::end() { keeper_ = {}; }

std::string LedgerDesk::newest(const Listener& listener) const {
  std::unique_lock lock(mutex_);
  const LiveMessage message = newest_;
  lock.unlock();
  const SharedText told = message.told_to(listener);
  return told ? *told : "";
}

std::shared_ptr<const plan::WhatIf> LedgerDesk::what_if() const {
  const std::lock_guard lock(mutex_);
  return what_if_;
}

std::optional<std::pair<LedgerDesk::Refusal, std::string>> LedgerDesk::say(
    const plan::ConditionWord& word) {
  if (!word.balloon.empty()) {
    const SiteCamera* const camera = site_.camera({word.balloon});
    if (camera == nullptr || camera->mount != MountKind::balloon) {
      return std::pair(Refusal::unknown_balloon, fmt::format("no balloon '{}'", word.balloon));
    }
  }
  const std::lock_guard lock(mutex_);
  if (const auto written = store_.put_condition(run_, word); !written) {
    return std::pair(Refusal::not_recorded, base::to_string(written.error()));
  }
  (word.balloon.empty() ? air_ : balloons_[word.balloon]) = word;
  is_news_ = true;
  said_.notify_all();
  return std::nullopt;
}

// What each camera sees, in the clearest air; none where asked to stop, or where it can't be told.
std::optional<LiveCoverage> LedgerDesk::work_out(const std::stop_token& stop) {
  if (const auto small = check_belt_size(site_); !small) {
    trouble_ = base::to_string(small.error());
    base::log_warning("ledger: " + trouble_);
    tell(nullptr);
    return std::nullopt;
  }
  plan::WatchSettings settings = site_.plan.watch;
  const double usual_per_km = settings.extinction_per_km;
  settings.extinction_per_km = std::min(usual_per_km, kClearestAir_per_km);
  plan::Belt belt(site_.border->line, *site_.elevation, site_.plan.belt);
  std::vector<plan::Watch> watches;
  for (const PlannedSensor& sensor : sensors_of(site_)) {
    if (stop.stop_requested()) return std::nullopt;
    watches.emplace_back(belt, *site_.elevation, sensor.watcher, settings);
  }
  plan::LiveLedger ledger(std::move(belt), std::move(watches), usual_per_km, site_.plan.enough);
  auto plans = std::make_shared<const plan::WhatIf>(ledger.shared_belt(), ledger.planned(),
                                                    site_.plan.watch);
  {
    const std::lock_guard lock(mutex_);
    what_if_ = std::move(plans);
  }
  return LiveCoverage(site_, std::move(ledger));
}

void LedgerDesk::keep(std::stop_token stop) {
  auto coverage = work_out(stop);
  if (!coverage) return;
  kept_since_ = now();
  while (!stop.stop_requested()) {
    const std::string file_trouble = file_trouble_;
    read_weather_file();
    bool changed = coverage->take(conditions(), now());
    changed |= holders_changed();
    std::unique_lock lock(mutex_);
    const bool is_news = std::exchange(is_news_, false);
    lock.unlock();
    if (changed || is_news || file_trouble != file_trouble_) tell(&*coverage);
    record(coverage->take_spells());
    lock.lock();
    said_.wait_for(lock, stop, kLookEvery, [this] { return is_news_; });
  }
  coverage->end(now());
  recorded_.reset();
  record(coverage->take_spells());
}

void LedgerDesk::read_weather_file() {
  const auto told = weather_file_.changed(now());
  if (!told) return;
  file_trouble_ = *told ? "" : base::to_string(told->error());
  if (!*told) {
    base::log_warning("weather: " + file_trouble_);
    return;
  }
  const plan::ConditionWord& word = **told;
  std::unique_lock lock(mutex_);
  // An older one was known before, or somebody has said otherwise since.
  if (air_.time >= word.time) return;
  air_ = word;
  is_news_ = true;
  lock.unlock();
  base::log_info(fmt::format("weather: {}, {:.2f} per km, says {}", word.text,
                             word.extinction_per_km, word.by));
  if (const auto written = store_.put_condition(run_, word); !written) {
    base::log_warning("record: " + base::to_string(written.error()));
  }
}

CameraNow LedgerDesk::camera_now(const SiteCamera& camera,
                                 const std::map<sensor::SensorId, CameraFigures>& health) const {
  if (const auto said = balloons_.find(camera.camera.id.text); said != balloons_.end()) {
    if (!said->second.up) return {"down", said->second.time, said->second.text, false};
  } else if (!camera.up) {
    return {"down", started_, "", false};
  }
  const auto known = health.find(camera.camera.id);
  if (known == health.end()) {
    return {std::string(base::word(sensor::HealthState::starting)), started_, "", false};
  }
  const sensor::Health& is = known->second.health;
  return {std::string(base::word(is.state)), is.since, is.detail, sensor::watches(is.state)};
}

ConditionsNow LedgerDesk::conditions() const {
  const auto health = health_.cameras();
  const std::lock_guard lock(mutex_);
  ConditionsNow conditions;
  for (const SiteCamera& camera : site_.cameras) {
    conditions.cameras.push_back(camera_now(camera, health));
  }
  conditions.air = {air_.extinction_per_km, std::nullopt, air_.text};
  if (air_.time != base::Time{}) conditions.air.since = air_.time;
  return conditions;
}

// The register is as it was at the start; what it says of now changes as stretches of time begin
// and end.
bool LedgerDesk::holders_changed() {
  const base::Time at = now();
  if (at - held_asked_ < kAskHoldersEvery) return false;
  held_asked_ = at;
  std::vector<wire::HeldView> held = view_holders(*site_.border, at);
  if (held == held_) return false;
  held_ = std::move(held);
  return true;
}

void LedgerDesk::fill_words(wire::LedgerMessage& message) const {
  message.air = {air_.extinction_per_km, air_.text, air_.by, std::nullopt, file_trouble_};
  if (air_.time != base::Time{}) message.air.since = base::to_iso8601(air_.time);
  for (const SiteCamera& camera : site_.cameras) {
    if (camera.mount != MountKind::balloon) continue;
    wire::BalloonView& balloon = message.balloons.emplace_back();
    balloon.id = camera.camera.id.text;
    balloon.up = camera.up;
    const auto said = balloons_.find(balloon.id);
    if (said == balloons_.end()) continue;
    balloon.up = said->second.up;
    balloon.by = said->second.by;
    balloon.since = base::to_iso8601(said->second.time);
    balloon.text = said->second.text;
  }
}

void LedgerDesk::tell(const LiveCoverage* coverage) {
  wire::LedgerMessage message;
  message.time = base::to_iso8601(now());
  message.trouble = trouble_;
  message.ready = coverage != nullptr;
  message.held = held_;
  if (coverage != nullptr) coverage->tell(message);
  std::unique_lock lock(mutex_);
  fill_words(message);
  LiveMessage told(wire::to_json(message), "ledger",
                   [message, length_m = site_.border->line.length_m()](
                       const Listener& to) -> std::optional<std::string> {
                     const auto part = to.follows ? part_of(message, to.scope, length_m)
                                                  : std::optional<wire::LedgerMessage>();
                     return part ? std::optional(wire::to_json(*part)) : std::nullopt;
                   });
  newest_ = told;
  lock.unlock();
  publish_(std::move(told));
}

// What can't be written now is tried again with the next change or the next time.
void LedgerDesk::record(std::vector<plan::DarkSpell> changes) {
  const bool any = !changes.empty();
  unrecorded_.insert(unrecorded_.end(), std::make_move_iterator(changes.begin()),
                     std::make_move_iterator(changes.end()));
  if (unrecorded_.size() > kMostUnrecorded) {
    const auto excess = unrecorded_.size() - kMostUnrecorded;
    unrecorded_.erase(unrecorded_.begin(),
                      unrecorded_.begin() + static_cast<std::ptrdiff_t>(excess));
  }
  const base::Time at = now();
  const bool due = !recorded_ || at - *recorded_ >= kRecordEvery;
  if (!any && !due) return;
  recorded_ = at;
  if (store_.put_coverage(run_, {*kept_since_, at}, unrecorded_)) unrecorded_.clear();
}

}  // namespace marsad::service
