// SPDX-License-Identifier: Apache-2.0
#include "border/force.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace marsad::border {
namespace {

// A patrol on foot or on tracks, with halts, mostly goes no faster.
constexpr double kPatrol_mps = 2;

}  // namespace

std::vector<ForceReport> newest_reports(const std::vector<ForceReport>& reports, base::Time at) {
  std::map<std::string, const ForceReport*> newest;
  for (const ForceReport& report : reports) {
    if (report.heard > at) continue;
    const ForceReport*& of = newest[report.name];
    if (of == nullptr || of->heard <= report.heard) of = &report;
  }
  std::vector<ForceReport> out;
  for (const auto& [name, report] : newest) {
    if (!report->is_gone) out.push_back(*report);
  }
  return out;
}

double drift_m(const ForceReport& report, base::Time at) {
  if (report.role == ForceRole::post) return report.uncertainty_m;
  const double went_m = kPatrol_mps * std::max(base::to_seconds(at - report.heard), 0.0);
  return std::hypot(report.uncertainty_m, went_m);
}

}  // namespace marsad::border
