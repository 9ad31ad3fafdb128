// SPDX-License-Identifier: Apache-2.0
#include "tests/detect/footage.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "detect/alignment.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad::detect {
namespace {

using Counts = video::Image<std::uint16_t>;

std::uint16_t clipped(double count, int bits) {
  return static_cast<std::uint16_t>(std::clamp(std::lround(count), 0L, (1L << bits) - 1));
}

// A place beyond the picture's edge, mirrored back into it.
int mirrored(long place, int size) {
  const long period = 2L * size;
  const long within = ((place % period) + period) % period;
  return static_cast<int>(within < size ? within : period - 1 - within);
}

// The live part softened, mirrored at its edges.
video::Image<float> blurred(const Counts& picture, const Box& live, double sigma_px) {
  const int reach = static_cast<int>(std::ceil(3 * sigma_px));
  std::vector<float> weights;
  float sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma_px * sigma_px))));
    sum += weights.back();
  }
  std::vector<int> column;  // of x - reach
  std::vector<int> line;
  for (int x = -reach; x < live.width + reach; ++x) column.push_back(mirrored(x, live.width));
  for (int y = -reach; y < live.height + reach; ++y) line.push_back(mirrored(y, live.height));
  video::Image<float> across(live.width, live.height);
  video::Image<float> out(live.width, live.height);
  for (int y = 0; y < live.height; ++y) {
    for (int x = 0; x < live.width; ++x) {
      for (std::size_t i = 0; i < weights.size(); ++i) {
        across.at(x, y) += weights[i] / sum *
                           picture.at(live.x + column[static_cast<std::size_t>(x) + i], live.y + y);
      }
    }
  }
  for (int y = 0; y < live.height; ++y) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (int x = 0; x < live.width; ++x) {
        out.at(x, y) += weights[i] / sum * across.at(x, line[static_cast<std::size_t>(y) + i]);
      }
    }
  }
  return out;
}

// Shows inside the live part what lay where `where_from` leads, from its middle. What comes into
// view at the edges is the scene mirrored; black borders stay.
Break moved(std::function<void(double& x, double& y)> where_from) {
  return [where_from = std::move(where_from), live = Box()](video::Frame& frame, double) mutable {
    if (live.width == 0) live = live_part(frame.counts);
    const Counts before = frame.counts;
    for (int y = 0; y < live.height; ++y) {
      for (int x = 0; x < live.width; ++x) {
        double u = x - live.width / 2.0;
        double v = y - live.height / 2.0;
        where_from(u, v);
        frame.counts.at(live.x + x, live.y + y) =
            before.at(live.x + mirrored(std::lround(u + live.width / 2.0), live.width),
                      live.y + mirrored(std::lround(v + live.height / 2.0), live.height));
      }
    }
    return true;
  };
}

}  // namespace

Footage::Footage(const std::string& path, double recorded_fps, std::size_t every)
    : fps_(recorded_fps / static_cast<double>(every)) {
  const auto place = test::real_data("thermal/" + path);
  if (!place) return;
  const auto source = video::open_source({{}, place->string(), {}, {}});
  if (!source) return;
  for (std::size_t n = 0;;) {
    video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) return;
    auto* frame = std::get_if<video::Frame>(&event);
    if (frame != nullptr && n++ % every == 0) frames_.push_back(std::move(*frame));
  }
}

video::Frame Footage::frame(std::uint64_t n) const {
  const std::uint64_t turns = 2 * frames_.size() - 2;
  const std::uint64_t at = n % turns;
  video::Frame out = frames_[at < frames_.size() ? at : turns - at];
  out.number = n;
  out.time = base::Time{} + base::from_seconds(static_cast<double>(n) / fps_);
  return out;
}

Told play(const Footage& footage, double healthy_s, double broken_s, const Break& broken) {
  PictureHealth health({footage.first().width(), footage.first().height(), 2});
  Told told;
  std::uint64_t number = 0;
  const auto frames = static_cast<std::uint64_t>((healthy_s + broken_s) * footage.fps());
  for (std::uint64_t n = 0; n < frames; ++n) {
    const double since_s = static_cast<double>(n) / footage.fps() - healthy_s;
    video::Frame frame = footage.frame(n);
    if (since_s >= 0 && broken && !broken(frame, since_s)) continue;
    frame.number = number++;
    told.at_end.clear();
    for (const sensor::Condition& condition : health.look(frame)) {
      if (since_s < 0) {
        told.before.insert(condition.state);
      } else {
        told.first_after_s.try_emplace(condition.state, since_s);
      }
      told.at_end.insert(condition.state);
      told.details[condition.state] = condition.detail;
    }
  }
  return told;
}

