// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();
constexpr int kEdgePoints = 16;  // along an edge, since a straight edge becomes a curve

struct TransformDeleter {
  void operator()(OGRCoordinateTransformation* transform) const {
    OGRCoordinateTransformation::DestroyCT(transform);
  }
};
using Transform = std::unique_ptr<OGRCoordinateTransformation, TransformDeleter>;

Transform transform(const OGRSpatialReference& from, const OGRSpatialReference& to) {
  return Transform(OGRCreateCoordinateTransformation(&from, &to));
}

// From latitude and longitude to the raster's pixel centres, and back.
class Placing {
 public:
  static base::Result<Placing> make(const Raster& raster, const QuietGdal& gdal) {
    const OGRSpatialReference geographic = wgs84();
    OGRSpatialReference native(*raster.dataset->GetSpatialRef());
    native.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    Placing placing;
    placing.to_wgs84_ = transform(native, geographic);
    placing.from_wgs84_ = transform(geographic, native);
    placing.pixels_ = raster.pixels;
    if (!placing.to_wgs84_ || !placing.from_wgs84_ ||
        GDALInvGeoTransform(placing.pixels_.c.data(), placing.from_pixels_.c.data()) == 0) {
      return base::Error{raster.file, gdal.because("its coordinate system has no way to WGS 84")};
    }
    return placing;
  }

  std::optional<geo::Geodetic> place(double column, double row) const {
    double x = pixels_.x(column + 0.5, row + 0.5), y = pixels_.y(column + 0.5, row + 0.5);
    if (to_wgs84_->Transform(1, &x, &y) == 0) return std::nullopt;
    return geo::Geodetic{geo::radians(y), geo::radians(x), 0};
  }

  // Turns longitudes and latitudes in degrees into columns and rows; NaN where there are none.
  void to_pixels(std::vector<double>& x, std::vector<double>& y) const {
    std::vector<int> placed(x.size());
    from_wgs84_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, placed.data());
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double column = from_pixels_.x(x[i], y[i]) - 0.5;
      const double row = from_pixels_.y(x[i], y[i]) - 0.5;
      x[i] = placed[i] != 0 ? column : double{kVoid};
      y[i] = placed[i] != 0 ? row : double{kVoid};
    }
  }

 private:
  Placing() = default;

  Transform to_wgs84_;
  Transform from_wgs84_;
  Affine pixels_;
  Affine from_pixels_;
};

// The latitudes and longitudes of the raster's edge, and its spacing in the middle.
struct Extent {
  Bounds bounds{1e9, -1e9, 1e9, -1e9};
  double lat_step_rad = 0;
  double lon_step_rad = 0;
};

std::optional<Extent> extent_of(const Raster& raster, const Placing& placing) {
  Extent extent;
  const double last_column = raster.columns() - 1, last_row = raster.rows() - 1;
  for (int i = 0; i <= kEdgePoints; ++i) {
    const double column = last_column * i / kEdgePoints, row = last_row * i / kEdgePoints;
    for (const auto& place : {placing.place(column, 0), placing.place(column, last_row),
                              placing.place(0, row), placing.place(last_column, row)}) {
      if (!place) return std::nullopt;
      extent.bounds.south_rad = std::min(extent.bounds.south_rad, place->lat_rad);
      extent.bounds.north_rad = std::max(extent.bounds.north_rad, place->lat_rad);
      extent.bounds.west_rad = std::min(extent.bounds.west_rad, place->lon_rad);
      extent.bounds.east_rad = std::max(extent.bounds.east_rad, place->lon_rad);
    }
  }
  const double column = last_column / 2, row = last_row / 2;
  const auto middle = placing.place(column, row), right = placing.place(column + 1, row),
             below = placing.place(column, row + 1);
  if (!middle || !right || !below) return std::nullopt;
  // A raster may be turned: the step along an axis is the larger share of its two.
  extent.lat_step_rad = std::max(std::abs(below->lat_rad - middle->lat_rad),
                                 std::abs(right->lat_rad - middle->lat_rad));
  extent.lon_step_rad = std::max(std::abs(below->lon_rad - middle->lon_rad),
                                 std::abs(right->lon_rad - middle->lon_rad));
  if (extent.lat_step_rad <= 0 || extent.lon_step_rad <= 0) return std::nullopt;
  return extent;
}

