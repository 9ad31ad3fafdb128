// SPDX-License-Identifier: Apache-2.0
#include "service/site_elevation.h"

#include <fmt/format.h>

#include <string>

#include "base/words.h"
#include "service/site.h"

namespace marsad::service {
namespace {

// One text or a list of them.
std::vector<std::string> texts(TomlReader::Table& table, std::string_view key) {
  if (table.is_list(key)) return table.texts(key);
  const auto text = table.text(key);
  return text ? std::vector{*text} : std::vector<std::string>{};
}

}  // namespace

std::vector<terrain::ElevationFile> read_elevation_files(TomlReader::Table& table,
                                                         const std::filesystem::path& folder) {
  std::vector<terrain::ElevationFile> files;
  for (const std::string& file : texts(table, "file")) {
    files.push_back({resolve(folder, file).string()});
  }
  constexpr std::string_view kKey = "heights_above";
  const std::vector<std::string> above = texts(table, kKey);
  if (above.size() > 1 && above.size() != files.size()) {
    table.wrong(kKey, fmt::format("found {} words for {} files; expected one for all or one each",
                                  above.size(), files.size()));
    return files;
  }
  for (std::size_t i = 0; i < above.size(); ++i) {
    const auto heights = base::from_word<terrain::HeightsAbove>(above[i]);
    if (!heights) {
      table.wrong(kKey, fmt::format("found '{}'; expected one of {}", above[i],
                                    base::all_words<terrain::HeightsAbove>()));
      continue;
    }
    for (std::size_t j = 0; j < files.size(); ++j) {
      if (above.size() == 1 || j == i) files[j].heights = *heights;
    }
  }
  return files;
}

}  // namespace marsad::service
