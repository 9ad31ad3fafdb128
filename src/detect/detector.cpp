// SPDX-License-Identifier: Apache-2.0
#include "detect/detector.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/time.h"
#include "detect/alignment.h"
#include "detect/background.h"
#include "detect/components.h"
#include "detect/creep.h"
#include "detect/likeness.h"
#include "detect/measure.h"
#include "detect/memory.h"
#include "detect/registration.h"
#include "detect/similarity.h"
#include "detect/single_frame.h"
#include "detect/turn.h"
#include "detect/unrest.h"

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
constexpr int kYoung_frames = 25;    // in which the background may hold what moved off since
constexpr int kTrusted_frames = 25;  // in which a faint new piece is taken for a mover
constexpr int kGhostVotes = 2;       // then a ghost is taken into the background
constexpr int kAround_px = 4;        // of a mover is held against learning too
constexpr double kChanged = 0.25;    // more of the picture than this is no mover
// Time constants of learning.
constexpr double kBackground_s = 4;
constexpr double kHeld_s = 60;
constexpr double kNoise_s = 1;
constexpr double kNoiseKnown_s = 2;    // once the background is known
constexpr double kNoiseRising_s = 10;  // then, where something begins to differ
constexpr double kNoiseDoubtful_s = 3;
constexpr int kEventFrames = 3;       // a picture that stays changed for so long is a new one
constexpr int kKnown_frames = 150;    // after which the background changes slowly
constexpr double kCarry_px = 16;      // moved further, a camera carries its background along
constexpr double kBlur_px = 0.3;      // at the corners, for which no background is blurred
constexpr double kSettled_px = 4;     // a camera that keeps so near to its background for so long
constexpr int kSettled_frames = 100;  // stares again
constexpr int kRefresh_frames = 32;   // how often the aligner looks at the background anew
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

// Whether a piece is taken for a mover, so that its ground's noise must not be learnt from it: it
// got somewhere, or it is faint, appeared where nothing stirs and is still new. What is plain has
// the time to get somewhere before noise is learnt from it.
bool is_trusted(const Piece& piece, float seed) {
  return piece.has_travelled ||
         (!piece.restless && piece.age_frames < kTrusted_frames && piece.peak < kClear * seed);
}

}  // namespace

struct Detector::State {
  explicit State(DetectorSettings s)
      : settings(s), single_frame(s.sensitivity, s.smallest_area_px) {}

  DetectorSettings settings;
  std::optional<Background> background;
  std::optional<Aligner> aligner;
  Box live;             // the part of the picture that shows something
  Box view;             // what of it the last frame shows too
  Alignment alignment;  // of the last frame, where it was compared as one of a staring camera
  Registrar registrar;
  bool is_reference_old = true;
  Similarity similarity;  // of the last frame, however it was compared
  PoseGuess pose_guess{settings.horizontal_fov_rad};
  double gain = 1;
  int settled_frames = 0;  // in a row, of a moving camera that hardly moves
  bool is_moving = false;
  Memory memory;
  SingleFrame single_frame;
  std::optional<Unrest> unrest;
  video::Image<std::uint8_t> marks;
  video::Image<std::uint8_t> held;
  base::Time last_time;
  int frames = 0;        // learnt since the start
  int event_frames = 0;  // in a row, of a picture that does not fit the background

  void start(const video::Frame& frame);
  bool compare(const video::Frame& frame, const std::optional<Similarity>& guess);
  bool compare_staring(const video::Frame& frame);
  bool compare_moving(const video::Frame& frame, std::optional<Registration> found);
  std::optional<Registration> register_frame(const video::Frame& frame, const Similarity& guess);
  void carry(const video::Frame& frame, const Registration& found);
  void refresh_references();
  bool fits();
  DetectorOutput find(double elapsed);
  double elapsed_s(const video::Frame& frame);
  void leave_out_creeps(std::vector<Piece>& pieces);
  void absorb_ghosts(std::vector<Piece>& pieces);
  std::vector<const Piece*> believable(const std::vector<Piece>& pieces) const;
  void hold(const std::vector<Piece>& pieces);
  void learn(const std::vector<Piece>& pieces, double elapsed);
  DetectorOutput report(const std::vector<const Piece*>& pieces) const;
  DetectorOutput report_single(const video::Frame& frame);
  DetectorOutput nothing(const video::Frame& frame) const {
    return {{}, video::Image<std::uint8_t>(frame.counts.width(), frame.counts.height())};
  }
  // Once the background is known; while it is young it is noisy itself.
  float known_seed() const {
    return kSeed * static_cast<float>(std::exp2(1 - 2 * settings.sensitivity));
  }
  float seed() const { return known_seed() * (1 + 1 / static_cast<float>(frames)); }
};

void Detector::State::start(const video::Frame& frame) {
  const int width = frame.counts.width();
  const int height = frame.counts.height();
  alignment = {};
  marks = video::Image<std::uint8_t>(width, height);
  held = video::Image<std::uint8_t>(width, height);
  live = live_part(frame.counts);
  background.emplace(frame.counts);
  aligner.emplace(background->mean(), live);
  is_reference_old = true;
  similarity = {};
  pose_guess.fits(frame);
  is_moving = settings.moving;
  settled_frames = 0;
  memory.forget();
  last_time = frame.time;
  frames = 1;
  event_frames = 0;
}

