// SPDX-License-Identifier: Apache-2.0
#include "service/site_edit.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <optional>

namespace marsad::service {
namespace {

namespace fs = std::filesystem;

// TOML takes a whole number for another type.
std::string as_toml(double value) {
  const double rounded = std::round(value * 1e4) / 1e4;
  std::string text = fmt::format("{}", rounded == 0 ? 0.0 : rounded);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string line_of(const CameraValue& value) {
  return fmt::format("{} = {}", value.key, as_toml(value.value));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

// Puts a value behind a line's equals sign, before its blanks and comment; false where the line is
// not just this key.
bool replace_in(std::string& line, const CameraValue& value) {
  const std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string::npos || line.compare(start, value.key.size(), value.key) != 0) {
    return false;
  }
  const std::size_t equals = line.find_first_not_of(" \t", start + value.key.size());
  if (equals == std::string::npos || line[equals] != '=') return false;
  const std::size_t from = line.find_first_not_of(" \t", equals + 1);
  if (from == std::string::npos) return false;
  const std::size_t end = std::min(line.find_first_of(" \t#\r", from), line.size());
  line.replace(from, end - from, as_toml(value.value));
  return true;
}

const toml::table* find_camera(const toml::table& root, std::string_view camera) {
  const toml::array* cameras = root["camera"].as_array();
  if (cameras == nullptr) return nullptr;
  for (const toml::node& node : *cameras) {
    const toml::table* table = node.as_table();
    if (table != nullptr && (*table)["id"].value_or(std::string_view{}) == camera) return table;
  }
  return nullptr;
}

// The index of the line on which a key of this table stands.
std::optional<std::size_t> line_index(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  if (node == nullptr || node->source().begin.line == 0) return std::nullopt;
  return node->source().begin.line - 1;
}

base::Error not_own_line(std::string_view camera, std::string_view key) {
  return {"site.toml", fmt::format("{} of camera {} is not on a line of its own; expected that, or "
                                   "change it by hand",
                                   key, camera)};
}

}  // namespace

bool has_camera_key(std::string_view text, std::string_view camera, std::string_view key) {
  try {
    const toml::table root = toml::parse(text);
    const toml::table* table = find_camera(root, camera);
    return table != nullptr && table->contains(key);
  } catch (const toml::parse_error&) {
    return false;
  }
}

base::Result<std::string> with_camera_values(std::string_view text, std::string_view camera,
                                             const std::vector<CameraValue>& values) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return base::Error{"site.toml", std::string(error.description())};
  }
  const toml::table* table = find_camera(root, camera);
  if (table == nullptr) {
    return base::Error{"site.toml", fmt::format("no camera '{}'", camera)};
  }
  std::vector<std::string> lines = lines_of(text);
  std::string added;
  for (const CameraValue& value : values) {
    const auto index = line_index(*table, value.key);
    if (!index) {
      added += fmt::format("\n{}", line_of(value));
    } else if (!replace_in(lines[*index], value)) {
      return not_own_line(camera, value.key);
    }
  }
  if (!added.empty()) {
    const auto below = line_index(*table, "azimuth_deg");
    std::string probe = below ? lines[*below] : "";
    if (!below || !replace_in(probe, {"azimuth_deg", 0})) {
      return not_own_line(camera, "azimuth_deg");
    }
    lines[*below] += added;
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    out += lines[i];
  }
  return out;
}

std::string camera_lines(const std::vector<CameraValue>& values) {
  std::string out;
  for (const CameraValue& value : values) out += fmt::format("{}\n", line_of(value));
  return out;
}

base::Result<void> replace_text(const fs::path& file, std::string_view text) {
  std::error_code code;
  const fs::path target = fs::canonical(file, code);
  if (code) return base::Error{file.string(), "can't be found: " + code.message()};
  const fs::perms who = fs::status(target, code).permissions();
  fs::path partial = target;
  partial += ".new";
  // Empty until only those may read it who may read the file, since it holds passwords.
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  fs::permissions(partial, who, code);
  if (!code) out << text;
  out.close();
  if (!out || code) {
    fs::remove(partial, code);
    return base::Error{partial.string(), "can't be written"};
  }
  fs::rename(partial, target, code);
  if (code) return base::Error{file.string(), "can't be replaced: " + code.message()};
  return {};
}

}  // namespace marsad::service
