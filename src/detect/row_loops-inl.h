// SPDX-License-Identifier: Apache-2.0
// Loops over the pixels of a row for kernels on Google Highway. Included once for each instruction
// set, after <hwy/foreach_target.h>; the guard is Highway's way of doing so.
#if defined(MARSAD_DETECT_ROW_LOOPS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MARSAD_DETECT_ROW_LOOPS_INL_H
#undef MARSAD_DETECT_ROW_LOOPS_INL_H
#else
#define MARSAD_DETECT_ROW_LOOPS_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace marsad::detect::kernels {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Wide = HWY_FULL(float);
using Single = hn::CappedTag<float, 1>;

// Calls body(tag, x) for whole vectors, then for what is left one by one.
template <class Body>
HWY_INLINE void along(std::size_t begin, std::size_t end, const Body& body) {
  const Wide wide;
  std::size_t x = begin;
  for (; x + hn::Lanes(wide) <= end; x += hn::Lanes(wide)) body(wide, x);
  for (; x < end; ++x) body(Single(), x);
}

// Like `along`, for bodies that return the pixels they count.
template <class Body>
HWY_INLINE std::uint32_t counted(std::size_t begin, std::size_t end, const Body& body) {
  const Wide wide;
  const hn::Rebind<std::int32_t, Wide> whole;
  auto sum = hn::Zero(whole);
  std::size_t x = begin;
  // A true lane is -1.
  for (; x + hn::Lanes(wide) <= end; x += hn::Lanes(wide))
    sum = hn::Sub(sum, hn::VecFromMask(whole, hn::RebindMask(whole, body(wide, x))));
  auto total = static_cast<std::uint32_t>(hn::GetLane(hn::SumOfLanes(whole, sum)));
  for (; x < end; ++x) total += hn::AllTrue(Single(), body(Single(), x)) ? 1U : 0U;
  return total;
}

}  // namespace HWY_NAMESPACE
}  // namespace marsad::detect::kernels
HWY_AFTER_NAMESPACE();

#endif
