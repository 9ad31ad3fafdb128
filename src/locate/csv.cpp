// SPDX-License-Identifier: Apache-2.0
#include "locate/csv.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace marsad::locate {
namespace {

void write_place(std::ostream& out, const Plot& plot) {
  if (!plot.place) {
    out << ",,,,,,,,,";
    return;
  }
  fmt::print(out, ",{:.9f},{:.9f},{},{},{},{:.3f},{},{},{}", geo::degrees(plot.place->lat_rad),
             geo::degrees(plot.place->lon_rad), plot.cov_m2.ee, plot.cov_m2.nn, plot.cov_m2.en,
             plot.place->height_m, plot.bias_cov_m2.ee, plot.bias_cov_m2.nn, plot.bias_cov_m2.en);
}

void write_from(std::ostream& out, const Plot& plot) {
  if (!plot.from) {
    out << ",,,";
    return;
  }
  fmt::print(out, ",{:.9f},{:.9f},{:.3f}", geo::degrees(plot.from->lat_rad),
             geo::degrees(plot.from->lon_rad), plot.from->height_m);
}

}  // namespace

void write_plot_header(std::ostream& out) {
  out << "t,sensor,lat,lon,var_e,var_n,cov_en,height,bias_e,bias_n,bias_en,bearing_deg,"
         "bearing_sigma_deg,bearing_bias_deg,elevation_deg,from_lat,from_lon,from_height,snr,"
         "frame,index";
  for (const std::string_view name : sensor::kMoverClassNames) out << ',' << name;
  out << ",kurtosis\n";
}

void write_plots(std::ostream& out, const sensor::SensorId& sensor, base::Time time,
                 const std::vector<Plot>& plots) {
  const double t_s = base::to_seconds(time.time_since_epoch());
  if (plots.empty()) {
    fmt::print(out, "{:.6f},{}{}\n", t_s, sensor.text,
               std::string(20 + sensor::kMoverClasses, ','));
  }
  for (const Plot& plot : plots) {
    fmt::print(out, "{:.6f},{}", t_s, sensor.text);
    write_place(out, plot);
    fmt::print(out, ",{},{},{},{}", geo::degrees(plot.bearing_rad),
               geo::degrees(plot.bearing_sigma_rad), geo::degrees(plot.bearing_bias_sigma_rad),
               geo::degrees(plot.elevation_rad));
    write_from(out, plot);
    fmt::print(out, ",{},{},{}", plot.snr, plot.cause.frame, plot.cause.index);
    for (const double probability : plot.classes) fmt::print(out, ",{}", probability);
    if (plot.place) {
      fmt::print(out, ",{}\n", plot.kurtosis);
    } else {
      out << ",\n";
    }
  }
}

}  // namespace marsad::locate
