// SPDX-License-Identifier: Apache-2.0
// Viewsheds on 2101×2101 cells of 90 m beside gdal_viewshed and GRASS r.viewshed, file in to file
// out on one core, of a GeoTIFF and of a raster that must be read by GDAL (a VRT of it);
// disagreement with the exact ray test; 300 observers on all cores.
//   viewshed_bench PROGRAM [--json FILE]     PROGRAM: where `marsad` is
// Needs the real data; a peer that is not installed is left out.
#include <fcntl.h>
#include <fmt/format.h>
#include <gdal_alg.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/earthwork_piece.h"
#include "terrain/exact_sight.h"
#include "terrain/ground_map.h"
#include "tests/support/real_data.h"
#include "tests/support/temporary_folder.h"

namespace marsad {
namespace {

using Clock = std::chrono::steady_clock;
using terrain::Sight;

constexpr int kCells = 2101;  // a side
constexpr double kCell_m = 90;
constexpr double kWest = 500'000, kNorth = 4'400'000;
constexpr double kX = kWest + kCell_m * kCells / 2, kY = kNorth - kCell_m * kCells / 2;
constexpr double kObserver_m = 20, kTarget_m = 1.5, kRange_m = 94'500;
constexpr int kObservers = 300;
constexpr int kRuns = 7;
constexpr const char* kBasin = "geo/greatbasin_n36-40_w120-114_ferranti3s_90m.tif";

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
};

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "viewshed_bench: {}\n", why);
  std::exit(1);
}

// Time of the wall and of the processor.
struct Spent {
  double wall_s = 1e9;
  double processor_s = 1e9;
  double most_mb = 0;  // of a program
};

Spent best(Spent a, Spent b) {
  return {std::min(a.wall_s, b.wall_s), std::min(a.processor_s, b.processor_s),
          std::max(a.most_mb, b.most_mb)};
}

double thread_s() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return double(spent.tv_sec) + 1e-9 * double(spent.tv_nsec);
}

template <class Work>
Spent timed(const Work& work) {
  const auto begun = Clock::now();
  const double begun_s = thread_s();
  work();
  return {std::chrono::duration<double>(Clock::now() - begun).count(), thread_s() - begun_s, 0};
}

// Runs a program to its end; none where it can't be run or fails.
std::optional<Spent> program(std::vector<std::string> words,
                             const std::string& output = "/dev/null") {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto begun = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(out, STDOUT_FILENO);
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) return std::nullopt;
  const auto seconds = [](timeval t) { return double(t.tv_sec) + 1e-6 * double(t.tv_usec); };
  return Spent{std::chrono::duration<double>(Clock::now() - begun).count(),
               seconds(used.ru_utime) + seconds(used.ru_stime), double(used.ru_maxrss) / 1024};
}

// Real heights on a made-up projected grid, since GDAL's viewshed knows no other.
void write_elevation(const std::string& from, const std::string& file) {
  GDALDatasetUniquePtr basin(GDALDataset::Open(from.c_str(), GDAL_OF_RASTER));
  std::vector<float> heights_m(std::size_t{kCells} * kCells);
  if (!basin ||
      basin->GetRasterBand(1)->RasterIO(GF_Read, 2600, 1400, kCells, kCells, heights_m.data(),
                                        kCells, kCells, GDT_Float32, 0, 0, nullptr) != CE_None)
    give_up(from + " can't be read");
  GDALDatasetUniquePtr made(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.c_str(), kCells, kCells, 1, GDT_Float32, nullptr));
  OGRSpatialReference system;
  system.importFromEPSG(32611);
  made->SetSpatialRef(&system);
  std::array<double, 6> place{kWest, kCell_m, 0, kNorth, 0, -kCell_m};
  made->SetGeoTransform(place.data());
  if (made->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, kCells, kCells, heights_m.data(), kCells,
                                       kCells, GDT_Float32, 0, 0, nullptr) != CE_None)
    give_up(file + " can't be written");
}

terrain::ViewshedSettings settings_of(const terrain::GroundMap& map) {
  terrain::ViewshedSettings settings;
  settings.observer = map.places.front();
  settings.observer_height_m = kObserver_m;
  settings.range_m = kRange_m;
  return settings;
}

terrain::GroundMap read(const std::string& file) {
  const std::vector<terrain::MapPlace> place{terrain::MapPoint{kX, kY}};
  auto map = terrain::GroundMap::read(file, place, kRange_m);
  if (!map) give_up(base::to_string(map.error()));
  return *std::move(map);
}

void ours(const std::string& file, const std::string& out) {
  const terrain::GroundMap map = read(file);
  const auto layer = terrain::sight(map.grid, settings_of(map), kTarget_m);
  if (!layer || !terrain::write_layer(out, map, *layer, "bench")) give_up("no viewshed");
}

