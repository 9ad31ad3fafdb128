// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "service/chain.h"
#include "store/store.h"

namespace marsad::service {

// The tracks the record keeps: those of the first step in each second of the data's time, and where
// late frames changed the past, what is known of it now instead. One thread.
class TrackLog {
 public:
  using States = std::map<std::pair<std::chrono::sys_seconds, track::TrackId>, track::Track>;

  void take(const Step& step);

  // Of the steps taken that are not written yet.
  const States& unwritten() const { return states_; }
  // Puts them into the record; what can't be written stays for the next try.
  base::Result<void> write(store::Store& store, store::RunId run);
  void give_up() { states_.clear(); }

 private:
  void keep(const std::vector<track::Track>& tracks);

  std::optional<std::chrono::sys_seconds> newest_;
  States states_;
  // The seconds of which the record may hold states that are void now.
  std::optional<std::pair<std::chrono::sys_seconds, std::chrono::sys_seconds>> changed_;
};

}  // namespace marsad::service
