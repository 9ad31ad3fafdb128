// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/plan_work.h"
#include "base/result.h"

namespace marsad::app {

// A stretch that counts as blind for a kind of crosser.
struct Gap {
  std::size_t kind = 0;
  double from_km = 0, to_km = 0;
  double least_found = 0;
};
std::vector<Gap> gaps(const PlanWork& work);
// How long those of one kind are together.
double blind_km(const std::vector<Gap>& gaps, std::size_t kind);

// A walker who comes in over a column: how long before the line it is found, if it is, and how long
// the first patrol needs to the line, if there is any.
struct Response {
  std::optional<double> warning_s, arrival_s;
};
std::vector<Response> responses(const PlanWork& work);  // by column

// The weakest route of a kind of crosser through some kilometre.
struct WeakRoute {
  std::size_t kind = 0;
  plan::Heading heading = plan::Heading::inbound;
  double km = 0;  // where it passes the line
  plan::Route route;
  double found = 0;
  std::optional<double> arrival_s;  // of the first patrol at the line
};
// The weakest anywhere and through every so many kilometres, of people and vehicles both ways;
// those without a way over the belt are left out.
std::vector<WeakRoute> weak_routes(const PlanWork& work, double every_km,
                                   const std::stop_token& stop);

// A place that is recommended: what is found, in the mean over the border, once it is there.
struct ChosenSite {
  service::PlannedSensor sensor;
  double km = 0;
  double found_person = 0, found_vehicle = 0;
};

// Tables and maps of a plan, for everyone's spreadsheet and GIS: coverage.csv and .geojson with
// the probability that a crossing is found by stretch and kind, and how a patrol's way compares;
// gaps.csv, and the sensors.
base::Result<void> write_coverage(const PlanWork& work, const std::filesystem::path& folder);
base::Result<void> write_routes(const PlanWork& work, const std::vector<WeakRoute>& routes,
                                const std::filesystem::path& folder);
base::Result<void> write_sites(const std::vector<ChosenSite>& sites,
                               const std::filesystem::path& folder);

base::Result<void> write_text(const std::filesystem::path& file, std::string_view text);

}  // namespace marsad::app
