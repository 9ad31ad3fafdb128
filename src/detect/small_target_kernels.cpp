// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target_kernels.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "detect/small_target_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "detect/row_loops-inl.h"

HWY_BEFORE_NAMESPACE();
namespace marsad::detect::kernels {
namespace HWY_NAMESPACE {

void halve(Row upper, Row lower, std::span<float> out) {
  const Wide wide;
  std::size_t x = 0;
  const auto quarter = hn::Set(wide, 0.25F);
  for (; x + hn::Lanes(wide) <= out.size(); x += hn::Lanes(wide)) {
    hn::Vec<Wide> a;
    hn::Vec<Wide> b;
    hn::Vec<Wide> c;
    hn::Vec<Wide> d;
    hn::LoadInterleaved2(wide, upper.data() + 2 * x, a, b);
    hn::LoadInterleaved2(wide, lower.data() + 2 * x, c, d);
    hn::StoreU(hn::Mul(quarter, hn::Add(hn::Add(hn::Add(a, b), c), d)), wide, out.data() + x);
  }
  for (; x < out.size(); ++x)
    out[x] = 0.25F * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
}

void smooth(Row above, Row here, Row below, std::span<float> out) {
  along(1, out.size() - 1, [&](auto d, std::size_t x) HWY_ATTR {
    const auto doubled = [](auto value) HWY_ATTR { return hn::Add(value, value); };
    const auto column = [&](std::size_t u) HWY_ATTR {
      return hn::Add(
          hn::Add(hn::LoadU(d, above.data() + u), doubled(hn::LoadU(d, here.data() + u))),
          hn::LoadU(d, below.data() + u));
    };
    const auto sum = hn::Add(hn::Add(column(x - 1), doubled(column(x))), column(x + 1));
    hn::StoreU(hn::Mul(hn::Set(d, 0.0625F), sum), d, out.data() + x);
  });
  out.front() = out.back() = 0;
}

std::uint32_t stand_out(const Surroundings& rows, Row limits, std::span<float> over,
                        std::span<float> under) {
  const auto reach = static_cast<std::size_t>(rows.reach);
  return counted(reach, limits.size() - reach, [&](auto d, std::size_t x) HWY_ATTR {
    const auto at = [&](Row row, std::size_t u) HWY_ATTR { return hn::LoadU(d, row.data() + u); };
    const auto here = at(rows.here, x);
    auto high = at(rows.above, x - reach);
    auto low = high;
    const auto meet = [&](auto value) HWY_ATTR {
      high = hn::Max(high, value);
      low = hn::Min(low, value);
    };
    meet(at(rows.above, x));
    meet(at(rows.above, x + reach));
    meet(at(rows.here, x - reach));
    meet(at(rows.here, x + reach));
    meet(at(rows.below, x - reach));
    meet(at(rows.below, x));
    meet(at(rows.below, x + reach));
    const auto warmer = hn::Sub(here, high);
    const auto colder = hn::Sub(low, here);
    hn::StoreU(warmer, d, over.data() + x);
    hn::StoreU(colder, d, under.data() + x);
    return hn::Ge(hn::Max(warmer, colder), hn::LoadU(d, limits.data() + x));
  });
}

void roughness(const Surroundings& rows, std::span<float> out) {
  const auto reach = static_cast<std::size_t>(rows.reach);
  along(reach, out.size() - reach, [&](auto d, std::size_t x) HWY_ATTR {
    const auto here = hn::LoadU(d, rows.here.data() + x);
    const auto off = [&](const float* a, const float* b) HWY_ATTR {
      const auto mean = hn::Mul(hn::Set(d, 0.5F), hn::Add(hn::LoadU(d, a), hn::LoadU(d, b)));
      return hn::Abs(hn::Sub(here, mean));
    };
    const float* const middle = rows.here.data() + x;
    hn::StoreU(hn::Max(off(middle - reach, middle + reach),
                       off(rows.above.data() + x, rows.below.data() + x)),
               d, out.data() + x);
  });
}

void sort_columns(std::span<float> table, std::size_t columns) {
  const std::size_t rows = table.size() / columns;
  const auto order = [&](std::size_t low, std::size_t high) HWY_ATTR {
    float* const a = table.data() + low * columns;
    float* const b = table.data() + high * columns;
    along(0, columns, [&](auto d, std::size_t x) HWY_ATTR {
      const auto one = hn::LoadU(d, a + x);
      const auto other = hn::LoadU(d, b + x);
      hn::StoreU(hn::Min(one, other), d, a + x);
      hn::StoreU(hn::Max(one, other), d, b + x);
    });
  };
  for (std::size_t merged = 1; merged < rows; merged *= 2)
    for (std::size_t apart = merged; apart >= 1; apart /= 2)
      for (std::size_t first = apart % merged; first + apart < rows; first += 2 * apart)
        for (std::size_t i = 0; i < std::min(apart, rows - first - apart); ++i)
          if ((first + i) / (2 * merged) == (first + i + apart) / (2 * merged))
            order(first + i, first + i + apart);
}

}  // namespace HWY_NAMESPACE
}  // namespace marsad::detect::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace marsad::detect::kernels {

HWY_EXPORT(halve);
HWY_EXPORT(smooth);
HWY_EXPORT(stand_out);
HWY_EXPORT(roughness);
HWY_EXPORT(sort_columns);

void halve(Row upper, Row lower, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(halve)(upper, lower, out);
}

void smooth(Row above, Row here, Row below, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(smooth)(above, here, below, out);
}

std::uint32_t stand_out(const Surroundings& rows, Row limits, std::span<float> over,
                        std::span<float> under) {
  return HWY_DYNAMIC_DISPATCH(stand_out)(rows, limits, over, under);
}

void roughness(const Surroundings& rows, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(roughness)(rows, out);
}

void sort_columns(std::span<float> table, std::size_t columns) {
  HWY_DYNAMIC_DISPATCH(sort_columns)(table, columns);
}

}  // namespace marsad::detect::kernels
#endif
