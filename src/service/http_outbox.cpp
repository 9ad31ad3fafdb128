// SPDX-License-Identifier: Apache-2.0
#include "service/http_outbox.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace marsad::service {

bool Outbox::push(SharedText text, const std::string& replaces) {
  if (!replaces.empty()) {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
      return waiting.replaces == replaces;
    });
    if (found != waiting_.end()) {
      found->text = std::move(text);
      return true;
    }
  }
  if (waiting_.size() >= limit_) return false;
  waiting_.push_back({std::move(text), replaces});
  return true;
}

SharedText Outbox::take() {
  CHECK(!waiting_.empty());
  SharedText text = std::move(waiting_.front().text);
  waiting_.pop_front();
  return text;
}

}  // namespace marsad::service
