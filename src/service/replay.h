// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "service/site.h"
#include "store/store.h"

namespace marsad::service {

struct ReplayReport {
  std::uint64_t frames = 0;
  std::uint64_t track_states = 0;  // compared, one a track and second
  std::uint64_t incidents = 0;
  std::uint64_t differences = 0;
  std::string first_difference;  // in words; empty where there is none
};

// Runs the recorded detections of a run through the stages after detection again and compares
// every recorded track state and incident with what comes out, bit for bit. What people did to the
// incidents is not compared.
base::Result<ReplayReport> replay(const store::Store& store, store::RunId run, const Site& site,
                                  const std::function<void()>& after_each_frame = {});

}  // namespace marsad::service
