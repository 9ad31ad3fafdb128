// SPDX-License-Identifier: Apache-2.0
// Stands for network.cpp where OpenCV's dnn module is not there or not wanted.
#include "base/check.h"
#include "detect/network.h"

namespace marsad::detect {

struct Network::State {};

bool Network::is_built_in() { return false; }
Network::Network() { CHECK(is_built_in()); }
Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
std::vector<NetworkAnswer> Network::ask(std::span<const Crop>) { return {}; }

}  // namespace marsad::detect
