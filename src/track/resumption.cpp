// SPDX-License-Identifier: Apache-2.0
#include "track/resumption.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "geo/distance2.h"
#include "track/assignment.h"

namespace marsad::track {
namespace {

constexpr double kDormantAfter_s = 8;

// How much longer movers keep to a way of moving in dead ground than elsewhere.
constexpr double kLasting = 10;

// How many movers never seen before show, where one may come out of dead ground.
constexpr double kNew_pm2 = 1e-8;

// Movers hidden at once went in together where they were no farther apart and no more unlike in
// velocity, sigmas.
constexpr double kCompany_m = 100;
constexpr double kAlike_sigma = 3;

// Company comes apart by so much a second, and differs in velocity by so much, 1 sigma an axis.
constexpr double kSpread_mps = 0.05;
constexpr double kUnlike_mps = 0.1;

// For so long a mover must have been in the open to be missed, and then it is by this probability.
constexpr double kNoticed_s = 6;
constexpr double kNoticed = 0.95;

// How much likelier two beliefs of class are of one mover than of any two.
double class_likelihood(const Mover& a, const Mover& b) {
  constexpr auto kUnknown = static_cast<std::size_t>(sensor::MoverClass::unknown);
  constexpr double kLeast = 0.02;
  const sensor::ClassProbabilities one = a.classes.probabilities();
  const sensor::ClassProbabilities other = b.classes.probabilities();
  const double told = (1 - one[kUnknown]) * (1 - other[kUnknown]);
  double agree = 0;
  for (std::size_t c = 0; c < kUnknown; ++c) agree += one[c] * other[c];
  // Against classes all as likely as each other.
  return std::max(kLeast, 1 - told + double(kUnknown) * agree);
}

geo::CovEn velocity_cov(const Kinematics& k) { return {k.cov[7], k.cov[8], k.cov[9]}; }

geo::CovEn round(double sigma) { return {sigma * sigma, 0, sigma * sigma}; }

void add_place_cov(Kinematics& k, const geo::CovEn& c) {
  k.cov[0] += c.ee;
  k.cov[1] += c.en;
  k.cov[4] += c.nn;
}

double log_density(double e, double n, const geo::CovEn& c) {
  const double determinant = c.ee * c.nn - c.en * c.en;
  return -0.5 * geo::distance2(e, n, c) - std::log(2 * std::numbers::pi) -
         0.5 * std::log(determinant);
}

// Whether two move alike, as far as is known.
bool alike(const Kinematics& a, const Kinematics& b) {
  return geo::distance2(a.mean[2] - b.mean[2], a.mean[3] - b.mean[3],
                        velocity_cov(a) + velocity_cov(b) + round(kUnlike_mps)) <
         kAlike_sigma * kAlike_sigma;
}

// Who is fresh and who is dormant, with all that is asked of each more than once.
class Meeting {
 public:
  Meeting(std::span<const Mover* const> fresh, std::span<const Mover* const> dormant,
          base::Time now, const TrackerSettings& settings, const Seen& seen)
      : fresh_(fresh),
        dormant_(dormant),
        now_(now),
        settings_(settings),
        lasting_(settings.modes),
        seen_(seen) {
    // A walker does not take to driving in there.
    for (MotionMode& mode : lasting_) mode.mean_stay_s *= kLasting;
    for (const Mover* f : fresh) {
      now_at_.push_back(moments(motion_at(*f, now, settings)));
      add_place_cov(now_at_.back(), f->bias_root.cov_m2());
      anyone_.push_back(std::log(of_anyone(now_at_.back())));
    }
    for (std::size_t d = 0; d < dormant.size(); ++d) {
      predicted_.push_back(dormant[d]->motion);
      predict(predicted_.back(), age_s(d), lasting_);
    }
    find_company();
    find_formation();
    for (std::size_t f = 0; f < fresh.size(); ++f) {
      for (std::size_t d = 0; d < dormant.size(); ++d) alone_.push_back(log_weight_alone(f, d));
    }
  }

  Reunion reunion() const;

