// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "service/site.h"
#include "service/toml_reader.h"
#include "terrain/geoid.h"

namespace marsad::service {

// Reads the cameras of a site file, in two steps: how far the elevation must reach follows from
// where they are, and how high they stand from the elevation.
class CameraReader {
 public:
  using Table = TomlReader::Table;

  // `folder` is the site's.
  explicit CameraReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The tables [[camera]] below `root`, each id once, with the settings of [detect] where they say
  // no other; what is wrong is told to its table.
  std::vector<SiteCamera> read(Table& root);

  // Tells those cameras' tables whose address the file's text for the record, `recorded`, does not
  // hold as it is without its password: the password may be in there in another form.
  void check_passwords(const std::vector<SiteCamera>& cameras, std::string_view recorded);

  // Gives each camera that read() returned its height above mean sea level and above the ground.
  void stand(std::vector<SiteCamera>& cameras, const terrain::Elevation& ground);

 private:
  // How high a camera stands, as its table tells it.
  struct Height {
    std::string_view key = "height_above_ground_m";
    std::optional<double> above_ground_m;
    std::optional<double> msl_m;  // above mean sea level
  };

  SiteCamera read_camera(Table& table);
  Height read_height(Table& table, geo::Geodetic position);

  std::filesystem::path folder_;
  detect::DetectorSettings detector_;  // for cameras that don't say otherwise
  std::vector<Table> tables_;
  std::vector<Height> heights_;                        // of the cameras
  std::optional<base::Result<terrain::Geoid>> geoid_;  // once some camera needs it
};

}  // namespace marsad::service
