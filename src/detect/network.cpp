// SPDX-License-Identifier: Apache-2.0
#include "detect/network.h"

#include <algorithm>
#include <opencv2/dnn.hpp>

#include "base/check.h"

// The weights, put into the program by network_weights.S.
extern "C" const char kMarsadNetworkWeights[];
extern "C" const char kMarsadNetworkWeightsEnd[];

namespace marsad::detect {

namespace {

// OpenCV would spread each crop over threads of its own, and lets only all of the process choose.
// Cameras have a thread each already, and below the service nothing starts one.
void keep_to_one_thread() {
  static const bool done = [] {
    cv::setNumThreads(1);
    return true;
  }();
  CHECK(done);
}

}  // namespace

struct Network::State {
  cv::dnn::Net net;
  cv::Mat input;  // [1, 1, 32, 32]
};

bool Network::is_built_in() { return true; }

Network::Network() : state_(std::make_unique<State>()) {
  keep_to_one_thread();
  const auto size = static_cast<std::size_t>(kMarsadNetworkWeightsEnd - kMarsadNetworkWeights);
  state_->net = cv::dnn::readNetFromONNX(kMarsadNetworkWeights, size);
  CHECK(!state_->net.empty());
  state_->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  state_->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  const int shape[] = {1, 1, kCropSide, kCropSide};
  state_->input = cv::Mat(4, shape, CV_32F);
}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

std::vector<NetworkAnswer> Network::ask(std::span<const Crop> crops) {
  std::vector<NetworkAnswer> answers;
  answers.reserve(crops.size());
  // One at a time: OpenCV plans its layers anew whenever the number of crops changes, which costs
  // more than is saved.
  for (const Crop& crop : crops) {
    std::copy(crop.begin(), crop.end(), state_->input.ptr<float>());
    state_->net.setInput(state_->input);
    const cv::Mat output = state_->net.forward();
    CHECK(output.total() == kNetworkClasses.size());
    NetworkAnswer& answer = answers.emplace_back();
    std::copy_n(output.ptr<float>(), answer.size(), answer.begin());
  }
  return answers;
}

}  // namespace marsad::detect
