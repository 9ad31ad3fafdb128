// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/geodetic.h"

namespace marsad::test {

struct Strip;

enum class MadeKind { walker, group, vehicle, animal };

// One mover of a made strip: where it is from `first_s` on, a place every half second. It is gone
// at the end of its way.
struct MadeMover {
  static constexpr double kStep_s = 0.5;

  std::string id;
  MadeKind kind = MadeKind::walker;
  int group = -1;  // those with the same number walk together; -1: alone
  double first_s = 0;
  std::vector<geo::Enu> way;
  std::vector<std::pair<double, double>> hidden;  // from, until; seconds

  bool present(double t_s) const;
  // Where it is at a time at which it is present.
  geo::Enu place(double t_s) const;
  bool is_hidden(double t_s) const;
};

// A round piece of ground into which no sensor sees.
struct Hollow {
  geo::Enu middle;
  double radius_m = 0;

  bool holds(geo::Enu place) const;
};

// Everybody in the strip.
std::vector<MadeMover> make_movers(const Strip& strip);

// Dead ground on the ways of walkers and groups: half of it on the one, half on the other, where
// there are both.
std::vector<Hollow> make_hollows(const Strip& strip, const std::vector<MadeMover>& movers);

// Who is in a hollow is hidden as long.
void hide_in_hollows(const std::vector<Hollow>& hollows, std::vector<MadeMover>& movers);

}  // namespace marsad::test
