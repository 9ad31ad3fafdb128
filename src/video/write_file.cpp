// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "video/encode.h"

namespace marsad::video {
namespace {

base::Error failed(const std::string& path, const char* what, int error) {
  return {path, std::string("can't be ") + what + ": " + std::strerror(error)};
}

// 0, or the errno of what went wrong.
int write_all(int file, const Bytes& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    done += static_cast<std::size_t>(written);
  }
  return 0;
}

// A device or a pipe can't be replaced by a file: it is written to.
base::Result<void> write_to_device(const std::string& path, const Bytes& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return failed(path, "opened", errno);
  int error = write_all(file, bytes);
  if (::close(file) != 0 && error == 0) error = errno;
  if (error != 0) return failed(path, "written", error);
  return {};
}

}  // namespace

base::Result<void> write_file(const std::string& path, const Bytes& bytes) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return write_to_device(path, bytes);
  }
  std::string partial = path + ".XXXXXX";
  const int file = ::mkostemp(partial.data(), O_CLOEXEC);
  if (file < 0) return failed(path, "created", errno);
  int error = write_all(file, bytes);
  constexpr mode_t kReadableByAll = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
  if (error == 0 && ::fchmod(file, kReadableByAll) != 0) error = errno;
  // Else a power cut can leave the final name on an empty file.
  if (error == 0 && ::fsync(file) != 0) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(partial.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(partial.c_str());
  return failed(path, "written", error);
}

}  // namespace marsad::video
