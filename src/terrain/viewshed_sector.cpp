// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed_sector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

#include "terrain/viewshed_kernels.h"

namespace marsad::terrain {
namespace {

using kernels::kPad;

// The grid as a quarter sees it: rings along one axis, nodes aside along the other.
struct Axes {
  Axes(const GroundGrid& grid, const Eye& eye, Quarter quarter) {
    const bool by_rows = quarter == Quarter::north || quarter == Quarter::south;
    direction = quarter == Quarter::south || quarter == Quarter::east ? 1 : -1;
    const double along = by_rows ? eye.at.row : eye.at.column;
    const double aside = by_rows ? eye.at.column : eye.at.row;
    along_stride = by_rows ? grid.columns : 1;
    aside_stride = by_rows ? 1 : grid.columns;
    along_step_m = by_rows ? grid.row_step_m : grid.column_step_m;
    aside_step_m = by_rows ? grid.column_step_m : grid.row_step_m;
    first = static_cast<int>(direction > 0 ? std::floor(along) + 1 : std::ceil(along) - 1);
    first_x = std::abs(first - along);
    rings = direction > 0 ? (by_rows ? grid.rows : grid.columns) - first : first + 1;
    const double node = std::floor(aside);
    origin = aside - node;
    middle = static_cast<int>(node);
    lowest = -middle;
    highest = (by_rows ? grid.columns : grid.rows) - 1 - middle;
    takes_diagonals = by_rows;
  }

  double x(int ring) const { return first_x + ring; }
  // Where a ring's node `middle` lies in the grid's memory.
  std::ptrdiff_t start(int ring) const {
    return (first + direction * ring) * along_stride + middle * aside_stride;
  }

  int direction = 1;
  std::ptrdiff_t along_stride = 0, aside_stride = 0;
  double along_step_m = 0, aside_step_m = 0;
  int first = 0;       // the ring nearest to the eye
  double first_x = 0;  // and its distance, steps
  int rings = 0;
  int middle = 0;               // nodes aside are counted from this one
  double origin = 0;            // where the eye is aside, from `middle`, 0 to 1
  int lowest = 0, highest = 0;  // the grid's first and last node aside
  bool takes_diagonals = false;
};

// From the first to the last, both counted; empty where last < first.
struct Span {
  int first = 0, last = -1;
  std::size_t size() const { return static_cast<std::size_t>(std::max(0, last - first + 1)); }
};

void set(float least_m, float, float& cell) { cell = least_m; }

void set(float least_m, float wanted_m, Sight& cell) {
  const auto seen = static_cast<std::uint8_t>(least_m <= wanted_m);
  const auto is_void = static_cast<std::uint8_t>(least_m != least_m);
  cell = static_cast<Sight>(seen | (255 * is_void));
}

template <class Cell>
class Sweep {
 public:
  Sweep(const GroundGrid& grid, const Eye& eye, const SweepSettings& settings, Quarter quarter,
        std::vector<Cell>& cells)
      : grid_(grid), eye_(eye), settings_(settings), axes_(grid, eye, quarter), out_(cells) {
    rings_ =
        std::min(axes_.rings, static_cast<int>(std::floor(settings.range_m / axes_.along_step_m -
                                                          axes_.first_x + kRounding)) +
                                  1);
    if (rings_ <= 0) return;  // the eye is on the grid's edge
    reach_ = static_cast<int>(std::ceil(axes_.x(rings_ - 1))) + 3;
    rays_ = static_cast<std::size_t>(settings.rays_per_cell * reach_) + 8;
    const std::size_t nodes = 2 * static_cast<std::size_t>(reach_) + 2 * kPad;
    for (auto* line : {&heights_m_, &above_m_, &one_over_lateral_, &least_m_}) line->resize(nodes);
    for (auto& line : slopes_) line.assign(nodes, kernels::kNoSlope);
    doubtful_.resize(nodes);
    wanted_m_ = static_cast<float>(settings.wanted_m);
    if (!axes_.takes_diagonals) {
      block_stride_ = nodes;
      block_.resize(kBlock * nodes);
      answers_.resize(kBlock * nodes);
    }
    tangents_.resize(rays_ + kBeyond + kPad);
    for (std::size_t ray = 0; ray < tangents_.size(); ++ray)
      tangents_[ray] = static_cast<float>(static_cast<double>(ray) / static_cast<double>(rays_));
    right_.assign(tangents_.size() + 1, kernels::kNoSlope);
    left_ = right_;
    for (int node = -reach_; node < reach_; ++node) {
      const double aside = std::abs(node - axes_.origin);
      one_over_lateral_[slot(node)] = aside > 0 ? static_cast<float>(1 / aside) : 0;
    }
  }

