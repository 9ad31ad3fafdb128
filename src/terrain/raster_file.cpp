// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster_file.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace marsad::terrain {
namespace {

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

// Keeps the library's messages from the terminal while it lives, and the first of them for us.
class QuietGdal {
 public:
  QuietGdal() {
    static std::once_flag registered;
    std::call_once(registered, [] { GDALAllRegister(); });
    CPLErrorReset();
    CPLPushErrorHandlerEx(&QuietGdal::keep, &said_);
  }
  ~QuietGdal() { CPLPopErrorHandler(); }
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;

  // Our words, and the library's reason where it gave one.
  std::string because(std::string_view what) const {
    return said_.empty() ? std::string(what) : fmt::format("{}: {}", what, said_);
  }
  bool complained() const { return !said_.empty(); }

 private:
  static void keep(CPLErr level, CPLErrorNum, const char* message) {
    auto* said = static_cast<std::string*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && said->empty()) *said = message;
  }

  std::string said_;
};

struct TransformDeleter {
  void operator()(OGRCoordinateTransformation* transform) const {
    OGRCoordinateTransformation::DestroyCT(transform);
  }
};
using Transform = std::unique_ptr<OGRCoordinateTransformation, TransformDeleter>;

// Where pixels lie: x = c0 + c1 column + c2 row, y = c3 + c4 column + c5 row, by pixel edges.
struct Affine {
  std::array<double, 6> c{};

  bool north_up() const { return c[2] == 0 && c[4] == 0 && c[1] > 0 && c[5] < 0; }
  double x(double column, double row) const { return c[0] + c[1] * column + c[2] * row; }
  double y(double column, double row) const { return c[3] + c[4] * column + c[5] * row; }
  std::optional<Affine> inverse() const {
    Affine back;
    if (!GDALInvGeoTransform(const_cast<double*>(c.data()), back.c.data())) return std::nullopt;
    return back;
  }
};

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

std::string in_words(Bounds b) {
  return fmt::format("{:.4f}..{:.4f} N {:.4f}..{:.4f} E", geo::degrees(b.south_rad),
                     geo::degrees(b.north_rad), geo::degrees(b.west_rad), geo::degrees(b.east_rad));
}

Bounds overlap(Bounds a, Bounds b) {
  return {std::max(a.south_rad, b.south_rad), std::min(a.north_rad, b.north_rad),
          std::max(a.west_rad, b.west_rad), std::min(a.east_rad, b.east_rad)};
}

bool empty(Bounds b) { return b.south_rad > b.north_rad || b.west_rad > b.east_rad; }

// One metre in the band's unit of height, none where the unit is unknown to us.
std::optional<double> metres_per_unit(const std::string& unit) {
  if (unit.empty() || unit == "m" || unit == "metre" || unit == "meter" || unit == "metres" ||
      unit == "meters") {
    return 1;
  }
  if (unit == "ft" || unit == "foot" || unit == "feet") return 0.3048;
  if (unit == "US survey foot" || unit == "us-ft" || unit == "ftUS") return 1200.0 / 3937;
  return std::nullopt;
}

// A raster open for reading, and what of it we need.
struct Raster {
  GDALDatasetUniquePtr dataset;
  GDALRasterBand* band = nullptr;
  Affine pixels;
  double metres_per_unit = 1;

  int columns() const { return dataset->GetRasterXSize(); }
  int rows() const { return dataset->GetRasterYSize(); }
};

// A rectangle of pixels.
struct Window {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
};

base::Error too_many(const std::string& file, double nodes) {
  return {file, fmt::format("{:.0f} million nodes lie within the asked bounds; expected at most {} "
                            "million: ask for less or give a coarser raster",
                            nodes / 1e6, Elevation::kMostNodes / 1'000'000)};
}

base::Error not_covered(const std::string& file, Bounds has, Bounds asked) {
  return {file, fmt::format("the raster covers {} and none of the asked {}", in_words(has),
                            in_words(asked))};
}

base::Result<Raster> open_raster(const std::string& file, const QuietGdal& gdal) {
  Raster raster;
  raster.dataset.reset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
  if (!raster.dataset) {
    return base::Error{file, gdal.because("can't be read as an elevation raster")};
  }
  if (raster.dataset->GetRasterCount() < 1) return base::Error{file, "has no raster band"};
  if (raster.dataset->GetSpatialRef() == nullptr) {
    return base::Error{file, "has no coordinate system; expected one, geographic or projected"};
  }
  if (raster.dataset->GetGeoTransform(raster.pixels.c.data()) != CE_None) {
    return base::Error{file, "doesn't tell where its pixels lie; expected a geotransform"};
  }
  raster.band = raster.dataset->GetRasterBand(1);
  const std::string unit = raster.band->GetUnitType();
  const auto metres = metres_per_unit(unit);
  if (!metres) {
    return base::Error{file, fmt::format("heights are in \"{}\"; expected metres or feet", unit)};
  }
  raster.metres_per_unit = *metres;
  return raster;
}

