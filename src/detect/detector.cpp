// SPDX-License-Identifier: Apache-2.0
#include "detect/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/time.h"
#include "detect/alignment.h"
#include "detect/background.h"
#include "detect/components.h"
#include "detect/measure.h"
#include "detect/memory.h"

namespace marsad::detect {
namespace {

// Differences over noise, at a sensitivity of 0.5. A piece has one pixel above the seed and grows
// over all above half of it.
constexpr float kSeed = 6.5F;
constexpr float kGrown = 0.5F;
// In seeds: believed at once and held against learning, and believed when seen before; what is
// weaker must have been seen twice before.
constexpr float kPlain = 3;
constexpr float kClear = 1.5F;
constexpr int kGhostVotes = 3;     // then a ghost is taken into the background
constexpr int kJoin_px = 4;        // pieces so near are one thing
constexpr double kChanged = 0.25;  // more of the picture than this is no mover
// Time constants of learning.
constexpr double kBackground_s = 2;
constexpr double kHeld_s = 60;
constexpr double kNoise_s = 1;
constexpr double kNoiseDoubtful_s = 3;
constexpr int kEventFrames = 3;           // a picture that stays changed for so long is a new one
constexpr int kRefresh_frames = 16;       // how often the aligner looks at the background anew
constexpr std::size_t kMostPieces = 400;  // more are not movers but a picture gone wild

float share_of(double elapsed_s, double time_constant_s) {
  return static_cast<float>(1 - std::exp(-elapsed_s / time_constant_s));
}

// A frame of no picture: black or saturated all over, or without pixels.
bool is_blank(const video::Frame& frame) {
  const int full = (1 << frame.bits) - 1;
  const auto all = [&](int count) {
    const auto pixels = frame.counts.pixels();
    return std::all_of(pixels.begin(), pixels.end(), [&](int pixel) { return pixel == count; });
  };
  return all(0) || all(full);
}

// Pixels lost at the lower and the higher end of `live` along one axis, of a picture of `size`,
// when the picture is shifted. A border that does not shift along spoils what is beside it too.
std::array<int, 2> lost_px(double shift, int live, int live_size, int size) {
  constexpr double kUnseen_px = 0.03;
  const bool is_still = std::abs(shift) < kUnseen_px;
  const int away = is_still ? 0 : static_cast<int>(std::ceil(std::abs(shift)));
  const int beside = is_still ? 0 : 1;
  return {(live > 0 ? beside : 0) + (shift < 0 ? away : 0),
          (live + live_size < size ? beside : 0) + (shift > 0 ? away : 0)};
}

// The part of what is live that stays in view under a shift.
Box in_view(const Box& live, const Alignment& alignment, int width, int height) {
  const auto [left, right] = lost_px(alignment.shift_x_px, live.x, live.width, width);
  const auto [top, bottom] = lost_px(alignment.shift_y_px, live.y, live.height, height);
  return {live.x + left, live.y + top, live.width - left - right, live.height - top - bottom};
}

void clear_outside(const Box& box, video::Image<std::uint8_t>& marks) {
  for (int y = 0; y < marks.height(); ++y) {
    const auto row = marks.row(y);
    if (y < box.y || y >= box.y + box.height) {
      std::fill(row.begin(), row.end(), std::uint8_t{0});
    } else {
      std::fill(row.begin(), row.begin() + box.x, std::uint8_t{0});
      std::fill(row.begin() + box.x + box.width, row.end(), std::uint8_t{0});
    }
  }
}

void paint(const Component& component, int dx, int dy, std::uint8_t value,
           video::Image<std::uint8_t>& mask) {
  for (const Run& run : component.runs) {
    const int y = run.y + dy;
    const int begin = std::clamp(run.x_begin + dx, 0, mask.width());
    const int end = std::clamp(run.x_end + dx, 0, mask.width());
    if (y < 0 || y >= mask.height()) continue;
    std::fill(mask.row(y).begin() + begin, mask.row(y).begin() + end, value);
  }
}

// Groups pieces whose boxes are near: a vehicle's hot engine and cold roof are one thing.
std::vector<std::vector<const Piece*>> group(const std::vector<const Piece*>& pieces) {
  std::vector<std::vector<const Piece*>> groups;
  std::vector<Box> boxes;
  for (const Piece* piece : pieces) {
    std::vector<const Piece*> joined = {piece};
    Box box = piece->component.box;
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (gap_px(boxes[i], box) > kJoin_px) continue;
        box = enclosing(box, boxes[i]);
        joined.insert(joined.end(), groups[i].begin(), groups[i].end());
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(i));
        again = true;
        break;
      }
    }
    groups.push_back(std::move(joined));
    boxes.push_back(box);
  }
  return groups;
}

}  // namespace

