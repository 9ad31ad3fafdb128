// SPDX-License-Identifier: Apache-2.0
#include "service/site_cameras.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/words.h"
#include "service/detect_settings.h"
#include "service/pointing.h"
#include "video/address.h"

namespace marsad::service {
namespace {

using geo::radians;

using Table = TomlReader::Table;

constexpr Range kLatitude{-89, 89};
constexpr Range kLongitude{-180, 180};

constexpr std::array<std::string_view, 5> kDistortionKeys = {"k1", "k2", "k3", "p1", "p2"};

// The pixel of the optical axis; none where the file tells none or only half of it.
std::optional<sensor::Pixel> read_axis(Table& table, const sensor::CameraModel& model) {
  const auto cx = table.number("cx_px", {0, std::max(0.0, model.width_px - 1.0)});
  const auto cy = table.number("cy_px", {0, std::max(0.0, model.height_px - 1.0)});
  if (cx && cy) return sensor::Pixel{*cx, *cy};
  if (cx || cy) table.wrong(cx ? "cx_px" : "cy_px", "expected both cx_px and cy_px, or neither");
  return std::nullopt;
}

sensor::CameraModel read_model(Table& table) {
  sensor::CameraModel model;
  model.width_px = static_cast<int>(table.required_whole_number("width_px", {16, 8192}));
  model.height_px = static_cast<int>(table.required_whole_number("height_px", {16, 8192}));
  const auto fov_deg = table.number("horizontal_fov_deg", {0.1, 120});
  const auto focal_px = table.number("focal_length_px", {10, 10'000'000});
  if (fov_deg.has_value() == focal_px.has_value()) {
    table.wrong("horizontal_fov_deg", "expected either horizontal_fov_deg or focal_length_px");
    model.horizontal_fov_rad = radians(1);
  } else {
    model.horizontal_fov_rad =
        fov_deg ? radians(*fov_deg) : sensor::horizontal_fov_rad(model.width_px, *focal_px);
  }
  model.axis = read_axis(table, model);
  sensor::Distortion& lens = model.distortion;
  const std::array<double*, 5> coefficients = {&lens.k1, &lens.k2, &lens.k3, &lens.p1, &lens.p2};
  std::string_view told;
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const auto value = table.number(kDistortionKeys[i], {-1e6, 1e6});
    *coefficients[i] = value.value_or(0);
    if (value && told.empty()) told = kDistortionKeys[i];
  }
  if (model.width_px > 0 && model.height_px > 0 && !model.is_one_to_one()) {
    table.wrong(told,
                fmt::format("with {}, {} and {} along the radius and {} and {} across, the lens "
                            "would fold the picture within the frame; expected the coefficients "
                            "k1, k2, k3, p1, p2 of this camera, by OpenCV's names, and its own "
                            "focal length",
                            lens.k1, lens.k2, lens.k3, lens.p1, lens.p2));
  }
  return model;
}

}  // namespace

