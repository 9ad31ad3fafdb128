// SPDX-License-Identifier: Apache-2.0
// Any bytes as an elevation raster that is read without GDAL.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "base/check.h"
#include "terrain/plain_tiff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marsad::terrain;
  const int file = memfd_create("raster", MFD_CLOEXEC);
  CHECK(file >= 0);
  CHECK(write(file, data, size) == static_cast<ssize_t>(size));
  if (const auto raster = PlainTiff::open("/proc/self/fd/" + std::to_string(file))) {
    constexpr int kMost = 300;
    const int columns = std::min(raster->columns(), kMost), rows = std::min(raster->rows(), kMost);
    const Window first{0, 0, columns, rows};
    const Window last{raster->columns() - columns, raster->rows() - rows, columns, rows};
    for (const Window& window : {first, last}) {
      const auto heights_m = raster->heights_m(window);
      CHECK(!heights_m || heights_m->size() == window.size());
    }
    if (understood(raster->keys())) CHECK(understood(by_edges(raster->keys())));
  }
  close(file);
  return 0;
}
