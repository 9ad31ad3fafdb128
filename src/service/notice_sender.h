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

  // Whether a way is worth trying now; what is for it waits else. Empty: always.
  using Ready = std::function<bool(const liaison::Channel&)>;

  // `tend` is called on the sender's thread about every second, where it is given.
  NoticeSender(const liaison::Liaison& liaison, store::Store& store, const NoticeDesk& desk,
               Clock clock, Post post, Ready ready = {}, std::function<void()> tend = {});

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
  const Ready ready_;
  const std::function<void()> tend_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool is_woken_ = false;
  std::jthread thread_;
};

}  // namespace marsad::service
