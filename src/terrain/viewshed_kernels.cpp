// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed_kernels.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "terrain/viewshed_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace marsad::terrain::kernels {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Not more than the padding of the arrays allows for.
using Floats = hn::CappedTag<float, kPad / 4>;
using Ints = hn::Rebind<std::int32_t, Floats>;
using Vector = hn::Vec<Floats>;

constexpr Floats kFloats;
constexpr Ints kInts;

// first, first + 1, ... as numbers.
HWY_INLINE Vector counted_from(int first) { return hn::ConvertTo(kFloats, hn::Iota(kInts, first)); }

void project(const Ring& ring, const float* heights_m, int first, std::size_t count, float* above_m,
             float* slopes) {
  const auto base = hn::Set(kFloats, ring.eye_m + ring.along_drop_m);
  const auto drop = hn::Set(kFloats, ring.lateral_drop_m);
  // Made once: some processors are slow at it.
  const auto lanes_from_0 = hn::Iota(kFloats, 0);
  const auto origin = hn::Set(kFloats, ring.lateral_origin);
  const auto per_step = hn::Set(kFloats, 1 / ring.x);
  const auto none = hn::Set(kFloats, kNoSlope);
  for (std::size_t i = 0; i < count; i += hn::Lanes(kFloats)) {
    const auto y = hn::Sub(
        hn::Add(hn::Set(kFloats, static_cast<float>(first + static_cast<int>(i))), lanes_from_0),
        origin);
    const auto height = hn::LoadU(kFloats, heights_m + i);
    const auto above = hn::Sub(hn::Sub(height, base), hn::Mul(drop, hn::Mul(y, y)));
    hn::StoreU(above, kFloats, above_m + i);
    const auto slope = hn::Mul(above, per_step);
    hn::StoreU(hn::IfThenElse(hn::Eq(slope, slope), slope, none), kFloats, slopes + i);
  }
}

// The values of a table from `start` on at each index.
template <class Indices>
HWY_INLINE Vector pick(const float* start, Indices indices) {
  return hn::TableLookupLanes(hn::LoadU(kFloats, start), indices);
}

// The slope so far along the edge from one node to another.
HWY_INLINE Vector along_edge(Vector from, Vector to, Vector part, Vector bulge) {
  const auto rest = hn::Sub(hn::Set(kFloats, 1.0F), part);
  return hn::Add(from, hn::Mul(part, hn::Add(hn::Sub(to, from), hn::Mul(rest, bulge))));
}

// Rays lie close: a whole vector of them spans fewer nodes than it has lanes, so their nodes are
// picked from one vector of neighbours.
void advance_right(const Edges& edges, const Rays& rays) {
  const auto x = hn::Set(kFloats, edges.x_here);
  const auto x_before = hn::Set(kFloats, edges.x_before);
  const auto step = hn::Set(kFloats, edges.x_here - edges.x_before);
  const auto origin = hn::Set(kFloats, edges.lateral_origin);
  const auto along_bulge = hn::Set(kFloats, edges.along_bulge);
  const auto lateral_bulge = hn::Set(kFloats, edges.lateral_bulge);
  for (std::size_t r = 0; r < rays.count; r += hn::Lanes(kFloats)) {
    const auto tangent = hn::LoadU(kFloats, rays.tangents + r);
    const auto y = hn::Add(origin, hn::Mul(x, tangent));
    const auto node = hn::Floor(y);
    const auto part = hn::Sub(y, node);
    const auto number = hn::ConvertTo(kInts, node);
    const int lowest = hn::GetLane(number);
    const auto indices = hn::IndicesFromVec(kFloats, hn::Sub(number, hn::Set(kInts, lowest)));
    const auto near = pick(edges.here + lowest, indices);
    const auto far = pick(edges.here + lowest + 1, indices);
    const auto crossing = along_edge(near, far, part, lateral_bulge);
    const auto behind = pick(edges.before + lowest, indices);
    const auto over = pick(edges.one_over_lateral + lowest, indices);
    const auto back = hn::Mul(hn::Mul(part, x_before), over);
    const auto between = along_edge(near, behind, back, along_bulge);
    const auto crosses = hn::Lt(part, hn::Mul(tangent, step));
    const auto highest = hn::Max(hn::LoadU(kFloats, rays.horizon + r), crossing);
    hn::StoreU(hn::IfThenElse(crosses, hn::Max(highest, between), highest), kFloats,
               rays.horizon + r);
  }
}

