// SPDX-License-Identifier: Apache-2.0
#include "detect/spell.h"

namespace marsad::detect {

void Spell::update(Suspicion suspicion, double elapsed_s, base::Time now, std::string detail) {
  if (suspicion == Suspicion::yes) {
    for_s_ = suspected_ ? for_s_ + elapsed_s : 0;
    if (!suspected_ && !holds_) condition_.since = now;
    suspected_ = true;
    against_s_ = 0;
    condition_.detail = std::move(detail);
    if (for_s_ >= begin_s_) holds_ = true;
  } else if (suspicion == Suspicion::no) {
    suspected_ = false;
    against_s_ += elapsed_s;
    if (against_s_ >= end_s_) holds_ = false;
  } else {
    against_s_ = 0;
  }
}

}  // namespace marsad::detect
