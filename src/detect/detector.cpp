// SPDX-License-Identifier: Apache-2.0
#include "detect/detector.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/time.h"
#include "detect/alignment.h"
#include "detect/background.h"
#include "detect/components.h"
#include "detect/measure.h"
#include "detect/memory.h"
#include "detect/parameters.h"

namespace marsad::detect {
namespace {

constexpr int kEventFrames = 3;           // a picture that stays changed for so long is a new one
constexpr int kRefresh_frames = 16;       // how often the aligner looks at the background anew
constexpr std::size_t kMostPieces = 400;  // more are not movers but a picture gone wild

float share_of(double elapsed_s, double time_constant_s) {
  return static_cast<float>(1 - std::exp(-elapsed_s / time_constant_s));
}

// Clips a box to what stays in view under a shift.
Box in_view(const Box& live, const Alignment& alignment) {
  const auto lost = [](double shift) {
    return std::abs(shift) < 0.3 ? 0 : static_cast<int>(std::ceil(std::abs(shift))) + 1;
  };
  Box box = live;
  const int across = lost(alignment.shift_x_px);
  const int down = lost(alignment.shift_y_px);
  if (alignment.shift_x_px < 0) box.x += across;
  if (alignment.shift_y_px < 0) box.y += down;
  box.width -= across;
  box.height -= down;
  return box;
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

void paint(const Component& component, int dx, int dy, video::Image<std::uint8_t>& mask) {
  for (const Run& run : component.runs) {
    const int y = run.y + dy;
    const int begin = std::clamp(run.x_begin + dx, 0, mask.width());
    const int end = std::clamp(run.x_end + dx, 0, mask.width());
    if (y < 0 || y >= mask.height()) continue;
    std::fill(mask.row(y).begin() + begin, mask.row(y).begin() + end, std::uint8_t{255});
  }
}

// Groups pieces whose boxes are near: a vehicle's hot engine and cold roof are one thing.
std::vector<std::vector<const Piece*>> group(const std::vector<const Piece*>& pieces, int gap) {
  std::vector<std::vector<const Piece*>> groups;
  std::vector<Box> boxes;
  for (const Piece* piece : pieces) {
    std::vector<const Piece*> joined = {piece};
    Box box = piece->component.box;
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (gap_px(boxes[i], box) > gap) continue;
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
  double elapsed_s(const video::Frame& frame);
  std::vector<Piece> find_pieces();
  void absorb_ghosts(std::vector<Piece>& pieces);
  std::vector<const Piece*> believable(const std::vector<Piece>& pieces) const;
  void learn(const std::vector<Piece>& pieces, double elapsed);
  DetectorOutput report(const std::vector<const Piece*>& pieces) const;
  DetectorOutput nothing(const video::Frame& frame) const {
    return {{}, video::Image<std::uint8_t>(frame.counts.width(), frame.counts.height())};
  }
  bool event(const video::Frame& frame) {
    if (++event_frames >= kEventFrames) start(frame);
    return true;
  }
  float seed() const {
    return P("seed", 8.0F) * (1 + P("young", 3.0F) / static_cast<float>(frames)) *
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
    if (piece.moves() || static_cast<float>(piece.ghost_votes) < P("ghost_votes", 3)) return false;
    for (const Run& run : piece.component.runs)
      for (int x = run.x_begin; x < run.x_end; ++x)
        background->replace(x, run.y, straight.at(x, run.y));
    return true;
  });
}

std::vector<const Piece*> Detector::State::believable(const std::vector<Piece>& pieces) const {
  std::vector<const Piece*> kept;
  for (const Piece& piece : pieces) {
    const bool plain = piece.peak >= P("plain", 3.0F) * seed() && !piece.ghostly;
    const bool seen_before = piece.age_frames >= 1;
    if (piece.ghost_votes > 0 && !piece.moves()) continue;
    if (plain || seen_before) kept.push_back(&piece);
  }
  return kept;
}

void Detector::State::learn(const std::vector<Piece>& pieces, double elapsed) {
  std::fill(held.pixels().begin(), held.pixels().end(), std::uint8_t{0});
  for (const Piece& piece : pieces)
    if (piece.ever_moved || (piece.age_frames >= 1 && piece.peak > P("hold", 3.0F) * seed()))
      paint(piece.component, 0, 0, held);
  LearningRates rates;
  const float first = 1.0F / static_cast<float>(frames + 1);
  rates.background = std::max(first, share_of(elapsed, P("tau_bg", 2.0F)));
  rates.background_held = share_of(elapsed, P("tau_held", 60));
  rates.noise = std::max(frames < 2 ? 0.0F : 1.0F / static_cast<float>(frames + 4),
                         share_of(elapsed, P("tau_noise", 0.7F)));
  rates.noise_held = share_of(elapsed, P("tau_noise_held", 10.0F));
  background->learn(straight, held, rates);
  ++frames;
  if (frames % kRefresh_frames == 0 || frames < 4) aligner->set_background(background->mean());
}

DetectorOutput Detector::State::report(const std::vector<const Piece*>& pieces) const {
  DetectorOutput output;
  output.mask = video::Image<std::uint8_t>(marks.width(), marks.height());
  const int dx = static_cast<int>(std::lround(alignment.shift_x_px));
  const int dy = static_cast<int>(std::lround(alignment.shift_y_px));
  for (const std::vector<const Piece*>& thing : group(pieces, static_cast<int>(P("gap", 3)))) {
    Detection detection = measure(thing, *background, alignment);
    detection.index = static_cast<std::uint32_t>(output.detections.size());
    output.detections.push_back(detection);
    for (const Piece* piece : thing) paint(piece->component, dx, dy, output.mask);
    static const int rg = static_cast<int>(P("rowgap", 0)), cg = static_cast<int>(P("colgap", 0));
    for (int y = std::max(0, detection.box.y); y < std::min(detection.box.y + detection.box.height, output.mask.height()); ++y) {
      int last = -100;
      for (int x = std::max(0, detection.box.x); x < std::min(detection.box.x + detection.box.width, output.mask.width()); ++x)
        if (output.mask.at(x, y)) {
          if (x - last <= rg + 1) for (int i = last + 1; i < x; ++i) output.mask.at(i, y) = 255;
          last = x;
        }
    }
    for (int x = std::max(0, detection.box.x); x < std::min(detection.box.x + detection.box.width, output.mask.width()); ++x) {
      int last = -100;
      for (int y = std::max(0, detection.box.y); y < std::min(detection.box.y + detection.box.height, output.mask.height()); ++y)
        if (output.mask.at(x, y)) {
          if (y - last <= cg + 1) for (int i = last + 1; i < y; ++i) output.mask.at(x, i) = 255;
          last = y;
        }
    }
  }
  return output;
}

Detector::Detector(DetectorSettings settings) : state_(std::make_unique<State>(settings)) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

DetectorOutput Detector::process(const video::Frame& frame) {
  State& s = *state_;
  const video::Image<std::uint16_t>& counts = frame.counts;
  if (counts.empty()) return s.nothing(frame);
  if (!s.background || s.straight.width() != counts.width() ||
      s.straight.height() != counts.height()) {
    s.start(frame);
    return s.nothing(frame);
  }
  const double elapsed = s.elapsed_s(frame);
  const std::optional<Alignment> alignment = s.aligner->align(counts, s.alignment);
  if (!alignment) {
    s.event(frame);
    return s.nothing(frame);
  }
  straighten(counts, *alignment, s.straight);
  s.background->compare(s.straight);
  if (s.frames == 1) s.background->start_noise();
  s.unrest.emplace(s.background->difference(), s.background->noise());
  const std::size_t changed = s.background->mark(*s.unrest, P("low", 2.5F), s.seed(), s.marks);
  if (static_cast<double>(changed) > 0.25 * static_cast<double>(s.marks.pixels().size())) {
    s.event(frame);
    return s.nothing(frame);
  }
  s.event_frames = 0;
  if (getenv("DBG"))
    fprintf(stderr, "%d changed %zu shift %.2f %.2f gain %.3f off %.2f\n", s.frames, changed,
            alignment->shift_x_px, alignment->shift_y_px, alignment->gain, alignment->offset);
  s.alignment = *alignment;
  clear_outside(in_view(s.live, s.alignment), s.marks);
  std::vector<Piece> pieces = s.find_pieces();
  if (pieces.size() > kMostPieces) pieces.clear();
  s.memory.recall(pieces);
  s.absorb_ghosts(pieces);
  DetectorOutput output = s.report(s.believable(pieces));
  s.learn(pieces, elapsed);
  return output;
}

}  // namespace marsad::detect
