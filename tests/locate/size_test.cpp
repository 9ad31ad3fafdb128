// SPDX-License-Identifier: Apache-2.0
#include "locate/size.h"

#include <gtest/gtest.h>

#include <numeric>

namespace marsad::locate {
namespace {

using sensor::MoverClass;

// A box as the detector draws it round a thing of this size, where a pixel is `pixel_m` wide.
detect::Box box_of(double width_m, double height_m, double pixel_m) {
  return {0, 0, static_cast<int>(width_m / pixel_m + 3.5),
          static_cast<int>(height_m / pixel_m + 3.5)};
}

MoverClass judged(double width_m, double height_m, double pixel_m) {
  return sensor::likeliest(
      weigh_by_size(sensor::kUnknownClass, box_of(width_m, height_m, pixel_m), pixel_m));
}

TEST(Size, TellsPersonVehicleAndAnimalApartCloseUp) {
  EXPECT_EQ(judged(0.7, 1.7, 0.1), MoverClass::person);
  EXPECT_EQ(judged(4.5, 1.8, 0.1), MoverClass::vehicle);
  EXPECT_EQ(judged(1.2, 0.8, 0.1), MoverClass::animal);
}

TEST(Size, CallsWhatIsFarTooLargeUnknown) { EXPECT_EQ(judged(11, 6, 0.1), MoverClass::unknown); }

TEST(Size, LeavesTheBeliefAboutAsItWasWhereAPixelIsLargerThanAMover) {
  const sensor::ClassProbabilities belief = {0.5, 0.1, 0.1, 0.1, 0.1, 0.1};
  const auto weighed = weigh_by_size(belief, {0, 0, 4, 4}, 6);
  const double person_to_animal = weighed[0] / weighed[2];
  EXPECT_NEAR(person_to_animal, 5, 1.5);
}

TEST(Size, KeepsWhatTheDetectorAlreadyKnew) {
  const detect::Box box = box_of(1, 1.2, 0.5);
  const auto from_nothing = weigh_by_size(sensor::kUnknownClass, box, 0.5);
  const auto from_person = weigh_by_size({0.8, 0, 0, 0, 0, 0.2}, box, 0.5);
  EXPECT_GT(from_person[0], from_nothing[0]);
  EXPECT_NEAR(std::accumulate(from_person.begin(), from_person.end(), 0.0), 1, 1e-12);
}

TEST(Size, OverrulesABirdThatIsAsLargeAsAPersonOnTheGround) {
  const sensor::ClassProbabilities bird = {0.03, 0, 0.02, 0, 0.93, 0.02};
  const auto as_person = weigh_by_size(bird, box_of(0.7, 1.7, 0.1), 0.1);
  EXPECT_EQ(sensor::likeliest(as_person), MoverClass::person);
  const auto as_bird = weigh_by_size(bird, box_of(0.5, 0.2, 0.1), 0.1);
  EXPECT_EQ(sensor::likeliest(as_bird), MoverClass::bird);
}

TEST(Size, AloneMakesNoBirdAndNoAircraft) {
  for (const double height_m : {0.1, 0.3, 1.0, 2.0, 5.0}) {
    const auto weighed =
        weigh_by_size(sensor::kUnknownClass, box_of(2 * height_m, height_m, 0.1), 0.1);
    EXPECT_EQ(weighed[static_cast<std::size_t>(MoverClass::bird)], 0);
    EXPECT_EQ(weighed[static_cast<std::size_t>(MoverClass::aircraft)], 0);
  }
}

TEST(Size, RulesOutWhatTheDetectorIsSureOfWhereItDoesNotFit) {
  const sensor::ClassProbabilities sure_person = {0.97, 0.01, 0.01, 0, 0, 0.01};
  const auto weighed = weigh_by_size(sure_person, box_of(5, 2, 0.1), 0.1);
  EXPECT_EQ(sensor::likeliest(weighed), MoverClass::vehicle);
}

}  // namespace
}  // namespace marsad::locate
