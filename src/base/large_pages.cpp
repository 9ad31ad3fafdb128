// SPDX-License-Identifier: Apache-2.0
#include "base/large_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace marsad::base {

void use_large_pages(void* memory, std::size_t bytes) {
  constexpr std::uintptr_t kSmallPage = 4096, kLargePage = std::uintptr_t{1} << 21;
  if (bytes < kLargePage) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + kSmallPage - 1) / kSmallPage * kSmallPage;
  const std::uintptr_t end = (begin + bytes) / kSmallPage * kSmallPage;
  // Where the system does not want to, nothing is lost.
  (void)::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

}  // namespace marsad::base