Break freeze() {
  return [kept = Counts()](video::Frame& frame, double) mutable {
    if (kept.empty()) kept = frame.counts;
    frame.counts = kept;
    return true;
  };
}

Break defocus(double sigma_px, double noise) {
  return [=, random = std::mt19937(1), live = Box()](video::Frame& frame, double) mutable {
    if (live.width == 0) live = live_part(frame.counts);
    std::normal_distribution<double> fresh(0, std::max(noise, 1e-9));
    const video::Image<float> soft = blurred(frame.counts, live, sigma_px);
    for (int y = 0; y < live.height; ++y) {
      for (int x = 0; x < live.width; ++x) {
        frame.counts.at(live.x + x, live.y + y) =
            clipped(soft.at(x, y) + fresh(random), frame.bits);
      }
    }
    return true;
  };
}

Break blur(double sigma_px) { return defocus(sigma_px, 0); }

Break dead_lines(int row, int column) {
  return [=](video::Frame& frame, double) {
    const auto [low, high] = std::ranges::minmax(frame.counts.pixels());
    for (int x = 0; x < frame.counts.width(); ++x) frame.counts.at(x, row) = low;
    for (int y = 0; y < frame.counts.height(); ++y) frame.counts.at(column, y) = high;
    return true;
  };
}

Break dead_dots(double share) {
  return [=](video::Frame& frame, double) {
    std::mt19937 random(7);  // the same places every time
    const auto pixels = frame.counts.pixels();
    const auto full = static_cast<std::uint16_t>((1 << frame.bits) - 1);
    for (int i = 0; i < static_cast<int>(share * static_cast<double>(pixels.size())); ++i) {
      pixels[random() % pixels.size()] = i % 2 == 0 ? std::uint16_t{0} : full;
    }
    return true;
  };
}

Break add_noise(double sigma) {
  return [=, random = std::mt19937(1)](video::Frame& frame, double) mutable {
    std::normal_distribution<double> fresh(0, sigma);
    for (std::uint16_t& count : frame.counts.pixels())
      count = clipped(count + fresh(random), frame.bits);
    return true;
  };
}

Break shift(int right_px, int down_px) {
  return moved([=](double& x, double& y) {
    x -= right_px;
    y -= down_px;
  });
}

Break turn(double angle_deg) {
  const double angle = angle_deg * std::numbers::pi / 180;
  return moved([=](double& x, double& y) {
    const double u = x;
    x = u * std::cos(angle) - y * std::sin(angle);
    y = u * std::sin(angle) + y * std::cos(angle);
  });
}

Break overexpose(double share) {
  return [=](video::Frame& frame, double) {
    std::vector<std::uint16_t> sorted(frame.counts.pixels().begin(), frame.counts.pixels().end());
    const auto at = sorted.begin() +
                    static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(sorted.size()));
    std::nth_element(sorted.begin(), at, sorted.end());
    const auto low = *std::min_element(sorted.begin(), sorted.end());
    const double full = (1 << frame.bits) - 1;
    const double gain = full / std::max(1, *at - low);
    for (std::uint16_t& count : frame.counts.pixels())
      count = clipped((count - low) * gain, frame.bits);
    return true;
  };
}

Break cover(double noise) {
  return [=, random = std::mt19937(1)](video::Frame& frame, double) mutable {
    std::normal_distribution<double> fresh(0, std::max(noise, 1e-9));
    const double level = frame.counts.at(frame.counts.width() / 2, frame.counts.height() / 2);
    for (std::uint16_t& count : frame.counts.pixels())
      count = clipped(level + fresh(random), frame.bits);
    return true;
  };
}

Break drop_frames(double share) {
  return [=, owed = 0.0](video::Frame&, double) mutable {
    owed += share;
    if (owed < 1) return true;
    owed -= 1;
    return false;
  };
}

Break wind_clock_back(double by_s) {
  return [=](video::Frame& frame, double) {
    frame.time -= base::from_seconds(by_s);
    return true;
  };
}

}  // namespace marsad::detect
