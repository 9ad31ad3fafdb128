// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "base/check.h"

namespace marsad::video {

// Memory that begins with a cache line: wide loads and stores that straddle two cost twice.
template <class T>
struct LineAllocator {
  using value_type = T;

  LineAllocator() = default;
  template <class U>
  LineAllocator(const LineAllocator<U>&) {}
  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), kLine));
  }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, kLine); }
  bool operator==(const LineAllocator&) const = default;

 private:
  static constexpr std::align_val_t kLine{64};
};

// A picture of one channel, rows top to bottom without padding.
template <class T>
class Image {
 public:
  Image() = default;
  Image(int width, int height, T fill = T{})
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), fill) {
    CHECK(width >= 0 && height >= 0);
  }

  int width() const { return width_; }
  int height() const { return height_; }
  bool empty() const { return pixels_.empty(); }
  T& at(int x, int y) { return pixels_[index(x, y)]; }
  T at(int x, int y) const { return pixels_[index(x, y)]; }
  std::span<T> row(int y) { return std::span(pixels_).subspan(index(0, y), width_size()); }
  std::span<const T> row(int y) const {
    return std::span(pixels_).subspan(index(0, y), width_size());
  }
  std::span<T> pixels() { return pixels_; }
  std::span<const T> pixels() const { return pixels_; }
  bool operator==(const Image&) const = default;

 private:
  std::size_t width_size() const { return static_cast<std::size_t>(width_); }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * width_size() + static_cast<std::size_t>(x);
  }

  int width_ = 0;
  int height_ = 0;
  std::vector<T, LineAllocator<T>> pixels_;
};

}  // namespace marsad::video
