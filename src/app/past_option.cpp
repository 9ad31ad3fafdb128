// SPDX-License-Identifier: Apache-2.0
#include "app/past_option.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/commands.h"
#include "app/site_option.h"

namespace marsad::app {
namespace {

// A time as the API has it, or a date, which stands for its noon; an error names the option.
base::Result<base::Time> read_time(const std::string& option, const std::string& text) {
  constexpr std::size_t kDateLength = 10;
  auto time = base::parse_iso8601(text.size() == kDateLength ? text + "T12:00:00Z" : text);
  if (time) return time;
  return base::Error{option, fmt::format("found '{}'; expected a date like 2026-11-22 (its noon, "
                                         "UTC) or a time like 2026-11-22T18:00:00Z",
                                         text)};
}

}  // namespace

void add_past_options(CLI::App& command, PastOptions& options, const std::string& files) {
  command.add_option("site", options.site, "Folder with site.toml")->required();
  command.add_option("--from", options.from, "A date (its noon) or time, UTC")->required();
  command.add_option("--to", options.to, "A date (its noon) or time, UTC")->required();
  command.add_option("--record", options.record, "The record's file; the site's where not given");
  command.add_option("--out", options.out, "Folder for " + files);
}

std::optional<Past> open_past_or_explain(const PastOptions& options) {
  const auto wrong = [](const base::Error& error) {
    fail(error);
    return std::nullopt;
  };
  const auto from = read_time("--from", options.from);
  if (!from) return wrong(from.error());
  const auto to = read_time("--to", options.to);
  if (!to) return wrong(to.error());
  if (*from >= *to) return wrong({"--to", "expected a time after --from"});
  auto site = load_site_or_explain(options.site);
  if (!site) return std::nullopt;
  auto store =
      store::Store::open_to_read(options.record.empty() ? site->record.string() : options.record);
  if (!store) return wrong(store.error());
  return Past{*std::move(site), *std::move(store), *from, *to};
}

base::Result<void> make_folder(const std::string& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) return base::Error{folder, "can't be made: " + code.message()};
  return {};
}

}  // namespace marsad::app
