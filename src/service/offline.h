// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.h"
#include "service/chain.h"
#include "service/site.h"

namespace marsad::service {

// Runs a site's cameras as fast as possible on one thread: always the frame with the earliest time
// next, through detection and every stage after it. The same site gives the same steps, bit for
// bit. `start` is the time of the first frames. `take` sees each step and says whether to go on.
// Faults of sources go to `fault`, and so do frames that don't count as a look (PictureWatch),
// which make no step; where the judge tells of a sensor, the step has a trouble and no frame.
// Errors: a source can't be opened.
base::Result<void> run_offline(const Site& site, base::Time start,
                               const std::function<bool(const Step&)>& take,
                               const std::function<void(const std::string&)>& fault = {},
                               std::stop_token stop = {});

}  // namespace marsad::service
