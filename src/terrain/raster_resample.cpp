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

// The pixels about all of these places; none where all lie outside.
std::optional<Window> window_about(const Raster& raster, const std::vector<double>& columns,
                                   const std::vector<double>& rows) {
  double west = 1e300, east = -1e300, north = 1e300, south = -1e300;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool is_inside = columns[i] >= 0 && columns[i] <= raster.columns() - 1 && rows[i] >= 0 &&
                           rows[i] <= raster.rows() - 1;
    if (!is_inside) continue;
    west = std::min(west, columns[i]), east = std::max(east, columns[i]);
    north = std::min(north, rows[i]), south = std::max(south, rows[i]);
  }
  if (west > east) return std::nullopt;
  // One pixel more, so that no rounding leaves out a neighbour.
  const auto [first_column, last_column] = enclosing(west - 1, east + 1, raster.columns());
  const auto [first_row, last_row] = enclosing(north - 1, south + 1, raster.rows());
  return Window{first_column, first_row, last_column - first_column + 1, last_row - first_row + 1};
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

class ResampledNodes : public RasterNodes {
 public:
  ResampledNodes(const NodeGrid& grid, Raster raster, Placing placing)
      : RasterNodes(grid), raster_(std::move(raster)), placing_(std::move(placing)) {}

 private:
  // So many columns at once: a long row of nodes runs askew through the raster, and all pixels from
  // its one end to the other would be many.
  static constexpr int kColumns = 1024;

  base::Result<void> read_heights(Patch& patch) const override {
    patch.heights_m.assign(
        static_cast<std::size_t>(patch.columns) * static_cast<std::size_t>(patch.rows), kVoid);
    for (int first = 0; first < patch.columns; first += kColumns) {
      const auto read = read_columns(patch, first, std::min(kColumns, patch.columns - first));
      if (!read) return read.error();
    }
    return {};
  }

  base::Result<void> read_columns(Patch& patch, int first, int columns) const {
    const QuietGdal gdal;
    const Bounds& b = grid().bounds;
    std::vector<double> x, y;
    for (int row = patch.row; row < patch.row + patch.rows; ++row) {
      const double lat_deg =
          geo::degrees(b.north_rad + (b.south_rad - b.north_rad) * row / (grid().rows - 1));
      for (int i = 0; i < columns; ++i) {
        const int column = patch.column + first + i;
        x.push_back(
            geo::degrees(b.west_rad + (b.east_rad - b.west_rad) * column / (grid().columns - 1)));
        y.push_back(lat_deg);
      }
    }
    placing_.to_pixels(x, y);
    const auto window = window_about(raster_, x, y);
    if (!window) return {};
    const auto heights_m = read_window(raster_, *window, gdal);
    if (!heights_m) return heights_m.error();
    for (std::size_t i = 0; i < x.size(); ++i) {
      const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
      patch.heights_m[patch.index(patch.column + first + column, patch.row + row)] =
          bilinear(*heights_m, *window, x[i], y[i]);
    }
    return {};
  }

  Raster raster_;
  Placing placing_;
};

}  // namespace

base::Result<std::unique_ptr<RasterNodes>> resampled_nodes(Raster raster, Bounds asked,
                                                           const QuietGdal& gdal) {
  auto placing = Placing::make(raster, gdal);
  if (!placing) return placing.error();
  const auto extent = extent_of(raster, *placing);
  if (!extent) return base::Error{raster.file, gdal.because("its edges have no place on WGS 84")};
  const Bounds wanted = overlap(extent->bounds, asked);
  if (is_empty(wanted)) return not_covered(raster, extent->bounds, asked);
  const double columns = 1 + std::ceil((wanted.east_rad - wanted.west_rad) / extent->lon_step_rad);
  const double rows = 1 + std::ceil((wanted.north_rad - wanted.south_rad) / extent->lat_step_rad);
  if (columns < 2 || rows < 2 || raster.columns() < 2 || raster.rows() < 2) {
    return not_covered(raster, extent->bounds, asked);
  }
  if (!(columns * rows <= Elevation::kMostOpened)) {
    return too_many(raster, columns * rows, Elevation::kMostOpened);
  }
  const NodeGrid grid{wanted, static_cast<int>(columns), static_cast<int>(rows)};
  return std::unique_ptr<RasterNodes>(
      new ResampledNodes(grid, std::move(raster), *std::move(placing)));
}

}  // namespace marsad::terrain