// Values evenly spread from one end to the other, in degrees.
std::vector<double> spread_deg(double from_rad, double to_rad, int count) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) {
    values.push_back(geo::degrees(from_rad + (to_rad - from_rad) * i / (count - 1)));
  }
  return values;
}

// The pixels that hold these bounds and one more around; none where there are none.
std::optional<Window> window_of(const Raster& raster, const Placing& placing, Bounds bounds) {
  double west = 1e300, east = -1e300, north = 1e300, south = -1e300;
  for (const double lat_deg : spread_deg(bounds.north_rad, bounds.south_rad, kEdgePoints + 1)) {
    std::vector<double> x = spread_deg(bounds.west_rad, bounds.east_rad, kEdgePoints + 1);
    std::vector<double> y(x.size(), lat_deg);
    placing.to_pixels(x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (std::isnan(x[i]) || std::isnan(y[i])) continue;
      west = std::min(west, x[i]), east = std::max(east, x[i]);
      north = std::min(north, y[i]), south = std::max(south, y[i]);
    }
  }
  if (west > raster.columns() - 1 || east < 0 || north > raster.rows() - 1 || south < 0) {
    return std::nullopt;
  }
  const auto [first_column, last_column] = enclosing(west - 1, east + 1, raster.columns());
  const auto [first_row, last_row] = enclosing(north - 1, south + 1, raster.rows());
  const Window window{first_column, first_row, last_column - first_column + 1,
                      last_row - first_row + 1};
  if (window.columns < 2 || window.rows < 2) return std::nullopt;
  return window;
}

// Between four pixel centres of a window; NaN where one is void or outside.
float bilinear(const std::vector<float>& heights_m, Window window, double column, double row) {
  const double x = column - window.column, y = row - window.row;
  const bool inside = x >= 0 && y >= 0 && x <= window.columns - 1 && y <= window.rows - 1;
  if (!inside) return kVoid;
  const int left = std::min(static_cast<int>(x), window.columns - 2);
  const int top = std::min(static_cast<int>(y), window.rows - 2);
  const auto at = [&](int i, int j) {
    return double{heights_m[static_cast<std::size_t>(j) * static_cast<std::size_t>(window.columns) +
                            static_cast<std::size_t>(i)]};
  };
  const double u = x - left, v = y - top;
  return static_cast<float>((1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) +
                            v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1)));
}

}  // namespace

base::Result<HeightGrid> read_resampled(const Raster& raster, Bounds asked, const QuietGdal& gdal) {
  const auto placing = Placing::make(raster, gdal);
  if (!placing) return placing.error();
  const auto extent = extent_of(raster, *placing);
  if (!extent) return base::Error{raster.file, gdal.because("its edges have no place on WGS 84")};
  const Bounds wanted = overlap(extent->bounds, asked);
  if (is_empty(wanted)) return not_covered(raster, extent->bounds, asked);
  const auto window = window_of(raster, *placing, wanted);
  const double columns = 1 + std::ceil((wanted.east_rad - wanted.west_rad) / extent->lon_step_rad);
  const double rows = 1 + std::ceil((wanted.north_rad - wanted.south_rad) / extent->lat_step_rad);
  if (!window || columns < 2 || rows < 2) return not_covered(raster, extent->bounds, asked);
  const double nodes = std::max(columns * rows, static_cast<double>(window->size()));
  if (nodes > static_cast<double>(Elevation::kMostNodes)) return too_many(raster, nodes);
  const auto source_m = read_window(raster, *window, gdal);
  if (!source_m) return source_m.error();

  HeightGrid grid{wanted, static_cast<int>(columns), static_cast<int>(rows), {}};
  grid.heights_m.reserve(static_cast<std::size_t>(columns * rows));
  const std::vector<double> lon_deg = spread_deg(wanted.west_rad, wanted.east_rad, grid.columns);
  for (const double lat_deg : spread_deg(wanted.north_rad, wanted.south_rad, grid.rows)) {
    std::vector<double> x = lon_deg, y(lon_deg.size(), lat_deg);
    placing->to_pixels(x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      grid.heights_m.push_back(bilinear(*source_m, *window, x[i], y[i]));
    }
  }
  return grid;
}

}  // namespace marsad::terrain