  void run() {
    if (axes_.origin > 0) {
      start(1, right_);
      start(0, left_);
    }
    for (int begin = 0; begin < rings_; begin += kBlock) {
      const int end = std::min(begin + kBlock, rings_);
      if (!axes_.takes_diagonals) load_block(begin, end);
      for (int ring = begin; ring < end; ++ring) step(ring);
      if (!axes_.takes_diagonals) store_block(begin, end);
    }
  }

 private:
  static constexpr double kRounding = 1e-9;
  static constexpr double kEndless = std::numeric_limits<double>::infinity();
  // Ground whose slope changes by more than this from one cell to the next is not looked for
  // between rays. What such a kink in a ring makes of the horizon between two rays is a quarter of
  // it times their distance there, which grows on the way outwards to a cell over rays_per_cell at
  // most.
  static constexpr double kSharpestKink = 2;
  // Rays beyond the last node that is asked for.
  static constexpr std::size_t kBeyond = 3;
  // Rings that run across memory are read and written so many at a time.
  static constexpr int kBlock = 16;

  // Between the eye and the first ring, rays may cross the line of nodes beside the eye.
  void start(int node, std::vector<float>& horizon) const {
    if (rings_ <= 0 || node > axes_.highest) return;
    const float* near = grid_.heights_m.data() + axes_.start(0) + node * axes_.aside_stride;
    const double near_m = double{*near};
    const double behind_m = double{near[-axes_.direction * axes_.along_stride]};
    const double aside = std::abs(node - axes_.origin);
    const double aside_m = aside * axes_.aside_step_m;
    for (std::size_t ray = 0; ray < tangents_.size(); ++ray) {
      const double x = aside / static_cast<double>(tangents_[ray]);
      if (x >= axes_.first_x) continue;
      const double along_m = x * axes_.along_step_m;
      const double drop_m = eye_.drop_per_m2 * (along_m * along_m + aside_m * aside_m);
      const double ground_m = near_m + (axes_.first_x - x) * (behind_m - near_m);
      const auto slope = static_cast<float>((ground_m - drop_m - eye_.height_m) / x);
      if (slope > horizon[ray + 1]) horizon[ray + 1] = slope;  // false beside a void
    }
  }

  std::size_t slot(int node) const { return static_cast<std::size_t>(node + reach_) + kPad; }

  // How far aside the range reaches in a ring, steps.
  double range_aside(double x) const {
    const double along_m = x * axes_.along_step_m;
    const double left = settings_.range_m * settings_.range_m - along_m * along_m;
    return std::sqrt(std::max(0.0, left)) / axes_.aside_step_m + kRounding;
  }

  // The nodes of a ring that belong to the quarter.
  Span cells(int ring) const {
    const double x = axes_.x(ring);
    const double diagonal = axes_.takes_diagonals ? x + kRounding : x - kRounding;
    const double aside = std::min(diagonal, range_aside(x));
    return {std::max(axes_.lowest, static_cast<int>(std::ceil(axes_.origin - aside))),
            std::min(axes_.highest, static_cast<int>(std::floor(axes_.origin + aside)))};
  }

  // Rays that are still needed in a ring: those inside the range, and one beyond.
  std::size_t rays_in(int ring) const {
    const double x = axes_.x(ring);
    const double share = std::min(1.0, range_aside(x) / x);
    return std::min(rays_, static_cast<std::size_t>(share * static_cast<double>(rays_)) + 1) +
           kBeyond;
  }

  // The nodes that those rays pass between.
  Span nodes(int ring, std::size_t rays) const {
    const double aside = axes_.x(ring) * static_cast<double>(tangents_[rays - 1]);
    return {std::max(axes_.lowest, static_cast<int>(std::floor(axes_.origin - aside)) - 1),
            std::min(axes_.highest, static_cast<int>(std::floor(axes_.origin + aside)) + 2)};
  }

