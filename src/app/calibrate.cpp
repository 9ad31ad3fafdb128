// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "app/calibrate_picture.h"
#include "app/commands.h"
#include "app/interrupt.h"
#include "app/site_option.h"
#include "locate/sightings_csv.h"
#include "locate/skyline.h"
#include "service/privacy.h"
#include "service/site_edit.h"
#include "video/decode.h"
#include "video/source.h"

namespace marsad::app {
namespace {

using geo::degrees;

// An azimuth told no better than this is not worth writing down.
constexpr double kUntold_deg = 0.2;
constexpr int kMostFrames = 16;

struct CalibrateOptions {
  std::string site;
  std::string camera;
  std::string landmarks;
  std::string skyline;
  std::string vehicles;
  std::string picture;
  std::string png;
  std::string sky;
  double search_deg = 3;
  double range_km = 30;
  bool focal = false;
  bool write = false;
};

// A calibration and how to draw it.
struct Found {
  locate::PointingFit pointing;
  std::string rests_on;
  std::optional<locate::SkylineFit> skyline;
  std::vector<locate::Sighting> sightings;
  std::optional<video::Image<std::uint16_t>> picture;
};

// One picture, or the mean of a recording's first ones, which has less noise.
base::Result<video::Image<std::uint16_t>> read_picture(const std::string& location) {
  if (video::is_image(location)) {
    auto still = video::read_image(location);
    if (!still) return still.error();
    return std::move(still->counts);
  }
  video::SourceSettings settings;
  settings.location = location;
  auto source = video::open_source(settings);
  if (!source) return source.error();
  const std::stop_token stop = stop_on_interrupt();
  std::vector<std::uint32_t> sums;
  video::Image<std::uint16_t> mean;
  std::uint32_t frames = 0;
  while (frames < kMostFrames) {
    const video::Event event = (*source)->next(stop);
    if (std::holds_alternative<video::End>(event)) break;
    const auto* frame = std::get_if<video::Frame>(&event);
    if (frame == nullptr) continue;
    if (frames == 0) mean = frame->counts;
    if (frame->counts.width() != mean.width() || frame->counts.height() != mean.height()) break;
    sums.resize(mean.pixels().size());
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += frame->counts.pixels()[i];
    ++frames;
  }
  if (frames == 0) return base::Error{location, "no picture in it"};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    mean.pixels()[i] = static_cast<std::uint16_t>((sums[i] + frames / 2) / frames);
  }
  return mean;
}

// The site's ground further than the site needs it, since horizons are far.
base::Result<std::shared_ptr<const terrain::Elevation>> far_ground(const service::Site& site,
                                                                   const sensor::Camera& camera,
                                                                   double range_m) {
  if (site.elevation_files.empty()) return site.elevation;
  const geo::Geodetic place = camera.pose.position;
  auto opened = terrain::Elevation::open(
      site.elevation_files,
      terrain::grown({place.lat_rad, place.lat_rad, place.lon_rad, place.lon_rad}, range_m));
  if (!opened) return opened.error();
  return std::make_shared<const terrain::Elevation>((*std::move(opened)).with(site.earthworks));
}

base::Result<Found> by_skyline(const CalibrateOptions& options, const service::Site& site,
                               const sensor::Camera& camera) {
  auto picture = read_picture(options.skyline);
  if (!picture) return picture.error();
  locate::SkylineSettings settings;
  settings.search_rad = geo::radians(options.search_deg);
  settings.max_range_m = 1000 * options.range_km;
  settings.elevation_sigma_m = site.locator.elevation_sigma_m;
  settings.refraction = site.locator.refraction;
  if (!options.sky.empty()) {
    settings.sky = options.sky == "warmer" ? locate::Sky::warmer : locate::Sky::colder;
  }
  const auto ground = far_ground(site, camera, settings.max_range_m);
  if (!ground) return ground.error();
  auto fit = locate::pointing_from_skyline(camera, **ground, *picture, settings);
  if (!fit) return base::Error{options.skyline, fit.error().message};
  Found found;
  found.pointing = fit->pointing;
  found.rests_on = fmt::format(
      "{} columns of skyline, {:.0f} % of those the horizon lies in; sky "
      "{} than the ground",
      fit->pointing.used, 100 * fit->share, fit->sky == locate::Sky::colder ? "colder" : "warmer");
  found.skyline = *std::move(fit);
  found.picture = *std::move(picture);
  return found;
}

base::Result<Found> by_sightings(const CalibrateOptions& options, const service::Site& site,
                                 const sensor::Camera& camera) {
  const bool vehicles = options.landmarks.empty();
  const std::string& file = vehicles ? options.vehicles : options.landmarks;
  std::ifstream in(file);
  if (!in) return base::Error{file, "can't be read"};
  auto sightings = vehicles ? locate::read_vehicle(in, file, *site.elevation)
                            : locate::read_landmarks(in, file, *site.elevation);
  if (!sightings) return sightings.error();
  locate::SightingSettings settings;
  settings.find_focal = options.focal;
  settings.refraction = site.locator.refraction;
  if (vehicles) settings.most_turned_rad = geo::radians(options.search_deg);
  auto fit = locate::pointing_from_sightings(camera, *sightings, settings);
  if (!fit) return base::Error{file, fit.error().message};
  Found found;
  found.pointing = *std::move(fit);
  found.rests_on = fmt::format("{} of {} {}", found.pointing.used, sightings->size(),
                               vehicles ? "fixes of the vehicle" : "landmarks");
  found.sightings = *std::move(sightings);
  if (!options.picture.empty()) {
    auto picture = read_picture(options.picture);
    if (!picture) return picture.error();
    found.picture = *std::move(picture);
  }
  return found;
}

double rounded_up(double value_deg) { return std::max(0.001, std::ceil(value_deg * 1000) / 1000); }

std::vector<service::CameraValue> values_of(const sensor::Camera& told,
                                            const locate::PointingFit& fit) {
  const auto to_3 = [](double value_deg) { return std::round(value_deg * 1000) / 1000; };
  const double azimuth_deg = degrees(fit.pose.azimuth_rad);
  const double elevation_sigma_deg = degrees(fit.elevation_sigma_rad());
  std::vector<service::CameraValue> values;
  if (degrees(fit.azimuth_sigma_rad()) <= kUntold_deg) {
    values.push_back({"azimuth_deg", to_3(azimuth_deg < 0 ? azimuth_deg + 360 : azimuth_deg)});
    values.push_back({"pointing_sigma_deg",
                      rounded_up(std::max(degrees(fit.azimuth_sigma_rad()), elevation_sigma_deg))});
  }
  values.push_back({"elevation_deg", to_3(degrees(fit.pose.elevation_rad))});
  values.push_back({"roll_deg", to_3(degrees(fit.pose.roll_rad))});
  values.push_back({"roll_sigma_deg", rounded_up(degrees(fit.roll_sigma_rad()))});
  if (fit.focal_sigma_px > 0 && told.model.focal_px() != fit.model.focal_px()) {
    values.push_back({"horizontal_fov_deg", degrees(fit.model.horizontal_fov_rad)});
  }
  return values;
}

void tell(const sensor::Camera& told, const Found& found) {
  const locate::PointingFit& fit = found.pointing;
  const locate::AimCheck check = locate::compare(told, fit);
  const auto line = [](const char* angle, double value_rad, double sigma_rad, double change_rad) {
    fmt::print("  {:<10} {:9.3f}  sigma {:.3f}  {:+.3f} from the site file\n", angle,
               degrees(value_rad), degrees(sigma_rad), degrees(change_rad));
  };
  const double azimuth_rad = fit.pose.azimuth_rad;
  fmt::print("Pointing of camera {}, degrees:\n", told.id.text);
  line("azimuth", azimuth_rad < 0 ? azimuth_rad + 2 * std::numbers::pi : azimuth_rad,
       fit.azimuth_sigma_rad(), check.azimuth_rad);
  line("elevation", fit.pose.elevation_rad, fit.elevation_sigma_rad(), check.elevation_rad);
  line("roll", fit.pose.roll_rad, fit.roll_sigma_rad(), check.roll_rad);
  if (fit.focal_sigma_px > 0) {
    fmt::print("Focal length: {:.1f} px, sigma {:.1f}; the site has {:.1f}\n", fit.model.focal_px(),
               fit.focal_sigma_px, told.model.focal_px());
  }
  fmt::print("Rests on {}; residual {:.2f} px rms.\n", found.rests_on, fit.residual_rms_px);
  for (const std::string& name : fit.outliers) fmt::print("Does not fit: {}\n", name);
  if (check.aim == locate::Aim::fits) {
    fmt::print("The camera looks where the site file says, within the errors of both.\n");
  } else {
    fmt::print(
        "The camera does not look where the site file says: moved by {:.3f} degrees, "
        "± {:.3f}.\n",
        degrees(check.turned_rad), degrees(check.turned_sigma_rad));
  }
  if (degrees(fit.azimuth_sigma_rad()) > kUntold_deg) {
    fmt::print("The azimuth can't be told from this; the site file's stays.\n");
  }
}

base::Result<void> write_png(const CalibrateOptions& options, const service::Site& site,
                             const service::SiteCamera& told, const Found& found) {
  // Homes lie where the found pointing puts them.
  service::SiteCamera turned = told;
  turned.camera.pose = found.pointing.pose;
  turned.camera.model = found.pointing.model;
  const video::Image<std::uint16_t> blank(told.camera.model.width_px, told.camera.model.height_px);
  auto picture = shown(found.picture.value_or(blank), service::hidden_of(site, turned));
  if (found.skyline) draw_skyline(picture, *found.skyline);
  draw_sightings(picture, found.sightings, found.pointing, site.locator.refraction);
  return video::write_file(options.png, video::encode_png(picture));
}

int calibrate(const CalibrateOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const service::SiteCamera* camera = camera_or_explain(*site, options.camera, "camera");
  if (camera == nullptr) return 1;
  const auto found = options.skyline.empty() ? by_sightings(options, *site, camera->camera)
                                             : by_skyline(options, *site, camera->camera);
  if (!found) return fail(found.error());
  tell(camera->camera, *found);
  if (!options.png.empty()) {
    const auto written = write_png(options, *site, *camera, *found);
    if (!written) return fail(written.error());
  }
  const auto file = site->folder / "site.toml";
  const auto text = service::read_text(file);
  if (!text) return fail(text.error());
  auto values = values_of(camera->camera, found->pointing);
  // A focal length stays under the key by which the file tells it.
  if (values.back().key == "horizontal_fov_deg" &&
      service::has_camera_key(*text, options.camera, "focal_length_px")) {
    values.back() = {"focal_length_px", found->pointing.model.focal_px()};
  }
  fmt::print("\n# {}, camera {}\n{}", file.string(), options.camera, service::camera_lines(values));
  if (!options.write) return 0;
  const auto edited = service::with_camera_values(*text, options.camera, values);
  if (!edited) return fail(edited.error());
  const auto replaced = service::replace_text(file, *edited);
  if (!replaced) return fail(replaced.error());
  fmt::print("Written.\n");
  return 0;
}

}  // namespace

