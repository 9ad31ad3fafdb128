// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "plan/belt.h"
#include "plan/ledger.h"
#include "plan/watch.h"
#include "terrain/elevation.h"

namespace marsad::plan {

// The ledger as planned, and what it would be with one watcher less, one more, or one elsewhere.
// Immutable; threads may share it.
class WhatIf {
 public:
  // `planned` is of that belt, with each watcher counted on wholly; `settings` is what a new one is
  // counted with.
  WhatIf(std::shared_ptr<const Belt> belt, Ledger planned, WatchSettings settings);

  const Belt& belt() const { return *belt_; }
  const Ledger& planned() const { return planned_; }

  // The planned ledger without the watcher of that number and with that new one, counted on wholly:
  // one moved is both.
  Ledger changed(const terrain::Elevation& elevation, std::optional<std::size_t> without,
                 const std::optional<Watcher>& with) const;

 private:
  std::shared_ptr<const Belt> belt_;
  Ledger planned_;
  WatchSettings settings_;
};

}  // namespace marsad::plan
