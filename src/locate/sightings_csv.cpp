// SPDX-License-Identifier: Apache-2.0
#include "locate/sightings_csv.h"

#include "base/csv.h"

namespace marsad::locate {
namespace {

// Reads a row's numbers; the first that is wrong ends it.
class Row {
 public:
  explicit Row(const base::CsvReader& reader) : reader_(reader) {}

  double number(std::string_view column, double low, double high) {
    const auto value = reader_.number(column, low, high);
    if (!value) {
      fail(value.error());
      return 0;
    }
    return *value;
  }
  std::optional<double> optional(std::string_view column, double low, double high) {
    if (!reader_.has(column) || reader_.text(column).empty()) return std::nullopt;
    return number(column, low, high);
  }
  void fail(base::Error error) {
    if (!error_) error_ = std::move(error);
  }
  const std::optional<base::Error>& error() const { return error_; }

 private:
  const base::CsvReader& reader_;
  std::optional<base::Error> error_;
};

base::Result<Sighting> read_row(const base::CsvReader& reader, std::string_view name,
                                const terrain::Elevation& ground, double sigma_m) {
  Row row(reader);
  Sighting out;
  out.name = std::string(reader.text(name));
  out.place.lat_rad = geo::radians(row.number("lat", -89, 89));
  out.place.lon_rad = geo::radians(row.number("lon", -180, 180));
  const auto height_m = row.optional("height", -500, 20'000);
  const auto ground_m = ground.height_m(out.place.lat_rad, out.place.lon_rad);
  if (!height_m && !ground_m && !row.error()) {
    row.fail({reader.where(), "no height, and the elevation model has none there"});
  }
  out.place.height_m = height_m.value_or(ground_m.value_or(0));
  const double across_m = row.optional("sigma_m", 0, 1000).value_or(sigma_m);
  out.place_cov_m2 = {across_m * across_m, 0, across_m * across_m};
  out.height_sigma_m = row.optional("sigma_height_m", 0, 1000).value_or(sigma_m);
  out.sigma_px = row.optional("sigma_px", 0.01, 1000).value_or(1);
  out.pixels = {{row.number("u", -1e6, 1e6), row.number("v", -1e6, 1e6)}};
  if (row.error()) return *row.error();
  return out;
}

base::Result<std::vector<Sighting>> read(std::istream& in, const std::string& file,
                                         std::string_view name, bool joined,
                                         const terrain::Elevation& ground, double sigma_m) {
  auto reader = base::CsvReader::open(in, file, {std::string(name), "lat", "lon", "u", "v"});
  if (!reader) return reader.error();
  std::vector<Sighting> out;
  while (true) {
    const auto more = reader->next();
    if (!more) return more.error();
    if (!*more) return out;
    auto sighting = read_row(*reader, name, ground, sigma_m);
    if (!sighting) return sighting.error();
    if (joined && !out.empty() && out.back().name == sighting->name) {
      out.back().pixels.push_back(sighting->pixels[0]);
    } else {
      out.push_back(*std::move(sighting));
    }
  }
}

}  // namespace

base::Result<std::vector<Sighting>> read_landmarks(std::istream& in, const std::string& file,
                                                   const terrain::Elevation& ground) {
  return read(in, file, "name", false, ground, 0.5);
}

base::Result<std::vector<Sighting>> read_vehicle(std::istream& in, const std::string& file,
                                                 const terrain::Elevation& ground) {
  return read(in, file, "t", true, ground, 3);
}

}  // namespace marsad::locate
