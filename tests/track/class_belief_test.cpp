// SPDX-License-Identifier: Apache-2.0
#include "track/class_belief.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/track/dice.h"

namespace marsad::track {
namespace {

using sensor::ClassProbabilities;

constexpr ClassProbabilities kRatherPerson = {0.6, 0.1, 0.3, 0, 0, 0};
constexpr ClassProbabilities kVehicle = {0.05, 0.9, 0.05, 0, 0, 0};

double sum(const ClassProbabilities& p) { return std::accumulate(p.begin(), p.end(), 0.0); }

ClassProbabilities after(int looks, const ClassProbabilities& plot, double weight = 1) {
  ClassBelief belief;
  for (int i = 0; i < looks; ++i) belief.add(plot, weight);
  return belief.probabilities();
}

TEST(ClassBelief, StaysUnknownWhilePlotsKnowNothing) {
  EXPECT_EQ(ClassBelief().probabilities(), sensor::kUnknownClass);
  EXPECT_EQ(after(5, sensor::kUnknownClass), sensor::kUnknownClass);
}

TEST(ClassBelief, TakesTheFirstAnswerAboutAsGiven) {
  const ClassProbabilities belief = after(1, kRatherPerson);
  EXPECT_NEAR(belief[0], 0.6, 0.03);
  EXPECT_NEAR(sum(belief), 1, 1e-12);
}

TEST(ClassBelief, IsNotMovedByPlotsThatKnowNothing) {
  ClassBelief belief;
  belief.add(kRatherPerson, 1);
  for (int i = 0; i < 50; ++i) belief.add(sensor::kUnknownClass, 1);
  EXPECT_EQ(belief.probabilities(), after(1, kRatherPerson));
}

TEST(ClassBelief, IsNoSurerOfManyAnswersThatAgreeThanOfOne) {
  const ClassProbabilities once = after(1, kRatherPerson);
  const ClassProbabilities often = after(1000, kRatherPerson);
  for (std::size_t c = 0; c < once.size(); ++c) EXPECT_NEAR(often[c], once[c], 1e-9);
  EXPECT_NEAR(sum(often), 1, 1e-12);
}

TEST(ClassBelief, AveragesAnswersThatDiffer) {
  ClassBelief belief;
  for (int i = 0; i < 4; ++i) belief.add(kRatherPerson, 1);
  belief.add(kVehicle, 1);
  const ClassProbabilities believed = belief.probabilities();
  EXPECT_GT(believed[0], 2 * believed[1]);
  EXPECT_LT(believed[0], kRatherPerson[0]);
}

TEST(ClassBelief, IsMovedLessByFramesSoonAfterEachOther) {
  ClassBelief soon;
  ClassBelief later;
  for (ClassBelief* belief : {&soon, &later}) belief->add(kRatherPerson, 1);
  for (int i = 0; i < 5; ++i) soon.add(kVehicle, 0.1);
  for (int i = 0; i < 5; ++i) later.add(kVehicle, 1);
  EXPECT_LT(soon.probabilities()[1], later.probabilities()[1]);
}

TEST(ClassBelief, TurnsWhenTheAnswersDo) {
  ClassBelief belief;
  for (int i = 0; i < 100; ++i) belief.add(kRatherPerson, 1);
  for (int i = 0; i < 10; ++i) belief.add(kVehicle, 1);
  EXPECT_EQ(sensor::likeliest(belief.probabilities()), sensor::MoverClass::vehicle);
}

TEST(ClassBelief, NoAnswerRulesAClassOutForGood) {
  ClassBelief belief;
  belief.add({0, 1, 0, 0, 0, 0}, 1);
  for (int i = 0; i < 10; ++i) belief.add(kRatherPerson, 1);
  EXPECT_EQ(sensor::likeliest(belief.probabilities()), sensor::MoverClass::person);
}

// Looks at made movers, each of one of two classes. What is measured has an error that all looks at
// one mover share and one of its own, as large; each look's probability is right for that.
struct Looks {
  static constexpr double kSeparation = 1;  // of the classes' means, each way
  static constexpr double kShared = 1;      // sigmas
  static constexpr double kOwn = 0.3;
  test::Dice dice{20170706};

  // Probability of "person" in each of so many looks at one mover.
  std::vector<double> at(bool person, int looks) {
    const double variance = kShared * kShared + kOwn * kOwn;
    const double seen = (person ? kSeparation : -kSeparation) + kShared * dice.normal();
    std::vector<double> told;
    for (int i = 0; i < looks; ++i) {
      const double measured = seen + kOwn * dice.normal();
      told.push_back(1 / (1 + std::exp(-2 * kSeparation * measured / variance)));
    }
    return told;
  }
};

// How far the mean probability of the likelier class is from how often it was right.
double overconfidence(int looks) {
  constexpr int kMovers = 4000;
  Looks made;
  double told = 0;
  double right = 0;
  for (int i = 0; i < kMovers; ++i) {
    const bool person = i % 2 == 0;
    ClassBelief belief;
    for (const double p : made.at(person, looks)) belief.add({p, 1 - p, 0, 0, 0, 0}, 1);
    const ClassProbabilities believed = belief.probabilities();
    const double share = believed[0] / (believed[0] + believed[1]);
    told += std::max(share, 1 - share) / kMovers;
    right += ((share > 0.5) == person ? 1.0 : 0.0) / kMovers;
  }
  return told - right;
}

TEST(ClassBelief, IsAsOftenRightAsItSaysAfterOneLookAndAfterFifty) {
  for (const int looks : {1, 2, 5, 50}) EXPECT_NEAR(overconfidence(looks), 0, 0.02) << looks;
}

}  // namespace
}  // namespace marsad::track
