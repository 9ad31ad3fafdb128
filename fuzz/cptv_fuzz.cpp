// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "base/check.h"
#include "video/cptv.h"
#include "video/sources.h"

namespace marsad::video {
namespace {

void parse(std::span<const std::uint8_t> bytes) {
  const auto read = [bytes](std::span<std::uint8_t> to) mutable {
    const std::size_t count = std::min(to.size(), bytes.size());
    std::ranges::copy(bytes.first(count), to.begin());
    bytes = bytes.subspan(count);
    return count;
  };
  auto parser = CptvParser::open(read);
  if (!parser) return;
  while (true) {
    const auto frame = parser->next();
    if (!frame || !frame->has_value()) return;
    CHECK((*frame)->counts.width() == parser->header().width_px);
  }
}

// As a recording on disk, zipped or not.
void read_file(std::span<const std::uint8_t> bytes) {
  const int file = ::memfd_create("recording", MFD_CLOEXEC);
  CHECK(file >= 0);
  CHECK(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  SourceSettings settings;
  settings.location = "/proc/self/fd/" + std::to_string(file);
  const auto source = open_cptv(settings);
  if (source) {
    while (!std::holds_alternative<End>((*source)->next({}))) continue;
  }
  ::close(file);
}

}  // namespace
}  // namespace marsad::video

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  marsad::video::parse({data, size});
  marsad::video::read_file({data, size});
  return 0;
}
