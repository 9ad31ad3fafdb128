// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "detect/crop.h"

namespace marsad::detect {

// What the network tells apart. Its own words: finer than a mover's classes.
inline constexpr std::array<std::string_view, 7> kNetworkClasses = {
    "person", "vehicle", "drone", "bird", "aircraft", "animal", "background"};
using NetworkAnswer = std::array<double, kNetworkClasses.size()>;  // probabilities

// The trained network, whose weights are in the program. One thread; the same crops give the same
// answers, in whatever company they are asked about.
class Network {
 public:
  // Whether this build has it: it needs OpenCV's dnn module.
  static bool is_built_in();

  // CHECKs is_built_in().
  Network();
  ~Network();
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;

  // One answer a crop, in the same order. Crops are normalised ones.
  std::vector<NetworkAnswer> ask(std::span<const Crop> crops);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::detect