// Heights in metres, voids as NaN.
base::Result<std::vector<float>> read_window(const std::string& file, const Raster& raster,
                                             Window window, const QuietGdal& gdal) {
  std::vector<float> heights(window.size());
  if (raster.band->RasterIO(GF_Read, window.column, window.row, window.columns, window.rows,
                            heights.data(), window.columns, window.rows, GDT_Float32, 0, 0,
                            nullptr) != CE_None) {
    return base::Error{file, gdal.because("heights can't be read")};
  }
  int has_nodata = 0;
  const auto nodata = static_cast<float>(raster.band->GetNoDataValue(&has_nodata));
  const double scale = raster.band->GetScale() * raster.metres_per_unit;
  const double offset_m = raster.band->GetOffset() * raster.metres_per_unit;
  const bool as_is = scale == 1 && offset_m == 0;
  for (float& height : heights) {
    if ((has_nodata != 0 && height == nodata) || !std::isfinite(height)) {
      height = kVoid;
    } else if (!as_is) {
      height = static_cast<float>(scale * double{height} + offset_m);
    }
  }
  return heights;
}

// The node numbers that enclose [from, to], clipped to [0, count). A node a rounding error away
// from the edge is the edge.
std::pair<int, int> enclosing(double from, double to, int count) {
  constexpr double kRounding = 1e-6;
  const double first = std::clamp(std::floor(from + kRounding), 0.0, count - 1.0);
  const double last = std::clamp(std::ceil(to - kRounding), 0.0, count - 1.0);
  return {static_cast<int>(first), static_cast<int>(last)};
}

// A raster on WGS 84 with north up: its own nodes, untouched.
base::Result<HeightGrid> read_geographic(const std::string& file, const Raster& raster,
                                         Bounds asked, const QuietGdal& gdal) {
  const Affine& p = raster.pixels;
  const auto node = [&](double column, double row) {
    return geo::Geodetic{geo::radians(p.y(column + 0.5, row + 0.5)),
                         geo::radians(p.x(column + 0.5, row + 0.5)), 0};
  };
  const geo::Geodetic north_west = node(0, 0);
  const geo::Geodetic south_east = node(raster.columns() - 1, raster.rows() - 1);
  const Bounds has{south_east.lat_rad, north_west.lat_rad, north_west.lon_rad, south_east.lon_rad};
  const Bounds wanted = overlap(has, asked);
  if (empty(wanted)) return not_covered(file, has, asked);
  const auto column_of = [&](double lon_rad) {
    return (geo::degrees(lon_rad) - p.c[0]) / p.c[1] - 0.5;
  };
  const auto row_of = [&](double lat_rad) {
    return (geo::degrees(lat_rad) - p.c[3]) / p.c[5] - 0.5;
  };
  const auto [west, east] =
      enclosing(column_of(wanted.west_rad), column_of(wanted.east_rad), raster.columns());
  const auto [north, south] =
      enclosing(row_of(wanted.north_rad), row_of(wanted.south_rad), raster.rows());
  const Window window{west, north, east - west + 1, south - north + 1};
  if (window.columns < 2 || window.rows < 2) return not_covered(file, has, asked);
  if (window.size() > Elevation::kMostNodes) {
    return too_many(file, static_cast<double>(window.size()));
  }
  auto heights = read_window(file, raster, window, gdal);
  if (!heights) return heights.error();
  const geo::Geodetic first = node(west, north), last = node(east, south);
  return HeightGrid{{last.lat_rad, first.lat_rad, first.lon_rad, last.lon_rad},
                    window.columns,
                    window.rows,
                    *std::move(heights)};
}

