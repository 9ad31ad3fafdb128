// SPDX-License-Identifier: Apache-2.0
#include "detect/network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "detect/classifier.h"
#include "tests/detect/labelled_crops.h"
#include "tests/detect/network_cases.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad::detect {
namespace {

using sensor::MoverClass;
using test::NetworkCase;

constexpr double kRounding = 2e-4;  // of the table, and of floats added up in another order

double probability(const sensor::ClassProbabilities& classes, MoverClass mover) {
  return classes[static_cast<std::size_t>(mover)];
}

class TheNetwork : public testing::Test {
 protected:
  void SetUp() override {
    if (!Network::is_built_in()) GTEST_SKIP() << "this build has no network";
  }
};

TEST_F(TheNetwork, AnswersAsTheOneThatWasTrained) {
  Network network;
  for (const NetworkCase& one : test::network_cases()) {
    Crop crop = cut_crop(one.counts, one.box);
    normalise(crop);
    const NetworkAnswer answer = network.ask(std::span(&crop, 1)).front();
    for (std::size_t c = 0; c < answer.size(); ++c)
      EXPECT_NEAR(answer[c], one.expected[c], kRounding) << one.name << ", " << kNetworkClasses[c];
  }
}

TEST_F(TheNetwork, AnswersTheSameAloneAndAmongOthers) {
  Network network;
  std::vector<Crop> crops;
  for (const NetworkCase& one : test::network_cases()) {
    crops.push_back(cut_crop(one.counts, one.box));
    normalise(crops.back());
  }
  const std::vector<NetworkAnswer> together = network.ask(crops);
  ASSERT_EQ(together.size(), crops.size());
  for (std::size_t i = 0; i < crops.size(); ++i)
    EXPECT_EQ(Network().ask(std::span(&crops[i], 1)).front(), together[i]);
}

TEST_F(TheNetwork, AnswersNothingWhenAskedNothing) { EXPECT_TRUE(Network().ask({}).empty()); }

TEST_F(TheNetwork, IsAskedAboutThePlainestDetectionsOnly) {
  const NetworkCase one = test::network_cases()[1];
  std::vector<Detection> detections(kMostCrops + 1);
  for (std::size_t i = 0; i < detections.size(); ++i) {
    detections[i].box = one.box;
    detections[i].snr = i == 3 ? 5 : 10;
  }
  Classifier(true).classify(one.counts, detections);
  for (std::size_t i = 0; i < detections.size(); ++i)
    EXPECT_EQ(detections[i].classes == sensor::kUnknownClass, i == 3) << i;
}

TEST(Classifier, LeavesTheOutlinesAnswersWhereTheNetworkIsNotWanted) {
  const sensor::ClassProbabilities outline = {0.5, 0.1, 0, 0, 0, 0.4};
  const NetworkCase one = test::network_cases()[1];
  std::vector<Detection> detections(1);
  detections[0].box = one.box;
  detections[0].classes = outline;
  Classifier(false).classify(one.counts, detections);
  EXPECT_EQ(detections[0].classes, outline);
}

TEST(Classifier, TakesDronesForAircraftAndBackgroundForUnknown) {
  const auto classes = mover_classes({0.1, 0.2, 0.3, 0.05, 0.15, 0.05, 0.15});
  EXPECT_NEAR(probability(classes, MoverClass::aircraft), 0.45, 1e-12);
  EXPECT_NEAR(probability(classes, MoverClass::unknown), 0.15, 1e-12);
  EXPECT_NEAR(std::accumulate(classes.begin(), classes.end(), 0.0), 1, 1e-12);
}

TEST(Crop, HasMeanZeroAndDeviationOneWhateverTheGain) {
  const NetworkCase one = test::network_cases()[5];
  auto brighter = one.counts;
  for (auto& count : brighter.pixels()) count = static_cast<std::uint16_t>(count * 3 + 500);
  Crop crop = cut_crop(one.counts, one.box);
  Crop other = cut_crop(brighter, one.box);
  normalise(crop);
  normalise(other);
  EXPECT_NEAR(std::accumulate(crop.begin(), crop.end(), 0.0), 0, 1e-2);
  for (std::size_t i = 0; i < crop.size(); ++i) EXPECT_NEAR(crop[i], other[i], 2e-3);
}

TEST(Crop, OfOneColourIsNotBlownUp) {
  const video::Image<std::uint16_t> counts(20, 20, 700);
  Crop crop = cut_crop(counts, {5, 5, 4, 4});
  normalise(crop);
  for (const float pixel : crop) EXPECT_EQ(pixel, 0);
}

TEST(Crop, GoesOnWithTheEdgeBeyondTheFrame) {
  video::Image<std::uint16_t> counts(40, 40, 100);
  for (int y = 0; y < 40; ++y) counts.at(39, y) = 900;
  const Crop crop = cut_crop(counts, {36, 10, 4, 4});
  for (int y = 0; y < kCropSide; ++y)
    EXPECT_FLOAT_EQ(crop[static_cast<std::size_t>(y * kCropSide + kCropSide - 1)], 900);
}

TEST(Crop, OfAFrameOfOnePixelIsThatPixel) {
  const Crop crop = cut_crop(video::Image<std::uint16_t>(1, 1, 42), {0, 0, 1, 1});
  for (const float pixel : crop) EXPECT_FLOAT_EQ(pixel, 42);
}

// The crops it learnt from were cut by others; ours of the same frames must look the same.
TEST(Crop, IsCutAsTheTrainingCropsWere) {
  const auto data = test::real_data("thermal");
  if (!data) GTEST_SKIP() << "needs the real data (MARSAD_DATA)";
  const auto crops = test::crops_of_clip(*data / "patches32", "IR_AIRPLANE_001", "airplane");
  ASSERT_GT(crops.size(), 10U);
  auto source =
      video::open_source({{}, (*data / "halmstad-ir/clips/IR_AIRPLANE_001.mp4").string(), {}, {}});
  ASSERT_TRUE(source);
  double difference = 0;
  std::size_t compared = 0;
  for (std::uint64_t number = 0; compared < crops.size(); ++number) {
    const video::Event event = (*source)->next({});
    const auto* frame = std::get_if<video::Frame>(&event);
    if (frame == nullptr) break;
    const auto found = crops.find(number);
    if (found == crops.end()) continue;
    Crop ours = cut_crop(frame->counts, found->second.box);
    Crop theirs = found->second.pixels;
    normalise(ours);
    normalise(theirs);
    for (std::size_t i = 0; i < ours.size(); ++i)
      difference += std::abs(ours[i] - theirs[i]) / static_cast<double>(ours.size());
    ++compared;
  }
  ASSERT_GT(compared, 10U);
  // In deviations. Their boxes are in tenths of a pixel, ours whole.
  EXPECT_LT(difference / static_cast<double>(compared), 0.15);
}

}  // namespace
}  // namespace marsad::detect
