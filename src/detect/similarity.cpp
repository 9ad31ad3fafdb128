// SPDX-License-Identifier: Apache-2.0
#include "detect/similarity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace marsad::detect {
namespace {

// Rounding in the places of a row's ends must not make a picture's edge unknown.
constexpr double kSlack_px = 1e-6;

Place factor_of(const Similarity& s) { return std::polar(s.scale, s.rotation_rad); }

template <class T>
T as_pixel(float value) {
  if constexpr (std::is_floating_point_v<T>) return value;
  // Truncation of a number made positive rounds it, and vectorises where std::lround doesn't.
  constexpr float kUp = 32768.5F;
  return static_cast<T>(static_cast<int>(value + kUp) - 32768);
}

// The columns of a row, begin to end - 1, whose source lies inside along one axis:
// low_end <= start + x * step <= last.
void narrow(double start, double step, double low_end, double last, int& begin, int& end) {
  if (std::abs(step) < 1e-12) {
    if (start < low_end - kSlack_px || start > last + kSlack_px) end = begin;
    return;
  }
  const double first = (low_end - kSlack_px - start) / step;
  const double second = (last + kSlack_px - start) / step;
  const double low = std::ceil(std::min(first, second));
  const double high = std::floor(std::max(first, second));
  begin = static_cast<int>(std::clamp(low, static_cast<double>(begin), static_cast<double>(end)));
  end =
      static_cast<int>(std::clamp(high + 1, static_cast<double>(begin), static_cast<double>(end)));
}

// The pixel left of a place or at it, so that there is one to its right too.
int cell_of(double place, int size) {
  return std::clamp(static_cast<int>(std::floor(place)), 0, std::max(size - 2, 0));
}

// How many columns from `place` on pass until the pixel cell moves on relative to the columns:
// `drift` is the step of the place beyond what the columns do by themselves.
int columns_until(double fraction, double drift, int most) {
  if (std::abs(drift) < 1e-12) return most;
  const double columns = drift > 0 ? (1 - fraction) / drift : fraction / -drift;
  return columns >= most ? most : std::clamp(static_cast<int>(columns) + 1, 1, most);
}

// A stretch of a row whose sources keep the same distance to their columns: four pixels are
// blended with weights that change evenly, and no pixel's place need be looked up.
template <class T>
void blend(const T* upper, const T* lower, float fx, float step_x, float fy, float step_y,
           int count, T* out) {
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<float>(i);
    const float across = std::min(std::max(fx + at * step_x, 0.0F), 1.0F);
    const float down = std::min(std::max(fy + at * step_y, 0.0F), 1.0F);
    const auto a = static_cast<float>(upper[i]);
    const auto b = static_cast<float>(upper[i + 1]);
    const auto c = static_cast<float>(lower[i]);
    const auto d = static_cast<float>(lower[i + 1]);
    const float top = a + across * (b - a);
    const float bottom = c + across * (d - c);
    out[i] = as_pixel<T>(top + down * (bottom - top));
  }
}

template <class T>
void warp_row(const video::Image<T>& source, Place start, Place step, int begin, int end, T* out) {
  const int width = source.width();
  const int height = source.height();
  for (int x = begin; x < end;) {
    const Place place = start + static_cast<double>(x) * step;
    const int left = cell_of(place.real(), width);
    const int top = cell_of(place.imag(), height);
    const double fx = place.real() - left;
    const double fy = place.imag() - top;
    // The last column's cell has no pixel to the right, and is clamped to the one before.
    int count = std::min(end - x, width - 1 - left);
    count =
        std::min(columns_until(fx, step.real() - 1, count), columns_until(fy, step.imag(), count));
    count = std::max(count, 1);
    blend(&source.row(top)[static_cast<std::size_t>(left)],
          &source.row(top + 1)[static_cast<std::size_t>(left)], static_cast<float>(fx),
          static_cast<float>(step.real() - 1), static_cast<float>(fy),
          static_cast<float>(step.imag()), count, out + x);
    x += count;
  }
}

}  // namespace

Place middle_of(int width, int height) { return {0.5 * (width - 1), 0.5 * (height - 1)}; }

Place apply(const Similarity& s, Place middle, Place place) {
  return middle + factor_of(s) * (place - middle) + Place(s.shift_x_px, s.shift_y_px);
}

Box moved(const Box& box, const Similarity& similarity, Place middle) {
  const Place place(box.x + 0.5 * (box.width - 1), box.y + 0.5 * (box.height - 1));
  const Place by = apply(similarity, middle, place) - place;
  return {box.x + static_cast<int>(std::lround(by.real())),
          box.y + static_cast<int>(std::lround(by.imag())), box.width, box.height};
}

Similarity compose(const Similarity& outer, const Similarity& inner) {
  const Place shift = factor_of(outer) * Place(inner.shift_x_px, inner.shift_y_px);
  return {shift.real() + outer.shift_x_px, shift.imag() + outer.shift_y_px,
          outer.rotation_rad + inner.rotation_rad, outer.scale * inner.scale};
}

Similarity inverse(const Similarity& s) {
  const Place shift = -Place(s.shift_x_px, s.shift_y_px) / factor_of(s);
  return {shift.real(), shift.imag(), -s.rotation_rad, 1 / s.scale};
}

double furthest_px(const Similarity& similarity, int width, int height) {
  const Place middle = middle_of(width, height);
  double furthest = 0;
  for (const Place corner :
       {Place(0, 0), Place(width - 1, 0), Place(0, height - 1), Place(width - 1, height - 1)})
    furthest = std::max(furthest, std::abs(apply(similarity, middle, corner) - corner));
  return furthest;
}

std::array<int, 2> columns_inside(const Similarity& similarity, Place middle, int y, int width,
                                  const Box& box) {
  const Place start = apply(similarity, middle, Place(0, y));
  const Place step = factor_of(similarity);
  std::array<int, 2> columns = {0, width};
  narrow(start.real(), step.real(), box.x, box.x + box.width - 1, columns[0], columns[1]);
  narrow(start.imag(), step.imag(), box.y, box.y + box.height - 1, columns[0], columns[1]);
  return columns;
}

template <class T>
void warp(const video::Image<T>& source, const Similarity& similarity, T unknown,
          video::Image<T>& out) {
  const int width = source.width();
  const int height = source.height();
  CHECK(out.width() == width && out.height() == height && width > 1 && height > 1);
  const Place middle = middle_of(width, height);
  const Place step = factor_of(similarity);
  for (int y = 0; y < height; ++y) {
    const Place start = apply(similarity, middle, Place(0, y));
    const auto [begin, end] = columns_inside(similarity, middle, y, width, {0, 0, width, height});
    const std::span<T> row = out.row(y);
    std::fill(row.begin(), row.begin() + begin, unknown);
    std::fill(row.begin() + end, row.end(), unknown);
    warp_row(source, start, step, begin, end, row.data());
  }
}

template void warp(const video::Image<float>&, const Similarity&, float, video::Image<float>&);
template void warp(const video::Image<std::int16_t>&, const Similarity&, std::int16_t,
                   video::Image<std::int16_t>&);
template void warp(const video::Image<std::uint16_t>&, const Similarity&, std::uint16_t,
                   video::Image<std::uint16_t>&);

}  // namespace marsad::detect
