// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.h"
#include "exchange/dispatch.h"
#include "service/notice_desk.h"
#include "service/notice_post.h"
#include "store/outbox.h"

namespace marsad::service {

// Sends the notices of the outbox, one after the other, from a thread of its own, until each is
// received; escalates those that are not. Each attempt is on the disk before it is made, so that
// one that may have been received is never made again without saying so.
class NoticeSender {
 public:
  using Clock = NoticeDesk::Clock;
  using Post =
      std::function<base::Result<Posted>(const liaison::Channel&, const exchange::Dispatch&)>;

  NoticeSender(const liaison::Liaison& liaison, store::Store& store, const NoticeDesk& desk,
               Clock clock, Post post);

  // Does all that is due, once. An error where the outbox can't be read or written.
  base::Result<void> send_due();

  void start();
  void stop();  // after the attempt that is being made
  void wake();  // something may be due

 private:
  base::Result<void> handle(const store::NoticeHistory& history);
  base::Result<void> attempt(const store::NoticeHistory& history, const liaison::Channel& channel);
  base::Result<void> add(store::NoticeId notice, liaison::StepKind kind, const std::string& hop,
                         const std::string& detail, bool finished);

  const liaison::Liaison& liaison_;
  store::Outbox outbox_;
  const NoticeDesk& desk_;
  const Clock clock_;
  const Post post_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool is_woken_ = false;
  std::jthread thread_;
};

}  // namespace marsad::service