void advance_left(const Edges& edges, const Rays& rays) {
  const auto x = hn::Set(kFloats, edges.x_here);
  const auto x_before = hn::Set(kFloats, edges.x_before);
  const auto step = hn::Set(kFloats, edges.x_here - edges.x_before);
  const auto origin = hn::Set(kFloats, edges.lateral_origin);
  const auto along_bulge = hn::Set(kFloats, edges.along_bulge);
  const auto lateral_bulge = hn::Set(kFloats, edges.lateral_bulge);
  const auto one = hn::Set(kFloats, 1.0F);
  const std::size_t last = hn::Lanes(kFloats) - 1;
  for (std::size_t r = 0; r < rays.count; r += hn::Lanes(kFloats)) {
    const auto tangent = hn::LoadU(kFloats, rays.tangents + r);
    const auto y = hn::Sub(origin, hn::Mul(x, tangent));
    const auto node = hn::Floor(y);
    const auto part = hn::Sub(y, node);
    const int lowest =
        static_cast<int>(std::floor(edges.lateral_origin - edges.x_here * rays.tangents[r + last]));
    const auto indices =
        hn::IndicesFromVec(kFloats, hn::Sub(hn::ConvertTo(kInts, node), hn::Set(kInts, lowest)));
    const auto far = pick(edges.here + lowest, indices);
    const auto near = pick(edges.here + lowest + 1, indices);
    const auto crossing = along_edge(far, near, part, lateral_bulge);
    const auto behind = pick(edges.before + lowest + 1, indices);
    const auto over = pick(edges.one_over_lateral + lowest + 1, indices);
    const auto rest = hn::Sub(one, part);
    const auto back = hn::Mul(hn::Mul(rest, x_before), over);
    const auto between = along_edge(near, behind, back, along_bulge);
    const auto crosses = hn::Lt(rest, hn::Mul(tangent, step));
    const auto highest = hn::Max(hn::LoadU(kFloats, rays.horizon + r), crossing);
    hn::StoreU(hn::IfThenElse(crosses, hn::Max(highest, between), highest), kFloats,
               rays.horizon + r);
  }
}

std::size_t least_heights(const Question& question, const float* horizon, const float* above_m,
                          int first, std::size_t count, float* least_m, std::int32_t* doubtful) {
  const std::size_t lanes = hn::Lanes(kFloats);
  const auto x = hn::Set(kFloats, question.x);
  const auto lanes_from_0 = hn::Iota(kFloats, 0);
  const auto origin = hn::Set(kFloats, question.lateral_origin);
  const auto scale = hn::Set(kFloats, question.side * question.rays_per_tangent / question.x);
  const auto one = hn::Set(kFloats, 1.0F);
  const auto last_ray = hn::Set(kFloats, question.rays_per_tangent);
  const auto wanted = hn::Set(kFloats, question.wanted_m);
  const auto doubted = hn::Set(kFloats, question.x * question.doubt_share);
  const auto most_kink = hn::Set(kFloats, question.most_kink_m);
  const auto least_doubt = hn::Set(kFloats, question.doubt_m);
  HWY_ALIGN float nearness[hn::MaxLanes(kFloats)];
  std::size_t doubts = 0;
  for (std::size_t i = 0; i < count; i += lanes) {
    const auto y = hn::Sub(
        hn::Add(hn::Set(kFloats, static_cast<float>(first + static_cast<int>(i))), lanes_from_0),
        origin);
    // The nodes behind the last one asked for may lie outside the rays.
    const auto at = hn::Min(last_ray, hn::Max(hn::Zero(kFloats), hn::Mul(y, scale)));
    const auto ray = hn::Floor(at);
    const auto number = hn::ConvertTo(kInts, ray);
    const auto before = hn::GatherIndex(kFloats, horizon, number);
    const auto after = hn::GatherIndex(kFloats, horizon + 1, number);
    const auto part = hn::Sub(at, ray);
    const auto rise = hn::Sub(after, before);
    const auto slope = hn::Add(before, hn::Mul(part, rise));
    const auto least = hn::Sub(hn::Mul(slope, x), hn::LoadU(kFloats, above_m + i));
    hn::StoreU(least, kFloats, least_m + i);
    const auto distance = hn::Abs(hn::Sub(least, wanted));
    const auto most = hn::Add(most_kink, hn::Mul(x, hn::Abs(rise)));
    const auto perhaps = hn::Lt(distance, most);
    if (hn::AllFalse(kFloats, perhaps)) continue;
    // How far the lines through the pairs of rays on either side pass by.
    const auto rise_before = hn::Sub(before, hn::GatherIndex(kFloats, horizon - 1, number));
    const auto rise_after = hn::Sub(hn::GatherIndex(kFloats, horizon + 2, number), after);
    const auto off_before = hn::Mul(part, hn::Abs(hn::Sub(rise, rise_before)));
    const auto off_after = hn::Mul(hn::Sub(one, part), hn::Abs(hn::Sub(rise, rise_after)));
    const auto doubt = hn::Add(least_doubt, hn::Mul(doubted, hn::Max(off_before, off_after)));
    const auto near = hn::IfThenElse(perhaps, hn::Sub(distance, doubt), one);
    if (hn::AllFalse(kFloats, hn::Lt(near, hn::Zero(kFloats)))) continue;
    hn::Store(near, kFloats, nearness);
    for (std::size_t lane = 0; lane < lanes && i + lane < count; ++lane) {
      if (nearness[lane] < 0) doubtful[doubts++] = static_cast<std::int32_t>(i + lane);
    }
  }
  return doubts;
}

