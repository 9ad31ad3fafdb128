// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "service/site.h"
#include "store/store.h"
#include "wire/accounting_messages.h"

namespace marsad::service {

inline constexpr double kAccountingStretch_m = 10'000;

// What a record says was seen, done and missed between two times, by stretches of so many metres,
// by days from solar noon to noon, and by sensors. Errors: of the store.
base::Result<wire::AccountingView> accounting(const store::Store& store, const Site& site,
                                              base::Time from, base::Time to, double stretch_m);

}  // namespace marsad::service