// A height above the ellipsoid, as satellite receivers give it, is brought to the sea's level here.
CameraReader::Height CameraReader::read_height(Table& table, geo::Geodetic position) {
  const auto ground_m = table.number("height_above_ground_m", {-1000, 10'000});
  const auto msl_m = table.number("height_msl_m", {-500, 20'000});
  const auto ellipsoidal_m = table.number("height_ellipsoidal_m", {-600, 20'000});
  const int told =
      int{ground_m.has_value()} + int{msl_m.has_value()} + int{ellipsoidal_m.has_value()};
  if (told != 1) {
    table.wrong("height_above_ground_m",
                "expected one of height_above_ground_m, height_msl_m (above mean sea level) and "
                "height_ellipsoidal_m (above the ellipsoid of WGS 84, as satellite receivers "
                "give it)");
    return {};
  }
  if (ground_m) return {"height_above_ground_m", ground_m, std::nullopt};
  if (msl_m) return {"height_msl_m", std::nullopt, msl_m};
  if (!geoid_) geoid_ = terrain::Geoid::egm96();
  if (!*geoid_) {
    table.wrong("height_ellipsoidal_m", to_string(geoid_->error()));
    return {};
  }
  return {"height_ellipsoidal_m", std::nullopt,
          (*geoid_)->above_sea_level_m(position.lat_rad, position.lon_rad, *ellipsoidal_m)};
}

SiteCamera CameraReader::read_camera(Table& table) {
  SiteCamera out;
  sensor::Camera& camera = out.camera;
  camera.id.text = table.required_text("id");
  camera.name = table.text("name").value_or(camera.id.text);
  const std::string mount = table.text("mount").value_or("tower");
  if (const auto kind = base::from_word<MountKind>(mount)) {
    out.mount = *kind;
  } else {
    table.wrong("mount",
                fmt::format("found '{}'; expected one of {}", mount, base::all_words<MountKind>()));
  }
  if (const auto up = table.boolean("up")) {
    if (out.mount != MountKind::balloon) {
      table.wrong("up", "only a balloon goes up and down; expected mount = \"balloon\"");
    }
    out.up = *up;
  }
  camera.pose.position = {radians(table.required_number("lat_deg", kLatitude)),
                          radians(table.required_number("lon_deg", kLongitude)), 0};
  camera.pose.azimuth_rad = radians(table.required_number("azimuth_deg", {-360, 360}));
  camera.pose.elevation_rad = radians(table.required_number("elevation_deg", {-90, 90}));
  camera.pose.roll_rad = radians(table.number("roll_deg", {-45, 45}).value_or(0));
  camera.model = read_model(table);

  const double pointing_deg = table.number("pointing_sigma_deg", {0, 10}).value_or(0.05);
  camera.sigma.azimuth_rad = camera.sigma.elevation_rad = radians(pointing_deg);
  camera.sigma.roll_rad = radians(table.number("roll_sigma_deg", {0, 10}).value_or(0.1));
  camera.sigma.position_m = table.number("position_sigma_m", {0, 1000}).value_or(2);
  camera.sigma.height_m = table.number("height_sigma_m", {0, 1000}).value_or(1);

  sensor::ThermalOptics& optics = camera.optics;
  optics.netd_K = table.number("netd_k", {0.001, 1}).value_or(optics.netd_K);
  optics.pitch_um = table.number("pitch_um", {3, 100}).value_or(optics.pitch_um);
  optics.f_number = table.number("f_number", {0.5, 20}).value_or(optics.f_number);

  out.source = table.required_text("source");
  out.fps = table.number("fps", {0.01, 1000});
  out.loop = table.boolean("loop").value_or(false);
  out.sway_px = table.number("sway_px", {0, 50}).value_or(0);
  out.clock_tolerance_s =
      table.number("clock_tolerance_s", {0.1, 3600}).value_or(out.clock_tolerance_s);
  out.detector = read_detector(table, detector_);
  out.detector.moving = table.boolean("moving").value_or(out.mount == MountKind::balloon);
  out.detector.horizontal_fov_rad = camera.model.horizontal_fov_rad;
  out.pointing = read_pointing(table, folder_);
  out.network = table.boolean("network").value_or(out.network);
  if (camera.model.width_px > 0 && camera.model.height_px > 0)
    out.ignored = read_mask(table, folder_, camera.model.width_px, camera.model.height_px);

  heights_.push_back(read_height(table, out.camera.pose.position));
  return out;
}

std::vector<SiteCamera> CameraReader::read(Table& root) {
  std::vector<SiteCamera> cameras;
  std::set<std::string> seen;
  if (auto table = root.table("detect")) detector_ = read_detector(*table, detector_);
  tables_ = root.tables("camera");
  for (Table& table : tables_) {
    SiteCamera camera = read_camera(table);
    if (!seen.insert(camera.camera.id.text).second) {
      table.wrong("id", fmt::format("a second sensor named '{}'; expected a name of its own",
                                    camera.camera.id.text));
    }
    cameras.push_back(std::move(camera));
  }
  return cameras;
}

void CameraReader::check_passwords(const std::vector<SiteCamera>& cameras,
                                   std::string_view recorded) {
  TomlReader copy(recorded, "");
  std::vector<Table> copied = copy.root().tables("camera");
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const std::string shown = video::without_password(cameras[i].source);
    if (i < copied.size() && copied[i].text("source").value_or("") == shown) continue;
    tables_[i].wrong(
        "source",
        "its password can't be kept out of the record; expected the address in double "
        "quotes, without blanks or escapes; special characters as codes, like %40 for @");
  }
}

void CameraReader::stand(std::vector<SiteCamera>& cameras, const terrain::Elevation& ground) {
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    SiteCamera& camera = cameras[i];
    geo::Geodetic& position = camera.camera.pose.position;
    const auto ground_m = ground.height_m(position.lat_rad, position.lon_rad);
    if (!ground_m) {
      tables_[i].wrong("lat_deg", fmt::format("camera {} stands where the elevation has no height",
                                              camera.camera.id.text));
      continue;
    }
    const Height& height = heights_[i];
    position.height_m = height.msl_m.value_or(*ground_m + height.above_ground_m.value_or(0));
    camera.height_above_ground_m = position.height_m - *ground_m;
    if (camera.height_above_ground_m < 0) {
      tables_[i].wrong(
          height.key, fmt::format("camera {} is {:.1f} m below the ground, which is at {:.1f} m; "
                                  "expected a height above it",
                                  camera.camera.id.text, -camera.height_above_ground_m, *ground_m));
    }
  }
}

}  // namespace marsad::service
