// SPDX-License-Identifier: Apache-2.0
#include "service/notice_sender.h"

#include <fmt/format.h>

#include "base/log.h"

namespace marsad::service {
namespace {

constexpr std::chrono::seconds kLookEvery{1};

using liaison::StepKind;

// Why a notice goes to the headquarters; empty where it goes to another hop.
std::string why_there(const store::NoticeHistory& history, const std::string& hop) {
  if (hop != liaison::kHeadquarters) return "";
  for (const liaison::DeliveryStep& step : history.steps) {
    if (step.kind == StepKind::escalated) return step.detail;
  }
  return history.queued.route.why_headquarters;
}

}  // namespace

NoticeSender::NoticeSender(const liaison::Liaison& liaison, store::Store& store,
                           const NoticeDesk& desk, Clock clock, Post post, Ready ready,
                           std::function<void()> tend)
    : liaison_(liaison),
      outbox_(store),
      desk_(desk),
      clock_(std::move(clock)),
      post_(std::move(post)),
      ready_(std::move(ready)),
      tend_(std::move(tend)) {}

base::Result<void> NoticeSender::add(store::NoticeId notice, StepKind kind, const std::string& hop,
                                     const std::string& detail, bool finished) {
  return outbox_.add_step(notice, {clock_(), kind, hop, detail}, finished);
}

base::Result<void> NoticeSender::attempt(const store::NoticeHistory& history,
                                         const liaison::Channel& channel) {
  const store::QueuedNotice& queued = history.queued;
  if (auto why = desk_.why_withdrawn(queued)) {
    return add(queued.id, StepKind::withdrawn, "", *why, true);
  }
  const std::uint32_t number = liaison::attempts(history.steps, channel.hop) + 1;
  auto recorded =
      add(queued.id, StepKind::sending, channel.hop, fmt::format("attempt {}", number), false);
  if (!recorded) return recorded;
  const auto posted = post_(channel, {queued.notice, liaison_.sender, queued.number, clock_(),
                                      number, why_there(history, channel.hop)});
  if (!posted) {
    base::log_warning(fmt::format("notice {} to {}: {}", queued.number, queued.notice.to.text,
                                  to_string(posted.error())));
    return add(queued.id, StepKind::failed, channel.hop, to_string(posted.error()), false);
  }
  switch (posted->delivery) {
    case Delivery::unknown:
      return {};
    case Delivery::handed:
      return add(queued.id, StepKind::handed, channel.hop, posted->answer, false);
    case Delivery::received:
      return add(queued.id, StepKind::receipt, channel.hop, posted->answer,
                 channel.hop == queued.route.hops.back());
  }
  return {};
}

base::Result<void> NoticeSender::handle(const store::NoticeHistory& history) {
  const store::QueuedNotice& queued = history.queued;
  const bool has_channel = liaison_.channel(queued.route.hops.front()) != nullptr;
  const bool has_headquarters = liaison_.channel(liaison::kHeadquarters) != nullptr;
  const liaison::NextStep next =
      liaison::next_step(queued.route, queued.not_before, history.steps, liaison_.escalate_after_s,
                         has_channel, has_headquarters);
  if (next.kind == liaison::NextStep::Kind::nothing || next.at > clock_()) return {};
  if (next.kind == liaison::NextStep::Kind::send) {
    const liaison::Channel& channel = *liaison_.channel(next.hop);
    return ready_ && !ready_(channel) ? base::Result<void>() : attempt(history, channel);
  }
  const std::string why = liaison::missing_receipt(queued.route, history.steps);
  base::log_error(
      fmt::format("notice {} to {}: {}; {}", queued.number, queued.notice.to.text, why,
                  has_headquarters ? "the headquarters are told" : "tell the headquarters"));
  return add(queued.id, StepKind::escalated, std::string(liaison::kHeadquarters), why, false);
}

base::Result<void> NoticeSender::send_due() {
  const auto waiting = outbox_.unfinished();
  if (!waiting) return waiting.error();
  for (const store::NoticeHistory& history : *waiting) {
    if (const auto done = handle(history); !done) return done;
  }
  return {};
}

void NoticeSender::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (const auto sent = send_due(); !sent) {
        base::log_error("notices wait: " + to_string(sent.error()));
      }
      if (tend_) tend_();
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, stop, kLookEvery, [this] { return is_woken_; });
      is_woken_ = false;
    }
  });
}

void NoticeSender::stop() { thread_ = {}; }

void NoticeSender::wake() {
  const std::lock_guard lock(mutex_);
  is_woken_ = true;
  woken_.notify_one();
}

}  // namespace marsad::service
