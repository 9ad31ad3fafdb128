// SPDX-License-Identifier: Apache-2.0
#include "detect/confirmation.h"

#include <algorithm>
#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kMostMissed = 2;  // frames in a row that a trace outlives

double distance(const sensor::Pixel& a, const sensor::Pixel& b) {
  return std::hypot(a.u - b.u, a.v - b.v);
}

}  // namespace

Confirmation::Trace* Confirmation::nearest(const Candidate& candidate,
                                           const std::vector<bool>& taken) {
  Trace* nearest = nullptr;
  double least = std::max(settings_.step_px, settings_.first_step_px);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    Trace& trace = traces_[i];
    const double reach = trace.seen == 1 ? settings_.first_step_px : settings_.step_px;
    const double frames = 1 + trace.missed;
    const sensor::Pixel expected{trace.last.u + frames * trace.step.u,
                                 trace.last.v + frames * trace.step.v};
    const double off = distance(candidate.centroid, expected);
    if (taken[i] || off > least || off > reach) continue;
    least = off;
    nearest = &trace;
  }
  return nearest;
}

void Confirmation::follow(const Candidate& candidate, Trace& trace) const {
  const double frames = 1 + trace.missed;
  const double share = trace.seen == 1 ? 1 : 0.5;
  trace.step.u += share * ((candidate.centroid.u - trace.last.u) / frames - trace.step.u);
  trace.step.v += share * ((candidate.centroid.v - trace.last.v) / frames - trace.step.v);
  trace.last = candidate.centroid;
  ++trace.seen;
  trace.missed = 0;
  if (distance(trace.last, trace.anchor) > settings_.standing_px) {
    trace.anchor = trace.last;
    trace.standing = 0;
  }
}

std::vector<Candidate> Confirmation::process(const std::vector<Candidate>& candidates) {
  std::vector<Candidate> confirmed;
  std::vector<bool> taken(traces_.size(), false);
  std::vector<Trace> begun;
  for (const Candidate& candidate : candidates) {
    Trace* const trace = nearest(candidate, taken);
    if (!trace) {
      begun.push_back({candidate.centroid, {}, candidate.centroid});
      continue;
    }
    taken[static_cast<std::size_t>(trace - traces_.data())] = true;
    follow(candidate, *trace);
    const bool stands =
        settings_.standing_frames > 0 && trace->standing >= settings_.standing_frames;
    if (trace->seen >= settings_.seen_frames && !stands) confirmed.push_back(candidate);
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    ++traces_[i].standing;
    if (!taken[i]) ++traces_[i].missed;
  }
  std::erase_if(traces_, [](const Trace& trace) { return trace.missed > kMostMissed; });
  traces_.insert(traces_.end(), begun.begin(), begun.end());
  return confirmed;
}

}  // namespace marsad::detect
