// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "plan/what_if.h"
#include "service/health_desk.h"
#include "service/live_coverage.h"
#include "service/live_message.h"
#include "service/site.h"
#include "service/weather.h"
#include "store/store.h"
#include "wire/messages.h"

namespace marsad::service {

// Keeps the ledger of blind kilometres on a thread of its own: works out at the start what each
// camera sees, then follows the cameras' health and what is said of air and balloons, tells of
// every change at once and puts it into the record. Any thread.
class LedgerDesk {
 public:
  // Not called while the desk holds its mutex.
  using Publish = std::function<void(LiveMessage message)>;

  // What was said last in the record still holds.
  LedgerDesk(const Site& site, const HealthDesk& health, store::Store& store, store::RunId run,
             Publish publish);
  ~LedgerDesk();  // ends

  void start();
  // Ends all that is dark, in the record too.
  void end();

  // The newest message, as JSON, as the listener is told it; empty where they are told nothing.
  std::string newest(const Listener& listener = {}) const;

  // What cameras elsewhere would change of the ledger as planned; null until that is worked out.
  std::shared_ptr<const plan::WhatIf> what_if() const;

  // Takes what somebody says of the air or of a balloon, once it is in the record. Errors: no such
  // balloon, the record takes nothing.
  enum class Refusal { unknown_balloon, not_recorded };
  std::optional<std::pair<Refusal, std::string>> say(const plan::ConditionWord& word);

 private:
  void keep(std::stop_token stop);
  std::optional<LiveCoverage> work_out(const std::stop_token& stop);
  void read_weather_file();
  ConditionsNow conditions() const;
  CameraNow camera_now(const SiteCamera& camera,
                       const std::map<sensor::SensorId, CameraFigures>& health) const;
  bool holders_changed();
  void fill_words(wire::LedgerMessage& message) const;
  void tell(const LiveCoverage* coverage);
  void record(std::vector<plan::DarkSpell> changes);

  const Site& site_;
  const HealthDesk& health_;
  store::Store& store_;
  const store::RunId run_;
  const Publish publish_;
  const base::Time started_;

  mutable std::mutex mutex_;  // of these six
  std::condition_variable_any said_;
  bool is_news_ = false;
  plan::ConditionWord air_;
  std::map<std::string, plan::ConditionWord> balloons_;  // those of which something was said
  LiveMessage newest_;
  std::shared_ptr<const plan::WhatIf> what_if_;

  // The keeper's own.
  WeatherFile weather_file_;
  std::string trouble_;               // why there is no ledger
  std::string file_trouble_;          // what is wrong with the weather's file
  std::vector<wire::HeldView> held_;  // who holds what, as told last
  base::Time held_asked_;             // when that was
  std::optional<base::Time> kept_since_;
  std::optional<base::Time> recorded_;  // when something last was
  std::vector<plan::DarkSpell> unrecorded_;
  std::jthread keeper_;
};

}  // namespace marsad::service
