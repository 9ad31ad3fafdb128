// SPDX-License-Identifier: Apache-2.0
#include "service/alert_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/log.h"
#include "base/words.h"
#include "exchange/cap.h"
#include "service/http_target.h"
#include "service/views.h"

namespace marsad::service {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024;
constexpr double kAtOnce = 10;
constexpr double kPerSecond = 0.1;
constexpr std::uint32_t kMostAlerts = 200;  // in one answer

using Reason = AlertRefusal::Reason;

wire::AlertView view_of(const store::ReceivedAlert& alert, const exchange::CapAlert& read) {
  wire::AlertView out;
  out.id = alert.id.value;
  out.received = base::to_iso8601(alert.received);
  out.partner = alert.partner.text;
  out.by = alert.by;
  out.identifier = read.identifier;
  out.sender = read.sender;
  out.sent = base::to_iso8601(read.sent);
  out.status = read.status;
  out.type = read.type;
  out.references = read.references;
  if (read.infos.empty()) return out;
  const exchange::CapAlert::Info& info = read.infos.front();
  out.event = info.event;
  out.headline = info.headline;
  out.description = info.description;
  if (!info.areas.empty()) out.area = info.areas.front();
  if (!info.circles.empty()) {
    out.at = view(info.circles.front().middle);
    out.radius_m = info.circles.front().radius_m;
  }
  return out;
}

}  // namespace

AlertDesk::AlertDesk(const Site& site, store::Store& store, NoticeDesk& notices,
                     NoticeDesk::Clock clock)
    : site_(site), log_(store), notices_(notices), clock_(std::move(clock)) {}

AlertRefusal AlertDesk::refused(Reason reason, std::string message) {
  const std::lock_guard lock(mutex_);
  ++refused_[reason];
  return {reason, std::move(message)};
}

bool AlertDesk::is_allowed(const std::string& by, base::Time now) {
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = allowances_.try_emplace(by, Allowance{kAtOnce, now});
  Allowance& allowance = found->second;
  const double since_s = std::max(0.0, base::to_seconds(now - allowance.since));
  allowance = {std::min(kAtOnce, allowance.left + kPerSecond * since_s), now};
  if (allowance.left < 1) return false;
  allowance.left -= 1;
  return true;
}

std::variant<wire::AlertView, AlertRefusal> AlertDesk::take(const liaison::PartnerId& partner,
                                                            const std::string& by,
                                                            const std::string& body) {
  const base::Time now = clock_();
  if (site_.liaison.partner(partner) == nullptr) {
    return refused(Reason::no_partner, fmt::format("no partner '{}'", partner.text));
  }
  if (!is_allowed(by, now)) {
    return refused(Reason::too_many,
                   fmt::format("too many alerts; expected {:.0f} at once at most, then one every "
                               "{:.0f} s",
                               kAtOnce, 1 / kPerSecond));
  }
  if (body.size() > kMostBytes) {
    return refused(Reason::too_long,
                   fmt::format("{} bytes; expected at most {}", body.size(), kMostBytes));
  }
  const auto read = exchange::read_cap(body, {.bytes = kMostBytes});
  if (!read) return refused(Reason::unreadable, to_string(read.error()));
  store::ReceivedAlert alert{{},           now,        partner, by, read->identifier,
                             read->sender, read->sent, body};
  const auto put = log_.put(alert);
  if (!put) {
    return refused(Reason::not_recorded, "not recorded, so not taken: " + to_string(put.error()));
  }
  alert.id = put->id;
  if (!put->again) {
    base::log_info(fmt::format("alert {} of {}: {} {}", alert.id.value, partner.text, read->status,
                               read->type));
    if (read->type == "Ack") take_receipts(partner, by, read->references);
  }
  wire::AlertView out = view_of(alert, *read);
  out.again = put->again;
  const std::lock_guard lock(mutex_);
  ++taken_;
  return out;
}

// References are "sender,identifier,sent" with blanks between; the identifier of a notice of ours
// ends in its number to the partner.
void AlertDesk::take_receipts(const liaison::PartnerId& partner, const std::string& by,
                              const std::string& references) {
  const std::string ours = fmt::format("{}.{}.", site_.liaison.sender, partner.text);
  const auto notices = notices_.notices(partner);
  if (!notices) return;
  std::istringstream in(references);
  for (std::string reference; in >> reference;) {
    const std::size_t begin = std::min(reference.find(',') + 1, reference.size());
    const std::string identifier = reference.substr(begin, reference.find(',', begin) - begin);
    if (!identifier.starts_with(ours)) continue;
    const auto number = whole<std::uint64_t>(std::string_view(identifier).substr(ours.size()));
    for (const wire::NoticeStateView& notice : *notices) {
      if (number != notice.number) continue;
      const auto said = notices_.receipt({notice.id}, partner.text, by + ", by an alert");
      if (const auto* refusal = std::get_if<NoticeRefusal>(&said)) {
        base::log_warning(fmt::format("receipt of {}: {}", identifier, refusal->message));
      }
    }
  }
}

base::Result<std::vector<wire::AlertView>> AlertDesk::newest() const {
  const auto alerts = log_.newest_alerts(kMostAlerts);
  if (!alerts) return alerts.error();
  std::vector<wire::AlertView> out;
  for (const store::ReceivedAlert& alert : *alerts) {
    const auto read = exchange::read_cap(alert.body, {.bytes = kMostBytes});
    if (read) out.push_back(view_of(alert, *read));
  }
  return out;
}

wire::ChannelView AlertDesk::view() const {
  const std::lock_guard lock(mutex_);
  wire::ChannelView out;
  out.name = "alerts";
  out.listens = true;
  out.form = "cap";
  out.address = "/api/partner/alerts";
  out.state = taken_ > 0 ? "ok" : "idle";
  out.taken = taken_;
  for (const auto& [reason, count] : refused_) {
    out.refused.push_back({std::string(base::word(reason)), count});
  }
  return out;
}

}  // namespace marsad::service
