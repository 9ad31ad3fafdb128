// SPDX-License-Identifier: Apache-2.0
#include "detect/csv.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "base/csv.h"

namespace marsad::detect {
namespace {

base::Result<std::vector<double>> numbers(const base::CsvReader& reader,
                                          const std::vector<std::string>& columns) {
  std::vector<double> out;
  for (const std::string& column : columns) {
    const auto value = reader.number(column);
    if (!value) return value.error();
    out.push_back(*value);
  }
  return out;
}

base::Result<Detection> read_detection(const base::CsvReader& reader) {
  Detection detection;
  const auto index = reader.integer("index");
  if (!index) return index.error();
  detection.index = static_cast<std::uint32_t>(*index);
  const auto shape = numbers(reader, {"x", "y", "width", "height", "area_px"});
  if (!shape) return shape.error();
  const auto whole = [&](std::size_t i) { return static_cast<int>((*shape)[i]); };
  detection.box = {whole(0), whole(1), whole(2), whole(3)};
  detection.area_px = whole(4);
  const auto measured = numbers(reader, {"u", "v", "var_u", "cov_uv", "var_v", "contrast", "snr"});
  if (!measured) return measured.error();
  detection.centroid = {(*measured)[0], (*measured)[1]};
  detection.cov_px2 = {(*measured)[2], (*measured)[3], (*measured)[4]};
  detection.contrast = (*measured)[5];
  detection.snr = (*measured)[6];
  for (std::size_t i = 0; i < sensor::kMoverClasses; ++i) {
    const auto probability = reader.number(sensor::kMoverClassNames[i]);
    if (!probability) return probability.error();
    detection.classes[i] = *probability;
  }
  return detection;
}

}  // namespace

void write_detection_header(std::ostream& out) {
  out << "frame,time,index,x,y,width,height,u,v,var_u,cov_uv,var_v,area_px,contrast,snr";
  for (const std::string_view name : sensor::kMoverClassNames) out << ',' << name;
  out << '\n';
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
  auto reader = base::CsvReader::open(in, file,
                                      {"frame", "time", "index", "x", "y", "width", "height", "u",
                                       "v", "area_px", "snr", "unknown"});
  if (!reader) return reader.error();
  std::optional<FrameDetections> frame;
  while (true) {
    const auto more = reader->next();
    if (!more) return more.error();
    if (!*more) break;
    const auto number = reader->integer("frame");
    if (!number) return number.error();
    const auto time = base::parse_iso8601(reader->text("time"));
    if (!time) return base::Error{reader->where(), time.error().message};
    const auto frame_number = static_cast<std::uint64_t>(*number);
    if (!frame || frame->frame != frame_number || frame->time != *time) {
      if (frame) take(*std::move(frame));
      frame = FrameDetections{{}, frame_number, *time, {}, {}};
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