// Compares a frame with the background; false where the frame as a whole does not fit it. `guess`
// is what is expected; it may be wrong, and then all is done as without it.
bool Detector::State::compare(const video::Frame& frame, const std::optional<Similarity>& guess) {
  const auto is_far = [&](const Similarity& lies) {
    return is_moving || furthest_px(lies, marks.width(), marks.height()) > Alignment::kReach_px;
  };
  if (guess && *guess != similarity && is_far(*guess)) {
    const std::optional<Registration> found = register_frame(frame, *guess);
    // Where the picture tells that the camera stares, that holds, whatever its pose says.
    if (found && is_far(found->similarity) && compare_moving(frame, found)) return true;
  }
  if (!is_moving && compare_staring(frame)) return true;
  if (compare_moving(frame, register_frame(frame, similarity))) return true;
  return is_moving && compare_staring(frame);
}

bool Detector::State::compare_staring(const video::Frame& frame) {
  const std::optional<Alignment> found = aligner->align(frame.counts, alignment);
  if (!found) return false;
  background->compare(frame.counts, *found);
  view = in_view(live, *found, marks.width(), marks.height());
  if (!fits()) return false;
  alignment = *found;
  similarity = {found->shift_x_px, found->shift_y_px, 0, 1};
  gain = found->gain;
  return true;
}

std::optional<Registration> Detector::State::register_frame(const video::Frame& frame,
                                                            const Similarity& guess) {
  if (is_reference_old) registrar.set_reference(background->mean(), live);
  is_reference_old = false;
  return registrar.register_frame(frame.counts, guess);
}

// The frame of a camera that turned or swung further than a mast sways.
bool Detector::State::compare_moving(const video::Frame& frame, std::optional<Registration> found) {
  if (!found) return false;
  const double moved_px = furthest_px(found->similarity, marks.width(), marks.height());
  if (moved_px > kCarry_px) {
    carry(frame, *found);
    found = register_frame(frame, {});
    if (!found) return false;
  }
  background->compare(frame.counts, *found, live);
  const int lost_px =
      1 +
      static_cast<int>(std::ceil(furthest_px(found->similarity, marks.width(), marks.height())));
  view = grown(live, -lost_px);
  if (view.width <= 0 || view.height <= 0 || !fits()) return false;
  similarity = found->similarity;
  gain = found->gain;
  settled_frames = moved_px < kSettled_px ? settled_frames + 1 : 0;
  is_moving = settings.moving || settled_frames < kSettled_frames;
  if (!is_moving) alignment = {similarity.shift_x_px, similarity.shift_y_px, gain, found->offset};
  return true;
}

// Moves background and memory to where the frame has them; by whole pixels, so that nothing blurs,
// where the camera neither rolled nor zoomed.
void Detector::State::carry(const video::Frame& frame, const Registration& found) {
  Similarity by = found.similarity;
  Similarity without_shift = by;
  without_shift.shift_x_px = without_shift.shift_y_px = 0;
  if (furthest_px(without_shift, marks.width(), marks.height()) < kBlur_px)
    by = {std::round(by.shift_x_px), std::round(by.shift_y_px), 0, 1};
  background->carry(by, frame.counts, found);
  memory.carry(by, middle_of(marks.width(), marks.height()));
  alignment = {};
  similarity = {};
  refresh_references();
}

void Detector::State::refresh_references() {
  aligner->set_background(background->mean());
  is_reference_old = true;
}

// Marks what differs in the frame compared last; false where too much of it does.
bool Detector::State::fits() {
  if (frames == 1) {
    if (is_another_picture(*background)) return false;
    background->start_noise();
  }
  unrest.emplace(*background);
  const std::size_t changed = background->mark(*unrest, kGrown * seed(), seed(), view, marks);
  return static_cast<double>(changed) <= kChanged * static_cast<double>(marks.pixels().size());
}

