// SPDX-License-Identifier: Apache-2.0
#include "service/live_message.h"

namespace marsad::service {

SharedText LiveMessage::told_to(const Listener& listener) const {
  if (listener.hears_all()) return whole;
  auto told = part ? part(listener) : std::nullopt;
  return told ? std::make_shared<const std::string>(*std::move(told)) : nullptr;
}

}  // namespace marsad::service
