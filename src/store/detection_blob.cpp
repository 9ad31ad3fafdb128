// SPDX-License-Identifier: Apache-2.0
#include "store/detection_blob.h"

#include <fmt/format.h>

#include <bit>
#include <concepts>

namespace marsad::store {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 56;
constexpr std::size_t kDetectionBytes = 128;
static_assert(sensor::kMoverClasses == 6, "a new class needs a new version of the layout");

class Writer {
 public:
  explicit Writer(std::size_t bytes) { bytes_.reserve(bytes); }

  template <std::unsigned_integral U>
  void put(U value) {
    for (std::size_t i = 0; i < sizeof(U); ++i) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
  }
  void put(int value) { put(static_cast<std::uint32_t>(value)); }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }

  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

// The caller has checked that the bytes are there.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <std::unsigned_integral U>
  U take() {
    U value = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) value |= static_cast<U>(U{rest_[i]} << (8 * i));
    rest_ = rest_.subspan(sizeof(U));
    return value;
  }
  int take_int() { return static_cast<std::int32_t>(take<std::uint32_t>()); }
  double take_double() { return std::bit_cast<double>(take<std::uint64_t>()); }

 private:
  std::span<const std::uint8_t> rest_;
};

void put(Writer& out, const sensor::Pose& pose) {
  for (double value : {pose.position.lat_rad, pose.position.lon_rad, pose.position.height_m,
                       pose.azimuth_rad, pose.elevation_rad, pose.roll_rad}) {
    out.put(value);
  }
}

void put(Writer& out, const detect::Detection& detection) {
  out.put(detection.index);
  const detect::Box& box = detection.box;
  for (int value : {box.x, box.y, box.width, box.height, detection.area_px}) out.put(value);
  for (double value :
       {detection.centroid.u, detection.centroid.v, detection.cov_px2.uu, detection.cov_px2.uv,
        detection.cov_px2.vv, detection.contrast, detection.snr}) {
    out.put(value);
  }
  for (double value : detection.classes) out.put(value);
}

sensor::Pose take_pose(Reader& in) {
  sensor::Pose pose;
  for (double* value : {&pose.position.lat_rad, &pose.position.lon_rad, &pose.position.height_m,
                        &pose.azimuth_rad, &pose.elevation_rad, &pose.roll_rad}) {
    *value = in.take_double();
  }
  return pose;
}

detect::Detection take_detection(Reader& in) {
  detect::Detection detection;
  detection.index = in.take<std::uint32_t>();
  detect::Box& box = detection.box;
  for (int* value : {&box.x, &box.y, &box.width, &box.height, &detection.area_px}) {
    *value = in.take_int();
  }
  for (double* value :
       {&detection.centroid.u, &detection.centroid.v, &detection.cov_px2.uu, &detection.cov_px2.uv,
        &detection.cov_px2.vv, &detection.contrast, &detection.snr}) {
    *value = in.take_double();
  }
  for (double& value : detection.classes) value = in.take_double();
  return detection;
}

}  // namespace

std::vector<std::uint8_t> encode(const sensor::Pose& pose,
                                 const std::vector<detect::Detection>& detections) {
  Writer out(kHeaderBytes + kDetectionBytes * detections.size());
  out.put(kVersion);
  out.put(static_cast<std::uint32_t>(detections.size()));
  put(out, pose);
  for (const detect::Detection& detection : detections) put(out, detection);
  return out.take();
}

base::Result<FrameBlob> decode(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kHeaderBytes) {
    return base::Error{"", fmt::format("{} bytes of detections; expected {} at least", bytes.size(),
                                       kHeaderBytes)};
  }
  Reader in(bytes);
  const auto version = in.take<std::uint32_t>();
  if (version != kVersion) {
    return base::Error{
        "", fmt::format("detections of layout version {}; expected {}", version, kVersion)};
  }
  const auto count = in.take<std::uint32_t>();
  const std::uint64_t expected_bytes = kHeaderBytes + kDetectionBytes * std::uint64_t{count};
  if (bytes.size() != expected_bytes) {
    return base::Error{"", fmt::format("{} bytes for {} detections; expected {}", bytes.size(),
                                       count, expected_bytes)};
  }
  FrameBlob blob;
  blob.pose = take_pose(in);
  blob.detections.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) blob.detections.push_back(take_detection(in));
  return blob;
}

}  // namespace marsad::store
