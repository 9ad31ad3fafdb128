// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

// Binding and reading in the order of the columns, and SQLite's exceptions as errors. Only for the
// files of this room.
namespace marsad::store {

// Binds one parameter after the other; numbers keep their bits, so an id beyond 2^63 survives.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}

  Binder& operator<<(std::int64_t value) { return bound(value); }
  Binder& operator<<(std::uint64_t value) { return bound(static_cast<std::int64_t>(value)); }
  Binder& operator<<(std::uint32_t value) { return bound(std::int64_t{value}); }
  Binder& operator<<(bool value) { return bound(std::int64_t{value}); }
  Binder& operator<<(double value) { return bound(value); }
  Binder& operator<<(base::Time time) { return bound(as_us(time)); }
  Binder& operator<<(const std::string& text) { return bound(text); }
  template <class Tag>
  Binder& operator<<(base::Id<Tag> id) {
    return *this << id.value;
  }
  // Copied, so it may go before the statement runs.
  Binder& operator<<(std::span<const std::uint8_t> bytes) {
    // SQLite takes a null pointer for NULL, not for no bytes.
    const void* data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
    statement_.bind(++index_, data, static_cast<int>(bytes.size()));
    return *this;
  }
  Binder& null() {
    statement_.bind(++index_);
    return *this;
  }

  static std::int64_t as_us(base::Time time) { return time.time_since_epoch().count(); }

 private:
  template <class T>
  Binder& bound(const T& value) {
    statement_.bind(++index_, value);
    return *this;
  }

  SQLite::Statement& statement_;
  int index_ = 0;
};

// Reads one column after the other of the row a statement stands on.
class Row {
 public:
  explicit Row(SQLite::Statement& statement) : statement_(statement) {}

  std::int64_t integer() { return next().getInt64(); }
  std::uint64_t unsigned_integer() { return static_cast<std::uint64_t>(integer()); }
  std::uint32_t small() { return static_cast<std::uint32_t>(integer()); }
  double real() { return next().getDouble(); }
  std::string text() { return next().getString(); }
  base::Time time() { return base::Time(base::Duration(integer())); }
  std::optional<base::Time> time_if_any() {  // none where NULL
    const SQLite::Column column = next();
    if (column.isNull()) return std::nullopt;
    return base::Time(base::Duration(column.getInt64()));
  }
  template <class Id>
  Id id() {
    return Id{unsigned_integer()};
  }
  // Valid until the statement moves on.
  std::span<const std::uint8_t> bytes() {
    const SQLite::Column column = next();
    const auto* data = static_cast<const std::uint8_t*>(column.getBlob());
    return {data, static_cast<std::size_t>(column.getBytes())};
  }

 private:
  SQLite::Column next() { return statement_.getColumn(index_++); }

  SQLite::Statement& statement_;
  int index_ = 0;
};

// What SQLite says, in words that tell an operator what to do.
base::Error to_error(const std::string& file, const SQLite::Exception& exception);

// Calls `work`, which may throw SQLite's exception.
template <class Work>
std::invoke_result_t<Work> attempt(const std::string& file, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& exception) {
    return to_error(file, exception);
  }
}

}  // namespace marsad::store
