// SPDX-License-Identifier: Apache-2.0
#include "liaison/reveal.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/liaison/samples.h"

namespace marsad::liaison {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kGrid_m = 1000;

incident::Incident crossing_at(const geo::Geodetic& place) {
  incident::Incident incident;
  incident.time = second(0);
  incident.place = place;
  incident.chainage_m = kLine.chainage(place).s_m;
  incident.sensors = {{"T1"}};
  return incident;
}

// What telling of a crossing at the frame's origin gives away, a minute after.
class RevealTest : public ::testing::Test {
 protected:
  std::vector<Reveal> found() const {
    const Disclosure& entry = policy_.disclosures.front();
    const auto told = preview(incident_, neighbour(), policy_, kLine, false);
    return reveals(std::get<Notice>(told), incident_, entry, kLine, forces_, sensors_, second(60));
  }
  // How far a place is from the middle of the cell that is told.
  geo::Geodetic from_middle(double east_m, double north_m) const {
    const geo::LocalFrame frame(coarse(incident_.place, kGrid_m).middle);
    return frame.to_geodetic_at_height(east_m, north_m, 0);
  }
  border::ForceReport patrol(double east_m, double north_m) const {
    return {"patrol 4",
            border::Allegiance::allied,
            border::ForceRole::patrol,
            from_middle(east_m, north_m),
            0,
            second(60)};
  }

  incident::Incident incident_ = crossing_at(at(0, 0));
  Policy policy_{{disclosure_of({Field::kind, Field::place})}};
  std::vector<border::ForceReport> forces_;
  std::vector<SensorPlace> sensors_;
};

TEST_F(RevealTest, WarnsOfAnAlliedPatrolNearTheCellThatIsTold) {
  forces_ = {patrol(2500, 0)};  // the cell reaches 707 m, the policy 2000 m beyond
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_EQ(found()[0].who, "patrol 4");
  EXPECT_NEAR(found()[0].off_m, 2500 - 707.1, 2);
  EXPECT_THAT(found()[0].text, HasSubstr("heard of 0 s ago"));
  forces_ = {patrol(2800, 0)};
  EXPECT_THAT(found(), IsEmpty());
  forces_[0].heard = second(0);  // it may have come nearer by 120 m, 2 sigma 240 m
  EXPECT_THAT(found(), SizeIs(1));
}

TEST_F(RevealTest, HasNothingAgainstPatrolsThatThePartnerMayKnowOfOrThatAreNotOurs) {
  forces_ = {patrol(100, 0)};
  policy_.disclosures[0].tells_allied = true;
  EXPECT_THAT(found(), IsEmpty());
  policy_.disclosures[0].tells_allied = false;
  forces_[0].allegiance = border::Allegiance::partner;
  EXPECT_THAT(found(), IsEmpty());
  forces_[0].allegiance = border::Allegiance::own;
  EXPECT_THAT(found(), SizeIs(1));
}

TEST_F(RevealTest, WarnsOfASensorThatAloneStandsByTheCellAndSawIt) {
  sensors_ = {{{"T1"}, from_middle(1500, 0)}, {{"T2"}, from_middle(5000, 0)}};
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_EQ(found()[0].kind, RevealKind::sensor);
  EXPECT_EQ(found()[0].who, "T1");
  sensors_[1].place = from_middle(0, 1200);
  EXPECT_THAT(found(), IsEmpty()) << "either may have seen it";
  sensors_ = {{{"T1"}, from_middle(1800, 0)}};
  EXPECT_THAT(found(), IsEmpty()) << "it stands far off";
  sensors_ = {{{"T2"}, from_middle(100, 0)}};
  EXPECT_THAT(found(), IsEmpty()) << "it did not see it";
}

TEST_F(RevealTest, LetsASensorBeThatThePartnerKnows) {
  sensors_ = {{{"T1"}, from_middle(100, 0)}};
  policy_.disclosures[0].known_sensors = {{"T1"}};
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(RevealTest, TakesTheKilometreForAPlaceAndNothingElse) {
  forces_ = {patrol(100, 0)};
  sensors_ = {{{"T1"}, at(0, 0)}};
  policy_.disclosures[0].fields = {Field::kind, Field::kilometre};
  EXPECT_THAT(found(), SizeIs(2));
  policy_.disclosures[0].fields = {Field::kind, Field::time, Field::mover};
  EXPECT_THAT(found(), IsEmpty());
  policy_.disclosures[0].fields = {Field::sensors};
  EXPECT_THAT(found(), SizeIs(1)) << "it names one that the partner does not know of";
}

TEST_F(RevealTest, TakesAsManyPersonsAsThePolicySaysOfWarnings) {
  Disclosure& entry = policy_.disclosures[0];
  EXPECT_EQ(persons_for(entry, found()), 1);
  forces_ = {patrol(0, 0)};
  EXPECT_EQ(persons_for(entry, found()), 1) << "the policy asks for no more";
  entry.persons_if_warned = 2;
  EXPECT_EQ(persons_for(entry, found()), 2);
  entry.persons = 2;
  entry.persons_if_warned = 1;
  EXPECT_EQ(persons_for(entry, found()), 2) << "never fewer than without a warning";
}

// Wherever in a cell it happened, the same is given away: the warning tells no more than the cell.
RC_GTEST_PROP(Reveal, DependsOnTheCellAndNotOnThePlaceInIt, ()) {
  const Disclosure entry = disclosure_of({Field::place});
  const Policy policy{{entry}};
  const incident::Incident one = crossing_at(at(number(-400, 400), number(-400, 400)));
  incident::Incident other = one;
  other.place = coarse(one.place, kGrid_m).middle;
  const std::vector<border::ForceReport> forces = {
      {"patrol 4", border::Allegiance::allied, border::ForceRole::patrol,
       at(number(-4000, 4000), number(-4000, 4000)), number(0, 100), second(30)}};
  const auto of = [&](const incident::Incident& incident) {
    const auto told = preview(incident, neighbour(), policy, kLine, false);
    return reveals(std::get<Notice>(told), incident, entry, kLine, forces, {}, second(60)).size();
  };
  RC_ASSERT(of(one) == of(other));
}

}  // namespace
}  // namespace marsad::liaison
