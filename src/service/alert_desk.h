// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "service/notice_desk.h"
#include "store/received.h"
#include "wire/notice_messages.h"

namespace marsad::service {

// Why an alert was not taken.
struct AlertRefusal {
  enum class Reason { no_partner, too_long, unreadable, too_many, not_recorded };
  Reason reason;
  std::string message;
};
constexpr std::array<std::string_view, 5> words(AlertRefusal::Reason) {
  return {"no_partner", "too_long", "unreadable", "too_many", "not_recorded"};
}

// Alerts of the Common Alerting Protocol that partners send us. One that acknowledges a notice of
// ours is the partner's receipt. Any thread.
class AlertDesk {
 public:
  AlertDesk(const Site& site, store::Store& store, NoticeDesk& notices, NoticeDesk::Clock clock);

  // Takes an alert of a partner, which `by` brought: at most 64 KiB, 10 at once and one more every
  // 10 s of each account. It is in the record on return; the same one again is not kept twice.
  std::variant<wire::AlertView, AlertRefusal> take(const liaison::PartnerId& partner,
                                                   const std::string& by, const std::string& body);
  base::Result<std::vector<wire::AlertView>> newest() const;  // 200, newest first
  // What came and what was refused since the start, by reason.
  wire::ChannelView view() const;

 private:
  struct Allowance {
    double left = 0;
    base::Time since;
  };

  AlertRefusal refused(AlertRefusal::Reason reason, std::string message);
  bool is_allowed(const std::string& by, base::Time now);
  void take_receipts(const liaison::PartnerId& partner, const std::string& by,
                     const std::string& references);

  const Site& site_;
  mutable store::ReceivedLog log_;
  NoticeDesk& notices_;
  const NoticeDesk::Clock clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Allowance> allowances_;  // by account
  std::map<AlertRefusal::Reason, std::uint64_t> refused_;
  std::uint64_t taken_ = 0;
};

}  // namespace marsad::service