void transpose_fours(const float* from, std::ptrdiff_t from_stride, float* to,
                     std::ptrdiff_t to_stride, int fours, std::size_t count) {
  std::size_t j = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::Full128<float> four;
  const hn::Full128<std::uint64_t> pairs;
  const auto low = [&](auto a, auto b) HWY_ATTR {
    return hn::BitCast(four,
                       hn::InterleaveLower(pairs, hn::BitCast(pairs, a), hn::BitCast(pairs, b)));
  };
  const auto high = [&](auto a, auto b) HWY_ATTR {
    return hn::BitCast(four,
                       hn::InterleaveUpper(pairs, hn::BitCast(pairs, a), hn::BitCast(pairs, b)));
  };
  for (; j + 4 <= count; j += 4, from += 4 * from_stride) {
    float* out = to + j;
    for (int i = 0; i < fours; ++i, out += 4 * to_stride) {
      const float* in = from + std::ptrdiff_t{4} * i;
      const auto a = hn::LoadU(four, in);
      const auto b = hn::LoadU(four, in + from_stride);
      const auto c = hn::LoadU(four, in + 2 * from_stride);
      const auto d = hn::LoadU(four, in + 3 * from_stride);
      const auto ab_low = hn::InterleaveLower(four, a, b), cd_low = hn::InterleaveLower(four, c, d);
      const auto ab_high = hn::InterleaveUpper(four, a, b);
      const auto cd_high = hn::InterleaveUpper(four, c, d);
      hn::StoreU(low(ab_low, cd_low), four, out);
      hn::StoreU(high(ab_low, cd_low), four, out + to_stride);
      hn::StoreU(low(ab_high, cd_high), four, out + 2 * to_stride);
      hn::StoreU(high(ab_high, cd_high), four, out + 3 * to_stride);
    }
  }
#endif
  for (; j < count; ++j, from += from_stride)
    for (std::ptrdiff_t i = 0; i < std::ptrdiff_t{4} * fours; ++i)
      to[i * to_stride + static_cast<std::ptrdiff_t>(j)] = from[i];
}

}  // namespace HWY_NAMESPACE
}  // namespace marsad::terrain::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace marsad::terrain::kernels {

HWY_EXPORT(project);
HWY_EXPORT(advance_right);
HWY_EXPORT(advance_left);
HWY_EXPORT(least_heights);
HWY_EXPORT(transpose_fours);

void project(const Ring& ring, const float* heights_m, int first, std::size_t count, float* above_m,
             float* slopes) {
  HWY_DYNAMIC_DISPATCH(project)(ring, heights_m, first, count, above_m, slopes);
}

void advance_right(const Edges& edges, const Rays& rays) {
  HWY_DYNAMIC_DISPATCH(advance_right)(edges, rays);
}

void advance_left(const Edges& edges, const Rays& rays) {
  HWY_DYNAMIC_DISPATCH(advance_left)(edges, rays);
}

std::size_t least_heights(const Question& question, const float* horizon, const float* above_m,
                          int first, std::size_t count, float* least_m, std::int32_t* doubtful) {
  return HWY_DYNAMIC_DISPATCH(least_heights)(question, horizon, above_m, first, count, least_m,
                                             doubtful);
}

void transpose_fours(const float* from, std::ptrdiff_t from_stride, float* to,
                     std::ptrdiff_t to_stride, int fours, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(transpose_fours)(from, from_stride, to, to_stride, fours, count);
}

}  // namespace marsad::terrain::kernels
#endif
