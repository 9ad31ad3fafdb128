// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "incident/incident.h"

namespace marsad::liaison {

using PartnerId = base::Name<struct PartnerTag>;

enum class Side { home, far };
constexpr std::array<std::string_view, 2> words(Side) { return {"home", "far"}; }

enum class Language { en, ar, ckb };  // English, Arabic, Kurdish Sorani
constexpr std::array<std::string_view, 3> words(Language) { return {"en", "ar", "ckb"}; }

enum class RouteKind { direct, relayed, none };
constexpr std::array<std::string_view, 3> words(RouteKind) { return {"direct", "relayed", "none"}; }

// A stretch of the border, by chainage; its ends are in it.
struct Stretch {
  double from_m = 0;
  double to_m = 0;
  bool operator==(const Stretch&) const = default;
};

// Hours of the day in UTC, through midnight where `to` is before `from`; equal: the whole day.
struct Hours {
  std::chrono::minutes from{0};
  std::chrono::minutes to{0};
  bool operator==(const Hours&) const = default;
};
bool contains(Hours hours, base::Time time);

// Somebody outside who may be told of incidents: who, of which, and how to reach them.
struct Partner {
  PartnerId id;
  std::string name;
  std::vector<Stretch> stretches;     // of the border that is their concern
  std::vector<Side> heading;          // the sides movers go to that are: inbound goes to `home`
  std::vector<incident::Kind> kinds;  // of incidents that are
  std::optional<Hours> hours;         // when somebody answers; none: always
  Language language = Language::en;
  RouteKind route = RouteKind::none;
  std::vector<std::string> relays;  // who passes a notice on, in order, where the route is relayed
  std::string no_route;             // why there is none, where there is none
};

// Whether an incident is the partner's concern: its kind, its kilometre, and the side it goes to;
// what goes to neither concerns who hears of both.
bool concerns(const Partner& partner, const incident::Incident& incident);

// Who passes a notice on, in order; the last one is whom it is for. Where the partner can't be
// reached that is the headquarters, with the reason.
struct Route {
  std::vector<std::string> hops;
  std::string why_headquarters;  // empty where it goes to the partner
  bool operator==(const Route&) const = default;
};
inline constexpr std::string_view kHeadquarters = "headquarters";

// The way to a partner at a time: their own route, or the headquarters where there is none or
// nobody answers there at that hour.
Route route(const Partner& partner, base::Time now);

}  // namespace marsad::liaison
