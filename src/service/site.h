// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "border/border.h"
#include "detect/detector.h"
#include "incident/judge.h"
#include "liaison/policy.h"
#include "locate/locator.h"
#include "mask/pixel_mask.h"
#include "plan/belt.h"
#include "plan/watch.h"
#include "sensor/camera.h"
#include "sensor/pointing_log.h"
#include "simulate/scenario.h"
#include "terrain/earthwork.h"
#include "terrain/elevation.h"
#include "track/tracker.h"

namespace marsad::service {

enum class MountKind { tower, balloon };
constexpr std::array<std::string_view, 2> words(MountKind) { return {"tower", "balloon"}; }

// A camera of the site and where its frames come from.
struct SiteCamera {
  sensor::Camera camera;
  MountKind mount = MountKind::tower;
  double height_above_ground_m = 0;
  bool up = true;                // of a balloon at the start, while nobody says otherwise
  std::string source;            // folder, file or rtsp:// address, with its password; "simulated"
  std::optional<double> fps;     // for sources without times of their own
  bool loop = false;             // begin again at the end of a file
  double sway_px = 0;            // simulated cameras only
  double clock_tolerance_s = 2;  // a live camera's times may be so far from the host's
  detect::DetectorSettings detector;
  bool network = true;  // classes by the trained network; else by the outline alone
  // Pixels in which detections don't count, of the camera's size; null for none. Unlike what lies
  // in privacy zones they are shown.
  std::shared_ptr<const mask::PixelMask> ignored;
  // Where it looked when; null where it always looks as `camera` says. It is not in the site's
  // text: the record has the pose of every frame.
  std::shared_ptr<const sensor::PointingLog> pointing;
};

// What plans of the site's border count with, from the table [plan].
struct PlanSettings {
  plan::BeltSettings belt;
  plan::WatchSettings watch;
  // Stretches of the line, from and to in metres, in which no sensor may be put.
  std::vector<std::pair<double, double>> closed_m;
  double enough = 0.8;  // what is found with less than this probability counts as blind
  // Tables of sensors that are planned, of places where more could be, of patrols' posts; empty
  // where there is none.
  std::string sensors, candidates, posts;
  std::string weather;  // a file that tells the air, read again whenever it changes; may be missing
};

// Everything an installer sets, checked. Immutable once loaded.
struct Site {
  std::filesystem::path folder;
  std::string name;
  std::shared_ptr<const border::Border> border;
  std::shared_ptr<const terrain::Elevation> elevation;  // some kilometres around the site
  std::vector<terrain::ElevationFile> elevation_files;  // none where the ground is made up
  std::vector<terrain::Earthwork> earthworks;           // on the elevation
  std::vector<SiteCamera> cameras;
  std::shared_ptr<const simulate::World> world;  // where some camera is simulated

  track::TrackerSettings tracker;
  incident::JudgeSettings judge;
  double acknowledge_within_s = 300;  // an open incident is brought to mind again after so long
  locate::LocatorSettings locator;
  PlanSettings plan;
  liaison::Liaison liaison;      // nobody, where the site names no file of partners
  std::filesystem::path record;  // the store's file
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  bool accounts_required = false;  // always outside loopback

  // Its folder on a first line, then site.toml and what it names, all without the passwords of the
  // cameras' addresses; for the record.
  std::string text;

  bool simulated() const { return world != nullptr; }
  const SiteCamera* camera(const sensor::SensorId& id) const;
};

// A site, or everything that is wrong with it.
struct LoadedSite {
  std::optional<Site> site;
  std::vector<base::Error> errors;
};

// Reads `folder`/site.toml and the files it names.
LoadedSite load_site(const std::filesystem::path& folder);

// What the first line of a recorded site's text begins with.
inline constexpr std::string_view kSiteFolderLine = "# site folder: ";

// The folder a recorded site's text says it lay in, and the text without that line.
std::string folder_in(const std::string& site_text);
std::string without_folder(const std::string& site_text);

// A whole file as text.
base::Result<std::string> read_text(const std::filesystem::path& file);

// The same with ${MARSAD_DATA} replaced by that variable (default ../shared/data), and relative
// to `folder` where it is not absolute.
std::filesystem::path resolve(const std::filesystem::path& folder, const std::string& location);

}  // namespace marsad::service
