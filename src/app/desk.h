// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"

namespace marsad::app {

// Hands out the numbers of pieces of work, one at a time, to several threads; shows how far it is,
// and keeps the first failure, after which nothing more is handed out.
class Desk {
 public:
  Desk(std::string what, std::size_t count, std::stop_token stop);

  // None where all are given out, one failed, or it was asked to stop.
  std::optional<std::size_t> next();
  // One piece is done; `merge` puts it to the others, one at a time.
  void finish(const std::function<void()>& merge);
  void fail(base::Error error);

  // Once the threads have ended.
  const std::optional<base::Error>& failed() const { return failed_; }

 private:
  std::mutex mutex_;
  std::size_t count_;
  std::stop_token stop_;
  base::Progress progress_;
  std::size_t next_ = 0;
  std::optional<base::Error> failed_;
};

// Runs the work on a thread for each core, to its end.
void on_all_cores(const std::function<void()>& work);

}  // namespace marsad::app
