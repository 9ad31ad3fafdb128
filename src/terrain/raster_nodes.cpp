// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster_nodes.h"

#include <mutex>
#include <string_view>
#include <utility>

#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

// A dataset is one thread's at a time, and two VRTs may share one behind our back.
std::mutex& reading() {
  static std::mutex mutex;
  return mutex;
}

// A raster on WGS 84 with north up: its own nodes, untouched.
class OwnNodes : public RasterNodes {
 public:
  static base::Result<std::unique_ptr<RasterNodes>> make(Raster raster, Bounds asked);

 private:
  OwnNodes(const NodeGrid& grid, Raster raster, Window window)
      : RasterNodes(grid), raster_(std::move(raster)), window_(window) {}

  base::Result<void> read_heights(Patch& patch) const override {
    const QuietGdal gdal;
    auto heights_m = read_window(
        raster_,
        {window_.column + patch.column, window_.row + patch.row, patch.columns, patch.rows}, gdal);
    if (!heights_m) return heights_m.error();
    patch.heights_m = *std::move(heights_m);
    return {};
  }

  Raster raster_;
  Window window_;
};

base::Result<std::unique_ptr<RasterNodes>> OwnNodes::make(Raster raster, Bounds asked) {
  const Affine& p = raster.pixels;
  const auto node = [&](double column, double row) {
    return geo::Geodetic{geo::radians(p.y(column + 0.5, row + 0.5)),
                         geo::radians(p.x(column + 0.5, row + 0.5)), 0};
  };
  const auto spanned = [&](Window w) {
    const geo::Geodetic first = node(w.column, w.row);
    const geo::Geodetic last = node(w.column + w.columns - 1, w.row + w.rows - 1);
    return Bounds{last.lat_rad, first.lat_rad, first.lon_rad, last.lon_rad};
  };
  const Bounds has = spanned({0, 0, raster.columns(), raster.rows()});
  const Bounds wanted = overlap(has, asked);
  if (is_empty(wanted)) return not_covered(raster, has, asked);
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
  if (window.columns < 2 || window.rows < 2) return not_covered(raster, has, asked);
  const NodeGrid grid{spanned(window), window.columns, window.rows};
  return std::unique_ptr<RasterNodes>(new OwnNodes(grid, std::move(raster), window));
}

bool keeps_its_nodes(const Raster& raster) {
  const OGRSpatialReference geographic = wgs84();
  const OGRSpatialReference* native = raster.dataset->GetSpatialRef();
  return native->IsGeographic() != 0 && native->IsSameGeogCS(&geographic) != 0 &&
         raster.pixels.north_up();
}

// Whether the file itself says that its heights are above the ellipsoid: by a coordinate system of
// three axes, or by a vertical datum of that kind, which [OGC01-009] numbers 2002.
bool tells_ellipsoidal(const OGRSpatialReference& system) {
  if (system.IsVertical() == 0) return system.GetAxesCount() == 3;
  const char* kind = system.GetAttrValue("VERT_DATUM", 1);
  return kind != nullptr && std::string_view(kind) == "2002";
}

}  // namespace

base::Result<std::unique_ptr<RasterNodes>> RasterNodes::open(const ElevationFile& file,
                                                             Bounds asked) {
  const std::lock_guard lock(reading());
  const QuietGdal gdal;
  auto raster = open_raster(file.file, gdal);
  if (!raster) return raster.error();
  const bool ellipsoidal = file.heights == HeightsAbove::ellipsoid ||
                           (file.heights == HeightsAbove::told_by_file &&
                            tells_ellipsoidal(*raster->dataset->GetSpatialRef()));
  auto nodes = keeps_its_nodes(*raster) ? OwnNodes::make(*std::move(raster), asked)
                                        : resampled_nodes(*std::move(raster), asked, gdal);
  if (!nodes || !ellipsoidal) return nodes;
  auto geoid = Geoid::egm96();
  if (!geoid) return base::Error{file.file, to_string(geoid.error())};
  (*nodes)->geoid_ = *std::move(geoid);
  return nodes;
}

base::Result<Patch> RasterNodes::read(int column, int row, int columns, int rows) const {
  Patch patch{column, row, columns, rows, {}};
  {
    const std::lock_guard lock(reading());
    const auto read = read_heights(patch);
    if (!read) return read.error();
  }
  if (geoid_) lower_to_sea_level(patch);
  return patch;
}

void RasterNodes::lower_to_sea_level(Patch& patch) const {
  const Bounds& b = grid_.bounds;
  const double lat_rad = (b.north_rad - b.south_rad) / (grid_.rows - 1);
  const double lon_rad = (b.east_rad - b.west_rad) / (grid_.columns - 1);
  for (int row = patch.row; row < patch.row + patch.rows; ++row) {
    for (int column = patch.column; column < patch.column + patch.columns; ++column) {
      float& height_m = patch.heights_m[patch.index(column, row)];
      height_m = static_cast<float>(geoid_->above_sea_level_m(
          b.north_rad - row * lat_rad, b.west_rad + column * lon_rad, double{height_m}));
    }
  }
}

}  // namespace marsad::terrain
