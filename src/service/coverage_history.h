// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "geo/border_line.h"
#include "plan/history.h"
#include "store/store.h"
#include "wire/messages.h"

namespace marsad::service {

// The blind hours of each night between two times, and of which nights they are.
struct CoverageNights {
  std::vector<plan::Night> nights;
  plan::BlindHistory history;
};
base::Result<CoverageNights> coverage_nights(const store::Store& store, const geo::BorderLine& line,
                                             base::Time from, base::Time to);

// "2026-11-22", the night's evening.
std::string name_of(const plan::Night& night);

wire::CoverageHistoryView view(const CoverageNights& nights);

}  // namespace marsad::service
