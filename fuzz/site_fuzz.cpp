// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "service/liaison_file.h"
#include "service/scenario_file.h"
#include "service/site.h"
#include "tests/support/temporary_folder.h"

namespace {

// A folder with a border, to which each input is the site.toml.
struct Folder : marsad::test::TemporaryFolder {
  Folder() {
    write("border.geojson", R"({"type":"LineString","coordinates":[[41.0,34.01],[41.0,34.0]]})");
  }
};

}  // namespace

// Any site, scenario and liaison file is read, or refused with words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scenario = marsad::service::read_scenario(text, "scenario.toml");
  CHECK(scenario.scenario.has_value() == scenario.errors.empty());
  const auto partners = marsad::service::read_liaison(text, "liaison.toml");
  for (const auto& entry : partners.liaison.policy.disclosures) {
    CHECK(entry.persons >= 1 || !partners.errors.empty());
  }
  // Made ground and other files are not what is tried here.
  if (text.find("desert") != text.npos || text.find("/") != text.npos) return 0;
  static const Folder folder;
  folder.write("site.toml", text);
  const auto site = marsad::service::load_site(folder.path());
  CHECK(site.site.has_value() == site.errors.empty());
  return 0;
}