  void load_block(int begin, int end) {
    const Span wide = nodes(end - 1, rays_ + kBeyond);
    if (wide.size() == 0) return;
    const float* from =
        grid_.heights_m.data() + axes_.start(begin) + wide.first * axes_.aside_stride;
    float* to = block_.data() + slot(wide.first);
    if (end - begin == kBlock) {
      // Memory runs one way, rings run either way.
      const auto stride = static_cast<std::ptrdiff_t>(block_stride_);
      const bool with = axes_.direction > 0;
      constexpr std::ptrdiff_t kLast = kBlock - 1;
      kernels::transpose_fours(with ? from : from - kLast, axes_.aside_stride,
                               with ? to : to + kLast * stride, with ? stride : -stride, kBlock / 4,
                               wide.size());
      return;
    }
    for (std::size_t node = 0; node < wide.size(); ++node, from += axes_.aside_stride, ++to)
      for (int ring = 0; ring < end - begin; ++ring)
        to[static_cast<std::size_t>(ring) * block_stride_] =
            from[std::ptrdiff_t{ring} * axes_.direction];
  }

  void store_block(int begin, int end) {
    std::array<Span, kBlock> spans;
    Span wide{0, -1};
    for (int ring = begin; ring < end; ++ring) {
      const Span span = cells(ring);
      spans[static_cast<std::size_t>(ring - begin)] = span;
      if (span.size() == 0) continue;
      wide = wide.size() == 0
                 ? span
                 : Span{std::min(wide.first, span.first), std::max(wide.last, span.last)};
    }
    for (int node = wide.first; node <= wide.last; ++node) {
      Cell* to = out_.data() + axes_.start(begin) + node * axes_.aside_stride;
      const Cell* from = answers_.data() + slot(node);
      for (int ring = begin; ring < end; ++ring, to += axes_.direction, from += block_stride_) {
        const Span& span = spans[static_cast<std::size_t>(ring - begin)];
        if (node >= span.first && node <= span.last) *to = *from;
      }
    }
  }

  // The heights of a span of a ring's nodes; whole vectors can be read.
  const float* ring_heights(int ring, const Span& seen) {
    if (!axes_.takes_diagonals)
      return block_.data() + static_cast<std::size_t>(ring % kBlock) * block_stride_ +
             slot(seen.first);
    const std::ptrdiff_t first = axes_.start(ring) + seen.first;
    const float* from = grid_.heights_m.data() + first;
    if (static_cast<std::size_t>(first) + seen.size() + kPad <= grid_.heights_m.size()) return from;
    std::copy_n(from, seen.size(), heights_m_.data());
    return heights_m_.data();
  }

  void step(int ring) {
    const double x = axes_.x(ring);
    const std::size_t rays = rays_in(ring);
    const Span seen = nodes(ring, rays);
    const float* heights = ring_heights(ring, seen);
    auto& here = slopes_[static_cast<std::size_t>(ring % 2)];
    const auto& before = slopes_[static_cast<std::size_t>((ring + 1) % 2)];
    kernels::Ring geometry;
    geometry.x = static_cast<float>(x);
    geometry.lateral_origin = static_cast<float>(axes_.origin);
    geometry.eye_m = static_cast<float>(eye_.height_m);
    geometry.along_drop_m =
        static_cast<float>(eye_.drop_per_m2 * x * x * axes_.along_step_m * axes_.along_step_m);
    geometry.lateral_drop_m =
        static_cast<float>(eye_.drop_per_m2 * axes_.aside_step_m * axes_.aside_step_m);
    kernels::project(geometry, heights, seen.first, seen.size(), above_m_.data() + slot(seen.first),
                     here.data() + slot(seen.first));
    // project writes whole vectors; what lies behind the grid's edge hides nothing.
    std::fill_n(here.data() + slot(seen.last + 1), kPad / 2, kernels::kNoSlope);
    answer(ring);
    kernels::Edges edges;
    edges.here = here.data() + slot(0);
    edges.before = before.data() + slot(0);
    edges.one_over_lateral = one_over_lateral_.data() + slot(0);
    edges.x_here = static_cast<float>(x);
    edges.x_before = ring == 0 ? edges.x_here : static_cast<float>(x - 1);
    edges.lateral_origin = static_cast<float>(axes_.origin);
    edges.along_bulge =
        static_cast<float>(eye_.drop_per_m2 * axes_.along_step_m * axes_.along_step_m / x);
    edges.lateral_bulge = geometry.lateral_drop_m / edges.x_here;
    kernels::advance_right(edges, {tangents_.data(), right_.data() + 1, rays});
    kernels::advance_left(edges, {tangents_.data(), left_.data() + 1, rays});
  }

