// SPDX-License-Identifier: Apache-2.0
#include "service/site_plan.h"

#include <fmt/format.h>

#include <fstream>
#include <functional>

#include "base/csv.h"
#include "base/words.h"
#include "sensor/air.h"
#include "sensor/time_of_day.h"

namespace marsad::service {
namespace {

using base::CsvReader;
using base::Result;
using geo::radians;

constexpr double kTowerAvailability = 0.95, kBalloonAvailability = 0.7;
constexpr double kBalloonBand_m = 60;
constexpr double kMostCells = 20e6;

// The rows of a table, each read by `read`.
template <class Row>
Result<std::vector<Row>> read_rows(const std::string& file,
                                   const std::vector<std::string>& required,
                                   const std::function<Result<Row>(const CsvReader&)>& read) {
  std::ifstream in(file);
  if (!in) return base::Error{file, "can't be read; expected a table"};
  auto table = CsvReader::open(in, file, required);
  if (!table) return table.error();
  std::vector<Row> rows;
  while (true) {
    const auto more = table->next();
    if (!more) return more.error();
    if (!*more) return rows;
    auto row = read(*table);
    if (!row) return row.error();
    rows.push_back(*std::move(row));
  }
}

// Numbers of one row; the first that is wrong is kept.
class Numbers {
 public:
  explicit Numbers(const CsvReader& row) : row_(row) {}

  double required(std::string_view column, double low, double high) {
    const auto value = row_.number(column, low, high);
    if (value) return *value;
    if (!wrong_) wrong_ = value.error();
    return low;
  }

  double optional(std::string_view column, double low, double high, double usual) {
    if (!row_.has(column) || row_.text(column).empty()) return usual;
    return required(column, low, high);
  }

  const std::optional<base::Error>& wrong() const { return wrong_; }

