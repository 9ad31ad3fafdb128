// SPDX-License-Identifier: Apache-2.0
#include "wire/json.h"

#include <fmt/format.h>

#include <cmath>
#include <concepts>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace marsad::wire {
namespace {

template <class T>
concept Described = requires(const T* t) { fields_of(t); };

template <Described T>
constexpr auto fields() {
  return fields_of(static_cast<const T*>(nullptr));
}

template <Described T, class Visit>
void for_each_field(Visit visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, fields<T>());
}

void write(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write(std::string& out, const std::string& text) { write(out, std::string_view(text)); }
void write(std::string& out, bool value) { out += value ? "true" : "false"; }
void write(std::string& out, std::integral auto value) {
  fmt::format_to(std::back_inserter(out), "{}", value);
}
void write(std::string& out, double value) {
  if (std::isfinite(value)) {
    fmt::format_to(std::back_inserter(out), "{}", value);
  } else {
    out += "null";
  }
}

void write(std::string& out, const LngLat& values);
template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& values);
template <Described T>
void write(std::string& out, const T& value);

void write_range(std::string& out, const auto& values) {
  out += '[';
  bool first = true;
  for (const auto& value : values) {
    if (!first) out += ',';
    first = false;
    write(out, value);
  }
  out += ']';
}

void write(std::string& out, const LngLat& values) { write_range(out, values); }