void our_heights(const std::string& file, const std::string& out) {
  const terrain::GroundMap map = read(file);
  const auto layer = terrain::least_visible_heights(map.grid, settings_of(map));
  if (!layer || !terrain::write_layer(out, map, *layer, "bench")) give_up("no viewshed");
}

// 3 m high and 8 m wide, from the map's north to its south: 190 km of it half a kilometre east of
// the observer, and as much at two places farther away.
std::vector<terrain::EarthworkPiece> berms(const terrain::GroundMap& map) {
  const terrain::Earthwork profile{terrain::EarthworkKind::berm, {}, 3, 8, 2};
  constexpr double kPiece = 250 / kCell_m;
  std::vector<terrain::EarthworkPiece> pieces;
  for (const double away_m : {500.0, 9000.0, -20'000.0}) {
    const double column = map.places.front().column + away_m / kCell_m;
    for (double row = 0; row + kPiece < map.grid.rows; row += kPiece)
      pieces.emplace_back(terrain::GridPoint{column, row}, terrain::GridPoint{column, row + kPiece},
                          terrain::Steps{kCell_m, kCell_m}, profile);
  }
  return pieces;
}

void gdals(const std::string& file, const std::string& out) {
  GDALDatasetUniquePtr elevation(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  GDALClose(GDALViewshedGenerate(elevation->GetRasterBand(1), "GTiff", out.c_str(), nullptr, kX, kY,
                                 kObserver_m, kTarget_m, 1, 0, 255, -1, 1 - terrain::kRefraction,
                                 GVM_Edge, kRange_m, nullptr, nullptr, GVOT_NORMAL, nullptr));
}

// Seconds of r.viewshed alone, the import and the start of GRASS not counted.
std::optional<double> grass_s(const std::string& elevation, const test::TemporaryFolder& folder) {
  const std::string script = folder.file("grass.sh"), said = folder.file("grass.txt");
  std::ofstream(script) << fmt::format(
      "r.in.gdal -o input={} output=dem --quiet && g.region raster=dem && begun=$(date +%s.%N) &&\n"
      "r.viewshed -c -r -b input=dem output=seen coordinates={:.3f},{:.3f} observer_elevation={} "
      "target_elevation={} max_distance={} refraction_coeff={} memory=4000 --quiet &&\n"
      "echo \"$begun $(date +%s.%N)\"\n",
      elevation, kX, kY, kObserver_m, kTarget_m, kRange_m, terrain::kRefraction);
  if (!program({"grass", "--tmp-location", elevation, "--exec", "bash", script}, said))
    return std::nullopt;
  double begun = 0, ended = 0;
  std::ifstream(said) >> begun >> ended;
  return ended > begun ? std::optional(ended - begun) : std::nullopt;
}

// The share of cells, of every seventh along and aside, in which a mask differs from the exact
// test.
double differing_percent(const terrain::GroundMap& map, const std::string& mask_file) {
  GDALDatasetUniquePtr mask(GDALDataset::Open(mask_file.c_str(), GDAL_OF_RASTER));
  std::array<double, 6> place{};
  mask->GetGeoTransform(place.data());
  const int off_column = static_cast<int>(std::lround((place[0] - map.cells[0]) / kCell_m));
  const int off_row = static_cast<int>(std::lround((map.cells[3] - place[3]) / kCell_m));
  const int columns = mask->GetRasterXSize(), rows = mask->GetRasterYSize();
  std::vector<std::uint8_t> cells(std::size_t(columns) * std::size_t(rows));
  if (mask->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, cells.data(), columns, rows,
                                       GDT_Byte, 0, 0, nullptr) != CE_None)
    give_up(mask_file + " can't be read");
  const terrain::GridPoint at = map.places.front();
  const terrain::Eye eye{at, *terrain::height_at(map.grid, at) + kObserver_m,
                         (1 - terrain::kRefraction) / (2 * terrain::kEarthRadius_m)};
  int asked = 0, differ = 0;
  for (int row = 3; row < rows; row += 7) {
    for (int column = 3; column < columns; column += 7) {
      const std::uint8_t cell =
          cells[std::size_t(row) * std::size_t(columns) + std::size_t(column)];
      if (cell == 255) continue;
      const double least_m = terrain::exact_least_height_m(map.grid, eye, column + off_column,
                                                           row + off_row, kTarget_m);
      ++asked;
      differ += (least_m <= kTarget_m) != (cell == 1);
    }
  }
  return 100.0 * differ / std::max(asked, 1);
}

// In rows over the whole basin, well inside.
void write_observers(const std::string& file) {
  std::ofstream out(file);
  out << "name,lat,lon,height\n";
  for (int i = 0; i < kObservers; ++i)
    out << fmt::format("T{},{:.5f},{:.5f},30\n", i, 36.4 + 3.2 * (i / 20) / 14.0,
                       -119.5 + 5.0 * (i % 20) / 19.0);
}

class Bench {
 public:
  explicit Bench(std::string marsad) : marsad_(std::move(marsad)) {}

  std::vector<Figure> run(const std::string& basin) {
    write_elevation(basin, elevation_);
    in_one_process();
    const double mask_wall_s = as_programs(elevation_, "GeoTIFF");
    as_programs(virtual_copy(), "VRT");
    against_grass(mask_wall_s);
    const terrain::GroundMap map = read(elevation_);
    add("cells that differ from the exact ray test, marsad", differing_percent(map, ours_), "%");
    add("cells that differ from the exact ray test, GDAL", differing_percent(map, gdals_), "%");
    with_earthworks(map);
    many(basin);
    return figures_;
  }

 private:
  // The same raster as a file that only GDAL reads.
  std::string virtual_copy() const {
    const std::string copy = folder_.file("elevation.vrt");
    GDALDatasetUniquePtr from(GDALDataset::Open(elevation_.c_str(), GDAL_OF_RASTER));
    GDALDatasetUniquePtr made(GetGDALDriverManager()->GetDriverByName("VRT")->CreateCopy(
        copy.c_str(), from.get(), 0, nullptr, nullptr, nullptr));
    if (!made) give_up(copy + " can't be written");
    return copy;
  }

  void add(const std::string& name, double value, const std::string& unit) {
    figures_.push_back({name, value, unit});
    fmt::print("{:70} {:10.4g} {}\n", name, value, unit);
    std::fflush(stdout);
  }

  // By turns, so that what else the machine does meets all alike.
  void in_one_process() {
    Spent mask, heights, gdal;
    for (int i = 0; i < kRuns; ++i) {
      mask = best(mask, timed([&] { ours(elevation_, ours_); }));
      heights = best(heights, timed([&] { our_heights(elevation_, folder_.file("heights.tif")); }));
      gdal = best(gdal, timed([&] { gdals(elevation_, gdals_); }));
    }
    mask_s_ = mask.processor_s;
    add("mask, file to file, in one process: marsad, processor", 1e3 * mask.processor_s, "ms");
    add("least visible heights, likewise: marsad, processor", 1e3 * heights.processor_s, "ms");
    add("mask, likewise: GDALViewshedGenerate, processor", 1e3 * gdal.processor_s, "ms");
    add("speed against GDALViewshedGenerate, in one process, mask",
        gdal.processor_s / mask.processor_s, "x");
  }

  void with_earthworks(const terrain::GroundMap& map) {
    Spent mask, heights, plain_mask, plain_heights;
    terrain::ViewshedSettings plain = settings_of(map), settings = plain;
    settings.earthworks = berms(map);
    const auto look = [&](const terrain::ViewshedSettings& own, bool is_mask) {
      return timed([&] {
        const bool done = is_mask ? terrain::sight(map.grid, own, kTarget_m).has_value()
                                  : terrain::least_visible_heights(map.grid, own).has_value();
        if (!done) give_up("no viewshed");
      });
    };
    for (const double height_m : {kObserver_m, 2.0}) {
      plain.observer_height_m = settings.observer_height_m = height_m;
      mask = heights = plain_mask = plain_heights = {};
      for (int i = 0; i < kRuns; ++i) {
        plain_mask = best(plain_mask, look(plain, true));
        mask = best(mask, look(settings, true));
        plain_heights = best(plain_heights, look(plain, false));
        heights = best(heights, look(settings, false));
      }
      const std::string from = fmt::format(", in memory, from {:g} m", height_m);
      add("mask" + from + ", processor", 1e3 * plain_mask.processor_s, "ms");
      add("mask with 570 km of berm" + from + ", processor", 1e3 * mask.processor_s, "ms");
      add("heights" + from + ", processor", 1e3 * plain_heights.processor_s, "ms");
      add("heights with 570 km of berm" + from + ", processor", 1e3 * heights.processor_s, "ms");
    }
  }

  // Our program and its peer with a raster.
  std::vector<std::string> our_words(const std::string& elevation, bool is_mask) const {
    std::vector<std::string> words{marsad_, "viewshed", "--dem", elevation};
    for (const auto& [option, number] :
         {std::pair("--x", kX), std::pair("--y", kY), std::pair("--observer-height", kObserver_m),
          std::pair("--target-height", kTarget_m), std::pair("--range", kRange_m)}) {
      words.emplace_back(option);
      words.push_back(fmt::format("{:.3f}", number));
    }
    if (is_mask) words.emplace_back("--mask");
    words.insert(words.end(), {"--out", folder_.file("program.tif")});
    return words;
  }

  std::vector<std::string> peers_words(const std::string& elevation) const {
    const auto text = [](double number) { return fmt::format("{:.3f}", number); };
    return {"gdal_viewshed",
            "-q",
            "-b",
            "1",
            "-ox",
            text(kX),
            "-oy",
            text(kY),
            "-oz",
            text(kObserver_m),
            "-tz",
            text(kTarget_m),
            "-md",
            text(kRange_m),
            "-cc",
            text(1 - terrain::kRefraction),
            elevation,
            folder_.file("peer.tif")};
  }

  // By turns, as above. The best time of our mask.
  double as_programs(const std::string& elevation, const std::string& of) {
    Spent mask, heights, gdal;
    bool has_gdal = true;
    for (int i = 0; i < kRuns; ++i) {
      for (const bool is_mask : {true, false}) {
        const auto spent = program(our_words(elevation, is_mask));
        if (!spent) give_up(marsad_ + " viewshed failed");
        Spent& all = is_mask ? mask : heights;
        all = best(all, *spent);
      }
      const auto peer = program(peers_words(elevation));
      has_gdal = has_gdal && peer.has_value();
      if (peer) gdal = best(gdal, *peer);
    }
    add(of + ", mask as a program: marsad, wall", 1e3 * mask.wall_s, "ms");
    add(of + ", heights as a program: marsad, wall", 1e3 * heights.wall_s, "ms");
    if (has_gdal) {
      add(of + ", mask as a program: gdal_viewshed, wall", 1e3 * gdal.wall_s, "ms");
      add(of + ", speed against gdal_viewshed, mask", gdal.wall_s / mask.wall_s, "x");
      add(of + ", speed against gdal_viewshed, heights", gdal.wall_s / heights.wall_s, "x");
    } else {
      fmt::print("gdal_viewshed is not installed (package gdal-bin)\n");
    }
    return mask.wall_s;
  }

  void against_grass(double mask_wall_s) {
    const auto grass = grass_s(elevation_, folder_);
    if (!grass) {
      fmt::print("GRASS is not installed (package grass-core)\n");
      return;
    }
    add("r.viewshed of GRASS alone, wall", 1e3 * *grass, "ms");
    add("speed against r.viewshed, marsad file to file in one process", *grass / mask_s_, "x");
    add("speed against r.viewshed, marsad as a program", *grass / mask_wall_s, "x");
  }

  void many(const std::string& basin) {
    const std::string table = folder_.file("observers.csv");
    write_observers(table);
    for (const bool mask : {false, true}) {
      std::vector<std::string> words{
          marsad_, "viewshed", "--dem", basin,   "--observers",
          table,   "--range",  "30000", "--out", folder_.file("all.tif")};
      if (mask) words.emplace_back("--mask");
      const auto spent = program(words);
      if (!spent) give_up("300 observers failed");
      const std::string what =
          mask ? "300 observers of 30 km, mask" : "300 observers of 30 km, heights";
      add(what + ", wall", spent->wall_s, "s");
      add(what + ", processor", spent->processor_s, "s");
      add(what + ", memory", spent->most_mb, "MB");
    }
  }

  std::string marsad_;
  test::TemporaryFolder folder_;
  std::string elevation_ = folder_.file("elevation.tif");
  std::string ours_ = folder_.file("ours.tif"), gdals_ = folder_.file("gdals.tif");
  double mask_s_ = 0;
  std::vector<Figure> figures_;
};

void write_json(const std::vector<Figure>& figures, const std::string& file) {
  std::ofstream out(file);
  out << "[";
  for (std::size_t i = 0; i < figures.size(); ++i) {
    out << fmt::format(R"({}{{"name": "{}", "value": {}, "unit": "{}"}})", i > 0 ? ",\n" : "\n",
                       figures[i].name, figures[i].value, figures[i].unit);
  }
  out << "\n]\n";
  if (!out.flush()) give_up(file + " can't be written");
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  const bool json = arguments.size() == 3 && arguments[1] == "--json";
  if (arguments.size() != 1 && !json) marsad::give_up("expected PROGRAM [--json FILE]");
  const auto basin = marsad::test::real_data(marsad::kBasin);
  GDALAllRegister();
  std::vector<marsad::Figure> figures;
  if (basin)
    figures = marsad::Bench(std::string(arguments[0])).run(basin->string());
  else
    fmt::print("the real data is missing\n");
  if (json) marsad::write_json(figures, std::string(arguments[2]));
  return 0;
}
