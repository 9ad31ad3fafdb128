// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/liaison/samples.h"

namespace marsad::liaison {
namespace {

using testing::HasSubstr;
using Why = Withheld::Why;
using Answer = std::variant<Notice, Withheld>;

std::optional<Why> why(const Answer& answer) {
  const auto* withheld = std::get_if<Withheld>(&answer);
  return withheld == nullptr ? std::nullopt : std::optional(withheld->why);
}

std::vector<Field> any_fields() {
  std::vector<Field> out;
  for (const Field field : all_fields()) {
    if (*rc::gen::arbitrary<bool>()) out.push_back(field);
  }
  return out;
}

// The same incident with another value for one field, and for all that no field tells.
incident::Incident with_other(Field field, incident::Incident incident) {
  const incident::Incident other = any_incident();
  switch (field) {
    case Field::kind:
      break;  // chooses the entry
    case Field::time:
      incident.time = other.time;
      break;
    case Field::kilometre:
    case Field::place:
      break;  // told together; see the test of the grid
    case Field::direction:
      incident.direction = other.direction;
      break;
    case Field::probability:
      incident.probability = other.probability;
      break;
    case Field::mover:
      incident.classes = other.classes;
      break;
    case Field::speed:
      incident.speed_mps = other.speed_mps;
      break;
    case Field::heading:
      incident.heading_rad = other.heading_rad;
      break;
    case Field::outcome:
      incident.outcome = other.outcome;
      break;
    case Field::sensors:
      incident.sensors = other.sensors;
      break;
    case Field::picture:
      incident.id = other.id;
      break;
  }
  incident.tracks = other.tracks;
  incident.because = other.because;
  incident.notes = other.notes;
  incident.evidence = other.evidence;
  return incident;
}

RC_GTEST_PROP(Disclose, TellsNothingThatNoEntryAllows, ()) {
  const incident::Incident incident = any_incident();
  const Occasion occasion = later(incident);
  RC_ASSERT(why(disclose(incident, neighbour(), {}, kLine, occasion)) == Why::no_disclosure);
  Disclosure other = disclosure_of(all_fields());
  other.partner.text = "south";
  RC_ASSERT(why(disclose(incident, neighbour(), {{other}}, kLine, occasion)) == Why::no_disclosure);
  RC_ASSERT(why(preview(incident, neighbour(), {{other}}, kLine, false)) == Why::no_disclosure);
}

RC_GTEST_PROP(Disclose, TellsExactlyTheFieldsOfTheEntry, ()) {
  const std::vector<Field> fields = any_fields();
  const incident::Incident incident = any_incident();
  const auto answer =
      disclose(incident, neighbour(), {{disclosure_of(fields)}}, kLine, later(incident));
  std::vector<Field> heard;
  for (const Told& one : told(std::get<Notice>(answer))) heard.push_back(one.field);
  RC_ASSERT(heard == fields);
}

RC_GTEST_PROP(Disclose, IsTheSameWhateverTheWithheldValuesAre, ()) {
  const std::vector<Field> fields = any_fields();
  const Policy policy{{disclosure_of(fields)}};
  const incident::Incident incident = any_incident();
  incident::Incident other = incident;
  for (const Field field : all_fields()) {
    if (!policy.disclosures[0].allows(field)) other = with_other(field, other);
  }
  Occasion occasion = later(incident);
  occasion.now = second(2'000'000);
  RC_ASSERT(std::get<Notice>(disclose(incident, neighbour(), policy, kLine, occasion)) ==
            std::get<Notice>(disclose(other, neighbour(), policy, kLine, occasion)));
}

// A place anywhere in the same cell, which is at least as wide in longitude as in latitude.
geo::Geodetic elsewhere_in(const Cell& cell) {
  const double row_rad = cell.size_m / 6'371'008.8;
  const auto part = [] { return 0.49 * number(-1, 1); };
  return {cell.middle.lat_rad + part() * row_rad, cell.middle.lon_rad + part() * row_rad,
          number(0, 900)};
}

RC_GTEST_PROP(Disclose, TellsPlacesOfOneCellNeverApartHoweverOftenItIsAsked, ()) {
  Policy policy{{disclosure_of({Field::kilometre, Field::place})}};
  policy.disclosures[0].grid_m = number(50, 2000);
  const incident::Incident incident = any_incident();
  const auto first = std::get<Notice>(preview(incident, neighbour(), policy, kLine, false));
  for (int i = 0; i < 5; ++i) {
    incident::Incident moved = incident;
    moved.place = elsewhere_in(*first.place);
    Occasion occasion = later(incident);
    occasion.now += std::chrono::hours(i);
    RC_ASSERT(std::get<Notice>(disclose(moved, neighbour(), policy, kLine, occasion)) == first);
  }
}

RC_GTEST_PROP(Disclose, KeepsTheTruePlaceWithinTheCellThatItTells, ()) {
  const incident::Incident incident = any_incident();
  const double size_m = number(10, 5000);
  const Cell cell = coarse(incident.place, size_m);
  const geo::Enu off = kPlane.to_enu(incident.place) - kPlane.to_enu(cell.middle);
  RC_ASSERT(std::abs(off.east) <= 0.51 * size_m);
  RC_ASSERT(std::abs(off.north) <= 0.51 * size_m);
  RC_ASSERT(coarse(cell.middle, size_m) == cell);
}

RC_GTEST_PROP(Disclose, KeepsTheDelay, ()) {
  Policy policy{{disclosure_of(all_fields())}};
  policy.disclosures[0].delay_s = number(0, 3600);
  const incident::Incident incident = any_incident();
  Occasion occasion = later(incident);
  const double age_s = number(0, 7200);
  occasion.now = incident.time + base::from_seconds(age_s);
  const auto answer = disclose(incident, neighbour(), policy, kLine, occasion);
  if (age_s < policy.disclosures[0].delay_s) {
    RC_ASSERT(why(answer) == Why::too_early);
    occasion.now = *std::get<Withheld>(answer).until;
    RC_ASSERT(!why(disclose(incident, neighbour(), policy, kLine, occasion)));
  } else {
    RC_ASSERT(!why(answer));
  }
}

incident::Incident crossing_at(double north_m) {
  incident::Incident incident;
  incident.id.value = 7;
  incident.place = at(0, north_m);
  incident.chainage_m = kLine.chainage(incident.place).s_m;
  return incident;
}

TEST(Disclose, TakesAsManyDifferentPersonsAsTheEntrySays) {
  Policy policy{{disclosure_of({Field::kind})}};
  policy.disclosures[0].persons = 2;
  const incident::Incident incident = crossing_at(0);
  Occasion occasion = later(incident);
  const auto asked = [&] { return disclose(incident, neighbour(), policy, kLine, occasion); };
  occasion.releases = {};
  EXPECT_EQ(why(asked()), Why::not_released);
  occasion.releases = {{"watch 2", second(1)}, {"watch 2", second(2)}};
  EXPECT_EQ(why(asked()), Why::not_released) << "one person twice is one person";
  EXPECT_THAT(std::get<Withheld>(asked()).words, HasSubstr("1 of 2"));
  occasion.releases.push_back({"commander", second(3)});
  EXPECT_EQ(why(asked()), std::nullopt);
}

TEST(Disclose, NeverTellsOfOwnForces) {
  incident::Incident incident = crossing_at(0);
  incident.outcome = incident::Outcome::own_force;
  const Policy policy{{disclosure_of(all_fields())}};
  EXPECT_EQ(why(disclose(incident, neighbour(), policy, kLine, later(incident))), Why::own_force);
  EXPECT_EQ(why(preview(incident, neighbour(), policy, kLine, false)), Why::own_force);
}

TEST(Disclose, TellsOnlyWhatIsThePartnersConcern) {
  Partner partner = neighbour();
  partner.stretches = {{0, 2000}, {6000, 7000}};
  partner.heading = {Side::home};
  const Policy policy{{disclosure_of({Field::kind})}};
  const auto answer = [&](const incident::Incident& incident) {
    return why(disclose(incident, partner, policy, kLine, later(incident)));
  };
  EXPECT_EQ(answer(crossing_at(3500)), std::nullopt);
  EXPECT_EQ(answer(crossing_at(2900)), Why::no_concern) << "between its stretches";
  EXPECT_EQ(answer(crossing_at(-1500)), std::nullopt);
  incident::Incident outbound = crossing_at(3500);
  outbound.direction = incident::Direction::outbound;
  EXPECT_EQ(answer(outbound), Why::no_concern);
  partner.kinds = {};
  EXPECT_EQ(answer(crossing_at(3500)), Why::no_concern);
}

TEST(Disclose, SaysThatAnExerciseIsOne) {
  const Policy policy{{disclosure_of({Field::kind})}};
  const incident::Incident incident = crossing_at(0);
  Occasion occasion = later(incident);
  occasion.simulated = true;
  EXPECT_TRUE(std::get<Notice>(disclose(incident, neighbour(), policy, kLine, occasion)).simulated);
}

}  // namespace
}  // namespace marsad::liaison