 private:
  // A fresh track taken for a dormant mover, and what follows for all the others.
  struct Trial {
    double total = 0;
    std::vector<std::int32_t> dormant_of;
  };

  double alone(std::size_t f, std::size_t d) const { return alone_[f * dormant_.size() + d]; }
  bool company(std::size_t a, std::size_t b) const { return company_[a * dormant_.size() + b]; }
  double of_anyone(const Kinematics& here) const;
  double log_weight_alone(std::size_t f, std::size_t d) const;
  double log_weight_beside(std::size_t f, std::size_t d, std::size_t other_f,
                           std::size_t other_d) const;
  double age_s(std::size_t d) const { return base::to_seconds(now_ - dormant_[d]->time); }
  void find_company();
  void find_formation();
  double log_unseen(std::size_t f, std::size_t d, std::size_t other_d) const;
  Trial trial(std::size_t f, std::size_t d) const;
  void tell(Reunion& reunion) const;

  std::span<const Mover* const> fresh_, dormant_;
  base::Time now_;
  const TrackerSettings& settings_;
  MotionModes lasting_;
  const Seen& seen_;
  std::vector<Kinematics> now_at_;     // by fresh, the sensors' biases in it
  std::vector<double> anyone_;         // by fresh: log density of its velocity, of anyone
  std::vector<Motion> predicted_;      // by dormant: now, each by its own motion
  std::vector<Kinematics> formation_;  // by dormant: now, had all gone on as their company did
  // By dormant: there with the error that is the same for its company, where it has any.
  std::vector<std::optional<Kinematics>> common_;
  std::vector<bool> company_;  // dormant × dormant
  std::vector<double> alone_;  // fresh × dormant: log weights
};

double Meeting::of_anyone(const Kinematics& here) const {
  const Motion anyone = born({0, 0, {}}, settings_.modes);
  double sum = 0;
  for (std::size_t m = 0; m < kModes; ++m) {
    sum += anyone.probability[m] * velocity_density(anyone.mode[m], here);
  }
  return sum;
}

// How many times likelier it is that this is that mover than one never seen before, whoever the
// others are.
double Meeting::log_weight_alone(std::size_t f, std::size_t d) const {
  Kinematics after = now_at_[f];
  add_place_cov(after, dormant_[d]->bias_root.cov_m2());
  double same = 0;
  if (common_[d]) {
    same = density(*common_[d], after);
  } else {
    for (std::size_t m = 0; m < kModes; ++m) {
      same += predicted_[d].probability[m] * density(predicted_[d].mode[m], after);
    }
  }
  return std::log(class_likelihood(*dormant_[d], *fresh_[f])) + std::log(same) -
         std::log(kNew_pm2) - anyone_[f];
}

void Meeting::find_company() {
  const std::size_t count = dormant_.size();
  company_.assign(count * count, false);
  for (std::size_t a = 0; a < count; ++a) {
    const Kinematics one = moments(dormant_[a]->motion);
    for (std::size_t b = 0; b < count; ++b) {
      const Kinematics other = moments(dormant_[b]->motion);
      // Where the one was when the other was seen last.
      const double dt_s = age_s(a) - age_s(b);
      const double e = one.mean[0] - other.mean[0] + dt_s * (one.mean[2] + other.mean[2]) / 2;
      const double n = one.mean[1] - other.mean[1] + dt_s * (one.mean[3] + other.mean[3]) / 2;
      company_[a * count + b] = a == b || (std::hypot(e, n) < kCompany_m && alike(one, other));
    }
  }
}

void Meeting::find_formation() {
  for (std::size_t a = 0; a < dormant_.size(); ++a) {
    double members = 0, ve = 0, vn = 0;
    Kinematics common;
    for (std::size_t b = 0; b < dormant_.size(); ++b) {
      if (!company(a, b)) continue;
      const Kinematics then = moments(dormant_[b]->motion), now = moments(predicted_[b]);
      members += 1;
      ve += then.mean[2];
      vn += then.mean[3];
      for (std::size_t i = 0; i < common.cov.size(); ++i) common.cov[i] += now.cov[i];
    }
    Kinematics at = moments(dormant_[a]->motion);
    at.mean[2] = ve / members;
    at.mean[3] = vn / members;
    at.mean[0] += age_s(a) * at.mean[2];
    at.mean[1] += age_s(a) * at.mean[3];
    add_place_cov(at, round(kSpread_mps * age_s(a)));
    formation_.push_back(at);
    common_.emplace_back();
    if (members < 2) continue;
    for (double& value : common.cov) value /= members;
    common.mean = at.mean;
    common_.back() = common;
  }
}

// The same of a second pair, when the first is taken for sure and both dormant ones were company.
double Meeting::log_weight_beside(std::size_t f, std::size_t d, std::size_t other_f,
                                  std::size_t other_d) const {
  const Kinematics &a = now_at_[f], &b = now_at_[other_f];
  const geo::CovEn off =
      place_cov(a) + place_cov(b) + place_cov(formation_[d]) + place_cov(formation_[other_d]);
  const geo::CovEn unlike = velocity_cov(a) + velocity_cov(b) + round(kUnlike_mps);
  return std::log(class_likelihood(*dormant_[other_d], *fresh_[other_f])) +
         log_density(b.mean[0] - a.mean[0] - formation_[other_d].mean[0] + formation_[d].mean[0],
                     b.mean[1] - a.mean[1] - formation_[other_d].mean[1] + formation_[d].mean[1],
                     off) +
         log_density(b.mean[2] - a.mean[2], b.mean[3] - a.mean[3], unlike) - std::log(kNew_pm2) -
         anyone_[other_f];
}

// Log probability that the other is not seen, if the fresh track is that mover.
double Meeting::log_unseen(std::size_t f, std::size_t d, std::size_t other_d) const {
  const Kinematics& at = now_at_[f];
  const double e = at.mean[0] + formation_[other_d].mean[0] - formation_[d].mean[0];
  const double n = at.mean[1] + formation_[other_d].mean[1] - formation_[d].mean[1];
  const geo::Ellipse off =
      geo::ellipse(place_cov(at) + place_cov(formation_[d]) + place_cov(formation_[other_d]));
  const double ue = std::sin(off.azimuth_rad), un = std::cos(off.azimuth_rad);
  const Mover& other = *dormant_[other_d];
  double sum = 0;
  for (const double major : {-1.0, 0.0, 1.0}) {
    for (const double minor : {-1.0, 0.0, 1.0}) {
      const double he = e + major * off.major_m * ue + minor * off.minor_m * un;
      const double hn = n + major * off.major_m * un - minor * off.minor_m * ue;
      const double weight = (major == 0 ? 0.5 : 0.25) * (minor == 0 ? 0.5 : 0.25);
      const double seen = std::min(seen_(other, he, hn), seen_(other, he - kNoticed_s * at.mean[2],
                                                               hn - kNoticed_s * at.mean[3]));
      sum += weight * (1 - (1 - seen) * (1 - seen) * (1 - seen));
    }
  }
  return std::log(1 - kNoticed * sum);
}

Meeting::Trial Meeting::trial(std::size_t f, std::size_t d) const {
  Trial trial{alone(f, d), std::vector<std::int32_t>(fresh_.size(), kUnassigned)};
  trial.dormant_of[f] = static_cast<std::int32_t>(d);
  std::vector<std::size_t> others_f, others_d;
  for (std::size_t k = 0; k < fresh_.size(); ++k) {
    if (k != f) others_f.push_back(k);
  }
  std::vector<double> unseen;
  for (std::size_t l = 0; l < dormant_.size(); ++l) {
    if (l == d) continue;
    others_d.push_back(l);
    unseen.push_back(company(d, l) ? log_unseen(f, d, l) : 0.0);
    trial.total += unseen.back();
  }
  std::vector<double> cost;
  for (const std::size_t k : others_f) {
    for (std::size_t i = 0; i < others_d.size(); ++i) {
      const std::size_t l = others_d[i];
      const double weight = company(d, l) ? log_weight_beside(f, d, k, l) : alone(k, l);
      cost.push_back(std::min(0.0, unseen[i] - weight));
    }
  }
  const auto column_of = assign(others_f.size(), others_d.size(), cost);
  for (std::size_t row = 0; row < others_f.size(); ++row) {
    if (column_of[row] == kUnassigned) continue;
    const auto column = static_cast<std::size_t>(column_of[row]);
    const double gain = -cost[row * others_d.size() + column];
    if (gain <= 0) continue;
    trial.total += gain;
    trial.dormant_of[others_f[row]] = static_cast<std::int32_t>(others_d[column]);
  }
  return trial;
}

// Where the company of those that are found must be: as it lay about them.
void Meeting::tell(Reunion& reunion) const {
  for (std::size_t l = 0; l < dormant_.size(); ++l) {
    double found = 0;
    Kinematics sum;
    for (std::size_t f = 0; f < fresh_.size(); ++f) {
      if (reunion.dormant_of[f] == kUnassigned) continue;
      const auto d = static_cast<std::size_t>(reunion.dormant_of[f]);
      if (d == l || !company(d, l)) continue;
      found += 1;
      for (std::size_t i = 0; i < 2; ++i) {
        sum.mean[i] += now_at_[f].mean[i] - formation_[d].mean[i];
        sum.mean[i + 2] += now_at_[f].mean[i + 2];
      }
      for (std::size_t i = 0; i < 10; ++i) {
        sum.cov[i] += now_at_[f].cov[i];
      }
      add_place_cov(sum, place_cov(formation_[d]));
    }
    if (found == 0) continue;
    Kinematics told;
    for (std::size_t i = 0; i < 4; ++i) told.mean[i] = sum.mean[i] / found;
    for (std::size_t i = 0; i < 10; ++i) told.cov[i] = sum.cov[i] / (found * found);
    told.mean[0] += formation_[l].mean[0];
    told.mean[1] += formation_[l].mean[1];
    add_place_cov(told, place_cov(formation_[l]));
    told.cov[7] += kUnlike_mps * kUnlike_mps;
    told.cov[9] += kUnlike_mps * kUnlike_mps;
    reunion.told[l] = told;
  }
}

Reunion Meeting::reunion() const {
  Reunion found{std::vector<std::int32_t>(fresh_.size(), kUnassigned),
                std::vector<std::optional<Kinematics>>(dormant_.size())};
  double most = 0;
  for (std::size_t f = 0; f < fresh_.size(); ++f) {
    for (std::size_t d = 0; d < dormant_.size(); ++d) {
      if (alone(f, d) <= 0) continue;
      Trial tried = trial(f, d);
      if (tried.total <= most) continue;
      most = tried.total;
      found.dormant_of = std::move(tried.dormant_of);
    }
  }
  tell(found);
  return found;
}

}  // namespace

bool dormant(const Mover& mover, base::Time now) {
  return mover.status == TrackStatus::confirmed && !mover.awaited &&
         now - mover.in_sight > base::from_seconds(kDormantAfter_s);
}

Reunion reunite(std::span<const Mover* const> fresh, std::span<const Mover* const> dormant,
                base::Time now, const TrackerSettings& settings, const Seen& seen) {
  return Meeting(fresh, dormant, now, settings, seen).reunion();
}

void resume(const Mover& dormant, Mover& fresh) {
  fresh.id = dormant.id;
  fresh.order = dormant.order;
  fresh.first_seen = dormant.first_seen;
  fresh.plots += dormant.plots;
  fresh.classes = dormant.classes;
  std::vector<std::uint32_t> sensors = dormant.sensors;
  for (const std::uint32_t sensor : fresh.sensors) {
    if (std::find(sensors.begin(), sensors.end(), sensor) == sensors.end()) {
      sensors.push_back(sensor);
    }
  }
  fresh.sensors = std::move(sensors);
}

void await(Mover& dormant, const Kinematics& told, base::Time now) {
  for (Kinematics& mode : dormant.motion.mode) mode = told;
  dormant.time = now;
  dormant.awaited = true;
}

}  // namespace marsad::track