// The pixel centres that enclose what these bounds cover; none where they cover nothing.
std::optional<Window> window_of(const Raster& raster, OGRCoordinateTransformation& from_wgs84,
                                const Affine& pixel_from, Bounds bounds) {
  double x[4] = {bounds.west_rad, bounds.east_rad, bounds.west_rad, bounds.east_rad};
  double y[4] = {bounds.south_rad, bounds.south_rad, bounds.north_rad, bounds.north_rad};
  double west = 1e300, east = -1e300, north = 1e300, south = -1e300;
  constexpr int kEdge = 16;  // points along an edge, since an edge becomes a curve
  for (int i = 0; i <= kEdge; ++i) {
    for (int j = 0; j <= kEdge; ++j) {
      const double u = double{1} * i / kEdge, v = double{1} * j / kEdge;
      double lon = geo::degrees(x[0] + u * (x[1] - x[0]));
      double lat = geo::degrees(y[0] + v * (y[2] - y[0]));
      if (!from_wgs84.Transform(1, &lon, &lat)) continue;
      const double column = pixel_from.x(lon, lat) - 0.5, row = pixel_from.y(lon, lat) - 0.5;
      west = std::min(west, column), east = std::max(east, column);
      north = std::min(north, row), south = std::max(south, row);
    }
  }
  if (west > raster.columns() - 1 || east < 0 || north > raster.rows() - 1 || south < 0) {
    return std::nullopt;
  }
  const auto [first_column, last_column] = enclosing(west - 2, east + 2, raster.columns());
  const auto [first_row, last_row] = enclosing(north - 2, south + 2, raster.rows());
  return Window{first_column, first_row, last_column - first_column + 1, last_row - first_row + 1};
}

// The latitudes and longitudes of the raster's edge, and its spacing near the middle.
struct Extent {
  Bounds bounds;
  double lat_step_rad = 0;
  double lon_step_rad = 0;
};
std::optional<Extent> extent_of(const Raster& raster, OGRCoordinateTransformation& to_wgs84) {
  const auto node = [&](double column, double row) -> std::optional<geo::Geodetic> {
    double lon = raster.pixels.x(column + 0.5, row + 0.5);
    double lat = raster.pixels.y(column + 0.5, row + 0.5);
    if (!to_wgs84.Transform(1, &lon, &lat)) return std::nullopt;
    return geo::Geodetic{geo::radians(lat), geo::radians(lon), 0};
  };
  Extent extent{{1e9, -1e9, 1e9, -1e9}, 0, 0};
  constexpr int kEdge = 16;
  for (int i = 0; i <= kEdge; ++i) {
    const double column = (raster.columns() - 1) * i / double{kEdge};
    const double row = (raster.rows() - 1) * i / double{kEdge};
    for (const auto& place : {node(column, 0), node(column, raster.rows() - 1), node(0, row),
                              node(raster.columns() - 1, row)}) {
      if (!place) return std::nullopt;
      extent.bounds.south_rad = std::min(extent.bounds.south_rad, place->lat_rad);
      extent.bounds.north_rad = std::max(extent.bounds.north_rad, place->lat_rad);
      extent.bounds.west_rad = std::min(extent.bounds.west_rad, place->lon_rad);
      extent.bounds.east_rad = std::max(extent.bounds.east_rad, place->lon_rad);
    }
  }
  const double column = raster.columns() / 2.0, row = raster.rows() / 2.0;
  const auto middle = node(column, row), right = node(column + 1, row),
             below = node(column, row + 1);
  if (!middle || !right || !below) return std::nullopt;
  // One step of the raster moves mostly along one axis; the other's share is a rotation.
  extent.lat_step_rad = std::max(std::abs(below->lat_rad - middle->lat_rad),
                                 std::abs(right->lat_rad - middle->lat_rad));
  extent.lon_step_rad = std::max(std::abs(below->lon_rad - middle->lon_rad),
                                 std::abs(right->lon_rad - middle->lon_rad));
  return extent;
}

// Between four pixel centres of a window; NaN where one is void or outside.
float bilinear(const std::vector<float>& heights, Window window, double column, double row) {
  const double x = column - window.column, y = row - window.row;
  if (x < 0 || y < 0 || x > window.columns - 1 || y > window.rows - 1) return kVoid;
  const int left = std::min(static_cast<int>(x), window.columns - 2);
  const int top = std::min(static_cast<int>(y), window.rows - 2);
  const auto at = [&](int i, int j) {
    return double{heights[static_cast<std::size_t>(j) * static_cast<std::size_t>(window.columns) +
                          static_cast<std::size_t>(i)]};
  };
  const double u = x - left, v = y - top;
  return static_cast<float>((1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) +
                            v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1)));
}

