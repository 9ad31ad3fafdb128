// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/local_frame.h"

namespace marsad::test {

// The plane that every strip, made up or recorded, and every tracker under test lies in.
inline const geo::LocalFrame& plane() {
  static const geo::LocalFrame frame({0.62, 0.72, 0});
  return frame;
}

}  // namespace marsad::test