  void answer(int ring) {
    const Span span = cells(ring);
    if (span.size() == 0) return;
    Cell* to =
        axes_.takes_diagonals
            ? out_.data() + axes_.start(ring)
            : answers_.data() + static_cast<std::size_t>(ring % kBlock) * block_stride_ + slot(0);
    right_[0] = left_[2];
    left_[0] = right_[2];
    const int first_right = axes_.origin > 0 ? 1 : 0;
    answer_side(ring, {std::max(span.first, first_right), span.last}, 1, right_.data() + 1, to);
    answer_side(ring, {span.first, std::min(span.last, first_right - 1)}, -1, left_.data() + 1, to);
  }

  void answer_side(int ring, Span span, float side, const float* horizon, Cell* to) {
    if (span.size() == 0) return;
    kernels::Question question;
    question.x = static_cast<float>(axes_.x(ring));
    question.lateral_origin = static_cast<float>(axes_.origin);
    question.rays_per_tangent = static_cast<float>(rays_);
    question.side = side;
    question.wanted_m = wanted_m_;
    question.doubt_share = static_cast<float>(settings_.doubt_share);
    question.doubt_m = static_cast<float>(settings_.doubt_m);
    question.most_kink_m = static_cast<float>(
        settings_.doubt_m + kSharpestKink * std::max(axes_.along_step_m, axes_.aside_step_m) /
                                (4 * settings_.rays_per_cell));
    const std::size_t doubts =
        kernels::least_heights(question, horizon, above_m_.data() + slot(span.first), span.first,
                               span.size(), least_m_.data(), doubtful_.data());
    for (std::size_t i = 0; i < doubts; ++i) settle(ring, span.first, doubtful_[i]);
    // Beside the grid's last line of nodes the next ray runs outside, past what may hide the node.
    for (const int edge : {axes_.lowest, axes_.highest})
      if (edge >= span.first && edge <= span.last) settle(ring, span.first, edge - span.first);
    to += span.first;
    for (std::size_t i = 0; i < span.size(); ++i) set(least_m_[i], wanted_m_, to[i]);
  }

  void settle(int ring, int first, std::int32_t number) {
    const std::ptrdiff_t at = axes_.start(ring) + (first + number) * axes_.aside_stride;
    const double exact_m = exact_least_height_m(
        grid_, eye_, static_cast<int>(at % grid_.columns), static_cast<int>(at / grid_.columns),
        std::is_same_v<Cell, Sight> ? settings_.wanted_m : kEndless);
    float least = static_cast<float>(exact_m);
    // Rounding must not turn hidden into seen.
    if (exact_m > settings_.wanted_m && least <= wanted_m_)
      least = std::nextafter(wanted_m_, wanted_m_ + 1);
    least_m_[static_cast<std::size_t>(number)] = least;
  }

  const GroundGrid& grid_;
  const Eye& eye_;
  const SweepSettings& settings_;
  Axes axes_;
  std::vector<Cell>& out_;
  float wanted_m_ = 0;
  int rings_ = 0;
  int reach_ = 0;  // nodes aside that may be asked for
  std::size_t rays_ = 0;
  std::vector<float> heights_m_, above_m_, one_over_lateral_, least_m_;
  std::array<std::vector<float>, 2> slopes_;
  std::vector<float> tangents_;
  // The rays' horizons on both sides of the middle, after that of ray 1 on the other side.
  std::vector<float> right_, left_;
  std::vector<std::int32_t> doubtful_;
  // Rings that run across memory: their heights, and their answers.
  std::vector<float> block_;
  std::vector<Cell> answers_;
  std::size_t block_stride_ = 0;
};

}  // namespace

void sweep(const GroundGrid& grid, const Eye& eye, const SweepSettings& settings, Quarter quarter,
           std::vector<float>& least_m) {
  Sweep<float>(grid, eye, settings, quarter, least_m).run();
}

void sweep(const GroundGrid& grid, const Eye& eye, const SweepSettings& settings, Quarter quarter,
           std::vector<Sight>& sight) {
  Sweep<Sight>(grid, eye, settings, quarter, sight).run();
}

}  // namespace marsad::terrain
