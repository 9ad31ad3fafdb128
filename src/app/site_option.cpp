// SPDX-License-Identifier: Apache-2.0
#include "app/site_option.h"

#include <fmt/format.h>

#include "app/commands.h"

namespace marsad::app {

std::optional<service::Site> load_site_or_explain(const std::string& folder) {
  service::LoadedSite loaded = service::load_site(folder);
  for (const base::Error& error : loaded.errors) fail(error);
  return std::move(loaded.site);
}

const service::SiteCamera* camera_or_explain(const service::Site& site, const std::string& id,
                                             const std::string& option) {
  const service::SiteCamera* camera = site.camera({id});
  if (camera != nullptr) return camera;
  std::string known;
  for (const auto& one : site.cameras) known += " " + one.camera.id.text;
  fail({option, fmt::format("no camera '{}' in the site; it has{}", id, known)});
  return nullptr;
}

}  // namespace marsad::app
