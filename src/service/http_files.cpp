// SPDX-License-Identifier: Apache-2.0
#include "service/http_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace marsad::service {
namespace {

namespace fs = std::filesystem;

std::string content_type(const fs::path& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".geojson", "application/geo+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  const std::string extension = file.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (known == extension) return std::string(type);
  }
  return "application/octet-stream";
}

bool is_inside(const fs::path& file, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
}

// The regular file a path names, links followed; none where there is none within the root.
std::optional<fs::path> find_file(const fs::path& root, std::string_view path) {
  const std::string_view relative = path == "/" ? "index.html" : path.substr(1);
  // Absolute names and hidden files ("//etc/passwd", "/.git/config") are nobody's business.
  if (relative.starts_with('/') || path.find("/.") != std::string_view::npos) return std::nullopt;
  std::error_code error;
  const fs::path file = fs::canonical(root / relative, error);
  if (error || !is_inside(file, root) || !fs::is_regular_file(file, error)) return std::nullopt;
  return file;
}

// Of the file's size and time of change: a new build of the page changes it.
std::optional<std::string> etag_of(const fs::path& file) {
  std::error_code error;
  const auto size_bytes = fs::file_size(file, error);
  if (error) return std::nullopt;
  const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
  if (error) return std::nullopt;
  return fmt::format("\"{:x}-{:x}\"", size_bytes, static_cast<std::uint64_t>(changed));
}

std::optional<std::string> contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) return std::nullopt;
  return text;
}

}  // namespace

base::Result<WebFolder> WebFolder::open(const std::string& folder) {
  if (folder.empty()) return WebFolder({});
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error || !fs::is_directory(root, error)) {
    return base::Error{folder, "there is no such folder; expected the built page ([service] web)"};
  }
  return WebFolder(root);
}

HttpResponse WebFolder::get(std::string_view path, std::string_view known_etag) const {
  const auto file = root_.empty() ? std::nullopt : find_file(root_, path);
  const auto etag = file ? etag_of(*file) : std::nullopt;
  if (!etag) return plain_text(404, "not found\n");
  HttpResponse response;
  response.content_type = content_type(*file);
  response.headers = {
      {"ETag", *etag},
      {"Cache-Control",
       path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (known_etag == *etag) {
    response.status = 304;
    return response;
  }
  auto body = contents(*file);
  if (!body) return plain_text(404, "not found\n");
  response.body = *std::move(body);
  return response;
}

HttpResponse plain_text(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {}};
}

}  // namespace marsad::service
