// SPDX-License-Identifier: Apache-2.0
#include "detect/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "detect/components.h"
#include "video/lettering.h"

namespace marsad::detect {
namespace {

using video::Rgb;

constexpr float kQuiet = 1;          // up to here it is noise, and black
constexpr int kLeastWidth_px = 400;  // of a panel
constexpr int kGap_px = 4;
constexpr int kText = 2;  // scale of the lettering
constexpr int kTextWidth_px = kText * video::kLetterWidth_px;
constexpr int kHead_px = kText * video::kLetterHeight_px + 6;
constexpr Rgb kPaper{16, 20, 26};
constexpr Rgb kInk{222, 228, 236};
constexpr Rgb kBox{255, 196, 61};

// The counts shown black and white.
struct Greys {
  double black = 0;
  double white = 1;

  Rgb of(double count) const {
    const double level = std::clamp((count - black) / (white - black), 0.0, 1.0);
    const auto grey = static_cast<std::uint8_t>(std::lround(255 * level));
    return {grey, grey, grey};
  }
};

// Between the 0.5 and 99.5 percentiles, as elsewhere for people's eyes.
Greys greys_of(const video::Image<std::uint16_t>& counts) {
  std::vector<std::uint16_t> sorted(counts.pixels().begin(), counts.pixels().end());
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return double{1} *
           sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  return {at(0.005), std::max(at(0.995), at(0.005) + 1)};
}

Rgb heat(float score) {
  const float strength =
      std::clamp((std::abs(score) - kQuiet) / (kFullColour - kQuiet), 0.0F, 1.0F);
  const auto part = [&](int full) {
    return static_cast<std::uint8_t>(strength * static_cast<float>(full));
  };
  return score > 0 ? Rgb{part(255), part(72), part(40)} : Rgb{part(56), part(120), part(255)};
}

// One frame's panels on a sheet.
class Sheet {
 public:
  Sheet(int width, int height)
      : scale_(std::max(1, (kLeastWidth_px + width - 1) / width)),
        panel_width_(width * scale_),
        sheet_(3 * panel_width_ + 2 * kGap_px, height * scale_ + kHead_px, kPaper) {}

  int left(int panel) const { return panel * (panel_width_ + kGap_px); }

  void title(int panel, std::string text) {
    const auto room = static_cast<std::size_t>(panel_width_ / kTextWidth_px);
    if (text.size() > room) text.resize(room);
    write_text(sheet_, left(panel), 3, text, kInk, kText);
  }

  // `colour` gives each pixel's.
  template <class Colour>
  void paint(int panel, int width, int height, const Colour& colour) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        fill(sheet_, left(panel) + x * scale_, kHead_px + y * scale_, scale_, scale_, colour(x, y));
      }
    }
  }

  // A box a little off what it holds.
  void mark(int panel, const Box& box) {
    const Box around = placed(panel, box);
    outline(sheet_, around.x, around.y, around.width, around.height, kBox);
    outline(sheet_, around.x - 1, around.y - 1, around.width + 2, around.height + 2, kPaper);
  }

  // Writes beside a box, within the panel and not over another label.
  void label(int panel, const Box& box, const std::string& text) {
    const Box around = placed(panel, box);
    const int width = static_cast<int>(text.size()) * kTextWidth_px + 2;
    const int height = kText * video::kLetterHeight_px + 2;
    const int x = std::clamp(around.x, left(panel),
                             std::max(left(panel), left(panel) + panel_width_ - width));
    std::vector<int> rows;  // above and below, the nearest first
    for (int away = 1; away < sheet_.height(); away += height) {
      const int above = around.y - height - away, below = around.y + around.height + away;
      if (above >= kHead_px) rows.push_back(above);
      if (below + height <= sheet_.height()) rows.push_back(below);
    }
    const auto free = std::find_if(rows.begin(), rows.end(), [&](int y) {
      return std::none_of(labels_.begin(), labels_.end(), [&](const Box& other) {
        return gap_px(other, {x, y, width, height}) <= 0;
      });
    });
    if (free == rows.end()) return;
    labels_.push_back({x, *free, width, height});
    fill(sheet_, x, *free, width, height, kPaper);
    write_text(sheet_, x + 1, *free + 2, text, kBox, kText);
  }

  video::Image<Rgb> take() && { return std::move(sheet_); }

 private:
  Box placed(int panel, const Box& box) const {
    return {left(panel) + box.x * scale_ - 3, kHead_px + box.y * scale_ - 3, box.width * scale_ + 6,
            box.height * scale_ + 6};
  }

  int scale_;
  int panel_width_;
  video::Image<Rgb> sheet_;
  std::vector<Box> labels_;  // written so far
};

// "PERSON 21": the class where there is one, and how plain it is.
std::string label_of(const Detection& detection) {
  const sensor::MoverClass mover = sensor::likeliest(detection.classes);
  return fmt::format("{} {:.0f}", sensor::name(mover), detection.snr);
}

}  // namespace

video::Image<Rgb> picture_of(const video::Frame& frame, const std::vector<Detection>& detections,
                             const Explanation& explanation) {
  const video::Image<std::uint16_t>& counts = frame.counts;
  if (counts.empty()) return {};
  const Greys greys = greys_of(counts);
  Sheet sheet(counts.width(), counts.height());
  sheet.title(0, fmt::format("frame {}: {} found", frame.number, detections.size()));
  sheet.paint(0, counts.width(), counts.height(),
              [&](int x, int y) { return greys.of(counts.at(x, y)); });
  for (const Detection& detection : detections) sheet.mark(0, detection.box);
  for (const Detection& detection : detections) {
    sheet.label(0, detection.box, label_of(detection));
  }
  const video::Image<float>& model = explanation.model;
  const video::Image<float>& score = explanation.score;
  const auto fits = [&](const video::Image<float>& image) {
    return image.width() == counts.width() && image.height() == counts.height();
  };
  if (!fits(model) || !fits(score)) {
    sheet.title(1, "no model yet");
    return std::move(sheet).take();
  }
  sheet.title(1, "model");
  sheet.paint(1, model.width(), model.height(),
              [&](int x, int y) { return greys.of(double{model.at(x, y)}); });
  sheet.title(2, fmt::format("score -{0} to +{0}", kFullColour));
  sheet.paint(2, score.width(), score.height(), [&](int x, int y) { return heat(score.at(x, y)); });
  for (const Detection& detection : detections) sheet.mark(2, detection.box);
  return std::move(sheet).take();
}

}  // namespace marsad::detect
