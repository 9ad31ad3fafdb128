// SPDX-License-Identifier: Apache-2.0
#include "detect/classifier.h"

#include <algorithm>

namespace marsad::detect {
namespace {

using sensor::MoverClass;

// In the order of kNetworkClasses.
constexpr std::array<MoverClass, kNetworkClasses.size()> kMeant = {
    MoverClass::person,   MoverClass::vehicle, MoverClass::aircraft, MoverClass::bird,
    MoverClass::aircraft, MoverClass::animal,  MoverClass::unknown};

// The detections to ask about.
std::vector<Detection*> plainest(std::vector<Detection>& detections) {
  std::vector<Detection*> chosen;
  for (Detection& detection : detections) chosen.push_back(&detection);
  if (chosen.size() > kMostCrops) {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const Detection* a, const Detection* b) { return a->snr > b->snr; });
    chosen.resize(kMostCrops);
  }
  return chosen;
}

}  // namespace

sensor::ClassProbabilities mover_classes(const NetworkAnswer& answer) {
  sensor::ClassProbabilities classes{};
  double sum = 0;
  for (std::size_t c = 0; c < answer.size(); ++c) {
    classes[static_cast<std::size_t>(kMeant[c])] += answer[c];
    sum += answer[c];
  }
  for (double& probability : classes) probability /= sum;  // floats add up to about 1
  return classes;
}

Classifier::Classifier(bool wants_network) {
  if (wants_network && Network::is_built_in()) network_.emplace();
}

void Classifier::classify(const video::Image<std::uint16_t>& counts,
                          std::vector<Detection>& detections) {
  if (!network_ || detections.empty()) return;
  const std::vector<Detection*> chosen = plainest(detections);
  std::vector<Crop> crops;
  crops.reserve(chosen.size());
  for (const Detection* detection : chosen) {
    crops.push_back(cut_crop(counts, detection->box));
    normalise(crops.back());
  }
  const std::vector<NetworkAnswer> answers = network_->ask(crops);
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i]->classes = mover_classes(answers[i]);
}

}  // namespace marsad::detect
