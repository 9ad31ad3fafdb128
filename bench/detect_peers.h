// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/background_segm.hpp>

#include "video/frame.h"

namespace marsad::bench {

using Mask = video::Image<std::uint8_t>;

enum class PeerKind { mog2, knn };

// A background subtractor of OpenCV with its defaults, without shadows, followed by a 5 by 5
// median. MOG2 takes 8-bit pictures and 32-bit floats, so raw counts go in as floats. KNN keeps
// bytes, so raw counts go in scaled to 8 bits.
class Peer {
 public:
  explicit Peer(PeerKind kind) : kind_(kind) {
    cv::setRNGSeed(1);  // KNN learns by chance
    if (kind == PeerKind::mog2)
      subtractor_ = cv::createBackgroundSubtractorMOG2(500, 16, false);
    else
      subtractor_ = cv::createBackgroundSubtractorKNN(500, 400, false);
  }

  // A frame as the peer takes it; no part of the peer's work.
  cv::Mat picture_of(const video::Frame& frame) const {
    const auto& counts = frame.counts;
    const bool is_raw = frame.bits > 8;
    const bool is_float = is_raw && kind_ == PeerKind::mog2;
    cv::Mat picture(counts.height(), counts.width(), is_float ? CV_32F : CV_8U);
    const double scale = is_raw ? 1 / kCountsPerByte : 1;
    const double middle = is_raw ? 128 - kRawMiddle * scale : 0;
    for (int y = 0; y < counts.height(); ++y)
      for (int x = 0; x < counts.width(); ++x) {
        if (is_float)
          picture.at<float>(y, x) = counts.at(x, y);
        else
          picture.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(
              std::clamp(std::lround(middle + scale * counts.at(x, y)), 0L, 255L));
      }
    return picture;
  }

  cv::Mat apply(const cv::Mat& picture) {
    cv::Mat found;
    if (kind_ == PeerKind::knn && !is_warm_)
      for (int i = 0; i < kWarming_frames; ++i) subtractor_->apply(picture, found);
    is_warm_ = true;
    subtractor_->apply(picture, found);
    cv::medianBlur(found, found, 5);
    return found;
  }

  Mask mask_of(const video::Frame& frame) {
    const cv::Mat found = apply(picture_of(frame));
    Mask mask(found.cols, found.rows);
    for (int y = 0; y < mask.height(); ++y)
      std::copy_n(found.ptr<std::uint8_t>(y), mask.width(), mask.row(y).begin());
    return mask;
  }

 private:
  // Raw counts to bytes, for the simulated 14-bit frames of tests/detect/scene.h.
  static constexpr double kCountsPerByte = 4;
  static constexpr double kRawMiddle = 7000;

  static constexpr int kWarming_frames = 8;

  PeerKind kind_;
  bool is_warm_ = false;
  cv::Ptr<cv::BackgroundSubtractor> subtractor_;
};

}  // namespace marsad::bench
