// SPDX-License-Identifier: Apache-2.0
#include "service/notice_sender.h"

#include <fmt/format.h>

#include "base/log.h"

namespace marsad::service {
namespace {

constexpr std::chrono::seconds kLookEvery{1};

using liaison::StepKind;

}  // namespace

NoticeSender::NoticeSender(const liaison::Liaison& liaison, store::Store& store,
                           const NoticeDesk& desk, Clock clock, Post post)
    : liaison_(liaison),
      outbox_(store),
      desk_(desk),
      clock_(std::move(clock)),
      post_(std::move(post)) {}

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
  const std::uint32_t number = liaison::attempts(history.steps) + 1;
  auto recorded =
      add(queued.id, StepKind::sending, channel.hop, fmt::format("attempt {}", number), false);
  if (!recorded) return recorded;
  const auto posted =
      post_(channel, {queued.notice, liaison_.sender, queued.number, clock_(), number});
  if (!posted) {
    base::log_warning(fmt::format("notice {} to {}: {}", queued.number, queued.notice.to.text,
                                  to_string(posted.error())));
    return add(queued.id, StepKind::failed, channel.hop, to_string(posted.error()), false);
  }
  if (!posted->received) return {};
  return add(queued.id, StepKind::receipt, channel.hop, "answered so",
             queued.route.hops.size() == 1);
}

base::Result<void> NoticeSender::handle(const store::NoticeHistory& history) {
  const store::QueuedNotice& queued = history.queued;
  const liaison::Channel* const channel = liaison_.channel(queued.route.hops.front());
  const liaison::NextStep next = liaison::next_step(queued.route, queued.not_before, history.steps,
                                                    liaison_.escalate_after_s, channel != nullptr);
  if (next.kind == liaison::NextStep::Kind::nothing || next.at > clock_()) return {};
  if (next.kind == liaison::NextStep::Kind::send) return attempt(history, *channel);
  const std::string why = fmt::format("no receipt from {}", queued.route.hops.back());
  base::log_error(fmt::format("notice {} to {}: {}; tell the headquarters", queued.number,
                              queued.notice.to.text, why));
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