struct Detector::State {
  explicit State(DetectorSettings s) : settings(s) {}

  DetectorSettings settings;
  std::optional<Background> background;
  std::optional<Aligner> aligner;
  Box live;
  Alignment alignment;
  Memory memory;
  std::optional<Unrest> unrest;
  video::Image<float> straight;
  video::Image<std::uint8_t> marks;
  video::Image<std::uint8_t> held;
  base::Time last_time;
  int frames = 0;        // learnt since the start
  int event_frames = 0;  // in a row, of a picture that does not fit the background

  void start(const video::Frame& frame);
  bool compare(const video::Frame& frame);
  DetectorOutput find(double elapsed);
  double elapsed_s(const video::Frame& frame);
  std::vector<Piece> find_pieces();
  void absorb_ghosts(std::vector<Piece>& pieces);
  std::vector<const Piece*> believable(const std::vector<Piece>& pieces) const;
  void learn(const std::vector<Piece>& pieces, double elapsed);
  DetectorOutput report(const std::vector<const Piece*>& pieces) const;
  DetectorOutput nothing(const video::Frame& frame) const {
    return {{}, video::Image<std::uint8_t>(frame.counts.width(), frame.counts.height())};
  }
  // While the background is young it is noisy itself.
  float seed() const {
    return kSeed * (1 + 1 / static_cast<float>(frames)) *
           static_cast<float>(std::exp2(1 - 2 * settings.sensitivity));
  }
};

void Detector::State::start(const video::Frame& frame) {
  const int width = frame.counts.width();
  const int height = frame.counts.height();
  alignment = {};
  straight = video::Image<float>(width, height);
  marks = video::Image<std::uint8_t>(width, height);
  held = video::Image<std::uint8_t>(width, height);
  straighten(frame.counts, alignment, straight);
  live = live_part(frame.counts);
  background.emplace(straight);
  aligner.emplace(straight, live);
  memory.forget();
  last_time = frame.time;
  frames = 1;
  event_frames = 0;
}

// Compares a frame with the background; false where the frame as a whole does not fit it.
bool Detector::State::compare(const video::Frame& frame) {
  const std::optional<Alignment> found = aligner->align(frame.counts, alignment);
  if (!found) return false;
  straighten(frame.counts, *found, straight);
  background->compare(straight);
  if (frames == 1) background->start_noise();
  unrest.emplace(background->difference(), background->noise());
  const std::size_t changed = background->mark(*unrest, kGrown * seed(), seed(), marks);
  if (static_cast<double>(changed) > kChanged * static_cast<double>(marks.pixels().size()))
    return false;
  alignment = *found;
  return true;
}

// Finds the movers in a frame that was compared, and learns from it.
DetectorOutput Detector::State::find(double elapsed) {
  clear_outside(in_view(live, alignment, marks.width(), marks.height()), marks);
  std::vector<Piece> pieces = find_pieces();
  if (pieces.size() > kMostPieces) pieces.clear();
  memory.recall(pieces);
  absorb_ghosts(pieces);
  DetectorOutput output = report(believable(pieces));
  learn(pieces, elapsed);
  return output;
}

double Detector::State::elapsed_s(const video::Frame& frame) {
  const double elapsed = base::to_seconds(frame.time - last_time);
  last_time = frame.time;
  constexpr double kUsual_s = 0.04;
  return elapsed > 0.001 && elapsed < 2 ? elapsed : kUsual_s;
}

