// SPDX-License-Identifier: Apache-2.0
#include "plan/what_if.h"

#include <utility>

#include "base/check.h"

namespace marsad::plan {

WhatIf::WhatIf(std::shared_ptr<const Belt> belt, Ledger planned, WatchSettings settings)
    : belt_(std::move(belt)), planned_(std::move(planned)), settings_(settings) {
  CHECK(belt_ != nullptr && belt_->columns() == planned_.columns());
}

Ledger WhatIf::changed(const terrain::Elevation& elevation, std::optional<std::size_t> without,
                       const std::optional<Watcher>& with) const {
  Ledger ledger = planned_;
  if (without) ledger.set_availability(*without, 0);
  if (with) ledger.add(chances(*belt_, Watch(*belt_, elevation, *with, settings_)), 1);
  return ledger;
}

}  // namespace marsad::plan