 private:
  const CsvReader& row_;
  std::optional<base::Error> wrong_;
};

geo::Geodetic place_of(Numbers& numbers) {
  const double lat_deg = numbers.required("lat_deg", -89, 89);
  return {radians(lat_deg), radians(numbers.required("lon_deg", -180, 180)), 0};
}

Result<PlannedSensor> read_sensor(const CsvReader& row, const terrain::Elevation& ground) {
  PlannedSensor sensor;
  sensor.name = std::string(row.text("id"));
  const std::string mount(row.has("mount") ? row.text("mount") : "tower");
  const auto kind = base::from_word<MountKind>(mount);
  if (!kind) {
    return base::Error{row.where(), fmt::format("mount is '{}'; expected one of {}", mount,
                                                base::all_words<MountKind>())};
  }
  sensor.mount = *kind;
  const bool floats = *kind == MountKind::balloon;
  Numbers numbers(row);
  sensor::Camera& camera = sensor.watcher.camera;
  camera.id.text = camera.name = sensor.name;
  camera.pose.position = place_of(numbers);
  const double above_m = numbers.required("height_above_ground_m", 0, 5000);
  camera.pose.azimuth_rad = radians(numbers.optional("azimuth_deg", -360, 360, 0));
  camera.pose.elevation_rad =
      radians(numbers.optional("elevation_deg", -90, 90, floats ? -4 : -1.5));
  camera.model.width_px = static_cast<int>(numbers.optional("width_px", 16, 8192, 640));
  camera.model.height_px = static_cast<int>(numbers.optional("height_px", 16, 8192, 512));
  camera.model.horizontal_fov_rad = radians(numbers.optional("horizontal_fov_deg", 0.1, 120, 12));
  camera.optics.netd_K = numbers.optional("netd_k", 0.001, 1, camera.optics.netd_K);
  camera.optics.pitch_um = numbers.optional("pitch_um", 3, 100, camera.optics.pitch_um);
  camera.optics.f_number = numbers.optional("f_number", 0.5, 20, camera.optics.f_number);
  camera.optics.frames_per_s =
      numbers.optional("frames_per_s", 0.1, 1000, camera.optics.frames_per_s);
  sensor.watcher.sweep_rad = radians(numbers.optional("sweep_deg", 0, 360, 360));
  sensor.watcher.rise_m =
      numbers.optional("height_band_m", 0, 1000, floats ? kBalloonBand_m : 0) / 2;
  sensor.availability =
      numbers.optional("availability", 0, 1, floats ? kBalloonAvailability : kTowerAvailability);
  if (numbers.wrong()) return *numbers.wrong();
  const auto ground_m = ground.height_m(camera.pose.position.lat_rad, camera.pose.position.lon_rad);
  if (!ground_m) {
    return base::Error{row.where(),
                       fmt::format("{} stands where the elevation has no height", sensor.name)};
  }
  camera.pose.position.height_m = *ground_m + above_m;
  return sensor;
}

// Seconds over a barrier by kind of crosser (person, vehicle, animal, drone); none where it can't.
using Times = std::array<std::optional<double>, plan::kCrosserKinds>;
std::optional<Times> times_over(border::BarrierKind kind) {
  constexpr auto kNever = std::nullopt;
  switch (kind) {
    case border::BarrierKind::trench:
      return Times{40, kNever, 40, 0};
    case border::BarrierKind::berm:
      return Times{20, kNever, 20, 0};
    case border::BarrierKind::fence:
      return Times{60, 120, kNever, 0};
    case border::BarrierKind::wall:
      return Times{180, kNever, kNever, 0};
    case border::BarrierKind::gate:
    case border::BarrierKind::watch_tower:
      break;
  }
  return std::nullopt;
}

// The air, the time of day and where nothing may be built.
void read_conditions(TomlReader::Table& table, PlanSettings& settings) {
  double& extinction_per_km = settings.watch.extinction_per_km;
  if (const auto air = table.text("air")) {
    const auto per_km = sensor::usual_extinction_per_km(*air);
    if (!per_km) {
      table.wrong("air", fmt::format("found '{}'; expected clear, limited, humid, haze, dust or "
                                     "fog; a number is told by extinction_per_km",
                                     *air));
    }
    extinction_per_km = per_km.value_or(extinction_per_km);
  }
  extinction_per_km = table.number("extinction_per_km", {0, 100}).value_or(extinction_per_km);
  double& contrast = settings.watch.contrast;
  if (const auto time_of_day = table.text("time_of_day")) {
    const auto usual = sensor::usual_contrast(*time_of_day);
    if (!usual) {
      table.wrong("time_of_day", fmt::format("found '{}'; expected night or crossover; a number is "
                                             "told by contrast",
                                             *time_of_day));
    }
    contrast = usual.value_or(contrast);
  }
  contrast = table.number("contrast", {0.01, 10}).value_or(contrast);
  for (const auto& [from_km, to_km] : table.pairs("closed_km")) {
    if (!(from_km < to_km)) {
      table.wrong("closed_km", fmt::format("found [{}, {}]; expected the smaller kilometre first",
                                           from_km, to_km));
    }
    settings.closed_m.emplace_back(1000 * from_km, 1000 * to_km);
  }
}

}  // namespace

PlanSettings read_plan(TomlReader::Table& root, const std::filesystem::path& folder) {
  PlanSettings settings;
  auto table = root.table("plan");
  if (!table) return settings;
  plan::BeltSettings& belt = settings.belt;
  belt.far_m = table->number("far_m", {100, 50'000}).value_or(belt.far_m);
  belt.home_m = table->number("home_m", {100, 50'000}).value_or(belt.home_m);
  belt.along_m = table->number("along_m", {10, 5'000}).value_or(belt.along_m);
  belt.across_m = table->number("across_m", {10, 1'000}).value_or(belt.across_m);
  settings.enough = table->number("enough", {0.01, 0.999}).value_or(settings.enough);
  read_conditions(*table, settings);
  for (const auto& [key, file] :
       {std::pair{"sensors", &settings.sensors}, std::pair{"candidates", &settings.candidates},
        std::pair{"posts", &settings.posts}, std::pair{"weather", &settings.weather}}) {
    if (const auto location = table->text(key)) *file = resolve(folder, *location).string();
  }
  return settings;
}

Result<void> check_belt_size(const Site& site) {
  const plan::BeltSettings& belt = site.plan.belt;
  const double cells =
      site.border->line.length_m() / belt.along_m * (belt.far_m + belt.home_m) / belt.across_m;
  if (cells <= kMostCells) return {};
  return base::Error{(site.folder / "site.toml").string(),
                     fmt::format("[plan] asks for {:.0f} million cells; expected {:.0f} million at "
                                 "most: a larger along_m or across_m, or a narrower belt",
                                 cells / 1e6, kMostCells / 1e6)};
}

std::vector<PlannedSensor> sensors_of(const Site& site) {
  std::vector<PlannedSensor> sensors;
  for (const SiteCamera& camera : site.cameras) {
    const bool floats = camera.mount == MountKind::balloon;
    sensors.push_back({camera.camera.id.text,
                       camera.mount,
                       {camera.camera, 0, floats ? kBalloonBand_m / 2 : 0},
                       floats ? kBalloonAvailability : kTowerAvailability});
    sensor::ThermalOptics& optics = sensors.back().watcher.camera.optics;
    optics.frames_per_s = camera.fps.value_or(optics.frames_per_s);
  }
  return sensors;
}

Result<std::vector<PlannedSensor>> read_planned_sensors(const std::string& file,
                                                        const terrain::Elevation& ground) {
  return read_rows<PlannedSensor>(file, {"id", "lat_deg", "lon_deg", "height_above_ground_m"},
                                  [&](const CsvReader& row) { return read_sensor(row, ground); });
}

Result<std::vector<plan::ResponsePost>> read_posts(const std::string& file) {
  return read_rows<plan::ResponsePost>(
      file, {"id", "lat_deg", "lon_deg"}, [](const CsvReader& row) -> Result<plan::ResponsePost> {
        constexpr double kKmh = 1 / 3.6;
        Numbers numbers(row);
        const geo::Geodetic place = place_of(numbers);
        const plan::ResponsePost post{place, kKmh * numbers.optional("speed_kmh", 1, 200, 20)};
        if (numbers.wrong()) return *numbers.wrong();
        return post;
      });
}

std::vector<plan::Obstacle> obstacles_of(const Site& site) {
  std::vector<plan::Obstacle> obstacles;
  for (const border::Barrier& barrier : site.border->barriers) {
    if (const auto times = times_over(barrier.kind); times && barrier.line.size() > 1) {
      obstacles.push_back({barrier.line, *times});
    }
  }
  return obstacles;
}

}  // namespace marsad::service