std::vector<Piece> Detector::State::find_pieces() {
  std::vector<Piece> pieces;
  for (Component& component : connected_components(marks)) {
    if (component.area_px < settings.smallest_area_px) continue;
    const double peak = peak_snr(component, *background, *unrest);
    if (peak < seed()) continue;
    Piece piece;
    piece.peak = peak;
    piece.ghostly = is_ghostly(component, straight, *background, marks);
    piece.component = std::move(component);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

void Detector::State::absorb_ghosts(std::vector<Piece>& pieces) {
  std::erase_if(pieces, [&](const Piece& piece) {
    if (piece.moves() || piece.ghost_votes < kGhostVotes) return false;
    for (const Run& run : piece.component.runs)
      for (int x = run.x_begin; x < run.x_end; ++x)
        background->replace(x, run.y, straight.at(x, run.y));
    return true;
  });
}

std::vector<const Piece*> Detector::State::believable(const std::vector<Piece>& pieces) const {
  std::vector<const Piece*> kept;
  for (const Piece& piece : pieces) {
    if (piece.ghost_votes > 0 && !piece.moves()) continue;
    const int needed_frames =
        piece.peak > kPlain * seed() ? 0 : (piece.peak > kClear * seed() ? 1 : 2);
    if (piece.age_frames >= needed_frames) kept.push_back(&piece);
  }
  return kept;
}

void Detector::State::learn(const std::vector<Piece>& pieces, double elapsed) {
  std::fill(held.pixels().begin(), held.pixels().end(), std::uint8_t{0});
  for (const Piece& piece : pieces)
    paint(piece.component, 0, 0, piece.ever_moved ? kMover : kDoubtful, held);
  LearningRates rates;
  const float first = 1.0F / static_cast<float>(frames + 1);
  rates.background = std::max(first, share_of(elapsed, kBackground_s));
  rates.background_held = share_of(elapsed, kHeld_s);
  rates.noise = std::max(frames == 1 ? 0 : 1.0F / static_cast<float>(frames + 4),
                         share_of(elapsed, kNoise_s));
  rates.noise_doubtful = share_of(elapsed, kNoiseDoubtful_s);
  background->learn(straight, held, rates);
  ++frames;
  if (frames % kRefresh_frames == 0 || frames < 4) aligner->set_background(background->mean());
}

DetectorOutput Detector::State::report(const std::vector<const Piece*>& pieces) const {
  DetectorOutput output;
  output.mask = video::Image<std::uint8_t>(marks.width(), marks.height());
  const int dx = static_cast<int>(std::lround(alignment.shift_x_px));
  const int dy = static_cast<int>(std::lround(alignment.shift_y_px));
  for (const std::vector<const Piece*>& thing : group(pieces)) {
    Detection detection = measure(thing, *background, alignment);
    detection.index = static_cast<std::uint32_t>(output.detections.size());
    output.detections.push_back(detection);
    for (const Piece* piece : thing) paint(piece->component, dx, dy, 255, output.mask);
  }
  return output;
}

Detector::Detector(DetectorSettings settings) : state_(std::make_unique<State>(settings)) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

DetectorOutput Detector::process(const video::Frame& frame) {
  State& s = *state_;
  if (is_blank(frame)) return s.nothing(frame);
  if (!s.background || s.straight.width() != frame.counts.width() ||
      s.straight.height() != frame.counts.height()) {
    s.start(frame);
    return s.nothing(frame);
  }
  const double elapsed = s.elapsed_s(frame);
  if (!s.compare(frame)) {
    if (++s.event_frames >= kEventFrames) s.start(frame);
    return s.nothing(frame);
  }
  s.event_frames = 0;
  return s.find(elapsed);
}

Explanation Detector::explain() const {
  if (!state_->background || state_->frames < 2) return {};
  const Background& background = *state_->background;
  Explanation out{background.mean(), background.difference()};
  const auto noise = background.noise().pixels();
  const auto score = out.score.pixels();
  for (std::size_t i = 0; i < score.size(); ++i) score[i] /= std::max(noise[i], 1e-6F);
  return out;
}

}  // namespace marsad::detect
