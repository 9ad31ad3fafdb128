// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

// Finds rows, columns and pixels of a detector that no longer measure. A line is dead where it has
// one even shade that differs from beside it, and used to vary; a pixel, where it stands alone
// above or below all of its neighbours and does not change from look to look. One picture size
// only.
class DeadPixels {
 public:
  // Looks at a picture's live part; `noise` is 1 sigma, `learn` says whether it may be taken as
  // usual. Lines at or above `ignored_count` are not dead but overexposed.
  void look(const video::Image<std::uint16_t>& picture, const Box& live, double noise, bool learn,
            int ignored_count);

  int rows() const { return count(rows_); }
  int columns() const { return count(columns_); }
  // Alone and unchanged for some looks.
  int pixels() const { return stuck_; }
  // Whether anything in the newest picture would disturb other measures.
  bool any() const { return rows() > 0 || columns() > 0 || !alone_.empty(); }
  // The newest picture with what is dead filled in from beside it.
  video::Image<std::uint16_t> mended(const video::Image<std::uint16_t>& picture,
                                     const Box& live) const;

 private:
  struct Alone {
    int count = 0;
    int looks = 0;
  };
  // The part of each line that has the shade of the pixel a third, or two thirds, along it: where
  // a dead row crosses a dead column, one of the two is still the line's own.
  struct Evenness {
    std::vector<std::array<int, 2>> shade;
    std::vector<std::array<int, 2>> alike;
    int pixels = 0;  // looked at along each
  };

  static Evenness evenness_of_rows(const video::Image<std::uint16_t>& picture, const Box& live);
  static Evenness evenness_of_columns(const video::Image<std::uint16_t>& picture, const Box& live);
  static int count(const std::vector<bool>& dead);
  static bool stands_out(const Evenness& lines, std::size_t line, int least);
  static void judge_lines(const Evenness& lines, bool learn, int least, int ignored_count,
                          std::vector<float>& usual, std::vector<bool>& dead);
  void find_alone(const video::Image<std::uint16_t>& picture, const Box& live, double noise);

  std::vector<float> usual_rows_;  // the part of each that has one shade
  std::vector<float> usual_columns_;
  std::vector<bool> rows_;  // dead ones; by the live part
  std::vector<bool> columns_;
  std::map<std::pair<int, int>, Alone> alone_;  // by y, x
  int stuck_ = 0;
};

}  // namespace marsad::detect
