// SPDX-License-Identifier: Apache-2.0
#include "detect/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "detect/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "detect/row_loops-inl.h"

HWY_BEFORE_NAMESPACE();
namespace marsad::detect::kernels {
namespace HWY_NAMESPACE {

template <class D>
HWY_INLINE hn::Vec<D> mean_of_nine(D d, const float* sums, std::size_t x) {
  const auto three = hn::Add(hn::Add(hn::LoadU(d, sums + x), hn::LoadU(d, sums + x + 1)),
                             hn::LoadU(d, sums + x + 2));
  return hn::Mul(three, hn::Set(d, 1.0F / 9));
}

template <class D>
HWY_INLINE hn::Vec<D> widened(D d, const std::uint16_t* counts) {
  const hn::Rebind<std::uint16_t, D> narrow;
  const hn::Rebind<std::int32_t, D> whole;
  return hn::ConvertTo(d, hn::PromoteTo(whole, hn::LoadU(narrow, counts)));
}

void widen(Counts counts, std::span<float> out) {
  along(0, out.size(), [&](auto d, std::size_t x) HWY_ATTR {
    hn::StoreU(widened(d, counts.data() + x), d, out.data() + x);
  });
}

void subtract(Row upper, Row lower, const Blend& blend, Row mean, std::span<float> out) {
  along(0, out.size(), [&](auto d, std::size_t x) HWY_ATTR {
    const auto fx = hn::Set(d, blend.fx);
    const auto fy = hn::Set(d, blend.fy);
    const auto at = [&](std::size_t u) HWY_ATTR {
      const auto above = hn::LoadU(d, upper.data() + u);
      return hn::Add(above, hn::Mul(fy, hn::Sub(hn::LoadU(d, lower.data() + u), above)));
    };
    const auto left = at(x);
    const auto seen = hn::Add(left, hn::Mul(fx, hn::Sub(at(x + 1), left)));
    const auto straight = hn::Mul(hn::Sub(seen, hn::Set(d, blend.offset)), hn::Set(d, blend.scale));
    hn::StoreU(hn::Sub(straight, hn::LoadU(d, mean.data() + x)), d, out.data() + x);
  });
}

void subtract_still(Counts counts, float offset, float scale, Row mean, std::span<float> out) {
  along(0, out.size(), [&](auto d, std::size_t x) HWY_ATTR {
    const auto seen = widened(d, counts.data() + x);
    const auto straight = hn::Mul(hn::Sub(seen, hn::Set(d, offset)), hn::Set(d, scale));
    hn::StoreU(hn::Sub(straight, hn::LoadU(d, mean.data() + x)), d, out.data() + x);
  });
}

void add_three(Row above, Row here, Row below, std::span<float> sums) {
  along(0, here.size(), [&](auto d, std::size_t x) HWY_ATTR {
    const auto sum = hn::Add(hn::Add(hn::LoadU(d, above.data() + x), hn::LoadU(d, here.data() + x)),
                             hn::LoadU(d, below.data() + x));
    hn::StoreU(sum, d, sums.data() + x + 1);
  });
  sums.front() = sums[1];
  sums.back() = sums[sums.size() - 2];
}

std::uint32_t mark(Row sums, Row noise, Row factors, const Limits& limits,
                   std::span<std::uint8_t> marks) {
  return counted(0, noise.size(), [&](auto d, std::size_t x) HWY_ATTR {
    const hn::Rebind<std::int32_t, decltype(d)> whole;
    const hn::Rebind<std::uint8_t, decltype(d)> byte;
    const auto difference = mean_of_nine(d, sums.data(), x);
    const auto usual = hn::LoadU(d, noise.data() + x);
    const auto limit =
        hn::Mul(hn::Mul(hn::Set(d, limits.grown), usual), hn::LoadU(d, factors.data() + x));
    const auto is = [&](auto mask, std::int32_t value) HWY_ATTR {
      return hn::IfThenElseZero(hn::RebindMask(whole, mask), hn::Set(whole, value));
    };
    const auto value =
        hn::Or(is(hn::Gt(difference, limit), 1), is(hn::Lt(difference, hn::Neg(limit)), 2));
    hn::StoreU(hn::DemoteTo(byte, value), byte, marks.data() + x);
    return hn::Gt(hn::Abs(difference), hn::Mul(hn::Set(d, limits.plain), usual));
  });
}

std::uint32_t count_beyond(Row sums, Row noise, float level) {
  return counted(0, noise.size(), [&](auto d, std::size_t x) HWY_ATTR {
    return hn::Gt(hn::Abs(mean_of_nine(d, sums.data(), x)),
                  hn::Mul(hn::Set(d, level), hn::LoadU(d, noise.data() + x)));
  });
}

void learn(Row differences, Row sums, std::span<const std::uint8_t> held, const Shares& shares,
           std::span<float> mean, std::span<float> noise) {
  // What one frame may tell of noise, over what was known: a burst must not deafen a pixel for
  // long.
  constexpr float kBurst = 8;
  // The standard deviation of normal noise over its mean magnitude.
  constexpr float kSigmaOverMean = 1.2533F;
  along(0, mean.size(), [&](auto d, std::size_t x) HWY_ATTR {
    const hn::Rebind<std::int32_t, decltype(d)> whole;
    const hn::Rebind<std::uint8_t, decltype(d)> byte;
    const auto holder = hn::PromoteTo(whole, hn::LoadU(byte, held.data() + x));
    const auto is = [&](std::int32_t value) HWY_ATTR {
      return hn::RebindMask(d, hn::Eq(holder, hn::Set(whole, value)));
    };
    const auto is_free = is(0), is_rising = is(3);
    const auto share = hn::IfThenElse(hn::Or(is_free, is_rising), hn::Set(d, shares.mean),
                                      hn::Set(d, shares.mean_held));
    const auto noise_share = hn::IfThenElse(
        is_free, hn::Set(d, shares.noise),
        hn::IfThenElse(is_rising, hn::Set(d, shares.noise_rising),
                       hn::IfThenElseZero(is(1), hn::Set(d, shares.noise_doubtful))));
    const auto was = hn::LoadU(d, mean.data() + x);
    hn::StoreU(hn::Add(was, hn::Mul(share, hn::LoadU(d, differences.data() + x))), d,
               mean.data() + x);
    const auto usual = hn::LoadU(d, noise.data() + x);
    const auto seen = hn::Mul(hn::Set(d, kSigmaOverMean), hn::Abs(mean_of_nine(d, sums.data(), x)));
    const auto told = hn::Min(seen, hn::Mul(hn::Set(d, kBurst), usual));
    const auto learnt = hn::Add(usual, hn::Mul(noise_share, hn::Sub(told, usual)));
    hn::StoreU(hn::Max(learnt, hn::Set(d, shares.least_noise)), d, noise.data() + x);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace marsad::detect::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace marsad::detect::kernels {

HWY_EXPORT(widen);
HWY_EXPORT(subtract);
HWY_EXPORT(subtract_still);
HWY_EXPORT(add_three);
HWY_EXPORT(mark);
HWY_EXPORT(count_beyond);
HWY_EXPORT(learn);

void widen(Counts counts, std::span<float> out) { HWY_DYNAMIC_DISPATCH(widen)(counts, out); }

void subtract(Row upper, Row lower, const Blend& blend, Row mean, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(subtract)(upper, lower, blend, mean, out);
}

void subtract_still(Counts counts, float offset, float scale, Row mean, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(subtract_still)(counts, offset, scale, mean, out);
}

void add_three(Row above, Row here, Row below, std::span<float> sums) {
  HWY_DYNAMIC_DISPATCH(add_three)(above, here, below, sums);
}

std::uint32_t mark(Row sums, Row noise, Row factors, const Limits& limits,
                   std::span<std::uint8_t> marks) {
  return HWY_DYNAMIC_DISPATCH(mark)(sums, noise, factors, limits, marks);
}

std::uint32_t count_beyond(Row sums, Row noise, float level) {
  return HWY_DYNAMIC_DISPATCH(count_beyond)(sums, noise, level);
}

void learn(Row differences, Row sums, std::span<const std::uint8_t> held, const Shares& shares,
           std::span<float> mean, std::span<float> noise) {
  HWY_DYNAMIC_DISPATCH(learn)(differences, sums, held, shares, mean, noise);
}

}  // namespace marsad::detect::kernels
#endif
