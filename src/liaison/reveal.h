// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "border/force.h"
#include "geo/border_line.h"
#include "liaison/notice.h"
#include "liaison/policy.h"

namespace marsad::liaison {

enum class RevealKind {
  allied_force,  // one of ours is where the partner will look
  sensor         // that something was seen there tells where the sensor stands
};
constexpr std::array<std::string_view, 2> words(RevealKind) { return {"allied_force", "sensor"}; }

// What a partner can tell from a notice that no field of it says.
struct Reveal {
  RevealKind kind = RevealKind::allied_force;
  std::string who;
  double off_m = 0;             // from the cell that is told; 0 in it
  std::optional<double> age_s;  // of a force's position
  std::string text;             // all of it in a person's words
};

struct SensorPlace {
  sensor::SensorId id;
  geo::Geodetic place;
};

// What telling this notice of the incident would give away now, beside its words:
// - an own or allied force whose presence the partner may not know, within `allied_within_m` of the
//   cell told, beside what its place is unsure by (2 sigma). A patrol not heard of for 6 hours
//   counts no more.
// - a sensor that saw it, of which the partner does not know, within `sensor_within_m` of the cell
//   where no other sensor stands so near: then it is plain which one saw, and where it stands.
//   So it is with a sensor that the notice names.
// A notice that tells neither place nor kilometre gives away neither, but for what it names.
std::vector<Reveal> reveals(const Notice& notice, const incident::Incident& incident,
                            const Disclosure& disclosure, const geo::BorderLine& line,
                            const std::vector<border::ForceReport>& forces,
                            const std::vector<SensorPlace>& sensors, base::Time now);

// Who must release it, all different, where so much would be given away.
int persons_for(const Disclosure& disclosure, const std::vector<Reveal>& found);

}  // namespace marsad::liaison