template <class T>
void write(std::string& out, const std::optional<T>& value) {
  if (value) {
    write(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void write(std::string& out, const std::vector<T>& values) {
  write_range(out, values);
}

template <Described T>
void write(std::string& out, const T& value) {
  out += '{';
  bool first = true;
  for_each_field<T>([&](const auto& field) {
    if (!first) out += ',';
    first = false;
    write(out, field.name);
    out += ':';
    write(out, value.*field.member);
  });
  out += '}';
}

base::Result<void> read(const nlohmann::json& json, std::string_view key, std::string& into) {
  if (!json.is_string()) {
    return base::Error{std::string(key),
                       fmt::format("found {}; expected a text", json.type_name())};
  }
  into = json.get<std::string>();
  return {};
}

base::Result<void> read(const nlohmann::json& json, std::string_view key, std::uint64_t& into) {
  if (!json.is_number_unsigned()) {
    return base::Error{std::string(key),
                       fmt::format("found {}; expected a whole number from 0 on", json.dump())};
  }
  into = json.get<std::uint64_t>();
  return {};
}

base::Result<void> read(const nlohmann::json& json, std::string_view key, bool& into) {
  if (!json.is_boolean()) {
    return base::Error{std::string(key),
                       fmt::format("found {}; expected true or false", json.dump())};
  }
  into = json.get<bool>();
  return {};
}

base::Result<void> read(const nlohmann::json& json, std::string_view key, double& into) {
  if (!json.is_number()) {
    return base::Error{std::string(key), fmt::format("found {}; expected a number", json.dump())};
  }
  into = json.get<double>();
  return {};
}

base::Result<void> read(const nlohmann::json& json, std::string_view key, std::uint32_t& into) {
  std::uint64_t wide = 0;
  const auto taken = read(json, key, wide);
  if (!taken) return taken;
  if (wide > std::numeric_limits<std::uint32_t>::max()) {
    return base::Error{std::string(key), fmt::format("found {}; that is too many", wide)};
  }
  into = static_cast<std::uint32_t>(wide);
  return {};
}

template <class T>
base::Result<void> read(const nlohmann::json& json, std::string_view key, std::optional<T>& into);

template <Described T>
base::Result<void> read(const nlohmann::json& json, std::string_view key, T& into) {
  if (!json.is_object()) {
    return base::Error{std::string(key),
                       fmt::format("found {}; expected an object", json.type_name())};
  }
  std::optional<base::Error> error;
  for_each_field<T>([&](const auto& field) {
    const auto found = json.find(field.name);
    if (found == json.end() || error) return;
    const std::string below =
        key.empty() ? std::string(field.name) : fmt::format("{}.{}", key, field.name);
    const auto taken = read(*found, below, into.*field.member);
    if (!taken) error = taken.error();
  });
  if (error) return *error;
  return {};
}

template <class T>
base::Result<void> read(const nlohmann::json& json, std::string_view key, std::optional<T>& into) {
  if (json.is_null()) return {};
  return read(json, key, into.emplace());
}

// Types as TypeScript has them.
template <class T>
struct TypeScript {
  static std::string type() {
    if constexpr (Described<T>) {
      return std::string(struct_name(static_cast<const T*>(nullptr)));
    } else if constexpr (std::is_same_v<T, bool>) {
      return "boolean";
    } else if constexpr (std::is_arithmetic_v<T>) {
      return "number";
    } else {
      static_assert(std::is_same_v<T, std::string>);
      return "string";
    }
  }
};
template <>
struct TypeScript<LngLat> {
  static std::string type() { return "LngLat"; }
};
template <class T>
struct TypeScript<std::vector<T>> {
  static std::string type() { return TypeScript<T>::type() + "[]"; }
};
template <class T>
struct TypeScript<std::optional<T>> {
  static std::string type() { return TypeScript<T>::type() + " | null"; }
};

template <Described T>
std::string interface_of() {
  std::string out = fmt::format("\nexport interface {} {{\n", TypeScript<T>::type());
  for_each_field<T>([&]<class Struct, class Member>(const Field<Struct, Member>& field) {
    out += fmt::format("  {}: {};\n", field.name, TypeScript<Member>::type());
  });
  return out + "}\n";
}

}  // namespace

template <class Message>
std::string to_json(const Message& message) {
  std::string out;
  write(out, message);
  return out;
}

template <class Message>
base::Result<Message> from_json(std::string_view text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return base::Error{"", json.is_discarded()
                               ? std::string("not JSON; expected an object")
                               : fmt::format("found {}; expected an object", json.type_name())};
  }
  Message message;
  const auto taken = read(json, "", message);
  if (!taken) return taken.error();
  return message;
}

std::string typescript() {
  std::string out =
      "// Made by `marsad types` from src/wire/messages.h; do not edit.\n\n"
      "export type LngLat = [number, number];\n";
  [&]<class... T>(std::type_identity<std::tuple<T...>>) {
    ((out += interface_of<T>()), ...);
  }(std::type_identity<Everything>{});
  return out;
}

template std::string to_json(const SiteView&);
template std::string to_json(const TracksMessage&);
template std::string to_json(const PredictionView&);
template std::string to_json(const IncidentView&);
template std::string to_json(const std::vector<IncidentView>&);
template std::string to_json(const std::vector<HealthStretchView>&);
template std::string to_json(const std::vector<WarningView>&);
template std::string to_json(const IncidentMessage&);
template std::string to_json(const HealthMessage&);
template std::string to_json(const PictureView&);
template std::string to_json(const NoteRequest&);
template std::string to_json(const ResolveRequest&);
template std::string to_json(const WordView&);
template std::string to_json(const LedgerMessage&);
template std::string to_json(const WhatIfView&);
template std::string to_json(const AirView&);
template std::string to_json(const BalloonView&);
template std::string to_json(const CoverageHistoryView&);
template std::string to_json(const AccountingView&);
template std::string to_json(const NoticeView&);
template std::string to_json(const std::vector<PartnerView>&);
template std::string to_json(const DisclosureView&);
template std::string to_json(const std::vector<OpenReleaseView>&);
template std::string to_json(const NoticeStateView&);
template std::string to_json(const std::vector<NoticeStateView>&);
template std::string to_json(const std::vector<ChannelView>&);
template std::string to_json(const std::vector<ForceView>&);
template std::string to_json(const std::vector<AlertView>&);
template std::string to_json(const AlertView&);
template std::string to_json(const MeView&);
template std::string to_json(const std::vector<AccountView>&);
template std::string to_json(const TokenView&);
template std::string to_json(const ErrorView&);
template base::Result<NoteRequest> from_json(std::string_view);
template base::Result<TaskRequest> from_json(std::string_view);
template base::Result<ResolveRequest> from_json(std::string_view);
template base::Result<WordRequest> from_json(std::string_view);
template base::Result<WhatIfRequest> from_json(std::string_view);
template base::Result<WeatherRequest> from_json(std::string_view);
template base::Result<ForceRequest> from_json(std::string_view);
template base::Result<BalloonRequest> from_json(std::string_view);
template base::Result<ReleaseRequest> from_json(std::string_view);
template base::Result<ReceiptRequest> from_json(std::string_view);
template base::Result<LoginRequest> from_json(std::string_view);
template base::Result<PasswordRequest> from_json(std::string_view);
template base::Result<SetupRequest> from_json(std::string_view);
template base::Result<AccountRequest> from_json(std::string_view);

}  // namespace marsad::wire
