// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "service/site.h"

namespace marsad::app {

// Loads a site; where that fails, says everything that is wrong with it.
std::optional<service::Site> load_site_or_explain(const std::string& folder);

// The site's camera of that id; where it has none, says so, and which it has, as wrong in `option`.
const service::SiteCamera* camera_or_explain(const service::Site& site, const std::string& id,
                                             const std::string& option);

}  // namespace marsad::app
