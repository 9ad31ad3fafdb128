// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

#include <fmt/format.h>

#include <cstdio>

#include "video/address.h"

namespace marsad::app {

int fail(const base::Error& error) {
  // A word of the command line, put where it does not belong, may be a camera's address.
  const std::string shown = video::without_passwords(base::to_string(error));
  std::fprintf(stderr, "marsad: %s\n", shown.c_str());
  return 1;
}

int close_table(std::ofstream& table, const std::string& file) {
  table.close();
  return table ? 0 : fail({file, "not all could be written; is the disk full?"});
}

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