void add_calibrate(CLI::App& app, int& status) {
  auto options = std::make_shared<CalibrateOptions>();
  CLI::App* command = app.add_subcommand(
      "calibrate",
      "Finds which way a camera looks, from landmarks, the skyline or an own vehicle, and prints "
      "the\n"
      "lines for site.toml. Tells a camera that was moved, and by how much.\n"
      "Example: marsad calibrate my-site T7 --skyline night.png --png skyline.png");
  command->add_option("site", options->site, "Folder with site.toml")->required();
  command->add_option("camera", options->camera, "The camera's id in the site")->required();
  auto* landmarks = command->add_option(
      "--landmarks", options->landmarks,
      "Table name,lat,lon,u,v (and height, sigma_px, sigma_m): surveyed points and their pixels");
  auto* skyline = command->add_option("--skyline", options->skyline,
                                      "Picture or recording with the edge of sky and ground");
  auto* vehicles = command->add_option(
      "--vehicles", options->vehicles,
      "Table t,lat,lon,u,v: an own vehicle's fixes; all detections of a time on rows of their own");
  landmarks->excludes(skyline)->excludes(vehicles);
  skyline->excludes(vehicles);
  command->add_option("--picture", options->picture,
                      "Picture or recording to draw landmarks or fixes into");
  command->add_option("--png", options->png, "Picture to write, with what was matched drawn in");
  command
      ->add_option("--search", options->search_deg,
                   "Skyline and vehicles: how far the site's pointing may be off, degrees")
      ->check(CLI::Range(0.1, 10.0))
      ->capture_default_str();
  command->add_option("--range", options->range_km, "Skyline: farthest ground to look at, km")
      ->check(CLI::Range(1.0, 200.0))
      ->capture_default_str();
  command->add_option("--sky", options->sky, "Skyline: the sky is colder or warmer; else either")
      ->check(CLI::IsMember({"colder", "warmer"}));
  command->add_flag("--focal", options->focal,
                    "Landmarks and vehicles, four or more: find the focal length too");
  command->add_flag("--write", options->write,
                    "Put the values into site.toml; its comments and all else stay");
  command->callback([options, landmarks, skyline, vehicles, &status] {
    if (landmarks->count() + skyline->count() + vehicles->count() == 0) {
      status = fail({"calibrate", "expected --landmarks, --skyline or --vehicles; see --help"});
      return;
    }
    status = calibrate(*options);
  });
}

}  // namespace marsad::app
