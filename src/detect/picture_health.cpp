// SPDX-License-Identifier: Apache-2.0
#include "detect/picture_health.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "detect/alignment.h"
#include "detect/dead_pixels.h"
#include "detect/frame_pace.h"
#include "detect/spell.h"
#include "detect/stillness.h"
#include "detect/turn.h"
#include "detect/usual_picture.h"

namespace marsad::detect {
namespace {

using sensor::HealthState;

constexpr double kLook_s = 0.999;     // sums of frame intervals are not exact
constexpr int kSmallestLive_px = 16;  // a live part smaller than this is taken for no border at all
constexpr int kBlank_counts = 2;      // range of a picture that shows nothing at all
constexpr double kFullScale = 0.98;   // of all counts; an even picture above this is overexposed

// Each pair: below or above the first a trouble ends, beyond the second it begins.
constexpr std::array kBlindedShare = {0.2, 0.3};  // of pixels overexposed, beyond the usual
constexpr std::array kSaturatedShare = {0.02, 0.04};
constexpr double kGlareShare = 0.01;              // enough, where nothing else is left of the scene
constexpr std::array kEdgesLeft = {0.35, 0.2};    // of the usual steepness
constexpr std::array kLikenessLeft = {0.6, 0.5};  // of the usual one, for a scene in its place
constexpr double kNothingAlike = 0.3;             // of the usual likeness
constexpr double kFoundAgain = 0.6;               // of the usual likeness, elsewhere
constexpr std::array kMoved_cells = {0.5, 0.75};
constexpr std::array kTurned_cells = {0.4, 0.6};     // at the picture's left and right edge
constexpr double kOtherView_cells = 0.25;            // well before a turn looks like a move
constexpr std::array kSharpnessLeft = {0.75, 0.65};  // of the usual ratio of fine to broad contrast
constexpr double kContrastLeft = 0.1;                // for a loss of sharpness to be told
constexpr std::array kNoise = {1.5, 2.0};            // times the usual
constexpr double kLeastNoise_counts = 0.4;           // rounding alone makes 0.3
constexpr double kNoiseLike = 3;  // steepness over the noise's, of no edges at all
constexpr int kSwayReach_cells = 2;
constexpr double kDeadShare = 0.0005;  // of the pixels, and no fewer than so many
constexpr int kFewestDead = 10;

Suspicion above(double value, const std::array<double, 2>& limits) {
  return suspect_above(value, limits[0], limits[1]);
}
Suspicion below(double value, const std::array<double, 2>& limits) {
  return suspect_below(value, limits[0], limits[1]);
}

// "34 px right and 3 px down"
std::string words_of(double right_px, double down_px) {
  std::string out;
  if (std::abs(right_px) >= 1) {
    out = fmt::format("{:.0f} px {}", std::abs(right_px), right_px > 0 ? "right" : "left");
  }
  if (std::abs(down_px) >= 1) {
    if (!out.empty()) out += " and ";
    out += fmt::format("{:.0f} px {}", std::abs(down_px), down_px > 0 ? "down" : "up");
  }
  return out;
}

std::string counted(int number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace

struct PictureHealth::State {
  // A whole look at one picture.
  struct Look {
    PictureFigures figures;
    std::optional<Structure> structure;
    StructureFit fit;  // over the usual structure, with no more shift than a camera may sway
  };
  // One trouble as a look finds it.
  struct Finding {
    Suspicion suspicion = Suspicion::no;
    std::string detail;
  };

  explicit State(const PictureHealthSettings& s) : settings(s), pace(s.clock_tolerance_s) {}

  PictureHealthSettings settings;
  FramePace pace;
  Stillness stillness;
  DeadPixels dead;
  UsualPicture usual;
  std::optional<sensor::Pose> usual_pose;  // of the picture it began with
  Box live;
  std::optional<double> since_look_s;
  bool blank = false;  // the newest picture looked at has one shade, and so is always the same
  Spell wrong_size{HealthState::wrong_size, 0, 0};
  Spell covered{HealthState::covered, 5, 5};
  Spell blinded{HealthState::blinded, 5, 5};
  Spell frozen{HealthState::frozen, 5, 1};
  Spell moved{HealthState::moved, 10, 10};
  Spell defocused{HealthState::defocused, 15, 15};
  Spell saturated{HealthState::saturated, 5, 10};
  Spell dead_pixels{HealthState::dead_pixels, 10, 10};
  Spell noisy{HealthState::noisy, 15, 15};

  void watch_size(const video::Frame& frame, double elapsed_s);
  void look_whole(const video::Frame& frame, double elapsed_s);
  void look_blank(const video::Frame& frame, int count, double elapsed_s);
  void find_live(const video::Image<std::uint16_t>& picture);
  Look measure(const video::Image<std::uint16_t>& picture, const PictureFigures& first);
  bool is_other_view(const video::Frame& frame, const Look& look) const;
  void judge(const Look& look, double elapsed_s, base::Time now);
  double edges_left(const Look& look) const;
  bool is_bare(const Look& look) const;
  Finding judge_glare(const Look& look) const;
  Finding judge_saturation(const Look& look) const;
  Finding judge_cover(const Look& look) const;
  Finding judge_place(const Look& look) const;
  Finding judge_turn(const Structure& structure, double least_likeness) const;
  Finding judge_sharpness(const Look& look) const;
  Finding judge_noise(const Look& look) const;
  Finding judge_dead() const;
  bool all_usual() const;
  std::vector<sensor::Condition> conditions() const;
};

void PictureHealth::State::watch_size(const video::Frame& frame, double elapsed_s) {
  const int width = frame.counts.width();
  const int height = frame.counts.height();
  const bool wrong = width != settings.width_px || height != settings.height_px;
  wrong_size.update(wrong ? Suspicion::yes : Suspicion::no, elapsed_s, frame.time,
                    fmt::format("pictures of {}×{} px; the site says {}×{}", width, height,
                                settings.width_px, settings.height_px));
}

void PictureHealth::State::find_live(const video::Image<std::uint16_t>& picture) {
  live = live_part(picture);
  if (live.width < kSmallestLive_px || live.height < kSmallestLive_px) {
    live = {0, 0, picture.width(), picture.height()};
  }
}

// A picture of one shade: there is nothing to measure in it.
void PictureHealth::State::look_blank(const video::Frame& frame, int count, double elapsed_s) {
  const bool bright = count >= kFullScale * ((1 << frame.bits) - 1) ||
                      (usual.is_known() && count > usual.figures().highest);
  const std::string detail = bright ? "the whole picture is overexposed" : "the picture is blank";
  const Suspicion yes = Suspicion::yes;
  const Suspicion no = Suspicion::no;
  blinded.update(bright ? yes : no, elapsed_s, frame.time, detail);
  covered.update(bright ? no : yes, elapsed_s, frame.time, detail);
}

PictureHealth::State::Look PictureHealth::State::measure(const video::Image<std::uint16_t>& picture,
                                                         const PictureFigures& first) {
  const bool overexposed = first.hot_share - usual.figures().hot_share >= kSaturatedShare[0];
  const int range = first.highest - first.lowest;
  dead.look(picture, live, first.noise, all_usual(),
            overexposed ? first.highest - range / 50 : 1 << 16);
  Look look;
  if (dead.any()) {
    const video::Image<std::uint16_t> mended = dead.mended(picture, live);
    look.figures = figures_of(mended, live);
    look.structure = structure_of(mended, live);
  } else {
    look.figures = first;
    look.structure = structure_of(picture, live);
  }
  if (look.structure && usual.structure()) {
    look.fit = best_fit(usual.structure()->edges, look.structure->edges, look.structure->cell_px,
                        kSwayReach_cells);
  }
  return look;
}

// Whether the camera was turned to another view than the usual one: its pose says so, and the
// picture does not tell otherwise.
bool PictureHealth::State::is_other_view(const video::Frame& frame, const Look& look) const {
  if (!frame.pose || !settings.horizontal_fov_rad) return false;
  if (!usual_pose || !usual.structure() || !look.structure) return true;
  const int width = frame.counts.width(), height = frame.counts.height();
  const auto turn =
      turn_between(*usual_pose, *frame.pose, {width, height, *settings.horizontal_fov_rad});
  const double cell_px = usual.structure()->cell_px;
  const double turned_px = turn ? furthest_px(*turn, width, height) : std::hypot(width, height);
  if (turned_px < kOtherView_cells * cell_px) return false;
  const bool is_alike =
      usual.has_structure() && look.fit.likeness >= kLikenessLeft[0] * usual.likeness();
  // So small a turn takes no scene out of sight.
  if (!is_alike && turned_px < kSwayReach_cells * cell_px) return false;
  const double shift_px = std::hypot(look.fit.shift_x_px, look.fit.shift_y_px);
  return !is_alike || shift_px >= kMoved_cells[0] * cell_px ||
         judge_turn(*look.structure, kLikenessLeft[0]).suspicion != Suspicion::no;
}

void PictureHealth::State::look_whole(const video::Frame& frame, double elapsed_s) {
  const PictureFigures first = figures_of(frame.counts, live);
  blank = first.highest - first.lowest <= kBlank_counts;
  if (blank) {
    look_blank(frame, first.highest, elapsed_s);
    return;
  }
  const Look look = measure(frame.counts, first);
  if (is_other_view(frame, look)) {
    usual = {};
    usual_pose = frame.pose;
  }
  judge(look, elapsed_s, frame.time);
  if (all_usual()) usual.learn(look.figures, look.structure, look.fit);
}

void PictureHealth::State::judge(const Look& look, double elapsed_s, base::Time now) {
  // What explains others comes first: a camera that is blinded shows no scene to be found moved.
  bool explained = false;
  const auto update = [&](Spell& spell, Finding finding) {
    if (explained) finding = {};
    spell.update(finding.suspicion, elapsed_s, now, finding.detail);
    explained = explained || finding.suspicion == Suspicion::yes ||
                (finding.suspicion == Suspicion::unsure && spell.holds());
  };
  update(blinded, judge_glare(look));
  update(saturated, judge_saturation(look));
  update(covered, judge_cover(look));
  update(moved, judge_place(look));
  const Finding dead_now = explained ? Finding{} : judge_dead();
  dead_pixels.update(dead_now.suspicion, elapsed_s, now, dead_now.detail);
  update(noisy, judge_noise(look));
  update(defocused, judge_sharpness(look));
}

// Of the usual steepness of the edges, without what noise alone makes.
double PictureHealth::State::edges_left(const Look& look) const {
  const auto without_noise = [](const Structure& structure, double noise) {
    const double of_noise = noise / structure.cell_px;
    return std::sqrt(
        std::max(0.0, structure.steepness * structure.steepness - of_noise * of_noise));
  };
  return without_noise(*look.structure, look.figures.noise) /
         std::max(1e-6, without_noise(*usual.structure(), usual.figures().noise));
}

// Whether nothing of the usual scene is left, nor of any other.
bool PictureHealth::State::is_bare(const Look& look) const {
  if (!usual.is_known() || !usual.has_structure() || !look.structure) return false;
  if (look.fit.likeness > kNothingAlike * usual.likeness()) return false;
  const double of_noise = look.figures.noise / look.structure->cell_px;
  return edges_left(look) < kEdgesLeft[1] || look.structure->steepness < kNoiseLike * of_noise;
}

PictureHealth::State::Finding PictureHealth::State::judge_glare(const Look& look) const {
  const double more = look.figures.hot_share - usual.figures().hot_share;
  Finding out{above(more, kBlindedShare), {}};
  if (more > kGlareShare && is_bare(look)) out.suspicion = Suspicion::yes;
  out.detail = fmt::format("{:.0f} % of the picture is overexposed: sun, fire or a lamp",
                           100 * look.figures.hot_share);
  return out;
}

PictureHealth::State::Finding PictureHealth::State::judge_saturation(const Look& look) const {
  const double more = look.figures.hot_share - usual.figures().hot_share;
  return {above(more, kSaturatedShare),
          fmt::format("{:.0f} % of the picture is overexposed", 100 * look.figures.hot_share)};
}

PictureHealth::State::Finding PictureHealth::State::judge_cover(const Look& look) const {
  if (!is_bare(look)) {
    const bool bare_before = covered.is_open() && usual.has_structure() && look.structure &&
                             look.fit.likeness < kLikenessLeft[1] * usual.likeness() &&
                             edges_left(look) < kEdgesLeft[0];
    return {bare_before ? Suspicion::unsure : Suspicion::no, {}};
  }
  return {Suspicion::yes, "nothing of the usual scene shows: lens covered, or thick fog or dust"};
}

PictureHealth::State::Finding PictureHealth::State::judge_place(const Look& look) const {
  if (!usual.is_known() || !usual.has_structure() || !look.structure) return {};
  const Structure& structure = *look.structure;
  const Suspicion gone = below(look.fit.likeness / usual.likeness(), kLikenessLeft);
  const double shift = std::hypot(look.fit.shift_x_px, look.fit.shift_y_px) / structure.cell_px;
  if (gone == Suspicion::no && shift < kMoved_cells[1]) {
    const Finding turn = judge_turn(structure, kLikenessLeft[0]);
    return {std::max(turn.suspicion, above(shift, kMoved_cells)), turn.detail};
  }
  const StructureFit anywhere = best_fit(usual.structure()->edges, structure.edges,
                                         structure.cell_px, structure.edges.width());
  if (gone == Suspicion::no || anywhere.likeness > kFoundAgain * usual.likeness()) {
    return {Suspicion::yes, fmt::format("the scene lies {} of where it was",
                                        words_of(anywhere.shift_x_px, anywhere.shift_y_px))};
  }
  if (Finding turn = judge_turn(structure, kNothingAlike); turn.suspicion == Suspicion::yes) {
    return turn;
  }
  // Much noise or a blur hides a scene that is still in its place.
  if (judge_noise(look).suspicion == Suspicion::yes) return {};
  if (look.fit.likeness > kNothingAlike * usual.likeness() &&
      judge_sharpness(look).suspicion == Suspicion::yes) {
    return {};
  }
  return {gone, "another scene than at the start, or turned about its middle"};
}

// `least_likeness`, of the usual one, that either half must have to be asked.
PictureHealth::State::Finding PictureHealth::State::judge_turn(const Structure& structure,
                                                               double least_likeness) const {
  const std::optional<double> turned =
      turn_rad(usual.structure()->edges, structure.edges, least_likeness * usual.likeness());
  if (!turned) return {};
  const double at_edge_cells = std::abs(*turned) * structure.edges.width() / 2;
  return {above(at_edge_cells, kTurned_cells),
          fmt::format("the scene is turned by {:.0f}° about its middle",
                      std::abs(*turned) * 180 / std::numbers::pi)};
}

PictureHealth::State::Finding PictureHealth::State::judge_sharpness(const Look& look) const {
  if (!usual.is_known() || !usual.has_structure() || !usual.has_sharp_edges()) return {};
  const PictureFigures& then = usual.figures();
  if (look.figures.broad_contrast < kContrastLeft * then.broad_contrast) {
    return {Suspicion::unsure, {}};
  }
  const double sharpness = (look.figures.fine_contrast / look.figures.broad_contrast) /
                           (then.fine_contrast / then.broad_contrast);
  return {below(sharpness, kSharpnessLeft),
          fmt::format("edges have {:.0f} % of their usual sharpness", 100 * sharpness)};
}

PictureHealth::State::Finding PictureHealth::State::judge_noise(const Look& look) const {
  if (!usual.is_known()) return {};
  // A camera that turns up its contrast turns up its noise as well.
  const double contrast =
      std::sqrt(look.figures.broad_contrast / std::max(1e-6, usual.figures().broad_contrast));
  const double times = look.figures.noise / std::max(kLeastNoise_counts, usual.figures().noise);
  return {above(times / std::max(1.0, contrast), kNoise),
          fmt::format("{:.1f} times the usual noise", times)};
}

PictureHealth::State::Finding PictureHealth::State::judge_dead() const {
  const double most = std::max<double>(
      kFewestDead, kDeadShare * static_cast<double>(live.width) * static_cast<double>(live.height));
  const bool many = dead.pixels() > most;
  if (dead.rows() == 0 && dead.columns() == 0 && !many) return {};
  std::string detail;
  const auto add = [&](int number, const char* one, const char* words) {
    if (number == 0) return;
    if (!detail.empty()) detail += ", ";
    detail += counted(number, one, words);
  };
  add(dead.rows(), "row", "rows");
  add(dead.columns(), "column", "columns");
  add(many ? dead.pixels() : 0, "pixel", "pixels");
  return {Suspicion::yes, detail + " no longer measure"};
}

// Whether the newest picture may be learnt from.
bool PictureHealth::State::all_usual() const {
  for (const Spell* spell : {&covered, &blinded, &frozen, &moved, &defocused, &saturated, &noisy}) {
    if (spell->is_open()) return false;
  }
  return true;
}

std::vector<sensor::Condition> PictureHealth::State::conditions() const {
  std::vector<sensor::Condition> out;
  for (const Spell* spell : {&wrong_size, &covered, &blinded, &frozen, &moved, &defocused,
                             &saturated, &dead_pixels, &noisy, &pace.slow(), &pace.clock_wrong()}) {
    if (spell->holds()) out.push_back(spell->condition());
  }
  return out;
}

PictureHealth::PictureHealth(const PictureHealthSettings& settings)
    : state_(std::make_unique<State>(settings)) {}
PictureHealth::~PictureHealth() = default;
PictureHealth::PictureHealth(PictureHealth&&) noexcept = default;
PictureHealth& PictureHealth::operator=(PictureHealth&&) noexcept = default;

std::vector<sensor::Condition> PictureHealth::look(const video::Frame& frame,
                                                   std::optional<base::Time> arrived) {
  State& s = *state_;
  const double elapsed_s = s.pace.take(frame.number, frame.time, arrived);
  s.watch_size(frame, elapsed_s);
  if (s.wrong_size.holds() || frame.counts.empty()) return s.conditions();
  const double still_s = s.stillness.take(frame.counts, elapsed_s);
  s.frozen.update(still_s > 0 && !s.blank ? Suspicion::yes : Suspicion::no, elapsed_s, frame.time,
                  fmt::format("the same picture for {:.0f} s", still_s));
  const double since_s = s.since_look_s.value_or(kLook_s) + elapsed_s;
  s.since_look_s = since_s;
  if (since_s < kLook_s) return s.conditions();
  if (s.live.width == 0) s.find_live(frame.counts);
  if (std::min(s.live.width, s.live.height) >= kSmallestLive_px) s.look_whole(frame, since_s);
  s.since_look_s = 0;
  return s.conditions();
}

}  // namespace marsad::detect
