// SPDX-License-Identifier: Apache-2.0
#include "detect/csv.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <limits>
#include <utility>

#include "base/csv.h"

namespace marsad::detect {
namespace {

// All columns in the order they are written; reading takes them in any.
std::vector<std::string> columns() {
  std::vector<std::string> all = {"frame",  "time",   "index",   "x",        "y",
                                  "width",  "height", "u",       "v",        "var_u",
                                  "cov_uv", "var_v",  "area_px", "contrast", "snr"};
  all.insert(all.end(), sensor::kMoverClassNames.begin(), sensor::kMoverClassNames.end());
  return all;
}

template <class Whole>
base::Result<void> read_whole(const base::CsvReader& reader, std::string_view column, Whole& into) {
  const auto number = reader.integer(column);
  if (!number) return number.error();
  using Limits = std::numeric_limits<Whole>;
  if (!std::in_range<Whole>(*number)) {
    return base::Error{reader.where(), fmt::format("{} is {}; expected {} to {}", column, *number,
                                                   Limits::min(), Limits::max())};
  }
  into = static_cast<Whole>(*number);
  return {};
}

base::Result<Detection> read_detection(const base::CsvReader& reader) {
  Detection detection;
  const auto index = read_whole(reader, "index", detection.index);
  if (!index) return index.error();
  for (const auto& [column, into] : {std::pair{"x", &detection.box.x},
                                     {"y", &detection.box.y},
                                     {"width", &detection.box.width},
                                     {"height", &detection.box.height},
                                     {"area_px", &detection.area_px}}) {
    const auto read = read_whole(reader, column, *into);
    if (!read) return read.error();
  }
  std::vector<std::pair<std::string_view, double*>> numbers = {
      {"u", &detection.centroid.u},     {"v", &detection.centroid.v},
      {"var_u", &detection.cov_px2.uu}, {"cov_uv", &detection.cov_px2.uv},
      {"var_v", &detection.cov_px2.vv}, {"contrast", &detection.contrast},
      {"snr", &detection.snr}};
  for (std::size_t i = 0; i < sensor::kMoverClasses; ++i) {
    numbers.emplace_back(sensor::kMoverClassNames[i], &detection.classes[i]);
  }
  for (const auto& [column, into] : numbers) {
    const auto number = reader.number(column);
    if (!number) return number.error();
    *into = *number;
  }
  return detection;
}

}  // namespace

void write_detection_header(std::ostream& out) {
  fmt::print(out, "{}\n", fmt::join(columns(), ","));
}

void write_detections(std::ostream& out, const FrameDetections& frame) {
  const std::string time = base::to_iso8601(frame.time);
  if (frame.detections.empty()) {
    fmt::print(out, "{},{}{}\n", frame.frame, time, std::string(13 + sensor::kMoverClasses, ','));
  }
  for (const Detection& d : frame.detections) {
    fmt::print(out, "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", frame.frame, time, d.index,
               d.box.x, d.box.y, d.box.width, d.box.height, d.centroid.u, d.centroid.v,
               d.cov_px2.uu, d.cov_px2.uv, d.cov_px2.vv, d.area_px, d.contrast, d.snr);
    for (const double probability : d.classes) fmt::print(out, ",{}", probability);
    out << '\n';
  }
}

base::Result<void> read_detections(std::istream& in, const std::string& file,
                                   const std::function<void(FrameDetections)>& take) {
  auto reader = base::CsvReader::open(in, file, columns());
  if (!reader) return reader.error();
  std::optional<FrameDetections> frame;
  while (true) {
    const auto more = reader->next();
    if (!more) return more.error();
    if (!*more) break;
    std::uint64_t number = 0;
    const auto numbered = read_whole(*reader, "frame", number);
    if (!numbered) return numbered.error();
    const auto time = base::parse_iso8601(reader->text("time"));
    if (!time) return base::Error{reader->where(), time.error().message};
    if (!frame || frame->frame != number || frame->time != *time) {
      if (frame) take(*std::move(frame));
      frame = FrameDetections{{}, number, *time, {}, {}};
    }
    if (reader->text("index").empty()) continue;
    auto detection = read_detection(*reader);
    if (!detection) return detection.error();
    frame->detections.push_back(*std::move(detection));
  }
  if (frame) take(*std::move(frame));
  return {};
}

}  // namespace marsad::detect
