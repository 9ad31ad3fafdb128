// SPDX-License-Identifier: Apache-2.0
#include "terrain/earthworks_path.h"

#include "terrain/ground_reader.h"

namespace marsad::terrain {
namespace {

// Steps along the path shorter than this are rounding.
constexpr double kRounding_m = 1e-6;

// The most a cubic strays from the straight line between its ends.
double bow_of(const Cubic& c, double from, double to) {
  const double way = to - from;
  // Of t² a quarter of its factor, of t³ 0.385 of it.
  return std::abs(c.c2 + 3 * c.c3 * from) * way * way / 4 +
         0.385 * std::abs(c.c3) * way * way * way;
}

// The part of a cubic from t on, by a parameter from 0 to 1 of its own.
Cubic rest_of(const Cubic& c, double t) {
  const double way = 1 - t;
  return {c.at(t), way * c.slope(t), way * way * (c.c2 + 3 * t * c.c3), way * way * way * c.c3};
}

// Follows one path over the ground and its earthworks.
class Follower {
 public:
  Follower(const Elevation& elevation, const Path& path, double lift_m)
      : elevation_(elevation), ground_(elevation), path_(path), lift_m_(lift_m) {}

  std::optional<Contact> run() const {
    const auto on_ground = natural();
    const auto raised = on_raised(on_ground ? on_ground->t : 1);
    return raised ? raised : on_ground;
  }

 private:
  // On the natural ground, or within a trench on its floor or wall.
  std::optional<Contact> natural() const {
    auto met = first_contact(elevation_, path_, lift_m_);
    while (met) {
      const Contact out = through_trenches(met->t);
      if (is_near(out.t, met->t)) break;
      if (out.t >= 1 && out.piece == nullptr) return std::nullopt;
      if (above_ground_m(out.t) < -kRounding_m) return out;  // false over a void
      const Path rest{rest_of(path_.column, out.t), rest_of(path_.row, out.t),
                      rest_of(path_.height_m, out.t), (1 - out.t) * path_.length_m};
      met = first_contact(elevation_, rest, lift_m_);
      if (met) met->t = out.t + met->t * (1 - out.t);
    }
    return met;
  }

  bool is_near(double a, double b) const { return std::abs(a - b) * path_.length_m < kRounding_m; }

  double height_m(double t) const { return path_.height_m.at(t) + lift_m_; }

  // Above the natural ground of a cell.
  double above_m(int column, int row, double t) const {
    const GridPoint at = path_.point(t);
    return height_m(t) - ground_.corners(column, row).at(at.column - column, at.row - row);
  }
  double above_ground_m(double t) const {
    const GridPoint at = path_.point(t);
    return above_m(std::clamp(static_cast<int>(at.column), 0, elevation_.columns() - 2),
                   std::clamp(static_cast<int>(at.row), 0, elevation_.rows() - 2), t);
  }

  // Where on a stretch the path comes below its surface.
  struct Descent {
    double t = 0;
    bool at_once = false;  // it is below at the beginning
    double start_m = 0;    // above the natural ground there
    double start_rise_m = 0;
  };
  std::optional<Descent> descent(const WorkStretch& s) const {
    const double middle = (s.from + s.to) / 2;
    const double natural_m = above_m(s.column, s.row, s.from);
    const double start = natural_m - s.rise_from_m;
    if (start < 0) return Descent{s.from, true, natural_m, s.rise_from_m};
    const auto root =
        first_descent(start, above_m(s.column, s.row, middle) - (s.rise_from_m + s.rise_to_m) / 2,
                      above_m(s.column, s.row, s.to) - s.rise_to_m);
    if (!root) return std::nullopt;
    return Descent{s.from + *root * (s.to - s.from), false, natural_m, s.rise_from_m};
  }

  // On what is raised, before `end`.
  std::optional<Contact> on_raised(double end) const {
    std::optional<Contact> first;
    each_raised_stretch(elevation_, path_, 0, end,
                        [&](const EarthworkPiece& piece, const WorkStretch& stretch) {
                          if (first && stretch.from >= first->t) return false;
                          const auto found = descent(stretch);
                          if (!found) return true;
                          if (first && found->t >= first->t) return false;
                          // Its start may lie within what is raised. Elsewhere an upright face is
                          // met at once, and only the natural ground tells whether the path came
                          // there unseen.
                          const double depth_m =
                              found->t > 0 ? -found->start_m : found->start_rise_m - found->start_m;
                          first = Contact{found->t, found->at_once && depth_m > kEmerged_m, &piece};
                          return false;
                        });
    return first;
  }

  // Where a path, at t in or above what is dug, meets its floor or a wall, or comes out of it; t
  // itself where nothing is dug.
  Contact through_trenches(double t) const {
    Contact out{t, false, nullptr};
    while (out.t < 1) {
      const double before = out.t;
      const Chord chord(path_, before, std::min(1.0, before + kStraightPath_m / path_.length_m));
      elevation_.earthworks()->each_dug(chord.a, chord.a, {}, [&](const EarthworkPiece& piece) {
        if (!piece.covers(chord.a)) return;
        const Contact end = through(piece, chord);
        if (end.t > out.t) out = end;
      });
      if (is_near(out.t, before)) break;
    }
    return out;
  }

  Contact through(const EarthworkPiece& piece, const Chord& chord) const {
    Contact end{chord.from, false, nullptr};
    each_stretch(elevation_, chord, piece, [&](const WorkStretch& stretch) {
      if (std::isnan(above_m(stretch.column, stretch.row, stretch.from))) return false;
      const auto found = descent(stretch);
      end = found ? Contact{found->t, false, &piece} : Contact{stretch.to, false, nullptr};
      return !found;
    });
    return end;
  }

  const Elevation& elevation_;
  GroundReader ground_;
  const Path& path_;
  double lift_m_;
};

}  // namespace

GridPoint bow(const Path& path, double from, double to) {
  return {bow_of(path.column, from, to), bow_of(path.row, from, to)};
}

std::optional<Contact> first_contact_with_earthworks(const Elevation& elevation, const Path& path,
                                                     double lift_m) {
  return Follower(elevation, path, lift_m).run();
}

}  // namespace marsad::terrain