// Finds the movers in a frame that was compared, and learns from it.
DetectorOutput Detector::State::find(double elapsed) {
  std::vector<Piece> pieces =
      find_pieces(marks, *background, *unrest, {seed(), settings.smallest_area_px, view});
  if (pieces.size() > kMostPieces) pieces.clear();
  // Before that it would be a thing that stood in the first frame and now creeps.
  if (frames >= kYoung_frames) leave_out_creeps(pieces);
  memory.recall(pieces, frames < kYoung_frames);
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

void Detector::State::leave_out_creeps(std::vector<Piece>& pieces) {
  std::erase_if(pieces, [&](const Piece& piece) {
    if (!is_creep(piece, *background)) return false;
    memory.forget(piece.component.box);
    return true;
  });
}

void Detector::State::absorb_ghosts(std::vector<Piece>& pieces) {
  std::erase_if(pieces, [&](const Piece& piece) {
    if (piece.moves() || piece.ghost_votes < kGhostVotes) return false;
    for (const Run& run : piece.component.runs)
      for (int x = run.x_begin; x < run.x_end; ++x) background->replace(x, run.y);
    memory.expect_left(piece.component.box);
    return true;
  });
}

std::vector<const Piece*> Detector::State::believable(const std::vector<Piece>& pieces) const {
  std::vector<const Piece*> kept;
  for (const Piece& piece : pieces) {
    if (piece.ghost_votes > 0 && !piece.moves()) continue;
    const bool is_plain = piece.peak > kPlain * seed();
    if (piece.restless && !piece.has_travelled && !is_plain) continue;
    const int needed_frames = is_plain ? 0 : (piece.peak > kClear * seed() ? 1 : 2);
    if (piece.age_frames >= needed_frames) kept.push_back(&piece);
  }
  return kept;
}

// What is held against learning: the pixels of a piece, and of a mover also what is around it,
// where it is about to be.
void Detector::State::hold(const std::vector<Piece>& pieces) {
  if (frames < kKnown_frames) {
    std::fill(held.pixels().begin(), held.pixels().end(), std::uint8_t{kNothing});
  } else {
    // It may be a mover that comes into view slowly, in pixels. Learnt as noise at the usual rate,
    // it would be noise before it stands out, however hot it is.
    const auto rising = [](std::uint8_t mark) { return mark == 0 ? kNothing : kRising; };
    std::transform(marks.pixels().begin(), marks.pixels().end(), held.pixels().begin(), rising);
  }
  for (const Piece& piece : pieces)
    if (!is_trusted(piece, known_seed())) paint(piece.component.runs, kDoubtful, held);
  const auto hold_mover = [&](const Piece& piece) {
    if (is_trusted(piece, known_seed())) fill(grown(piece.component.box, kAround_px), kMover, held);
  };
  for (const Piece& piece : pieces) hold_mover(piece);
  // A faint one fails to show now and then; learnt once, it would be lost. What was plain is gone.
  for (const Piece* piece : memory.missing())
    if (piece->peak < kClear * known_seed()) hold_mover(*piece);
}

void Detector::State::learn(const std::vector<Piece>& pieces, double elapsed) {
  hold(pieces);
  // Once known, the background is learnt by turns, half of its rows with each frame, from both.
  const int step = frames < kKnown_frames ? 1 : 2;
  elapsed *= step;
  LearningRates rates;
  const float first = 1.0F / static_cast<float>(frames + 1);
  rates.background = std::max(first, share_of(elapsed, kBackground_s));
  rates.background_held = share_of(elapsed, kHeld_s);
  rates.noise = std::max(frames == 1 ? 0 : 1.0F / static_cast<float>(frames + 4),
                         share_of(elapsed, frames < kKnown_frames ? kNoise_s : kNoiseKnown_s));
  rates.noise_doubtful = share_of(elapsed, kNoiseDoubtful_s);
  rates.noise_rising = share_of(elapsed, kNoiseRising_s);
  background->learn(held, rates, frames % step, step);
  ++frames;
  if (frames % kRefresh_frames == 0 || frames < 4) {
    refresh_references();
    background->measure_sway();
  }
}

DetectorOutput Detector::State::report(const std::vector<const Piece*>& pieces) const {
  DetectorOutput output;
  output.mask = video::Image<std::uint8_t>(marks.width(), marks.height());
  const FrameOver frame{similarity, middle_of(marks.width(), marks.height()), gain};
  for (const std::vector<const Piece*>& thing : group(pieces)) {
    Detection detection = measure(thing, *background, frame);
    detection.index = static_cast<std::uint32_t>(output.detections.size());
    output.detections.push_back(detection);
    paint_outline(thing, frame, output.mask);
  }
  return output;
}

// What is found in a frame that fits no background.
DetectorOutput Detector::State::report_single(const video::Frame& frame) {
  DetectorOutput output = nothing(frame);
  for (const Candidate& candidate : single_frame.process(frame)) {
    Detection detection = detect::measure(candidate, frame.counts);
    detection.index = static_cast<std::uint32_t>(output.detections.size());
    output.detections.push_back(detection);
    paint(candidate.runs, 255, output.mask);
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
  if (!s.background || s.marks.width() != frame.counts.width() ||
      s.marks.height() != frame.counts.height()) {
    s.start(frame);
    s.single_frame.forget();
    return s.nothing(frame);
  }
  const double elapsed = s.elapsed_s(frame);
  const std::optional<Similarity> guess = s.pose_guess.expected(frame, s.similarity);
  if (!s.compare(frame, guess)) {
    if (++s.event_frames >= kEventFrames || !guess) s.start(frame);
    return s.report_single(frame);
  }
  s.pose_guess.fits(frame);
  s.event_frames = 0;
  s.single_frame.skip();
  return s.find(elapsed);
}

Explanation Detector::explain() const {
  if (!state_->background || state_->frames < 2) return {};
  const Background& background = *state_->background;
  const int width = background.mean().width();
  const int height = background.mean().height();
  Explanation out{background.mean(), video::Image<float>(width, height)};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      out.score.at(x, y) = background.difference(x, y) / background.noise().at(x, y);
  return out;
}

}  // namespace marsad::detect