// Any other raster: resampled onto latitudes and longitudes at its own spacing.
base::Result<HeightGrid> read_resampled(const std::string& file, const Raster& raster, Bounds asked,
                                        const QuietGdal& gdal) {
  const OGRSpatialReference geographic = wgs84();
  OGRSpatialReference native(*raster.dataset->GetSpatialRef());
  native.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const Transform to_wgs84(OGRCreateCoordinateTransformation(&native, &geographic));
  const Transform from_wgs84(OGRCreateCoordinateTransformation(&geographic, &native));
  const auto pixel_from = raster.pixels.inverse();
  if (!to_wgs84 || !from_wgs84 || !pixel_from) {
    return base::Error{file, gdal.because("its coordinate system has no way to WGS 84")};
  }
  const auto extent = extent_of(raster, *to_wgs84);
  if (!extent || extent->lat_step_rad <= 0 || extent->lon_step_rad <= 0) {
    return base::Error{file, gdal.because("its edges can't be placed on WGS 84")};
  }
  const Bounds wanted = overlap(extent->bounds, asked);
  if (empty(wanted)) return not_covered(file, extent->bounds, asked);
  const auto window = window_of(raster, *from_wgs84, *pixel_from, wanted);
  if (!window || window->columns < 2 || window->rows < 2) {
    return not_covered(file, extent->bounds, asked);
  }
  const double columns = 1 + std::ceil((wanted.east_rad - wanted.west_rad) / extent->lon_step_rad);
  const double rows = 1 + std::ceil((wanted.north_rad - wanted.south_rad) / extent->lat_step_rad);
  if (columns < 2 || rows < 2) return not_covered(file, extent->bounds, asked);
  const double nodes = std::max(columns * rows, static_cast<double>(window->size()));
  if (nodes > static_cast<double>(Elevation::kMostNodes)) return too_many(file, nodes);
  const auto source = read_window(file, raster, *window, gdal);
  if (!source) return source.error();

  HeightGrid grid{wanted, static_cast<int>(columns), static_cast<int>(rows), {}};
  grid.heights_m.reserve(static_cast<std::size_t>(columns * rows));
  std::vector<double> x(static_cast<std::size_t>(columns)), y(x.size());
  std::vector<int> placed(x.size());
  for (int row = 0; row < grid.rows; ++row) {
    const double lat_rad =
        wanted.north_rad - row * (wanted.north_rad - wanted.south_rad) / (grid.rows - 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = geo::degrees(wanted.west_rad + static_cast<double>(i) *
                                                (wanted.east_rad - wanted.west_rad) /
                                                (grid.columns - 1));
      y[i] = geo::degrees(lat_rad);
    }
    from_wgs84->Transform(grid.columns, x.data(), y.data(), nullptr, placed.data());
    for (std::size_t i = 0; i < x.size(); ++i) {
      grid.heights_m.push_back(placed[i] != 0
                                   ? bilinear(*source, *window, pixel_from->x(x[i], y[i]) - 0.5,
                                              pixel_from->y(x[i], y[i]) - 0.5)
                                   : kVoid);
    }
  }
  return grid;
}

}  // namespace

base::Result<HeightGrid> read_raster(const std::string& file, Bounds bounds) {
  const QuietGdal gdal;
  const auto raster = open_raster(file, gdal);
  if (!raster) return raster.error();
  const OGRSpatialReference geographic = wgs84();
  const OGRSpatialReference* native = raster->dataset->GetSpatialRef();
  const bool own_nodes = native->IsGeographic() != 0 && native->IsSameGeogCS(&geographic) != 0 &&
                         raster->pixels.north_up();
  return own_nodes ? read_geographic(file, *raster, bounds, gdal)
                   : read_resampled(file, *raster, bounds, gdal);
}

base::Result<void> write_raster(const std::string& file, const HeightGrid& grid) {
  const QuietGdal gdal;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) return base::Error{file, "this GDAL can't write GeoTIFF"};
  char compress[] = "COMPRESS=DEFLATE";
  char predictor[] = "PREDICTOR=3";
  char* options[] = {compress, predictor, nullptr};
  GDALDatasetUniquePtr dataset(
      driver->Create(file.c_str(), grid.columns, grid.rows, 1, GDT_Float32, options));
  if (!dataset) return base::Error{file, gdal.because("can't be created")};
  const double lon_deg =
      geo::degrees(grid.bounds.east_rad - grid.bounds.west_rad) / (grid.columns - 1);
  const double lat_deg =
      geo::degrees(grid.bounds.north_rad - grid.bounds.south_rad) / (grid.rows - 1);
  std::array<double, 6> pixels = {
      geo::degrees(grid.bounds.west_rad) - lon_deg / 2,  lon_deg, 0,
      geo::degrees(grid.bounds.north_rad) + lat_deg / 2, 0,       -lat_deg};
  const OGRSpatialReference reference = wgs84();
  dataset->SetSpatialRef(&reference);
  dataset->SetGeoTransform(pixels.data());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  band->SetUnitType("m");
  // The library takes the buffer as writable for reading and writing alike.
  auto* heights = const_cast<float*>(grid.heights_m.data());
  const bool written =
      band->RasterIO(GF_Write, 0, 0, grid.columns, grid.rows, heights, grid.columns, grid.rows,
                     GDT_Float32, 0, 0, nullptr) == CE_None;
  dataset.reset();  // flushes, which is when a full disk shows
  if (!written || gdal.complained()) return base::Error{file, gdal.because("can't be written")};
  return {};
}

}  // namespace marsad::terrain
